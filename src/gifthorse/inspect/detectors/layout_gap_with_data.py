"""Data in stretches of a medium that belong to no file."""

from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.layout.facts import Look, Space, Survey, Trait
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.inspections import RangeKind
from gifthorse.model.words import N_, Phrase, phrase

KIND: Final = FindingKind(
    id="layout.gap-with-data",
    severity=Severity.MEDIUM,
    confidence=0.8,
    title=N_("Data where the medium should be empty"),
    why=N_(
        "There are bytes in a part of the medium that no file and no partition uses. A program that knows the place can read them;"
        " nobody who looks at the files can see them."
    ),
    what_to_do=N_("Have the stretch looked at by someone who knows disk structures before the medium is used anywhere."),
    benign_explanation=N_(
        "Media that were formatted or divided again keep old data there; boot programs lie before the first partition; some "
        "makers leave test patterns."
    ),
    technique=("T1564.005", "T1564"),
)
KINDS: Final = (KIND,)

SPOKEN: Final = {
    Look.BOOT_CODE: N_("{data} bytes {where}, which look like a boot program."),
    Look.OLD_TABLE: N_("{data} bytes {where}, which look like what is left of an older partition table."),
    Look.RAID: N_("{data} bytes {where}, which look like the label of a disk group."),
    Look.PROGRAM: N_("{data} bytes {where}, with the header of a program among them: {mark}."),
    Look.ARCHIVE: N_("{data} bytes {where}, with the header of an archive among them: {mark}."),
    Look.DOCUMENT: N_("{data} bytes {where}, with the header of a document among them: {mark}."),
    Look.FILESYSTEM: N_("{data} bytes {where}, with a whole filesystem among them."),
    Look.ENCRYPTED: N_("{data} bytes {where}, which look encrypted or compressed."),
    Look.TEXT: N_("{data} bytes of text {where}, which no boot program known here says."),
    Look.DATA: N_("{data} bytes {where}."),
}
ENCRYPTED_GROUND: Final = N_(
    "Free space of the filesystem holds {data} bytes in {count} stretches that look encrypted or compressed, without the beginning of a"
    " picture, film or archive before them."
)
ENCRYPTED_USED: Final = N_(
    "Space that is marked as used, but that no file leads to, holds {data} bytes in {count} stretches that look encrypted or compressed."
)
REMAINS: Final = N_("Free space of the filesystem holds the beginnings of {count} deleted archives or documents ({name} at byte {at}).")
BEHIND_FILES: Final = N_(
    "Behind the ends of {count} files, in the rest of their last clusters, there are {data} bytes that belong to none."
)
BAD_CLUSTERS: Final = N_("Clusters that the filesystem marks as bad, so that no computer looks there, hold {data} bytes.")
UNCLAIMED: Final = N_("Clusters that are marked as used, but that no file leads to, hold {data} bytes.")
WRITTEN: Final = N_(
    "Among the tables of the filesystem, where no file lies, there are {data} bytes of readable text in {count} places, the first at"
    " byte {at}."
)
_FEW: Final = 4096
_SUBSTANTIAL: Final = 1024 * 1024
# What a stretch looks like says what it weighs: programs and whole filesystems are more than what formatting leaves behind; a hidden
# filesystem that holds programs is raised where its files are known.
_BY_LOOK: Final = {
    Look.BOOT_CODE: Severity.LOW,
    Look.OLD_TABLE: Severity.LOW,
    Look.RAID: Severity.LOW,
    Look.PROGRAM: Severity.MEDIUM,
    Look.FILESYSTEM: Severity.MEDIUM,
}


def examine_layout(survey: Survey) -> Iterator[Finding]:
    """A finding for each stretch with data: a few bytes `info`, up to 1 MiB `low`; more, programs and whole filesystems `medium`."""
    reserved = {partition.index for partition in survey.partitions if Trait.RESERVED in partition.traits}
    for space in survey.spaces:
        if space.kind is not RangeKind.UNKNOWN_PARTITION or space.partition in reserved:
            yield of_space(space)


