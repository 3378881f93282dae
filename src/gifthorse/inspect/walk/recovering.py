"""Looks through what no file of a filesystem owns: programs whose entry is gone, folders that nothing leads to, encrypted-looking data.

Only the first bytes of sectors are compared (a strided slice and one short regular expression for each mebibyte), and runs of zeros
are passed over, so that free space costs little more than reading it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from gifthorse.inspect.detectors import layout_gap_with_data, walk_deleted_executable
from gifthorse.inspect.item import shown
from gifthorse.inspect.layout.carving import ARCHIVE, DOCUMENT, PROGRAM, SECTOR, looks_random, sector_heads
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.hidden_places import places_told
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.layout.spaces import CHUNK, is_filled
from gifthorse.inspect.layout.written import long_texts
from gifthorse.inspect.walk.entries import DELETED, Entry, Extents
from gifthorse.inspect.walk.grounds import Ground, GroundKind
from gifthorse.inspect.walk.programs import program_length
from gifthorse.inspect.walk.second_look import SecondLook
from gifthorse.model.findings import Finding

RECOVERED: Final = {
    GroundKind.FREE: "$FreeSpace",
    GroundKind.BAD: "$BadClusters",
    GroundKind.UNCLAIMED: "$Unclaimed",
    GroundKind.OWN: "$OwnAreas",
}
_HEAD: Final = 64 * 1024
_MARKS_MOST: Final = 1000
_PROGRAMS_MOST: Final = 200
_ORPHANS_MOST: Final = 20_000
_FOLDER_MOST: Final = 1024 * 1024
_RANDOM_PIECE: Final = 4096
_RANDOM_MOST: Final = 1000
_FOLDER_MARK: Final = "folder"
_MEDIA: Final = "media"
_TOLD: Final = frozenset({ARCHIVE, DOCUMENT})
_PLACES_MOST: Final = 16
_SAMPLE: Final = 96
Mark = tuple[int, str, str]


@dataclass(kw_only=True)
class Trace:
    """What one ground held. `random` are the stretches of encrypted-looking bytes that no header before them explains."""

    data_bytes: int = 0
    first: int = -1
    marks: list[Mark] = field(default_factory=list)
    folders: list[int] = field(default_factory=list)
    random: list[tuple[int, int]] = field(default_factory=list)
    runs: list[tuple[int, int]] = field(default_factory=list)
    explained_to: int = -1
    texts: list[tuple[int, str]] = field(default_factory=list)
    text_count: int = 0
    text_bytes: int = 0


@dataclass(kw_only=True)
class Slack:
    """What stands behind the ends of files: `places` are the first few, those with an archive or document before others."""

    files: int = 0
    data_bytes: int = 0
    places: list[tuple[int, str]] = field(default_factory=list)

    def add(self, end: int, data: int, marks: list[tuple[int, str]]) -> None:
        """There are *data* bytes behind the file that ends at byte *end*, with *marks* among them."""
        self.files += 1
        self.data_bytes += data
        if marks:
            self.places = [*marks, *self.places][:_PLACES_MOST]
        elif len(self.places) < _PLACES_MOST:
            self.places.append((end, ""))


class Recovery:
    """One look through the grounds that *second* knows; `known` are the places of deleted files that the listing named already."""

    def __init__(
        self,
        *,
        reader: PatientReader,
        partition: Partition,
        second: SecondLook,
        known: Extents,
        alive: Callable[[], None],
        ends: Sequence[int],
    ) -> None:
        self._reader = reader
        self._partition = partition
        self._second = second
        self._known = sorted(known)
        self._starts = {start for start, _length in known}
        self._ends = ends
        self._alive = alive
        self._programs = 0
        self._told: list[tuple[int, int]] = []

    def found(self) -> Iterator[Entry | Finding]:
        """Whole programs and the files of lost folders as deleted entries, and findings about everything else that is there."""
        said = len(self._second.findings)
        yield from self._second.copies()
        yield from (layout_gap_with_data.of_space(space) for space in self._second.rests())
        self._told = sorted([*places_told(self._reader, self._partition), *self._second.told])
        yield from self._slack()
        for ground in self._second.grounds():
            trace = self._trace(ground)
            yield from self._orphans(trace)
            yield from self._marked(ground, trace)
            if trace.random:
                free = ground.kind is GroundKind.FREE
                yield layout_gap_with_data.encrypted_ground(trace.random, partition=self._partition.index, free=free)
            if trace.texts:
                told = (trace.texts, trace.text_count, trace.text_bytes)
                yield layout_gap_with_data.written(*told, partition=self._partition.index)
            if ground.kind in {GroundKind.BAD, GroundKind.UNCLAIMED} and trace.data_bytes:
                bad = ground.kind is GroundKind.BAD
                marks = [(at, name) for at, _look, name in trace.marks]
                where = (trace.first, trace.data_bytes)
                yield layout_gap_with_data.unowned(where, marks, partition=self._partition.index, bad=bad)
        yield from self._second.findings[said:]

    def _slack(self) -> Iterator[Finding]:
        """What lies between the ends of files and the ends of their clusters, where an older file's bytes stay or a hand puts others."""
        programs: list[tuple[int, str]] = []
        slack = Slack()
        origin, unit = self._second.unit() or (0, 1)
        for number, end in enumerate(chain(self._ends, self._second.ends())):
            piece = self._reader.read(end, min(-(end - origin) % unit, CHUNK))
            if piece.count(0) < len(piece):
                at = origin + -(-(end - origin) // SECTOR) * SECTOR
                heads = list(sector_heads(piece[at - end :], at))
                programs += [(place, name) for place, look, name in heads if look == PROGRAM][: _MARKS_MOST - len(programs)]
                slack.add(end, len(piece) - piece.count(0), [(place, name) for place, look, name in heads if look in _TOLD])
            if number % 1000 == 0:
                self._alive()
        if programs:
            yield walk_deleted_executable.fragments(programs, partition=self._partition.index, slack=True)
        if slack.files:
            yield layout_gap_with_data.behind_files(slack.places, slack.files, slack.data_bytes, partition=self._partition.index)

    def _trace(self, ground: Ground) -> Trace:
        trace = Trace()
        for start, length in ground.runs:
            before = trace.data_bytes
            for at in range(start, start + length, CHUNK):
                chunk = self._reader.read(at, min(CHUNK, start + length - at))
                self._alive()
                if chunk and not is_filled(chunk, 0) and not is_filled(chunk, 0xFF):
                    self._study(trace, chunk, at)
                    if ground.texts:
                        self._read_texts(trace, chunk, at, ground)
            if trace.data_bytes > before:
                trace.runs.append((start, length))
        return trace

    def _study(self, trace: Trace, chunk: bytes, at: int) -> None:
        if trace.first < 0:
            trace.first = at
        trace.data_bytes += len(chunk)
        explained = False
        for place, look, name in sector_heads(chunk, at):
            explained = explained or look != _FOLDER_MARK
            if look == _FOLDER_MARK and len(trace.folders) < _MARKS_MOST:
                trace.folders.append(place)
            elif look not in {_FOLDER_MARK, _MEDIA} and len(trace.marks) < _MARKS_MOST and place not in self._starts:
                trace.marks.append((place, look, name))
        if explained or self._is_known(at):
            trace.explained_to = at + len(chunk)
        elif len(chunk) == CHUNK and _is_random(chunk):
            if trace.explained_to == at:  # the file whose header stands before goes on
                trace.explained_to = at + len(chunk)
            elif trace.random and sum(trace.random[-1]) == at:
                trace.random[-1] = (trace.random[-1][0], trace.random[-1][1] + len(chunk))
            elif len(trace.random) < _RANDOM_MOST:
                trace.random.append((at, len(chunk)))

    def _read_texts(self, trace: Trace, chunk: bytes, at: int, ground: Ground) -> None:
        for place, text in long_texts(chunk, at):
            if self._is_told(place) or (ground.has_reason is not None and ground.has_reason(place, text)):
                continue
            trace.text_count += 1
            trace.text_bytes += len(text)
            if len(trace.texts) < _PLACES_MOST:
                trace.texts.append((place, shown(text[:_SAMPLE].decode("utf-8", "replace"))))

    def _is_told(self, place: int) -> bool:
        position = bisect_right(self._told, (place, 1 << 62)) - 1
        return position >= 0 and place < self._told[position][1]

    def _is_known(self, at: int) -> bool:
        """Whether byte *at* lies in a deleted file that the listing named."""
        position = bisect_right(self._known, (at, 1 << 62)) - 1
        return position >= 0 and at < sum(self._known[position])

    def _orphans(self, trace: Trace) -> Iterator[Entry]:
        """Files that lost folders name and whose content still lies where they say, in free space."""
        count = 0
        for place in trace.folders:
            room = self._room(trace, place)
            for entry in self._second.folder_at(place, self._reader.read(place, min(room, _FOLDER_MOST))):
                start, length = entry.extents[0] if entry.extents else (0, 0)
                if count < _ORPHANS_MOST and start not in self._starts and self._room(trace, start) >= length:
                    count += 1
                    self._starts.add(start)
                    yield entry

    @staticmethod
    def _room(trace: Trace, at: int) -> int:
        """Bytes from *at* to the end of the run of this ground that it lies in; 0 when it lies in none."""
        position = bisect_right(trace.runs, (at, 1 << 62)) - 1
        return max(0, sum(trace.runs[position]) - at) if position >= 0 else 0

    def _marked(self, ground: Ground, trace: Trace) -> Iterator[Entry | Finding]:
        """Each whole program as an entry, to be examined like any deleted file; fragments, archives and documents in one finding each."""
        fragments: list[tuple[int, str]] = []
        others: list[tuple[int, str]] = []
        reach = -1
        for place, look, name in trace.marks:
            if place in self._starts:
                continue
            if look != PROGRAM:
                others.append((place, name))
                continue
            length = program_length(self._reader.read(place, _HEAD))
            if length is not None and place >= reach and self._is_whole(ground, trace, place, length):
                reach = place + length
                self._programs += 1
                yield self._program(ground, place, length)
            else:
                fragments.append((place, name))
        if fragments:
            yield walk_deleted_executable.fragments(fragments, partition=self._partition.index)
        if others and ground.kind is GroundKind.FREE:
            yield layout_gap_with_data.remains(others, partition=self._partition.index)

    def _is_whole(self, ground: Ground, trace: Trace, place: int, length: int) -> bool:
        """Whether all of a program lies in one run, no other file begins on a cluster of it, and its end is not empty."""
        if self._programs >= _PROGRAMS_MOST or self._room(trace, place) < length:
            return False
        inside = [at for at, _look, _name in trace.marks if place < at < place + length and (at - place) % ground.unit == 0]
        return not inside and self._reader.read(place + length - 4096, 4096).count(0) < 4096

    def _program(self, ground: Ground, place: int, length: int) -> Entry:
        name = f"at byte {place}"
        return Entry(
            partition=self._partition.index,
            path=f"{RECOVERED[ground.kind]}/{name}",
            untrusted_name=name,
            size=length,
            deleted=True,
            attributes=frozenset({DELETED}),
            extents=((place, length),),
        )


def _is_random(chunk: bytes) -> bool:
    middle = len(chunk) // 2
    return looks_random(chunk[:_RANDOM_PIECE]) and looks_random(chunk[middle : middle + _RANDOM_PIECE])
