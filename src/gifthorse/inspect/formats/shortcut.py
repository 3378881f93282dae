"""Reads Windows shortcuts ([MS-SHLLINK]): where they lead, with which arguments, and whose icon they show.

Written to take any bytes: a part that does not fit its stated length is left empty, and what was read before it stays.
"""

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

MOST_BYTES: Final = 1 << 20
_HEADER: Final = 0x4C
# LinkFlags
_HAS_ID_LIST, _HAS_LINK_INFO, _HAS_NAME, _HAS_RELATIVE, _HAS_FOLDER, _HAS_ARGUMENTS, _HAS_ICON, _UNICODE = (1 << bit for bit in range(8))
_STRINGS: Final = (
    (_HAS_NAME, "description"),
    (_HAS_RELATIVE, "relative_path"),
    (_HAS_FOLDER, "working_folder"),
    (_HAS_ARGUMENTS, "arguments"),
    (_HAS_ICON, "icon"),
)
_ENVIRONMENT_BLOCK: Final = 0xA0000001
_FOLDER_BLOCK: Final = 0xA0000005
_KNOWN_FOLDER_BLOCK: Final = 0xA000000B
_CONTROL_PANEL_NUMBER: Final = 3
_ICON_BLOCK: Final = 0xA0000007
_PATH_BLOCK_BYTES: Final = 0x314
_WIDE_RUN: Final = re.compile(rb"(?:[\x20-\x7e]\x00|[^\x00-\x1f][\x01-\x06\x30-\x9f]){3,}")
_NARROW_RUN: Final = re.compile(rb"[\x20-\x7e\x80-\xff]{3,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortcut:
    """What a shortcut says. Every text is untrusted; `target` is the best of the places that name it, `places` are all of them.

    `arguments_offset` is where the text of the arguments begins in the file; `end` is where the shortcut itself ends. `panel_item` is
    the file that the shortcut names as an item of the control panel: Windows loads it when the shortcut's icon is shown.
    """

    target: str = ""
    places: tuple[str, ...] = ()
    arguments: str = ""
    arguments_offset: int | None = None
    description: str = ""
    working_folder: str = ""
    relative_path: str = ""
    icon: str = ""
    leads_to_folder: bool = False
    hidden_window: bool = False
    panel_item: str = ""
    end: int = 0


@lru_cache(maxsize=4)
def read_shortcut(untrusted_bytes: bytes) -> Shortcut:
    """The parts of the shortcut in *untrusted_bytes*; an empty one when they are none."""
    if len(untrusted_bytes) < _HEADER or untrusted_bytes[:4] != b"L\0\0\0":
        return Shortcut()
    return _Reader(untrusted_bytes).read()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = _HEADER
        self.flags, self.file_attributes = struct.unpack_from("<II", data, 20)
        self.show = struct.unpack_from("<I", data, 60)[0]

    def read(self) -> Shortcut:
        items = self._id_list() if self.flags & _HAS_ID_LIST else []
        by_list = _joined(name for name in map(_item_name, items) if name)
        by_info = self._link_info() if self.flags & _HAS_LINK_INFO else ""
        texts: dict[str, str] = {}
        arguments_offset = None
        for flag, name in _STRINGS:
            if self.flags & flag:
                if name == "arguments":
                    arguments_offset = self.at + 2
                texts[name] = self._string()
        by_environment, icon_by_block, in_panel = self._extra_blocks()
        panel_item = _panel_item(items, in_panel=in_panel)
        places = tuple(
            dict.fromkeys(place for place in (by_environment, by_info, panel_item, by_list, texts.get("relative_path", "")) if place)
        )
        return Shortcut(
            target=places[0] if places else "",
            places=places,
            arguments=texts.get("arguments", ""),
            arguments_offset=arguments_offset,
            description=texts.get("description", ""),
            working_folder=texts.get("working_folder", ""),
            relative_path=texts.get("relative_path", ""),
            icon=icon_by_block or texts.get("icon", ""),
            leads_to_folder=bool(self.file_attributes & 0x10),
            hidden_window=self.show == 7,
            panel_item=panel_item,
            end=min(self.at, len(self.data)),
        )

    def _number(self, form: str, at: int) -> int:
        size = struct.calcsize(form)
        return int(struct.unpack_from(form, self.data, at)[0]) if 0 <= at <= len(self.data) - size else 0

    def _id_list(self) -> list[bytes]:
        """The shell items of the list, each without its length."""
        length = self._number("<H", self.at)
        start, stop = self.at + 2, min(self.at + 2 + length, len(self.data))
        self.at = stop
        items: list[bytes] = []
        while start + 2 <= stop:
            size = self._number("<H", start)
            if size < 3 or start + size > stop:
                break
            items.append(self.data[start + 2 : start + size])
            start += size
        return items

    def _link_info(self) -> str:
        """The local or network path of the LinkInfo structure."""
        start, length = self.at, self._number("<I", self.at)
        if length < 0x1C or start + length > len(self.data):
            self.at = min(start + 4, len(self.data)) if length < 0x1C else len(self.data)
            return ""
        self.at = start + length
        flags = self._number("<I", start + 8)
        suffix = self._narrow(start + self._number("<I", start + 24), self.at)
        if self._number("<I", start + 4) >= 0x24:
            wide = self._wide(start + self._number("<I", start + 28), self.at) if self._number("<I", start + 28) else ""
            if wide:
                return wide
        if flags & 1:
            local = self._narrow(start + self._number("<I", start + 16), self.at)
            return local + suffix
        if flags & 2:
            network = start + self._number("<I", start + 20)
            share = self._narrow(network + self._number("<I", network + 8), self.at)
            return share + ("\\" + suffix if suffix else "")
        return ""

    def _narrow(self, start: int, limit: int) -> str:
        stop = self.data.find(b"\0", start, limit)
        return self.data[start : stop if stop >= 0 else limit].decode("cp1252", "replace") if start < limit else ""

    def _wide(self, start: int, limit: int) -> str:
        raw = self.data[start:limit]
        return raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0]

    def _string(self) -> str:
        """One counted string of the StringData part."""
        width = 2 if self.flags & _UNICODE else 1
        length = self._number("<H", self.at) * width
        raw = self.data[self.at + 2 : self.at + 2 + length]
        self.at = min(self.at + 2 + length, len(self.data))
        if width == 1:
            return raw.decode("cp1252", "replace")
        return raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace")

    def _extra_blocks(self) -> tuple[str, str, bool]:
        """The target and the icon that the environment-variable blocks name, and whether a block leads into the control panel."""
        target = icon = ""
        in_panel = False
        while self.at + 8 <= len(self.data):
            size, kind = struct.unpack_from("<II", self.data, self.at)
            if size < 8 or self.at + size > len(self.data):
                break
            if kind in {_ENVIRONMENT_BLOCK, _ICON_BLOCK} and size >= _PATH_BLOCK_BYTES:
                start = self.at + 8
                path = self._wide(start + 260, start + 780) or self._narrow(start, start + 260)
                target, icon = (path, icon) if kind == _ENVIRONMENT_BLOCK else (target, path)
            elif kind == _FOLDER_BLOCK:
                in_panel = in_panel or self._number("<I", self.at + 8) == _CONTROL_PANEL_NUMBER
            elif kind == _KNOWN_FOLDER_BLOCK:
                in_panel = in_panel or self.data[self.at + 8 : self.at + 24] in _CONTROL_PANELS
            self.at += size
        if self._number("<I", self.at) < 4:
            self.at = min(self.at + 4, len(self.data))  # the terminal block
        return target, icon, in_panel


