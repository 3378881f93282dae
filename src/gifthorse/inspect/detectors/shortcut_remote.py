"""Shortcuts whose target lies on somebody else's computer."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.extensions import CONTENT_NAMES, ending
from gifthorse.inspect.formats.places import network_host, web_address
from gifthorse.inspect.formats.settings import Setting, decoded, read_settings
from gifthorse.inspect.formats.shortcut import MOST_BYTES, read_shortcut
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

REMOTE: Final = FindingKind(
    id="shortcut.remote",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("A shortcut that leads to a foreign computer"),
    why=N_(
        "Opening this shortcut makes the computer log in at a foreign machine over the file-sharing protocol: it hands over a form of your "
        "password that can be cracked, and it may run a program from there without a warning."
    ),
    what_to_do=N_(
        "Do not open it. Note the name of the machine given here, and ask whoever looks after your network to look for connections to it."
    ),
    benign_explanation=N_("A shortcut to a file server of the giver's own office, copied along by mistake."),
    technique=("T1187", "T1204.001"),
)
KINDS: Final = (REMOTE,)
WANTS: Final = frozenset({FileType.SHORTCUT, FileType.INI, FileType.TEXT, FileType.XML, FileType.DATA, FileType.HTML, FileType.SVG})

_OPENED_KEYS: Final = frozenset({"url", "workingdirectory", "baseurl", "origurl"})
_MAC_LINK_NAMES: Final = frozenset({"webloc", "inetloc", "fileloc", "ftploc", "afploc"})
_MAC_ADDRESS: Final = re.compile(r"(?is)<key>\s*URL\s*</key>\s*<string>([^<]{1,2000})</string>")
_MAC_BINARY_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z+.-]{1,15}:/{0,4}[!-~]{3,2000})")
_PLAIN_SCHEMES: Final = ("http://", "https://", "mailto:")
_CRUMB: Final = re.compile(r"(?i)location:(\\\\[^&]+)")
_PLAYLIST_NAMES: Final = frozenset({"m3u", "m3u8", "asx", "wax", "wvx", "pls", "wpl", "xspf"})
# What a page fetches by itself from a file share: only these two spellings leave the browser's own network.
_FETCHED_BY_PAGE: Final = re.compile(
    rb"(?i)(?:src|data|background|poster|code|content|url)\s*+[=(]\s*+[\"']?\s*+(?:\d+\s*+;\s*+url=\s*+[\"']?)?(file:/{2,5}[^\s\"'<>]+|\\\\[\w.-]+\\[^\s\"'<>]+)"
)
_FETCHED_BY_DRAWING: Final = re.compile(
    rb"(?i)<(?:\w{1,20}:)?(?:image|use|feimage|script|tref)\b[^<>]{0,600}?\bhref\s*+=\s*+[\"']?\s*+(file:/{2,5}[^\s\"'<>]+|\\\\[\w.@-]+\\[^\s\"'<>]+)"
)
_LINK_NAMES: Final = frozenset({"url", "website"})
_CALENDAR_NAMES: Final = frozenset({"ics", "vcs", "vcf"})
_ATTACHED: Final = re.compile(r"(?im)^(?:ATTACH|URL|PHOTO|SOUND|LOGO|IMAGE|SOURCE)[^:\r\n]{0,200}:((?:file:|\\\\)[^\r\n]{1,2000})")


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when a shortcut or link file leads to a UNC path, a WebDAV folder, or a file on a foreign machine."""
    if item.filetype is FileType.SHORTCUT:
        yield from _shortcut(item)
    elif item.filetype in {FileType.HTML, FileType.SVG}:
        yield from _page(item)
    elif item.extension in _LINK_NAMES:
        yield from _link_file(item)
    elif item.extension in _PLAYLIST_NAMES:
        yield from _playlist(item)
    elif item.extension in _CALENDAR_NAMES:
        yield from _calendar(item)
    elif item.extension == "desktop":
        yield from _desktop_link(item)
    elif item.extension in _MAC_LINK_NAMES:
        yield from _mac_link_file(item)


def _shortcut(item: Item) -> Iterator[Finding]:
    shortcut = read_shortcut(item.content.read(0, MOST_BYTES))
    for place in (*shortcut.places, shortcut.working_folder):
        host = _searched_host(place) or network_host(place)
        if host is not None:
            yield _found(item.here(excerpt=place), host)
            return
        address = web_address(place)
        if address is not None:
            yield REMOTE.found(
                item.here(excerpt=place), severity=Severity.LOW, detail=phrase(N_("It leads to {address}."), address=address)
            )
            return
    host = _searched_host(shortcut.arguments) or network_host(shortcut.arguments)
    if host is not None:
        yield REMOTE.found(
            item.here(offset=shortcut.arguments_offset, excerpt=shortcut.arguments),
            severity=Severity.MEDIUM,
            detail=phrase(N_("It hands a place on the machine {host} to the program that it starts."), host=host),
        )


