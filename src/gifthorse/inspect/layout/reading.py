"""Reads the layout of a medium: tables, filesystems, and every stretch between them, looked into."""

from collections.abc import Callable
from typing import Final

import msgspec

from gifthorse.inspect.item import Content
from gifthorse.inspect.layout.boot_copies import boot_copies
from gifthorse.inspect.layout.facts import Complaint, Layout, Look, Partition, Space, Survey
from gifthorse.inspect.layout.filesystems import recognise
from gifthorse.inspect.layout.gathering import Gathered
from gifthorse.inspect.layout.gpt import GPT_HEADER, GPT_MARK
from gifthorse.inspect.layout.hidden_places import spaces_in_places, spaces_in_tables
from gifthorse.inspect.layout.patience import PatientReader, nobody_listens
from gifthorse.inspect.layout.spaces import look_into
from gifthorse.inspect.layout.tables import WHOLE_MEDIUM, Tables, find_tables, found_in_gaps, named_twice, partitions_of
from gifthorse.inspect.layout.tiling import PARTITION_TABLE, Claim, claims_of, tile
from gifthorse.model.findings import Finding
from gifthorse.model.inspections import Range, RangeKind
from gifthorse.model.words import N_

UNUSED_IN_FILESYSTEM: Final = N_("in the filesystem, between its structures")
_LOOKED_INTO: Final = frozenset({RangeKind.GAP, RangeKind.TAIL, RangeKind.WHOLE, RangeKind.UNKNOWN_PARTITION})
_GAP_PARTITIONS: Final = 32
_SMALL: Final = 1024 * 1024


def read_layout(medium: Content, alive: Callable[[], None] = nobody_listens) -> Layout:
    """The layout of *medium*: whatever its bytes are, the ranges cover it exactly, and what can't be read is a finding.

    Gaps are read whole, which can take long; *alive* is called every mebibyte.
    """
    reader = PatientReader(medium, alive)
    found = find_tables(reader)
    named = partitions_of(reader, found)
    occupied = [piece for table in found.tables for piece in table.occupied]
    ranges, spaces, partitions = _look_everywhere(reader, named, occupied)
    spaces += _spare_spaces(reader, partitions)
    spaces += _spare_in_tables(reader, found)
    spaces += spaces_in_tables(reader, found.tables, starts_itself=found.scheme == WHOLE_MEDIUM and found.at_start is not None)
    spaces += spaces_in_places(reader, partitions)
    survey = Survey(
        size=reader.size,
        scheme=found.scheme,
        sector_size=found.tables[0].sector_size if found.tables else 512,
        partitions=tuple(partitions),
        spaces=tuple(spaces),
        complaints=(*_complaints(found), *boot_copies(reader, partitions)),
        tables=tuple(occupied),
        twins=named_twice(found, partitions),
        unreadable=tuple(reader.failed),
    )
    return Layout(
        partitions=survey.partitions,
        ranges=tuple(ranges),
        findings=tuple(_findings(survey)),
        scheme=survey.scheme,
        sector_size=survey.sector_size,
    )


def _look_everywhere(
    reader: PatientReader, named: list[Partition], occupied: list[tuple[int, int]]
) -> tuple[list[Range], list[Space], list[Partition]]:
    """The ranges with `empty` filled in, what lies in those that should be empty, and *named* with the filesystems found there."""
    claims: list[Claim] = claims_of(named, occupied)
    ranges = tile(reader.size, claims)
    spaces: list[Space] = []
    candidates: list[tuple[int, int]] = []
    filled: dict[int, bool] = {}
    for stretch in ranges:
        if stretch.kind in _LOOKED_INTO:
            space, starts = look_into(reader, stretch)
            filled[stretch.start] = space is None
            candidates += [(start, stretch.start + stretch.length) for start in starts if start >= stretch.start]
            spaces += [] if space is None else [space]
    hidden = list(found_in_gaps(reader, candidates, len(named)))[:_GAP_PARTITIONS]
    if hidden:
        ranges = tile(reader.size, claims_of([*hidden, *named], occupied))
        spaces = [_with_filesystem(space, hidden) for space in spaces]
    ranges = [_marked(stretch, filled) for stretch in ranges]
    return ranges, spaces, [*named, *hidden]


def _with_filesystem(space: Space, hidden: list[Partition]) -> Space:
    inside = any(space.start <= partition.start < space.start + space.length for partition in hidden)
    return msgspec.structs.replace(space, look=Look.FILESYSTEM) if inside else space


def _marked(stretch: Range, filled: dict[int, bool]) -> Range:
    return msgspec.structs.replace(stretch, empty=True) if filled.get(stretch.start) and stretch.kind in _LOOKED_INTO else stretch


def _spare_spaces(reader: PatientReader, partitions: list[Partition]) -> list[Space]:
    """What lies between the structures of a filesystem, where neither a file nor a table belongs."""
    spaces = []
    for partition in partitions:
        volume = recognise(reader, partition.start, partition.length) if partition.filesystem else None
        for offset, length in volume.spare if volume else ():
            start = partition.start + offset
            inside = Range(
                start=start,
                length=max(0, min(length, reader.size - start, partition.length - offset)),
                kind=RangeKind.GAP,
                label=UNUSED_IN_FILESYSTEM,
                partition=partition.index,
            )
            space, _starts = look_into(reader, inside)
            spaces += [] if space is None else [_with_marks(reader, space)]
    return spaces


def _with_marks(reader: PatientReader, space: Space) -> Space:
    """*space* with the headers that do not stand at the beginning of a sector, where it is small and none does."""
    if space.look is not Look.DATA or space.length > _SMALL:
        return space
    gathered = Gathered(reader, None)
    gathered.add(space.start, space.length)
    found = gathered.space()
    return space if found is None else msgspec.structs.replace(space, look=found.look, marks=found.marks)


def _spare_in_tables(reader: PatientReader, found: Tables) -> list[Space]:
    """What stands behind the header of a GUID partition table in its sector, which has to be zeros."""
    spaces = []
    for start, length in (piece for table in found.tables for piece in table.occupied):
        if length > GPT_HEADER and reader.read(start, 8) == GPT_MARK:
            rest = Range(start=start + GPT_HEADER, length=length - GPT_HEADER, kind=RangeKind.GAP, label=PARTITION_TABLE)
            space, _starts = look_into(reader, rest)
            spaces += [] if space is None else [space]
    return spaces


def _complaints(found: Tables) -> tuple[Complaint, ...]:
    """What is wrong with the table that computers go by; a second table that nobody reads may be as broken as it likes."""
    return tuple(complaint for table in found.tables if table.scheme == found.scheme for complaint in table.complaints)


def _findings(survey: Survey) -> list[Finding]:
    from gifthorse.inspect.detectors import (
        layout_backup_differs,
        layout_gap_with_data,
        layout_hidden_partition,
        layout_overlap,
        layout_size_mismatch,
        walk_unreadable,
    )

    detectors = (
        layout_hidden_partition,
        layout_gap_with_data,
        layout_overlap,
        layout_backup_differs,
        layout_size_mismatch,
        walk_unreadable,
    )
    return [finding for detector in detectors for finding in detector.examine_layout(survey)]
