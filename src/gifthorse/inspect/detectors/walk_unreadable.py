"""What is there by its name and can't be read, or not as far as its filesystem says: "nothing came back" is never "nothing there"."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Survey
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, Phrase, phrase

KIND: Final = FindingKind(
    id="walk.unreadable",
    severity=Severity.MEDIUM,
    confidence=0.95,
    title=N_("Something that could not be read"),
    why=N_(
        "Part of the medium was not seen: its filesystem names content that does not come back as stated. What was not seen can"
        " hold anything."
    ),
    what_to_do=N_("Copy the medium again and repeat the inspection. If it stays so, treat the medium as unknown."),
    benign_explanation=N_("The medium is worn or was pulled out while something was written to it, or the copy of it is incomplete."),
    technique=("T1564",),
)
KINDS: Final = (KIND,)

SHORT: Final = N_("{got} of {stated} bytes came back.")
FAILED: Final = N_("The medium gave {length} bytes at byte {offset} only as an error.")
BROKEN: Final = N_("The list of its clusters breaks off, returns to itself or leaves the medium after {got} of {stated} bytes.")
FOLDER: Final = N_("The folder could not be listed to its end: {problem}.")
LIMIT: Final = N_("The listing stopped after {count} entries; there are more.")


def unreadable_at(path: str, *, partition: int | None, detail: Phrase, severity: Severity | None = None) -> Finding:
    """The finding for a file or folder that gives an error, with *detail* in words."""
    return KIND.found(Evidence(path=path, partition=partition), detail=detail, severity=severity)


def examine_layout(survey: Survey) -> Iterator[Finding]:
    """A finding for each stretch of tables and gaps where the medium gave an error."""
    for offset, length in survey.unreadable:
        yield KIND.found(
            Evidence(path="", offset=offset, length=length, medium_offset=offset), detail=phrase(FAILED, offset=offset, length=length)
        )
