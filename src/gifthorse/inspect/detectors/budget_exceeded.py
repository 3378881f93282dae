"""budget.exceeded: a container that holds more than an inspection unfolds. Raised by the unpackers; the rest is listed as not inspected."""

from typing import Final

from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, Phrase

EXCEEDED: Final = FindingKind(
    id="budget.exceeded",
    severity=Severity.LOW,
    confidence=1.0,
    title=N_("More content than the inspection unfolds"),
    why=N_(
        "The inspection stops unfolding a container at fixed limits, so that nothing can keep it busy for ever. What lies behind the "
        "limit was not seen, and a malicious file may have been put there on purpose."
    ),
    what_to_do=N_("Unpack this container by itself on a computer kept for that, and inspect the folder that comes out."),
    benign_explanation=N_("Large backups, disk images and software collections reach the limits without any ill intent."),
    technique=("T1027.001",),
)
KINDS: Final = (EXCEEDED,)


def exceeded(item: Item, detail: Phrase) -> Finding:
    """The finding that *item* reached a limit; *detail* names the limit and how much was seen."""
    return EXCEEDED.found(item.here(), detail=detail)
