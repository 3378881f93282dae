"""What the map shows, before it is drawn: stretches of the medium (or kinds of file) in order, and the findings that lie in each."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from gifthorse.inspect.filetypes import DISK_IMAGES, MEDIA, OLE_DOCUMENTS, OOXML, PICTURES, PROGRAMS, FileType
from gifthorse.inspect.report.parts import numbering
from gifthorse.inspect.report.words import RANGE_WORDS
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import Content, Inspection, Range, RangeKind
from gifthorse.model.words import N_

# More blocks than this can't be told apart by eye; the table beside the map lists every one.
MOST_BLOCKS: Final = 28
MERGED: Final = "merged"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A finding on the map: its number in the report, how grave, and where on the medium (None: somewhere in the block)."""

    number: int
    severity: Severity
    offset: int | None = None


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of the map. `kind` names its pattern, `words` (a message id) what it is, `label` what the medium calls it (untrusted)."""

    kind: str
    words: str
    label: str = ""
    start: int | None = None
    length: int = 0
    count: int = 0
    partition: int | None = None
    empty: bool = False
    marks: tuple[Mark, ...] = ()


_GROUPS: Final = (
    ("picture", N_("Pictures"), frozenset(map(str, PICTURES | {FileType.ICO, FileType.PSD, FileType.SVG}))),
    ("media", N_("Film and sound"), frozenset(map(str, MEDIA - PICTURES))),
    (
        "document",
        N_("Documents"),
        frozenset(
            map(
                str,
                OOXML
                | OLE_DOCUMENTS
                | {FileType.PDF, FileType.RTF, FileType.ODF, FileType.HTML, FileType.XML, FileType.EPUB, FileType.ONENOTE, FileType.CHM}
                | {FileType.TEXT, FileType.EML, FileType.MSG, FileType.MBOX, FileType.JSON, FileType.OLE_ENCRYPTED_OFFICE},
            )
        ),
    ),
    (
        "container",
        N_("Archives and disk images"),
        frozenset(
            map(
                str,
                DISK_IMAGES
                | {FileType.ZIP, FileType.TAR, FileType.GZIP, FileType.BZIP2, FileType.XZ, FileType.ZSTD, FileType.LZMA, FileType.SEVEN_ZIP}
                | {FileType.RAR, FileType.CAB, FileType.CPIO, FileType.AR},
            )
        ),
    ),
    (
        "program",
        N_("Programs and shortcuts"),
        frozenset(
            map(
                str,
                PROGRAMS
                | {FileType.SCRIPT, FileType.SHORTCUT, FileType.REGISTRY, FileType.JAR, FileType.APK, FileType.MSI, FileType.JAVA_CLASS}
                | {FileType.PYTHON_BYTECODE, FileType.WASM},
            )
        ),
    ),
)
_OTHER: Final = ("other", N_("Everything else"))
_GROUP_OF: Final = {filetype: (kind, words) for kind, words, filetypes in _GROUPS for filetype in filetypes}


def blocks_of(inspection: Inspection, numbers: Mapping[int, int] | None = None) -> tuple[Block, ...]:
    """The stretches of the medium in order; for a source without layout, its files by kind.

    *numbers* gives each finding's number by its position in the inspection's list; those of the report unless given.
    """
    number_of = numbering(inspection) if numbers is None else numbers
    if inspection.layout:
        return tuple(_of_medium(inspection, number_of))
    return tuple(_of_contents(inspection, number_of))


def drawn(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """At most MOST_BLOCKS of *blocks*: the smallest without findings are merged with their neighbours."""
    if len(blocks) <= MOST_BLOCKS:
        return blocks
    by_weight = sorted(range(len(blocks)), key=lambda n: (bool(blocks[n].marks), blocks[n].length), reverse=True)
    kept = set(by_weight[: MOST_BLOCKS // 2 - 1])
    merged: list[Block] = []
    run: list[Block] = []
    for position, block in enumerate(blocks):
        if position in kept:
            merged += [*_together(run), block]
            run = []
        else:
            run.append(block)
    return (*merged, *_together(run))


def _together(run: list[Block]) -> list[Block]:
    if len(run) < 2:
        return run
    marks = tuple(mark for block in run for mark in block.marks)
    length = sum(block.length for block in run)
    words = N_("Several small ranges")
    return [Block(kind=MERGED, words=words, start=run[0].start, length=length, count=len(run), marks=marks)]


def _of_medium(inspection: Inspection, number_of: Mapping[int, int]) -> Iterator[Block]:
    ranges = sorted(inspection.layout, key=lambda stretch: stretch.start)
    marks: list[list[Mark]] = [[] for _ in ranges]
    for position, mark in _marks(inspection, ranges, number_of):
        marks[position].append(mark)
    for stretch, found in zip(ranges, marks, strict=True):
        yield Block(
            kind=str(stretch.kind),
            words=RANGE_WORDS[stretch.kind],
            label=stretch.label,
            start=stretch.start,
            length=stretch.length,
            partition=stretch.partition,
            empty=stretch.empty,
            marks=tuple(found),
        )


def _marks(inspection: Inspection, ranges: list[Range], number_of: Mapping[int, int]) -> Iterator[tuple[int, Mark]]:
    """Each finding with the position of the range it lies in: by its place on the medium, else by its partition."""
    starts = [stretch.start for stretch in ranges]
    by_partition = {stretch.partition: position for position, stretch in reversed(list(enumerate(ranges))) if stretch.partition is not None}
    for position, finding in enumerate(inspection.findings):
        if not finding.evidence:
            continue
        place = finding.evidence[0]
        mark = Mark(number=number_of[position], severity=finding.severity, offset=place.medium_offset)
        if place.medium_offset is not None and starts and place.medium_offset >= starts[0]:
            yield bisect_right(starts, place.medium_offset) - 1, mark
        elif place.partition in by_partition:
            yield by_partition[place.partition], mark


def _of_contents(inspection: Inspection, number_of: Mapping[int, int]) -> Iterator[Block]:
    files = [content for content in inspection.contents if not content.folder]
    # Members are counted but add no bytes: their container's bytes hold them already.
    counts = Counter(_group(content)[0] for content in files)
    sizes: Counter[str] = Counter()
    for content in files:
        sizes[_group(content)[0]] += 0 if " > " in content.path else content.size
    marks = _marks_by_group(inspection, files, number_of)
    for kind, words in (*((kind, words) for kind, words, _ in _GROUPS), _OTHER):
        if counts[kind]:
            yield Block(kind=kind, words=words, length=sizes[kind], count=counts[kind], marks=tuple(marks.get(kind, ())))


def _marks_by_group(inspection: Inspection, files: Iterable[Content], number_of: Mapping[int, int]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for content in files:
        for position in content.findings:
            if position in number_of:
                severity = inspection.findings[position].severity
                marks.setdefault(_group(content)[0], []).append(Mark(number=number_of[position], severity=severity))
    return marks


def _group(content: Content) -> tuple[str, str]:
    return _GROUP_OF.get(content.type, _OTHER)


EMPTY_KINDS: Final = frozenset({str(RangeKind.GAP), str(RangeKind.TAIL)})