def _searched_host(place: str) -> str | None:
    """The machine whose folder a saved search shows as if it were a local one."""
    crumb = _CRUMB.search(unquote(place))
    return network_host(crumb.group(1)) if crumb else None


def _link_file(item: Item) -> Iterator[Finding]:
    for setting in read_settings(item.content.read(0, MOST_BYTES)):
        if setting.key not in _OPENED_KEYS:
            continue
        host = _searched_host(setting.value) or network_host(setting.value)
        if host is not None:
            yield _found(_place(item, setting), host)
            return
        if setting.key == "url" and _starts_something(setting.value):
            content = setting.value.lower().startswith("file:") and ending(setting.value) in CONTENT_NAMES
            yield REMOTE.found(
                _place(item, setting),
                severity=Severity.LOW if content else Severity.MEDIUM,
                detail=phrase(N_("It opens a file or program, no web page.")),
            )
            return


def _page(item: Item) -> Iterator[Finding]:
    """The first address of a foreign machine's share that the page fetches without a click."""
    page = item.content.read(0, MOST_BYTES)
    if b"file:/" not in page.lower() and b"\\\\" not in page:
        return
    places = (_FETCHED_BY_PAGE, _FETCHED_BY_DRAWING)
    for found in (found for pattern in places for found in pattern.finditer(page)):
        address = found.group(1).decode("latin-1")
        host = network_host(address)
        if host is not None:
            yield REMOTE.found(
                item.here(offset=found.start(1), length=len(address), excerpt=address),
                severity=Severity.MEDIUM,
                detail=phrase(N_("The page fetches something from the machine {host} as soon as it is opened."), host=host),
            )
            return


def _desktop_link(item: Item) -> Iterator[Finding]:
    """A link of a Linux desktop to a share, or to a file of this computer."""
    settings = {one.key: one for one in read_settings(item.content.read(0, MOST_BYTES)) if one.section.startswith("desktop")}
    kind, address = settings.get("type"), settings.get("url")
    if kind is None or address is None or kind.value.lower() != "link":
        return
    host = network_host(address.value) or _share_host(address.value)
    if host is not None:
        yield _found(_place(item, address), host)
    elif _starts_something(address.value):
        yield REMOTE.found(_place(item, address), severity=Severity.LOW, detail=phrase(N_("It opens a file or program, no web page.")))


def _playlist(item: Item) -> Iterator[Finding]:
    """A list of music or films that lie on a foreign machine."""
    text, _width = decoded(item.content.read(0, MOST_BYTES))
    host = network_host(text)
    if host is not None:
        yield REMOTE.found(item.here(), severity=Severity.MEDIUM, detail=phrase(N_("It plays from the machine {host}."), host=host))


def _calendar(item: Item) -> Iterator[Finding]:
    """A calendar or address card with an attachment, sound or picture on a foreign machine's share."""
    text, width = decoded(item.content.read(0, MOST_BYTES))
    for attached in _ATTACHED.finditer(text):
        host = network_host(attached.group(1))
        if host is not None:
            yield REMOTE.found(
                item.here(offset=attached.start() * width, length=len(attached.group()) * width, excerpt=attached.group()),
                severity=Severity.MEDIUM,
                detail=phrase(
                    N_("It names a file on the machine {host}, which calendars and address books fetch or offer to open."), host=host
                ),
            )
            return


def _mac_link_file(item: Item) -> Iterator[Finding]:
    """The address of a macOS link file, a property list with one key."""
    text, _width = decoded(item.content.read(0, MOST_BYTES))
    found = (_MAC_BINARY_ADDRESS if text.startswith("bplist") else _MAC_ADDRESS).search(text)
    if found is None:
        return
    address = found.group(1).strip()
    host = network_host(address) or _share_host(address)
    if host is not None:
        yield _found(item.here(excerpt=address), host)
    elif not address.lower().startswith(_PLAIN_SCHEMES):
        yield REMOTE.found(
            item.here(excerpt=address), severity=Severity.MEDIUM, detail=phrase(N_("It opens a file or program, no web page."))
        )


def _share_host(address: str) -> str | None:
    """The machine of a share that macOS connects to at a click."""
    scheme, _, rest = address.partition("://")
    return rest.partition("/")[0] or None if scheme.lower() in {"smb", "afp", "nfs", "dav", "davs", "ftp", "vnc", "ssh"} else None


def _starts_something(value: str) -> bool:
    """Whether the address opens a local file, a script or another protocol's handler that can be made to run commands."""
    lower = value.lower().lstrip()
    return lower.startswith(("file:", "javascript:", "vbscript:", "ms-msdt:", "search-ms:", "shell:", "ms-officecmd:", "mk:", "mhtml:"))


def _place(item: Item, setting: Setting) -> Evidence:
    return item.here(offset=setting.offset, length=len(setting.key) + 1 + len(setting.value), excerpt=f"{setting.key}={setting.value}")


def _found(evidence: Evidence, host: str) -> Finding:
    return REMOTE.found(evidence, detail=phrase(N_("It leads to the machine {host}."), host=host))
