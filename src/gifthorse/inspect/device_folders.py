"""The folder that sysfs keeps for a USB device, live or copied: its attribute files are fetched here and read in a confined worker.

Nothing is asked of the device itself: what sysfs shows was heard when the device was plugged in.
"""

import os
import stat
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.confine.messages import DeviceFiles
from gifthorse.inspect.content import read_run
from gifthorse.inspect.usb.recording import FOLDER_FILES
from gifthorse.inspect.walk.folder import shown_whole

MOST_BYTES: Final = 64 * 1024 + 18  # a device descriptor and 64 KiB of configurations, which is all that sysfs shows
MOST_DEVICES: Final = 512
_DEEPEST: Final = 8  # USB allows five hubs in a row (USB 2.0, 4.1.1)
_MARKS: Final = ("idVendor", "idProduct")
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


def is_device_folder(fd: int) -> bool:
    """Whether the open folder *fd* is that of a USB device."""
    return all(_exists(mark, fd) for mark in _MARKS)


def device_files(fd: int, untrusted_name: str) -> Iterator[DeviceFiles]:
    """The files of each device in the open folder *fd* and below it; the folder itself when it has none, so that this can be told.

    Links are followed in the folder itself only: there they are how sysfs lists all devices (/sys/bus/usb/devices).
    """
    own = shown_whole(os.fsencode(untrusted_name))
    devices = _Devices(own)
    yield from devices.below(fd, "", 0 if not is_device_folder(fd) else os.O_NOFOLLOW, 0)
    if not devices.met:
        yield DeviceFiles(path=own, files={})


class _Devices:
    """Device folders, each once however many links lead to it."""

    def __init__(self, own: str) -> None:
        self._own = own
        self.met: set[tuple[int, int]] = set()

    def below(self, fd: int, path: str, nofollow: int, depth: int) -> Iterator[DeviceFiles]:
        facts = os.fstat(fd)
        here = (facts.st_dev, facts.st_ino)
        if here in self.met or len(self.met) >= MOST_DEVICES:
            return
        if is_device_folder(fd):
            self.met.add(here)
            yield DeviceFiles(
                path=path or self._own, files={name: body for name in FOLDER_FILES if (body := _content(name, fd)) is not None}
            )
        for name in sorted(os.listdir(fd)) if depth < _DEEPEST else ():
            inner = _folder(name, fd, nofollow)
            if inner is None:
                continue
            shown = shown_whole(os.fsencode(name))
            try:
                yield from self.below(inner, f"{path}/{shown}" if path else shown, os.O_NOFOLLOW, depth + 1)
            finally:
                os.close(inner)


def _folder(name: str, parent: int, nofollow: int) -> int | None:
    """A descriptor of the folder *name*; None for what is no folder, or may not be entered."""
    try:
        return os.open(name, _FOLDER | nofollow, dir_fd=parent)
    except OSError:
        return None


def _exists(name: str, folder: int) -> bool:
    try:
        return stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def _content(name: str, folder: int) -> bytes | None:
    """The bytes of the attribute file *name*; None when there is none or the system doesn't give it."""
    try:
        fd = os.open(name, _FILE, dir_fd=folder)
    except OSError:
        return None
    try:
        return read_run(fd, 0, MOST_BYTES)
    except OSError:
        return None
    finally:
        os.close(fd)
