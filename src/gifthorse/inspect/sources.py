"""What is handed to an inspection: recognised, opened read-only, never altered."""

import errno
import os
import stat
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from gifthorse.inspect.device_folders import is_device_folder
from gifthorse.inspect.medium_signs import HEAD_NEEDED, is_medium
from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.model.inspections import SourceKind
from gifthorse.model.words import N_

AUTO: Final = "auto"
MEDIA: Final = frozenset({SourceKind.IMAGE, SourceKind.DEVICE})
_ONE_FILE: Final = frozenset({SourceKind.IMAGE, SourceKind.FILE, SourceKind.MAIL, SourceKind.USB})
_ONE_FOLDER: Final = frozenset({SourceKind.FOLDER, SourceKind.USB})
_REASONS: Final = {
    errno.ENOENT: N_("There is no such file or folder. Check the spelling of the path."),
    errno.EACCES: N_("You may not read it. Ask for read permission, or run this as a user who has it."),
    errno.EPERM: N_("You may not read it. Ask for read permission, or run this as a user who has it."),
    errno.ENOMEDIUM: N_("There is no medium in this device. Put it in and try again."),
    errno.ELOOP: N_("Its links lead in a circle. Give the path of the file itself."),
    errno.ENAMETOOLONG: N_("The path is too long for this system. Move the file to a shorter path."),
}


@dataclass(kw_only=True)
class Source:
    """An open source: `fd` is read-only; `size` is None for a folder. `untrusted_name` may hold surrogate escapes.

    `recognised` says that nobody told what it is, so that a worker who has read it may know better: a mail, a USB description.
    """

    untrusted_name: str
    kind: SourceKind
    fd: int
    size: int | None
    recognised: bool = False

    @property
    def is_medium(self) -> bool:
        """Whether it is an image or a device, with a layout and filesystems."""
        return self.kind in MEDIA

    def close(self) -> None:
        """The source is let go."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """The source is let go."""
        self.close()


def open_source(path: str, *, as_kind: str = AUTO, name: str | None = None) -> Source:
    """*path* opened read-only, as what it is or as what *as_kind* says; shown as *name* when that is given.

    Raises Unreadable when there is nothing to read, NotAccepted when *as_kind* doesn't fit.
    """
    wanted = _wanted(as_kind)
    fd = _opened(path)
    try:
        kind, size = _recognised(path, fd, wanted)
        _refuse_empty(path, fd, size)
    except OSError as error:
        os.close(fd)
        raise _unreadable(path, error) from error
    except BaseException:
        os.close(fd)
        raise
    shown_as = name or os.path.basename(os.path.abspath(path)) or path
    return Source(untrusted_name=shown_as, kind=kind, fd=fd, size=size, recognised=wanted is None)


def _wanted(as_kind: str) -> SourceKind | None:
    if as_kind == AUTO:
        return None
    try:
        return SourceKind(as_kind)
    except ValueError:
        raise NotAccepted(N_("Choose one of auto, image, device, folder, file, mail or usb."), field="as") from None


def _opened(path: str) -> int:
    """A descriptor of *path*. Without O_NONBLOCK the opening of a pipe would wait for a writer."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    try:
        mode = os.stat(path).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISBLK(mode)):
            raise Unreadable(f"{path}: This is a pipe, socket or character device. Give an image, block device, folder or file.")
        try:
            return os.open(path, flags | os.O_NOATIME)
        except PermissionError:  # O_NOATIME is for the owner alone
            return os.open(path, flags)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _recognised(path: str, fd: int, wanted: SourceKind | None) -> tuple[SourceKind, int | None]:
    mode = os.fstat(fd).st_mode
    if stat.S_ISDIR(mode):
        _must_fit(path, wanted, _ONE_FOLDER, SourceKind.FOLDER)
        return wanted or (SourceKind.USB if is_device_folder(fd) else SourceKind.FOLDER), None
    size = os.lseek(fd, 0, os.SEEK_END)
    if stat.S_ISBLK(mode):
        _must_fit(path, wanted, MEDIA, SourceKind.DEVICE)
        return wanted or SourceKind.DEVICE, size
    if not stat.S_ISREG(mode):
        raise Unreadable(f"{path}: This changed while it was opened. Try again.")
    _must_fit(path, wanted, _ONE_FILE, SourceKind.FILE)
    return wanted or (SourceKind.IMAGE if is_medium(os.pread(fd, HEAD_NEEDED, 0), size) else SourceKind.FILE), size


def _must_fit(path: str, wanted: SourceKind | None, fitting: frozenset[SourceKind], found: SourceKind) -> None:
    if wanted is not None and wanted not in fitting:
        raise NotAccepted(f"{path}: This is a {found}, it can't be read as {wanted}. Leave out --as, or give another source.", field="as")


def _refuse_empty(path: str, fd: int, size: int | None) -> None:
    if size == 0:
        raise Unreadable(f"{path}: This is empty, so there is nothing to look into. Copy or image the original again.")
    if size is None:
        with os.scandir(fd) as entries:
            if next(entries, None) is None:
                raise Unreadable(f"{path}: This folder is empty, so there is nothing to look into. Check the path.")


def _unreadable(path: str, error: OSError | ValueError) -> Unreadable:
    number = error.errno if isinstance(error, OSError) and error.errno is not None else 0
    reason = _REASONS.get(number) or f"It can't be read ({error}). Check the device or disk, and copy it again."
    return Unreadable(f"{path}: {reason}")
