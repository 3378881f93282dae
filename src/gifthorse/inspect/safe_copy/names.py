"""Names for safe copies that no system reads anything into."""

import unicodedata
from typing import Final

# What Windows takes for a device whatever the ending (Win32 file naming rules).
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")}
)
_KEPT: Final = frozenset(" -_()&,+'")
_LONGEST: Final = 80  # bytes of one part in UTF-8, so that ten folders still fit everywhere
_MOST_PARTS: Final = 12


def harmless_part(untrusted_name: str) -> str:
    """*untrusted_name* with letters, digits and a few signs only, no dot, of at most 80 bytes, and no device's name."""
    folded = unicodedata.normalize("NFC", untrusted_name)
    plain = "".join(one if one in _KEPT or unicodedata.category(one)[0] in "LNM" else "_" for one in folded)
    cut = _shortened(plain.strip(" '"))
    return _shortened(f"_{cut}") if not cut or cut.casefold() in _DEVICES or cut.startswith(("-", "+")) else cut


def _shortened(part: str) -> str:
    return part.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").rstrip(" '")


class HarmlessNames:
    """Gives each item a path of its own below the safe folder, whatever case or form a system holds for equal."""

    def __init__(self) -> None:
        self._taken: set[str] = {"manifest.json"}
        self._folders: dict[str, str] = {}

    def path_for(self, display_path: str, partition: int | None, ending: str) -> str:
        """A path with ``/`` between its parts that no other item was given; it ends in *ending*."""
        parts = [part for step in display_path.split(" > ") for part in step.split("/") if part]
        folders = [harmless_part(part) for part in parts[:-1]][-_MOST_PARTS:]
        if partition is not None:
            folders.insert(0, f"partition {partition}")
        stem = harmless_part(_without_ending(parts[-1] if parts else "", ending))
        folder = self._folder("/".join(folders))
        path, number = f"{folder}{stem}.{ending}", 1
        while _alike(path) in self._taken:
            number += 1
            path = f"{folder}{stem} ({number}).{ending}"
        self._taken.add(_alike(path))
        return path

    def _folder(self, wanted: str) -> str:
        """*wanted* with a slash behind it, in the spelling that was used first; names of files never become folders."""
        return f"{self._folders.setdefault(_alike(wanted), wanted)}/" if wanted else ""


def _without_ending(name: str, ending: str) -> str:
    stem, dot, last = name.rpartition(".")
    same = {"jpg": {"jpg", "jpeg"}, "txt": {"txt"}}.get(ending, {ending})
    return stem if dot and last.lower() in same else name


def _alike(path: str) -> str:
    return unicodedata.normalize("NFKC", path).casefold()
