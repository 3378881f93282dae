"""The kinds of finding that rules and signatures make; apart from the detector, so that the coordinator needs no rule engine."""

from typing import Final

from gifthorse.model.findings import FindingKind, Severity
from gifthorse.model.words import N_

MATCH: Final = FindingKind(
    id="rules.match",
    severity=Severity.MEDIUM,
    confidence=0.85,
    title=N_("A rule for a known technique fits"),
    why=N_("The content has the marks of a technique that is known from attacks. Which one it is stands in the particulars."),
    what_to_do=N_("Do not open it. Show the particulars to whoever looks after your computers."),
    benign_explanation=N_("Rules go by marks, and honest files can share them: what is known about this rule stands in the particulars."),
    technique=("T1204.002",),
)
SCANNER_FAILED: Final = FindingKind(
    id="rules.scanner-failed",
    severity=Severity.INFO,
    confidence=1.0,
    title=N_("The virus scanner of this computer could not be asked"),
    why=N_("A virus scanner is set up here, and it did not answer. What it knows is missing from this inspection; nothing else is."),
    what_to_do=N_("Look whether the scanner's service runs, and inspect again if you want its word."),
    benign_explanation=N_("The service was just starting or renewing its signatures."),
)
