"""A folder as a source: its tree listed without following a link, its files opened one part of the path at a time.

Names are bytes all the way, so that names which are not UTF-8, or hold line breaks, arrive as they are.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.content import FileContent
from gifthorse.inspect.item import shown

_FOLDER_FLAGS: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY

DEEPEST: Final = 1000
TOO_DEEP: Final = f"it lies more than {DEEPEST} folders deep, where nothing was looked at; copy it to a place of its own and inspect that"


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One thing in the tree: `raw_path` is relative to the root; `trouble` says why a folder's content could not be listed.

    `link` is where a symbolic link points, `special` is true for pipes, sockets and device nodes.
    """

    raw_path: bytes
    size: int = 0
    folder: bool = False
    executable: bool = False
    modified: float | None = None
    link: bytes | None = None
    special: bool = False
    trouble: str | None = None


def shown_path(raw_path: bytes) -> str:
    """The display form of a relative path, each part made visible."""
    return "/".join(shown_whole(part) for part in raw_path.split(b"/"))


def shown_whole(raw_name: bytes) -> str:
    """A name made visible whatever its length."""
    text = os.fsdecode(raw_name)
    return text if text.isprintable() else "".join(shown(character) for character in text)


def listing(root: int) -> Iterator[Listed]:
    """Everything below the open folder *root*, depth first, each folder's names in the order of their bytes; that a tree goes on beyond
    `DEEPEST` folders is told as trouble.
    """
    waiting: list[tuple[bytes, int]] = [(b"", 0)]
    way = _Way(root)
    try:
        while waiting:
            folder, depth = waiting.pop()
            try:
                entries = _entries(way.to(folder), folder)
            except OSError as error:
                yield Listed(raw_path=folder, folder=True, trouble=os.strerror(error.errno or 0))
                continue
            yield from entries
            below = [entry.raw_path for entry in reversed(entries) if entry.folder]
            if below and depth >= DEEPEST:
                yield Listed(raw_path=below[-1], folder=True, trouble=TOO_DEEP)
            else:
                waiting += [(path, depth + 1) for path in below]
    finally:
        way.close()


class _Way:
    """The folder that was opened last below *root*: what lies in it is opened from there, everything else from the root, so that a tree
    may be deeper than there are descriptors.
    """

    def __init__(self, root: int) -> None:
        self._root = root
        self._path: bytes | None = None
        self._fd = -1

    def to(self, folder: bytes) -> int:
        """A descriptor of *folder*, which stays open until the next is asked for."""
        if folder != self._path or self._fd < 0:
            inside = self._path is not None and (not self._path or folder.startswith(self._path + b"/"))
            start, rest = (self._fd, folder[len(self._path or b"") :].lstrip(b"/")) if inside and self._fd >= 0 else (self._root, folder)
            fd = _open_folder(start, rest)
            self.close()
            self._fd, self._path = fd, folder
        return self._fd

    def close(self) -> None:
        """Nothing is open any more."""
        if self._fd >= 0:
            os.close(self._fd)
        self._fd, self._path = -1, None


def _entries(fd: int, folder: bytes) -> list[Listed]:
    names = sorted(os.fsencode(name) for name in os.listdir(fd))
    return [listed for name in names if (listed := _listed(fd, folder, name)) is not None]


def _listed(fd: int, folder: bytes, name: bytes) -> Listed | None:
    """The entry, or None when it is gone since its folder was read."""
    path = folder + b"/" + name if folder else name
    try:
        facts = os.stat(name, dir_fd=fd, follow_symlinks=False)
        link = os.readlink(name, dir_fd=fd) if stat.S_ISLNK(facts.st_mode) else None
    except FileNotFoundError:
        return None
    regular = stat.S_ISREG(facts.st_mode)
    folder_here = stat.S_ISDIR(facts.st_mode)
    return Listed(
        raw_path=path,
        size=facts.st_size if regular else 0,
        folder=folder_here,
        executable=regular and bool(facts.st_mode & 0o111),
        modified=facts.st_mtime,
        link=link,
        special=not (regular or folder_here or link is not None),
    )


class FolderReader:
    """Opens files below one folder without ever following a link; the last folder stays open, since neighbours come together."""

    def __init__(self, root: int) -> None:
        self._way = _Way(root)

    @contextmanager
    def opened(self, raw_path: bytes) -> Iterator[FileContent]:
        """The content of the file at *raw_path*, as large as it is now; raises OSError when it can't be opened or is no file."""
        folder, _slash, name = raw_path.rpartition(b"/")
        fd = _open_quietly(name, self._way.to(folder))
        try:
            facts = os.fstat(fd)
            if not stat.S_ISREG(facts.st_mode):
                raise OSError(f"it is no longer a file: {stat.filemode(facts.st_mode)}")
            yield FileContent(fd, facts.st_size)
        finally:
            os.close(fd)


def _open_folder(root: int, folder: bytes) -> int:
    """A descriptor of *folder* below *root*, reached part by part so that no part of the way is a link."""
    fd = os.dup(root)
    for part in folder.split(b"/") if folder else ():
        try:
            inner = os.open(part, _FOLDER_FLAGS, dir_fd=fd)
        finally:
            os.close(fd)
        fd = inner
    return fd


def _open_quietly(name: bytes, folder: int) -> int:
    """The file opened without leaving a mark on its time of last access, where that is allowed."""
    with suppress(PermissionError):
        return os.open(name, _FILE_FLAGS | os.O_NOATIME, dir_fd=folder)
    return os.open(name, _FILE_FLAGS, dir_fd=folder)