def _joined(names: Iterable[str]) -> str:
    """The names of the items as one path; an item of the network says the two strokes of its machine once more."""
    path = "\\".join(name.rstrip("\\") for name in names)
    return "\\\\" + path.lstrip("\\") if path.startswith("\\\\\\") else path


_FOLDER_BY_CLASS: Final = {
    bytes.fromhex("e04fd020ea3a6910a2d808002b30309d"): "",  # This PC
    bytes.fromhex("602c8d20ea3a6910a2d708002b30309d"): "\\\\",  # Network
}
# Its folder, all its items in one list, its categories, and the known folder that stands for it.
_CONTROL_PANELS: Final = frozenset(
    UUID(name).bytes_le
    for name in (
        "21EC2020-3AEA-1069-A2DD-08002B30309D",
        "5399E694-6CE5-4D6C-8FCE-1D8870FDCBA0",
        "26EE0668-A00A-44D7-9371-BEB064C98683",
        "82A74AEB-AEB4-465C-A014-D097EE346D63",
    )
)
_FILE_IN_ITEM: Final = re.compile(r"[\\/]|\.(?:cpl|dll|ocx|exe|tmp)\Z", re.IGNORECASE)


def _panel_item(items: list[bytes], *, in_panel: bool) -> str:
    """The file that an item below the control panel's folder names, or an empty text."""
    for item in items:
        if in_panel:
            runs = [run.group()[: len(run.group()) // 2 * 2].decode("utf-16-le", "replace") for run in _WIDE_RUN.finditer(item)]
            runs += [run.group().decode("cp1252", "replace") for run in _NARROW_RUN.finditer(item)]
            path = next((run for run in runs if _FILE_IN_ITEM.search(run)), "")
            if path:
                return path
        in_panel = in_panel or item[2:18] in _CONTROL_PANELS
    return ""


def _item_name(item: bytes) -> str:  # noqa: PLR0911 - a chain of kinds, the first that fits decides
    """The name in one shell item: a drive, a file or folder, a network place or an address."""
    kind = item[0]
    if kind == 0x1F:
        return _FOLDER_BY_CLASS.get(item[2:18], "")
    if kind & 0x70 == 0x20:  # volume: "C:\"
        return item[1:].partition(b"\0")[0].decode("cp1252", "replace")
    if kind & 0x70 == 0x30:  # file entry: attributes, then the short name, then a block with the long one
        return _file_entry_name(item)
    if kind & 0x70 == 0x40:  # network place
        return item[3:].partition(b"\0")[0].decode("cp1252", "replace")
    if kind == 0x61:  # address
        found = _WIDE_RUN.search(item, 2)
        if found:
            return found.group()[: len(found.group()) // 2 * 2].decode("utf-16-le", "replace")
        narrow = _NARROW_RUN.search(item, 2)
        return narrow.group().decode("cp1252", "replace") if narrow else ""
    return ""


def _file_entry_name(item: bytes) -> str:
    """The long name from the extension block 0xBEEF0004, else the short name."""
    block = item.find(b"\x04\0\xef\xbe")
    if block >= 4:
        version = struct.unpack_from("<H", item, block - 2)[0]
        # The long name begins after the fixed fields, which grew with the versions of Windows.
        start = block + 4 + {3: 12, 7: 30, 8: 34, 9: 38}.get(version, 38)
        name = item[start:]
        text = name[: len(name) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0]
        if text and text.isprintable():
            return text
    if item[0] & 4:
        raw = item[12:]
        return raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0]
    return item[12:].partition(b"\0")[0].decode("cp1252", "replace")
