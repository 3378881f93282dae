"""Files whose icon lies on a foreign computer: showing the folder is enough to make the computer log in there."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.places import network_host, web_address
from gifthorse.inspect.formats.settings import decoded, read_settings
from gifthorse.inspect.formats.shortcut import MOST_BYTES, read_shortcut
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

REMOTE_ICON: Final = FindingKind(
    id="autorun.remote-icon",
    severity=Severity.HIGH,
    confidence=0.95,
    title=N_("Merely looking at the folder contacts a foreign computer"),
    why=N_(
        "This file takes its icon or its content from another machine. When a file manager shows the folder, the computer contacts that "
        "machine and hands over a form of the login that can be cracked. Nothing has to be opened for it."
    ),
    what_to_do=N_(
        "Do not show this medium in a file manager. Ask whoever looks after your network to look for connections to the machine named here."
    ),
    benign_explanation=N_(
        "A folder copied from an office server may keep the server's icon path; the machine's name is then the giver's own."
    ),
    technique=("T1187", "T1557"),
)
KINDS: Final = (REMOTE_ICON,)
WANTS: Final[frozenset[FileType] | None] = None

_SETTINGS_NAMES: Final = frozenset({"scf", "url", "ini", "inf", "website", "desktop", "directory"})
_ICON_KEYS: Final = frozenset(
    {"iconfile", "iconresource", "icon", "iconindex", "iconurl", "logo", "iconarea_image", "folderimage"}
    | {"localizedresourcename", "infotip"}
)
_LIBRARY_NAMES: Final = frozenset({"library-ms", "searchconnector-ms", "search-ms", "contact", "theme", "themepack", "deskthemepack"})
_FETCHED: Final = re.compile(
    r"(?is)<(?:\w+:)?(?:url|iconReference|simpleLocation|imageType)[^>]*>\s*([^<]{1,2000})|<(?:\w+:)?include\s[^>]*?path\s*=\s*[\"']([^\"'<>]{1,2000})"
)
_THEME_KEYS: Final = frozenset({"brandimage", "wallpaper", "screensave.exe", "scrnsave.exe", "path", "defaultvalue"})


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when the item's icon, image or library location lies on another machine."""
    if item.filetype is FileType.SHORTCUT:
        yield from _from_shortcut(item)
    elif item.extension in _LIBRARY_NAMES:
        yield from _from_library(item)
    elif item.extension in _SETTINGS_NAMES and item.size <= MOST_BYTES:
        yield from _from_settings(item)


def _from_shortcut(item: Item) -> Iterator[Finding]:
    icon = read_shortcut(item.content.read(0, MOST_BYTES)).icon
    yield from _judged(item.here(excerpt=icon), icon, Severity.MEDIUM)


def _from_settings(item: Item) -> Iterator[Finding]:
    linux = item.extension in {"desktop", "directory"}
    for setting in read_settings(item.content.read(0, MOST_BYTES)):
        if setting.key in _ICON_KEYS and not linux:
            place = item.here(
                offset=setting.offset, length=len(setting.key) + 1 + len(setting.value), excerpt=f"{setting.key}={setting.value}"
            )
            # Browsers write the address of a site's icon into their links, and nothing fetches it from there before the link is opened.
            yield from _judged(place, setting.value, None if item.extension in {"url", "website"} else Severity.MEDIUM)


def _from_library(item: Item) -> Iterator[Finding]:
    text, _width = decoded(item.content.read(0, MOST_BYTES))
    fetched = [(found.group(1) or found.group(2)).strip() for found in _FETCHED.finditer(text)]
    fetched += [setting.value for setting in read_settings(item.content.read(0, MOST_BYTES)) if setting.key in _THEME_KEYS]
    for place in fetched:
        yield from _judged(item.here(excerpt=place), place, Severity.HIGH if item.extension == "library-ms" else Severity.MEDIUM)


def _judged(evidence: Evidence, place: str, severity_on_web: Severity | None) -> Iterator[Finding]:
    """High for a machine reached by file sharing or WebDAV; *severity_on_web* for a web address."""
    host = network_host(place)
    if host is not None:
        yield REMOTE_ICON.found(evidence, detail=phrase(N_("It is fetched from the machine {host}."), host=host))
        return
    address = web_address(place)
    if address is not None and severity_on_web is not None:
        yield REMOTE_ICON.found(evidence, severity=severity_on_web, detail=phrase(N_("It is fetched from {address}."), address=address))