def of_space(space: Space) -> Finding:
    """The finding for the data in *space*."""
    return KIND.found(_where(space), *_marks(space), severity=severity_of(space), detail=_say(space))


def severity_of(space: Space) -> Severity:
    """How much the data in *space* weighs, by what it looks like and how much it is."""
    if space.look in _BY_LOOK:
        return _BY_LOOK[space.look]
    if space.data_bytes <= _FEW:
        return Severity.INFO
    return Severity.LOW if space.data_bytes < _SUBSTANTIAL else Severity.MEDIUM


def _say(space: Space) -> Phrase:
    mark = space.marks[0][1] if space.marks else ""
    return phrase(SPOKEN[space.look], data=space.data_bytes, where=space.label, mark=mark)


def _where(space: Space) -> Evidence:
    length = space.last - space.first + 1
    return Evidence(
        path="",
        partition=space.partition,
        offset=space.first,
        length=length,
        medium_offset=space.first,
        excerpt=space.excerpt,
    )


def _marks(space: Space) -> list[Evidence]:
    return [Evidence(path="", partition=space.partition, offset=at, medium_offset=at, excerpt=name) for at, name in space.marks[:8]]


def encrypted_ground(stretches: Sequence[tuple[int, int]], *, partition: int, free: bool = True) -> Finding:
    """The finding for *stretches*, as (byte on the medium, length), of space that is *free* or used by no file and looks encrypted."""
    words = phrase(ENCRYPTED_GROUND if free else ENCRYPTED_USED, data=sum(length for _at, length in stretches), count=len(stretches))
    largest = sorted(stretches, key=lambda stretch: -stretch[1])[:16]
    places = (Evidence(path="", partition=partition, offset=at, length=length, medium_offset=at) for at, length in largest)
    return KIND.found(*places, severity=Severity.LOW, detail=words)


def written(texts: Sequence[tuple[int, str]], count: int, data: int, *, partition: int) -> Finding:
    """The finding for *data* bytes of text in *count* places among a filesystem's own tables; *texts* are the first, (byte, beginning)."""
    words = phrase(WRITTEN, data=data, count=count, at=texts[0][0])
    return KIND.found(*_places(texts, partition), severity=Severity.INFO, detail=words)


def remains(marks: Sequence[tuple[int, str]], *, partition: int) -> Finding:
    """The finding for *marks*, as (byte on the medium, what it is): beginnings of deleted archives and documents."""
    at, name = marks[0]
    return KIND.found(*_places(marks, partition), severity=Severity.INFO, detail=phrase(REMAINS, count=len(marks), name=name, at=at))


def behind_files(marks: Sequence[tuple[int, str]], count: int, data: int, *, partition: int) -> Finding:
    """The finding for *data* bytes behind the ends of *count* files, *marks* being some of the places: any medium in use has such."""
    return KIND.found(*_places(marks, partition), severity=Severity.INFO, detail=phrase(BEHIND_FILES, count=count, data=data))


def unowned(where: tuple[int, int], marks: Sequence[tuple[int, str]], *, partition: int, bad: bool) -> Finding:
    """The finding for data, *where* as (first byte on the medium, bytes), that no file owns in clusters which are not free.

    Clusters marked as bad weigh `medium` from 1 MiB on, as nothing but intent puts so much there; those in use without a file are what a
    medium that was pulled out too early keeps, so `low`.
    """
    at, data = where
    words = phrase(BAD_CLUSTERS if bad else UNCLAIMED, data=data)
    severity = Severity.MEDIUM if bad and data >= _SUBSTANTIAL else Severity.LOW
    place = Evidence(path="", partition=partition, offset=at, medium_offset=at)
    return KIND.found(place, *_places(marks, partition), severity=severity, detail=words)


def _places(marks: Sequence[tuple[int, str]], partition: int) -> list[Evidence]:
    return [Evidence(path="", partition=partition, offset=at, medium_offset=at, excerpt=name or None) for at, name in marks[:16]]
