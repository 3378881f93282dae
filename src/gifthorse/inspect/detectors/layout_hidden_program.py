"""Programs in a partition that computers don't show."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import PROGRAMS, FileType
from gifthorse.inspect.layout.facts import Partition, Trait
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

PROGRAM: Final = FindingKind(
    id="layout.hidden-program",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("Programs in a partition that your computer would not show"),
    why=N_(
        "Somebody put programs, scripts or shortcuts where nobody sees them when the medium is plugged in. A small program on the visible "
        "part, or a device that types, starts them from there."
    ),
    what_to_do=N_("Do not plug the medium in. Keep it sealed, and show the list to whoever looks after your computers."),
    benign_explanation=N_("Makers of sticks with a lock keep their unlocking program so; its name is the maker's."),
    technique=("T1564.005", "T1091"),
)
KINDS: Final = (PROGRAM,)
_RUN: Final = PROGRAMS | {FileType.SCRIPT, FileType.SHORTCUT, FileType.MSI}
# Areas that are there to start or repair a computer hold programs as a rule.
_ORDINARY: Final = frozenset({Trait.SYSTEM, Trait.RESERVED, Trait.RECOVERY})
_OUT_OF_SIGHT: Final = frozenset({Trait.HIDDEN_TYPE, Trait.HIDDEN_ATTRIBUTE, Trait.FOUND_IN_GAP, Trait.SECOND_TABLE, Trait.BACKUP_ONLY})
_PLACES: Final = 20


def examine_partitions(seen: Sequence[Seen], partitions: Sequence[Partition]) -> Iterator[Finding]:
    """Yields a finding for each partition out of sight that holds programs, scripts or shortcuts."""
    hidden = {one.index: one for one in partitions if _is_hidden(one)}
    programs: dict[int, list[Seen]] = defaultdict(list)
    for thing in seen:
        if thing.partition in hidden and thing.filetype in _RUN and not thing.deleted:
            programs[thing.partition].append(thing)
    for index, found in programs.items():
        yield PROGRAM.found(
            *(Evidence(path=thing.path, partition=index, sha256=thing.sha256) for thing in found[:_PLACES]),
            severity=Severity.HIGH,
            detail=phrase(N_("The partition out of sight holds {count} programs, scripts or shortcuts."), count=len(found)),
        )


def _is_hidden(partition: Partition) -> bool:
    return (partition.hidden or bool(partition.traits & _OUT_OF_SIGHT)) and not partition.traits & _ORDINARY
