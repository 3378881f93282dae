"""archive.hidden-member: an archive that tells different programs different contents. Raised by the zip reader."""

from collections.abc import Sequence
from typing import Final

from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, Phrase

HIDDEN_MEMBER: Final = FindingKind(
    id="archive.hidden-member",
    severity=Severity.MEDIUM,
    confidence=0.85,
    title=N_("Archive that shows different programs different contents"),
    why=N_(
        "A zip archive lists its members twice: at its end and before each member. Here the two lists don't agree. One program "
        "shows you a harmless list while another one, or a program that you are told to use, finds something else."
    ),
    what_to_do=N_("Don't unpack it. Look at the members named here, and ask the giver how the archive was made."),
    benign_explanation=N_(
        "A damaged archive, or one that an old program has changed in place, can keep remains of members that were deleted."
    ),
    technique=("T1027", "T1036"),
)
KINDS: Final = (HIDDEN_MEMBER,)


def hidden_member(item: Item, places: Sequence[Evidence], detail: Phrase) -> Finding:
    """The finding that the two lists of *item* don't agree at *places*."""
    return HIDDEN_MEMBER.found(*places, item.here(), detail=detail)
