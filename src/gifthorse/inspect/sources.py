"""What is handed to an inspection: recognised, opened read-only, never altered."""

import errno
import os
import stat
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from gifthorse.inspect.device_folders import is_device_folder
from gifthorse.inspect.medium_signs import HEAD_NEEDED, is_medium
from gifthorse.inspect.parts import join, may_go_on, part, parts_beside
from gifthorse.inspect.relatives import names_of_relatives
from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.model.inspections import SourceKind
from gifthorse.model.words import N_

AUTO: Final = "auto"
MEDIA: Final = frozenset({SourceKind.IMAGE, SourceKind.DEVICE})
_ONE_FILE: Final = frozenset({SourceKind.IMAGE, SourceKind.FILE, SourceKind.MAIL, SourceKind.USB})
_ONE_FOLDER: Final = frozenset({SourceKind.FOLDER, SourceKind.USB})
# What is split over numbered files: evidence files of EnCase, 7z and zip archives. Raw images are told by `is_medium`.
_SPLIT: Final = (b"EVF\x09\x0d\x0a\xff\x00", b"EVF2\r\n\x81\x00", b"7z\xbc\xaf\x27\x1c", b"PK\x03\x04")
MOST_RELATIVES: Final = 12
_REASONS: Final = {
    errno.ENOENT: N_("There is no such file or folder. Check the spelling of the path."),
    errno.EACCES: N_("You may not read it. Ask for read permission, or run this as a user who has it."),
    errno.EPERM: N_("You may not read it. Ask for read permission, or run this as a user who has it."),
    errno.ENOMEDIUM: N_("There is no medium in this device. Put it in and try again."),
    errno.ELOOP: N_("Its links lead in a circle. Give the path of the file itself."),
    errno.ENAMETOOLONG: N_("The path is too long for this system. Move the file to a shorter path."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Further:
    """An open file that holds a further part of a source."""

    untrusted_name: str
    fd: int
    size: int


@dataclass(kw_only=True)
class Source:
    """An open source: `fd` is read-only; `size` is None for a folder. `untrusted_name` may hold surrogate escapes.

    `recognised` says that nobody told what it is, so that a worker who has read it may know better: a mail, a USB description.
    `further` are the files that hold the rest of it, in order (`size` is that of all together), `lacking` the name of the first that is
    not there although later ones are. `relatives` are open files beside it of which one may be the disk that it holds the changes to.
    """

    untrusted_name: str
    kind: SourceKind
    fd: int
    size: int | None
    recognised: bool = False
    further: tuple[Further, ...] = ()
    lacking: str | None = None
    relatives: tuple[Further, ...] = ()

    @property
    def is_medium(self) -> bool:
        """Whether it is an image or a device, with a layout and filesystems."""
        return self.kind in MEDIA

    @property
    def descriptors(self) -> tuple[int, ...]:
        """The descriptors of the further parts, then those of the relatives."""
        return tuple(one.fd for one in (*self.further, *self.relatives))

    def close(self) -> None:
        """The source is let go."""
        if self.fd >= 0:
            part(self.fd)
            for one in (self.fd, *self.descriptors):
                os.close(one)
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
    further: tuple[Further, ...] = ()
    lacking: str | None = None
    try:
        further, lacking = _further(path, fd)
        kind, size = _recognised(path, fd, wanted, sum(one.size for one in further))
        _refuse_empty(path, fd, size)
    except OSError as error:
        _close(fd, further)
        raise _unreadable(path, error) from error
    except BaseException:
        _close(fd, further)
        raise
    shown_as = name or os.path.basename(os.path.abspath(path)) or path
    if further:
        join(fd, [(fd, os.fstat(fd).st_size), *((one.fd, one.size) for one in further)])
    return Source(
        untrusted_name=shown_as,
        kind=kind,
        fd=fd,
        size=size,
        recognised=wanted is None,
        further=further,
        lacking=lacking,
        relatives=_relatives(path, fd),
    )


def _close(fd: int, further: tuple[Further, ...]) -> None:
    for one in (fd, *(following.fd for following in further)):
        os.close(one)


def _relatives(path: str, fd: int) -> tuple[Further, ...]:
    """The virtual disks beside one that says of itself that it only holds the changes to another."""
    opened: list[Further] = []
    for name in names_of_relatives(path, fd)[:MOST_RELATIVES]:
        try:
            one = _opened(os.path.join(os.path.dirname(os.path.abspath(path)), name))
        except Unreadable:
            continue
        opened.append(Further(untrusted_name=name, fd=one, size=os.fstat(one).st_size))
    return tuple(opened)


def _further(path: str, fd: int) -> tuple[tuple[Further, ...], str | None]:
    """The files beside *path* that hold the rest of it, opened, and the name of the one that lacks; none when it is whole by itself."""
    if not stat.S_ISREG(os.fstat(fd).st_mode) or not may_go_on(os.path.basename(path)):
        return (), None
    folder = os.path.dirname(os.path.abspath(path))
    beside = parts_beside(os.path.basename(path), frozenset(os.listdir(folder)))
    whole = sum(os.stat(os.path.join(folder, name)).st_size for name in beside.names) + os.fstat(fd).st_size
    head = os.pread(fd, HEAD_NEEDED, 0)
    if not (head.startswith(_SPLIT) or is_medium(head, whole)):
        return (), None
    opened: list[Further] = []
    for name in beside.names:
        try:
            one = _opened(os.path.join(folder, name))
        except Unreadable:
            return tuple(opened), name
        facts = os.fstat(one)
        opened.append(Further(untrusted_name=name, fd=one, size=facts.st_size))
    return tuple(opened), beside.lacking


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


def _recognised(path: str, fd: int, wanted: SourceKind | None, further: int) -> tuple[SourceKind, int | None]:
    mode = os.fstat(fd).st_mode
    if stat.S_ISDIR(mode):
        _must_fit(path, wanted, _ONE_FOLDER, SourceKind.FOLDER)
        return wanted or (SourceKind.USB if is_device_folder(fd) else SourceKind.FOLDER), None
    size = os.lseek(fd, 0, os.SEEK_END) + further
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
