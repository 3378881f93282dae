"""The contents of one file as the Sleuth Kit's attributes give them: where they lie, under which name, how whole they are."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from gifthorse.inspect.layout.facts import FARTHEST
from gifthorse.inspect.walk.entries import ENCRYPTED, HIDDEN, SYSTEM, Extents
from gifthorse.inspect.walk.raw import cut, merged

# Attribute types that hold content (tsk_fs.h): the default of FAT, ext and ISO; NTFS $DATA; HFS+ data and resource forks.
_DEFAULT: Final = 1
_NTFS_DATA: Final = 128
_HFS_DATA: Final = 4352
_HFS_RESOURCE: Final = 4353
_HFS_ATTRIBUTE: Final = 4354
_CONTENT: Final = frozenset({_DEFAULT, _NTFS_DATA, _HFS_DATA, _HFS_RESOURCE, _HFS_ATTRIBUTE})
# Extended attributes of HFS+ that are shorter are colours, dates and where a file came from; one of these is a compressed file's content.
_LEAST_ATTRIBUTE: Final = 512
_FOLDED: Final = b"com.apple.decmpfs"
_NTFS_INFORMATION: Final = 16
_INFORMATION_ID: Final = 0  # its usual number: it is the first attribute of a file
_RESIDENT: Final = 4
_IS_ENCRYPTED: Final = 16
_COMPRESSED: Final = 32
_SPARSE: Final = 64
_RUN_FILLER: Final = 1
_RUN_SPARSE: Final = 2
_FLAGS_AT: Final = 32  # of the DOS flags within NTFS's $STANDARD_INFORMATION
RESOURCE_FORK: Final = "rsrc"


class StreamFacts(NamedTuple):
    """One content of a file: `name` None for the main one, `extents` None when it does not lie on the medium as such.

    `got` is how many of its `size` bytes the filesystem's lists account for.
    """

    name: str | None
    size: int
    extents: Extents | None
    got: int
    encrypted: bool


class DosFlags(NamedTuple):
    """The DOS attributes of a file in words, and its time where the directory entry has it."""

    words: frozenset[str] = frozenset()
    modified: float | None = None


NO_FLAGS: Final = DosFlags()


def ntfs_flags(file: Any) -> DosFlags:
    """What $STANDARD_INFORMATION says of an NTFS file."""
    try:
        untrusted = file.read_random(_FLAGS_AT, 4, _NTFS_INFORMATION, _INFORMATION_ID)
    except OSError:
        untrusted = _flags_by_search(file)
    bits = int.from_bytes(untrusted, "little")
    words = ((2, HIDDEN), (4, SYSTEM), (0x4000, ENCRYPTED))
    return DosFlags(words=frozenset(word for bit, word in words if bits & bit))


def _flags_by_search(file: Any) -> bytes:
    """The flags of a file whose $STANDARD_INFORMATION has another number than usual; none when there is none."""
    try:
        numbers = [int(attribute.info.id) for attribute in file if int(attribute.info.type) == _NTFS_INFORMATION]
        return bytes(file.read_random(_FLAGS_AT, 4, _NTFS_INFORMATION, numbers[0])) if numbers else b""
    except OSError:
        return b""  # what that means for the content shows when it is read


def streams_of(file: Any, size: int, block: int, start: int) -> Iterator[StreamFacts]:
    """The contents of *file*; its blocks of *block* bytes count from byte *start*. Raises OSError where its lists are broken."""
    for attribute in file:
        info = attribute.info
        kind = int(info.type)
        if kind in _CONTENT and not _is_usual(info, kind):
            name = _name(info.name, kind)
            stated = size if name is None and kind in {_DEFAULT, _HFS_DATA} else int(info.size)
            yield _facts(attribute, name, stated, block, start)


def attribute_of(file: Any, stream: str | None) -> tuple[int, int] | None:
    """The Sleuth Kit's type and number of the content called *stream*, None when the file has no such content."""
    for attribute in file:
        kind = int(attribute.info.type)
        if kind in _CONTENT and _name(attribute.info.name, kind) == stream:
            return kind, int(attribute.info.id)
    return None


def lying_runs(file: Any, stream: str | None, block: int, start: int) -> Iterator[tuple[int, int]]:
    """(byte on the medium, length) of each run of the content called *stream* that lies there, whatever its stated size."""
    for attribute in file:
        info = attribute.info
        if int(info.type) in _CONTENT and _name(info.name, int(info.type)) == stream and not int(info.flags) & _RESIDENT:
            for run in attribute:
                if not int(run.flags) & (_RUN_SPARSE | _RUN_FILLER) and int(run.addr) * block <= FARTHEST:
                    yield start + int(run.addr) * block, int(run.len) * block


def is_lying(attribute: Any) -> bool:
    """Whether *attribute* is a content that lies on the medium outside the file's record."""
    return int(attribute.info.type) in _CONTENT and not int(attribute.info.flags) & _RESIDENT


def name_of(attribute: Any) -> str | None:
    """Under which name `lying_runs` knows the content that *attribute* is."""
    return _name(attribute.info.name, int(attribute.info.type))


def _is_usual(info: Any, kind: int) -> bool:
    """Whether it is an extended attribute that computers put there themselves, by its length and name."""
    return kind == _HFS_ATTRIBUTE and (int(info.size) < _LEAST_ATTRIBUTE or bytes(info.name or b"").startswith(_FOLDED))


def _name(untrusted_name: bytes | None, kind: int) -> str | None:
    if kind == _HFS_RESOURCE:
        return RESOURCE_FORK
    if not untrusted_name or kind in {_DEFAULT, _HFS_DATA}:
        return None
    return untrusted_name.decode("utf-8", "surrogateescape")


def _facts(attribute: Any, name: str | None, size: int, block: int, start: int) -> StreamFacts:
    flags, kind = int(attribute.info.flags), int(attribute.info.type)
    encrypted = bool(flags & _IS_ENCRYPTED)
    if flags & (_RESIDENT | _COMPRESSED | _SPARSE):
        return StreamFacts(name, size, None, size, encrypted)
    runs, lies, reach = [], True, 0
    for run in attribute:
        if reach >= size:
            break
        length = int(run.len) * block
        if int(run.flags) & _RUN_FILLER and kind == _NTFS_DATA:
            break  # a part of the file's record is missing; elsewhere this is how holes are told
        if int(run.addr) * block > FARTHEST:
            break  # beyond any medium: nothing comes back from there
        lies = lies and not int(run.flags) & (_RUN_SPARSE | _RUN_FILLER)
        runs.append((start + int(run.addr) * block, length))
        reach += length
    extents = cut(merged(runs), size) if lies else None
    initialised = int(attribute.info.nrd.initsize) if hasattr(attribute.info, "nrd") else size
    if initialised < size and reach >= size:
        extents = None  # the rest counts as zeros, whatever lies there
    return StreamFacts(name, size, extents, min(size, reach), encrypted)
