"""Files that Linux and macOS desktops start like programs: .desktop entries, .command files, automatic start files."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.extensions import DECOYS
from gifthorse.inspect.formats.settings import MOST_BYTES, Setting, read_settings
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

DESKTOP_ENTRY: Final = FindingKind(
    id="autorun.desktop-entry",
    severity=Severity.MEDIUM,
    confidence=0.85,
    title=N_("A file that a Linux or macOS desktop starts like a program"),
    why=N_(
        "Such a file shows any name and icon that its author chose and runs a command when it is opened. Some desktops even offer to start "
        "it as soon as the medium is plugged in."
    ),
    what_to_do=N_("Do not open it. Show the command given here to whoever looks after your computers."),
    benign_explanation=N_(
        "Programs for Linux bring such entries for their menus; those name a program that is installed, not a shell command."
    ),
    technique=("T1204.002", "T1547.013"),
)
KINDS: Final = (DESKTOP_ENTRY,)
WANTS: Final[frozenset[FileType] | None] = None

# The freedesktop.org autostart specification: names that a desktop looks for at the root of a medium.
_AT_ROOT: Final = frozenset({".autorun", "autorun", "autorun.sh", ".autoopen", "autoopen"})
_SHELL: Final = re.compile(
    r"\b(?:ba|z|da|k)?sh\s+-\w*c\b|\b(?:curl|wget|nc|ncat|base64|eval|xdotool|mkfifo)\b|/dev/tcp|\bpython[\d.]*\s+-c\b|\bperl\s+-e\b|\|"
    r"|;|`|\$\(|&&|/tmp/|\bchmod\b",
)
_DOCUMENT_ICONS: Final = re.compile(r"pdf|document|x-office|folder|image|video|audio|text-|libreoffice|acroread|evince", re.IGNORECASE)
_RELATIVE: Final = re.compile(r"^(?:\./|\.\./|sh\s|bash\s|%k|\$PWD|env\s)|/media/|/run/media/|%k\b|\bdirname\b")


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for a desktop entry with a command, a .command file, or a file that desktops start by itself."""
    name = item.untrusted_name.lower()
    if item.extension in {"desktop", "directory", "kdelnk"} or name == ".directory":
        yield from _expanded(item)
    if item.extension == "desktop":
        yield from _entry(item)
    elif item.extension in {"command", "terminal", "workflow"} and item.filetype in {FileType.SCRIPT, FileType.TEXT, FileType.XML}:
        yield DESKTOP_ENTRY.found(item.here(offset=0, length=min(item.size, 80), excerpt=_first_line(item)))
    elif name == "document.wflow" and b"COMMAND_STRING" in item.head:
        yield DESKTOP_ENTRY.found(item.here(), detail=phrase(N_("It is a macOS workflow that runs a script.")))
    elif name in _AT_ROOT and item.depth == 0 and "/" not in item.path and item.filetype is not FileType.EMPTY:
        yield DESKTOP_ENTRY.found(item.here(excerpt=_first_line(item)), severity=Severity.HIGH)


def _first_line(item: Item) -> str:
    return item.head[:200].decode("utf-8", "replace").strip()


def _expanded(item: Item) -> Iterator[Finding]:
    """A finding when a key asks the desktop to run a command for its value, which it did as soon as the folder was shown (``Icon[$e]``)."""
    for setting in read_settings(item.content.read(0, MOST_BYTES)):
        if setting.key.endswith("]") and "[$" in setting.key and ("$(" in setting.value or "`" in setting.value):
            yield DESKTOP_ENTRY.found(
                item.here(offset=setting.offset, length=len(setting.key) + 1 + len(setting.value), excerpt=setting.value),
                severity=Severity.HIGH,
                detail=phrase(
                    N_("It makes the desktop run a command as soon as the folder is shown: {command}"), command=setting.value[:200]
                ),
            )
            return


def _entry(item: Item) -> Iterator[Finding]:
    settings = [one for one in read_settings(item.content.read(0, MOST_BYTES)) if one.section.startswith("desktop")]
    kinds = {setting.key: setting.value for setting in reversed(settings)}
    for setting in settings:
        if setting.key in {"exec", "tryexec"} and setting.value:
            severity = _severity(item, setting, kinds)
            yield DESKTOP_ENTRY.found(
                item.here(offset=setting.offset, length=len(setting.key) + 1 + len(setting.value), excerpt=setting.value),
                severity=severity,
                detail=phrase(
                    N_("It shows itself as “{name}” and starts: {command}"), name=kinds.get("name", ""), command=setting.value[:200]
                ),
            )
            return


def _severity(item: Item, setting: Setting, kinds: dict[str, str]) -> Severity:
    """High when a shell command hides behind a document's looks, medium when it runs from the medium or is a shell command, else low."""
    shown_name = kinds.get("name", "").lower()
    looks_like_document = bool(_DOCUMENT_ICONS.search(kinds.get("icon", ""))) or shown_name.rpartition(".")[2] in DECOYS
    shell = bool(_SHELL.search(setting.value))
    if shell and looks_like_document and "applications" not in item.path:
        return Severity.HIGH
    if "applications" in item.path or "autostart" in item.path or "xsessions" in item.path:
        return Severity.INFO
    if shell or _RELATIVE.search(setting.value):
        return Severity.MEDIUM
    return Severity.LOW
