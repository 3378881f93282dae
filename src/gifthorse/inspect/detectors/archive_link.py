"""archive.link: a link in an archive that points out of the folder that it is unpacked into. Raised by the unpackers."""

from collections.abc import Sequence
from typing import Final

from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

LINK: Final = FindingKind(
    id="archive.link",
    severity=Severity.LOW,
    confidence=0.9,
    title=N_("Link in an archive that points outside"),
    why=N_(
        "A link that points out of the archive's own folder can make a program read or overwrite files elsewhere on the computer. "
        "When another member is written through the link, that is an attack on the unpacking program."
    ),
    what_to_do=N_("Don't unpack it with a program that follows links. If the content is needed, ask the giver for it in another form."),
    benign_explanation=N_("Software packages and backups of whole systems hold many absolute links, and no member written through them."),
    technique=("T1204.002",),
)
KINDS: Final = (LINK,)


def link(item: Item, places: Sequence[Evidence], *, count: int, written_through: bool) -> Finding:
    """The finding that *count* links of *item* point outside; `written_through` when another member's path goes over one of them."""
    return LINK.found(
        *places,
        item.here(),
        severity=Severity.HIGH if written_through else None,
        detail=phrase(N_("{count} links point outside, and other members would be written through them."), count=count)
        if written_through
        else phrase(N_("{count} links point outside."), count=count),
    )


def special(item: Item, places: Sequence[Evidence], *, count: int) -> Finding:
    """The finding that *count* members of *item* are doors to devices or pipes, which reach what no file of an archive should."""
    return LINK.found(
        *places,
        item.here(),
        detail=phrase(N_("{count} members are no files but doors to devices or pipes of the computer they are unpacked on."), count=count),
    )
