"""Lists a filesystem through the Sleuth Kit, and sets beside it what our own reader of raw entries saw."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from gifthorse.inspect.detectors import walk_unreadable
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.entries import DELETED, ENCRYPTED, EXECUTABLE, HIDDEN, LINK, SPECIAL, STREAM, Entry, decoded, displayed, joined
from gifthorse.inspect.walk.raw import DEPTH_LIMIT, ENTRIES_LIMIT, FOLDERS_LIMIT
from gifthorse.inspect.walk.recovering import Recovery
from gifthorse.inspect.walk.second_readers import second_look
from gifthorse.inspect.walk.streams import DosFlags, StreamFacts, lying_runs, ntfs_flags, streams_of
from gifthorse.model.findings import Finding
from gifthorse.model.words import Phrase, phrase

_DOTS: Final = frozenset({b".", b".."})
_ORPHANS: Final = b"$OrphanFiles"
_FINDINGS_LIMIT: Final = 500
_DELETED_MOST: Final = 1_000_000
_ENDS_MOST: Final = 1_000_000
_UNALLOCATED: Final = 2  # both of a name and of a file
_META_FILE: Final = 1
_META_FOLDER: Final = 2
_META_LINK: Final = 6
_VIRTUAL: Final = frozenset({10, 11})
_SPECIAL: Final = frozenset({3, 4, 5, 7, 8, 9})  # pipes, devices, sockets, shadows, white-outs
_EXECUTE_BITS: Final = 0o111
_UNIX: Final = ("ext", "hfs")
# Files below these numbers are the filesystem's own; of them only named streams are listed that the system does not keep there itself.
_FIRST_OF_USERS: Final = {"ntfs": 24, "hfs+": 16, "hfsx": 16}
_NTFS_EXTEND: Final = 11
# The content and the streams that Windows keeps in its own files: those of the first files by their numbers, then those below $Extend.
_NTFS_OWN_STREAMS: Final[dict[int, frozenset[str | None]]] = {
    0: frozenset({None}),
    1: frozenset({None}),
    2: frozenset({None}),
    4: frozenset({None}),
    5: frozenset({"$TXF_DATA"}),
    6: frozenset({None, "$SRAT"}),
    7: frozenset({None}),
    8: frozenset({None, "$Bad"}),
    9: frozenset({None, "$SDS"}),
    10: frozenset({None, "$Info"}),
}
_NTFS_BELOW_EXTEND: Final = frozenset({None, "$J", "$Max", "$T", "$Config", "$Verify", "$TXF_DATA", "$Tops"})
_EMPTY_BY_RIGHT: Final = frozenset({3, 8, 9, 11})  # files of NTFS of which the main content is nothing


@dataclass(kw_only=True, slots=True)
class Folder:
    """A folder that waits to be listed."""

    directory: Any
    path: str
    inode: int
    depth: int = 0
    deleted: bool = False


@dataclass(kw_only=True, slots=True)
class Met:
    """One file or folder that the Sleuth Kit named; `own` when it is a part of the filesystem itself."""

    file: Any
    folder: Folder
    path: str
    untrusted_name: str
    inode: int
    kind: int
    deleted: bool
    own: bool
    flags: DosFlags


class Lister:
    """One listing of one open filesystem; `findings` grows while it runs."""

    def __init__(self, *, opened: Any, reader: PatientReader, partition: Partition) -> None:
        self._opened = opened
        self._partition = partition
        self._kind = partition.filesystem or ""
        self._dos = self._kind.startswith(("fat", "exfat"))
        self._block = int(opened.info.block_size)
        self._reader = reader
        self._deleted: list[tuple[int, int]] = []
        self._ends = array("Q")
        self._second = second_look(reader, partition, opened)
        self._folders: set[int] = set()
        self._count = 0
        self._own_folders = {_NTFS_EXTEND} if self._kind == "ntfs" else set()
        self.findings: list[Finding] = []

    def entries(self) -> Iterator[Entry]:
        """Every entry that the Sleuth Kit lists, then those that only our own reader saw."""
        listed: set[int] = set()
        for met in self._listed():
            if not met.deleted:
                listed.add(met.inode)
            for entry in self._entries_of(met):
                self._keep_place(entry)
                yield entry
        for entry, finding in self._second.unlisted(listed):
            self._note(finding)
            self._keep_place(entry)
            yield entry
        for finding in self._second.findings:
            self._note(finding)

    def recovered(self, alive: Callable[[], None]) -> Iterator[Entry | Finding]:
        """What lies where no file owns the medium, when `entries` has ended; *alive* is called every mebibyte."""
        recovery = Recovery(
            reader=self._reader, partition=self._partition, second=self._second, known=tuple(self._deleted), ends=self._ends, alive=alive
        )
        return recovery.found()

    def _keep_place(self, entry: Entry) -> None:
        if not entry.deleted:
            self._second.claim(entry)
            if entry.extents and len(self._ends) < _ENDS_MOST:
                self._ends.append(sum(entry.extents[-1]))
        elif len(self._deleted) < _DELETED_MOST:
            self._deleted += entry.extents or ()

    def _listed(self) -> Iterator[Met]:
        waiting: list[Folder] = []
        root = int(self._opened.info.root_inum)
        try:
            waiting.append(Folder(directory=self._opened.open_dir(inode=root), path="", inode=root))
        except OSError as error:
            self._complain("", phrase(walk_unreadable.FOLDER, problem=_said(error)))
        self._folders.add(root)
        while waiting and self._count < ENTRIES_LIMIT and len(self._folders) < FOLDERS_LIMIT:
            folder = waiting.pop()
            for file in self._files(folder):
                self._count += 1
                met = self._met(file, folder)
                if met is not None:
                    if met.kind not in _VIRTUAL:
                        yield met
                    waiting += self._below(met)
        if waiting:
            self._complain("", phrase(walk_unreadable.LIMIT, count=self._count))

    def _files(self, folder: Folder) -> Iterator[Any]:
        """The files of one folder; a folder that breaks off is complained of."""
        files = iter(folder.directory)
        while self._count < ENTRIES_LIMIT:
            try:
                file = next(files)
            except StopIteration:
                return
            except OSError as error:
                self._complain(folder.path, phrase(walk_unreadable.FOLDER, problem=_said(error)))
                return
            yield file

    def _met(self, file: Any, folder: Folder) -> Met | None:
        """What the Sleuth Kit named, or None when it is no file: the folder itself, a label, a name whose file is another one by now."""
        name, meta = file.info.name, file.info.meta
        if meta is None or name.name in _DOTS:
            return None
        inode, kind = int(meta.addr), int(meta.type)
        if kind in _VIRTUAL and (name.name != _ORPHANS or self._dos):
            return None
        deleted = folder.deleted or bool(int(name.flags) & _UNALLOCATED) or kind in _VIRTUAL
        if (deleted and kind not in _VIRTUAL and not int(meta.flags) & _UNALLOCATED) or (not deleted and not self._second.is_file(inode)):
            return None
        untrusted_name = decoded(name.name)
        own = inode < _FIRST_OF_USERS.get(self._kind, 0) or folder.inode in self._own_folders
        return Met(
            file=file,
            folder=folder,
            path=joined(folder.path, untrusted_name),
            untrusted_name=untrusted_name,
            inode=inode,
            kind=kind,
            deleted=deleted,
            own=own,
            flags=ntfs_flags(file) if self._kind == "ntfs" else self._second.flags(inode),
        )

    def _below(self, met: Met) -> list[Folder]:
        """The folder that *met* is, ready to be listed; none for files, and for folders that were listed before."""
        is_folder = met.kind == _META_FOLDER or met.kind in _VIRTUAL
        if not is_folder or met.inode in self._folders or met.folder.depth >= DEPTH_LIMIT:
            return []
        self._folders.add(met.inode)
        if met.own and met.folder.inode in self._own_folders:
            self._own_folders.add(met.inode)
        try:
            directory = met.file.as_directory()
        except OSError as error:
            if not met.deleted:
                self._complain(met.path, phrase(walk_unreadable.FOLDER, problem=_said(error)))
            return []
        return [Folder(directory=directory, path=met.path, inode=met.inode, depth=met.folder.depth + 1, deleted=met.deleted)]

    def _entries_of(self, met: Met) -> Iterator[Entry]:
        """The entries of one file: its content, its streams, or the folder itself."""
        if not met.deleted:
            yield from (self._entry(met, facts) for facts in self._second.attributes(met.inode))
        if met.kind == _META_FOLDER:
            if not met.own:
                yield self._entry(met, StreamFacts(None, 0, None, 0, False), folder=True)
            if self._kind != "ntfs":
                return
        elif met.kind in _SPECIAL or met.kind == _META_LINK:
            yield self._entry(met, StreamFacts(None, int(met.file.info.meta.size), None, 0, False))
            return
        for facts in self._streams(met):
            if not self._is_unwanted(met, facts) and (not met.deleted or 0 < facts.size <= facts.got):
                if facts.extents is None and not met.deleted:
                    self._second.claim_runs(lying_runs(met.file, facts.name, self._block, self._partition.start))
                yield self._entry(met, facts)

    def _is_unwanted(self, met: Met, facts: StreamFacts) -> bool:
        """Whether it is the filesystem itself that keeps this content, or the content is a folder's."""
        if not met.own:
            return facts.name is None and met.kind == _META_FOLDER
        if self._kind != "ntfs":
            return facts.name is None
        if facts.name is None and (met.kind == _META_FOLDER or (met.inode in _EMPTY_BY_RIGHT and not facts.size)):
            return True
        kept = _NTFS_OWN_STREAMS.get(met.inode, frozenset()) if met.inode < _FIRST_OF_USERS["ntfs"] else _NTFS_BELOW_EXTEND
        return facts.name in kept and not (facts.name is None and met.inode in _EMPTY_BY_RIGHT)

    def _streams(self, met: Met) -> list[StreamFacts]:
        """The contents of a file; where the Sleuth Kit can't follow it, our own reading of its clusters."""
        size = int(met.file.info.meta.size)
        try:
            found = list(streams_of(met.file, size, self._block, self._partition.start))
        except OSError:
            found = []
        if found or met.kind == _META_FOLDER or met.deleted:
            return found
        runs = self._second.runs(met.inode)
        got = sum(length for _start, length in runs or ())
        return [StreamFacts(None, size, runs or (), got, False)]

    def _entry(self, met: Met, facts: StreamFacts, *, folder: bool = False) -> Entry:
        meta = met.file.info.meta
        broken = met.kind == _META_FILE and facts.got < facts.size
        attributes = self._attributes(met, facts)
        path = f"{met.path}:{displayed(facts.name)}" if facts.name else met.path
        entry = Entry(
            partition=self._partition.index,
            path=path,
            untrusted_name=f"{met.untrusted_name}:{facts.name}" if facts.name else met.untrusted_name,
            size=0 if folder or met.kind in _SPECIAL else facts.size,
            folder=folder,
            deleted=met.deleted,
            hidden=HIDDEN in attributes,
            attributes=attributes,
            modified=met.flags.modified if self._dos else float(meta.mtime) or None,
            inode=met.inode,
            stream=facts.name,
            extents=facts.extents,
            got=facts.got if broken else None,
        )
        if broken:
            self._complain(path, phrase(walk_unreadable.BROKEN, got=facts.got, stated=facts.size))
        return entry

    def _attributes(self, met: Met, facts: StreamFacts) -> frozenset[str]:
        words = set(met.flags.words)
        unix = self._kind.startswith(_UNIX)
        rules = (
            (met.deleted, DELETED),
            (facts.name is not None, STREAM),
            (facts.encrypted, ENCRYPTED),
            (met.kind == _META_LINK, LINK),
            (met.kind in _SPECIAL, SPECIAL),
            (unix and met.untrusted_name.startswith("."), HIDDEN),
            (unix and met.kind == _META_FILE and bool(int(met.file.info.meta.mode) & _EXECUTE_BITS), EXECUTABLE),
        )
        return frozenset(words | {word for holds, word in rules if holds})

    def _complain(self, path: str, detail: Phrase) -> None:
        self._note(walk_unreadable.unreadable_at(path, partition=self._partition.index, detail=detail))

    def _note(self, finding: Finding) -> None:
        if len(self.findings) < _FINDINGS_LIMIT:
            self.findings.append(finding)


def _said(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
