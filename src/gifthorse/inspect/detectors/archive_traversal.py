"""archive.traversal: a member whose name leads out of the folder that it is unpacked into. Raised by the unpackers."""

from collections.abc import Sequence
from typing import Final

from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

TRAVERSAL: Final = FindingKind(
    id="archive.traversal",
    severity=Severity.HIGH,
    confidence=0.95,
    title=N_("Archive member that would be written outside its folder"),
    why=N_(
        "The member's name contains steps upwards, a drive letter or a network address. A careless unpacking program writes it "
        "elsewhere on the computer, for instance where programs start by themselves."
    ),
    what_to_do=N_("Don't unpack it. If the content is needed, ask the giver for it in another form."),
    benign_explanation=N_("Some backup programs store names from the root of the disk; those have an absolute path, seldom steps upwards."),
    technique=("T1204.002", "T1547.001"),
)
KINDS: Final = (TRAVERSAL,)


def traversal(item: Item, places: Sequence[Evidence], *, count: int, upwards: bool) -> Finding:
    """The finding that *count* members of *item* lead out; names that only begin at the root of the disk weigh less."""
    return TRAVERSAL.found(
        *places,
        item.here(),
        severity=Severity.HIGH if upwards else Severity.MEDIUM,
        detail=phrase(N_("{count} members have a name that leads out of the folder."), count=count)
        if upwards
        else phrase(N_("{count} members have a name that begins at the root of the disk."), count=count),
    )
