"""Deleted programs that can still be recovered from the medium."""

from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import PROGRAMS, FileType
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

KIND: Final = FindingKind(
    id="walk.deleted-executable",
    severity=Severity.MEDIUM,
    confidence=0.8,
    title=N_("A deleted program that is still there"),
    why=N_(
        "A program was on the medium and was deleted before it was given away, but its content can still be read. Someone may have used the"
        " medium to carry tools, or may count on them being recovered by a program that knows where they lie."
    ),
    what_to_do=N_("Have the recovered program examined together with the rest. Do not run it."),
    benign_explanation=N_("The medium was used before and emptied: installers and portable programs are often carried on memory sticks."),
    technique=("T1070.004",),
)
KINDS: Final = (KIND,)

DETAIL: Final = N_("The deleted file can be recovered and is of type {type} ({size} bytes).")
FRAGMENTS: Final = N_(
    "In space that no file owns there are {count} beginnings of programs or scripts ({name} at byte {at}), not whole or without a name."
)
SLACK: Final = N_(
    "Behind the ends of files, in the rest of their last clusters, there are {count} beginnings of programs or scripts"
    " ({name} at byte {at})."
)
_STARTED_BY_A_CLICK: Final = frozenset({FileType.SCRIPT, FileType.SHORTCUT, FileType.MSI, FileType.JAR, FileType.APK, FileType.REGISTRY})


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """A finding for each deleted program (`medium`) and for each deleted script, shortcut or installer (`low`) that can be recovered."""
    for item in seen:
        if item.deleted and item.depth <= 1 and item.filetype in PROGRAMS | _STARTED_BY_A_CLICK:
            severity = Severity.MEDIUM if item.filetype in PROGRAMS else Severity.LOW
            place = Evidence(path=item.path, partition=item.partition, length=item.size, sha256=item.sha256)
            yield KIND.found(place, severity=severity, detail=phrase(DETAIL, type=item.filetype.value, size=item.size))


def fragments(marks: Sequence[tuple[int, str]], *, partition: int, slack: bool = False) -> Finding:
    """The finding for *marks*, as (byte on the medium, what it is): headers of programs in free space or *slack*."""
    at, name = marks[0]
    places = (Evidence(path="", partition=partition, offset=at, medium_offset=at, excerpt=name) for at, name in marks[:16])
    return KIND.found(*places, severity=Severity.LOW, detail=phrase(SLACK if slack else FRAGMENTS, count=len(marks), name=name, at=at))
