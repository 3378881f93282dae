"""archive.bomb: a container made to unfold without end. Raised by the unpackers: out of proportion, holding itself, or overlapping."""

from typing import Final

from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, Phrase

BOMB: Final = FindingKind(
    id="archive.bomb",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("Archive that unfolds out of all proportion"),
    why=N_(
        "A small archive that unfolds into a huge amount, holds itself, or uses the same bytes for many members fills disks and stops "
        "virus scanners, which then often let the rest pass."
    ),
    what_to_do=N_("Don't unpack it. Keep the medium sealed and hand it to whoever looks after security; what lies behind it was not seen."),
    benign_explanation=N_("Images of nearly empty disks and test data can shrink this much; their maker will know."),
    technique=("T1499.004", "T1027"),
)
KINDS: Final = (BOMB,)


def bomb(item: Item, detail: Phrase, *places: Evidence) -> Finding:
    """The finding that *item* is made to unfold without end; *detail* says how that was seen, with numbers."""
    return BOMB.found(item.here(), *places, detail=detail)
