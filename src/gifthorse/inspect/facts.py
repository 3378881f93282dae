"""What the workers report about each thing they met: plain facts that cross the pipe and feed the whole-medium detectors."""

from typing import Final

import msgspec

from gifthorse.inspect.filetypes import FileType

USB_DEVICES: Final = "usb-devices"  # in `about` of a source that describes USB devices: how many


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One file, folder or member, as it was met.

    `path` is its display path (members joined with " > "), `partition` the filesystem it is in, `about` small facts that detectors of
    single items learned and whole-medium detectors need ("shortcut-target": "…", "camera": "Maker Model", "taken": "2026-11-22T…").
    """

    path: str
    size: int
    filetype: FileType
    sha256: str | None = None
    partition: int | None = None
    depth: int = 0
    folder: bool = False
    deleted: bool = False
    hidden: bool = False
    modified: float | None = None
    about: dict[str, str] = {}
