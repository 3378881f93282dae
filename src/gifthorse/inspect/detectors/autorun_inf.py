"""autorun.inf: what Windows shows for a medium, and what old or misconfigured machines start from it."""

from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import DISK_IMAGES, FileType
from gifthorse.inspect.formats.settings import MOST_BYTES, Setting, read_settings
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

AUTORUN: Final = FindingKind(
    id="autorun.inf",
    severity=Severity.HIGH,
    confidence=0.95,
    title=N_("The medium asks the computer to start a program from it"),
    why=N_(
        "A file named autorun.inf names a program to be started, or offered as the first choice, when the medium is plugged in. Older and "
        "carelessly set up computers obey; on all others a double click on the drive can still start it."
    ),
    what_to_do=N_("Do not plug the medium into any computer. Keep it sealed and have the program that is named here looked at."),
    benign_explanation=N_("Driver and software discs of former years start their own set-up program in this way."),
    technique=("T1091", "T1204.002"),
)
KINDS: Final = (AUTORUN,)
WANTS: Final[frozenset[FileType] | None] = None

_STARTS: Final = frozenset({"open", "shellexecute"})


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for an autorun.inf at a medium's root: high when it starts something, low when it only sets a name or an icon."""
    if not _is_autorun(item):
        return
    settings = read_settings(item.content.read(0, MOST_BYTES))
    starting = [setting for setting in settings if _starts(setting)]
    for setting in starting[:1]:
        yield AUTORUN.found(
            _place(item, setting),
            *(_place(item, further) for further in starting[1:4]),
            severity=_severity(item),
            detail=phrase(N_("It starts: {command}"), command=setting.value[:200]),
        )
    if not starting:
        yield AUTORUN.found(
            item.here(), severity=Severity.LOW, confidence=0.6, detail=phrase(N_("It starts nothing; it only sets a name or an icon."))
        )


def about(item: Item) -> dict[str, str]:
    """The program that an autorun.inf starts, for the search of it on the medium."""
    if not _is_autorun(item):
        return {}
    starting = [setting for setting in read_settings(item.content.read(0, MOST_BYTES)) if _starts(setting)]
    return {"autorun-command": starting[0].value[:500]} if starting else {}


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields a critical finding for each autorun.inf whose program is on the same medium."""
    asking = [thing for thing in seen if "autorun-command" in thing.about and thing.depth == 0]
    if not asking:
        return
    files = {(thing.partition, thing.path.casefold()): thing for thing in seen if not thing.folder}
    for thing in asking:
        started = _started(thing.about["autorun-command"], thing.partition, files)
        if started is not None:
            yield AUTORUN.found(
                Evidence(path=thing.path, partition=thing.partition, sha256=thing.sha256, excerpt=thing.about["autorun-command"][:120]),
                Evidence(path=started.path, partition=started.partition, sha256=started.sha256),
                severity=Severity.CRITICAL,
                detail=phrase(N_("The program that it starts lies on the medium: {path}"), path=started.path),
            )


def _is_autorun(item: Item) -> bool:
    return item.untrusted_name.casefold() == "autorun.inf" and "/" not in item.path.rpartition(" > ")[2]


def _severity(item: Item) -> Severity:
    """Less inside a container: in an archive nothing obeys the file, and in a disc image it is what every set-up disc has."""
    if item.depth == 0:
        return Severity.HIGH
    in_written_image = bool(item.chain) and item.chain[-1] in DISK_IMAGES - {FileType.ISO}
    return Severity.MEDIUM if in_written_image else Severity.LOW


def _starts(setting: Setting) -> bool:
    if not setting.value.strip() or not setting.section.startswith("autorun"):
        return False
    return setting.key in _STARTS or (setting.key.startswith("shell\\") and setting.key.endswith("\\command"))


def _place(item: Item, setting: Setting) -> Evidence:
    return item.here(offset=setting.offset, length=len(setting.key) + 1 + len(setting.value), excerpt=f"{setting.key}={setting.value}")


def _started(command: str, partition: int | None, files: dict[tuple[int | None, str], Seen]) -> Seen | None:
    """The file on the medium that *command* starts or hands to an interpreter, or None."""
    for word in _words(command):
        path = word.replace("\\", "/").strip("\"' ").removeprefix("./").lstrip("/")
        for candidate in (path, f"{path}.exe", path.partition(":/")[2]):
            found = files.get((partition, candidate.casefold())) if candidate else None
            if found is not None:
                return found
    return None


def _words(command: str) -> Iterator[str]:
    """The ways to take the first words of *command* for a path: quoted, up to each blank, and each word and comma-separated part by
    itself.
    """
    stripped = command.strip()
    if stripped.startswith('"'):
        yield stripped[1:].partition('"')[0]
    parts = stripped.split()
    for count in range(1, min(len(parts), 8) + 1):
        yield " ".join(parts[:count])
    for part in parts[1:12]:
        yield part
        yield part.partition(",")[0]
