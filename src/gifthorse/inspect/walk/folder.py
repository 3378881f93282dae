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
    """Everything below the open folder *root*, depth first, each folder's names in the order of their bytes.

    Folders are opened from the root each time: a tree may be deeper than there are descriptors.
    """
    waiting: list[bytes] = [b""]
    while waiting:
        folder = waiting.pop()
        try:
            entries = _entries(root, folder)
        except OSError as error:
            yield Listed(raw_path=folder, folder=True, trouble=os.strerror(error.errno or 0))
            continue
        yield from entries
        waiting += [entry.raw_path for entry in reversed(entries) if entry.folder]


def _entries(root: int, folder: bytes) -> list[Listed]:
    fd = _open_folder(root, folder)
    try:
        names = sorted(os.fsencode(name) for name in os.listdir(fd))
        return [listed for name in names if (listed := _listed(fd, folder, name)) is not None]
    finally:
        os.close(fd)


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
        self._root = root
        self._parent_path: bytes | None = None
        self._parent = -1

    @contextmanager
    def opened(self, raw_path: bytes) -> Iterator[FileContent]:
        """The content of the file at *raw_path*, as large as it is now; raises OSError when it can't be opened or is no file."""
        folder, _slash, name = raw_path.rpartition(b"/")
        if folder != self._parent_path:
            self._enter(folder)
        fd = _open_quietly(name, self._parent)
        try:
            facts = os.fstat(fd)
            if not stat.S_ISREG(facts.st_mode):
                raise OSError(f"it is no longer a file: {stat.filemode(facts.st_mode)}")
            yield FileContent(fd, facts.st_size)
        finally:
            os.close(fd)

    def _enter(self, folder: bytes) -> None:
        if self._parent >= 0:
            os.close(self._parent)
            self._parent, self._parent_path = -1, None
        self._parent = _open_folder(self._root, folder)
        self._parent_path = folder


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
