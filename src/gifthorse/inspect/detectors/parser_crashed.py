"""parser.crashed: something that a parser could not bear. Raised by the engine when a reader or a whole worker fails on an item."""

from typing import Final

from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, Phrase

CRASHED: Final = FindingKind(
    id="parser.crashed",
    severity=Severity.LOW,
    confidence=1.0,
    title=N_("A file that a reader could not bear"),
    why=N_(
        "The reader for this kind of file stopped on it, ran out of time or of memory. Files that are built to attack readers do this, "
        "and what such a file holds was not fully seen."
    ),
    what_to_do=N_("Don't open this file. Ask the giver for it in another form, or have it looked at on a computer kept for that."),
    benign_explanation=N_("Files damaged in copying do this too, and so do very large or unusual ones."),
    technique=("T1203",),
)
KINDS: Final = (CRASHED,)


def crashed(path: str, partition: int | None, detail: Phrase) -> Finding:
    """The finding that a reader failed on *path*; *detail* says which and how."""
    return CRASHED.found(Evidence(path=path, partition=partition), detail=detail)
