"""Shortcuts that lead to a program or script on the same medium, above all to one that is hidden."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import PROGRAMS, FileType
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

TARGET: Final = FindingKind(
    id="shortcut.target-on-medium",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("A shortcut starts a program of this medium"),
    why=N_(
        "The shortcut is what people see and open, the program is what then runs. Where the program is hidden or put away in a folder, "
        "the medium was arranged so that nobody notices."
    ),
    what_to_do=N_("Do not open the shortcut. Keep the medium sealed, and show both files to whoever looks after your computers."),
    benign_explanation=N_("Discs with a program on them bring a shortcut to it, in the open; then nothing is hidden."),
    technique=("T1204.002", "T1564.001", "T1091"),
)
KINDS: Final = (TARGET,)
_RUN: Final = PROGRAMS | {FileType.SCRIPT, FileType.JAR, FileType.MSI, FileType.REGISTRY}
_WORD: Final = re.compile(r'"([^"]{1,400})"|([^\s"]{1,400})')
_LEADING: Final = re.compile(r"^(?:[a-z]:)?(?:[\\/]|\.{1,2}[\\/])*", re.IGNORECASE)
_MOST: Final = 200


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields a finding for each shortcut that names a program or script of the medium: high when that is hidden or out of the way."""
    files = {(thing.partition, thing.path.casefold()): thing for thing in seen if not thing.folder and not thing.deleted}
    hidden = {(thing.partition, thing.path.casefold()) for thing in seen if thing.hidden and not thing.deleted}
    found = 0
    for thing in seen:
        if thing.filetype is not FileType.SHORTCUT or thing.deleted or "shortcut-target" not in thing.about:
            continue
        target = _target(thing, files)
        if target is not None and target.filetype in _RUN and found < _MOST:
            found += 1
            yield _found(thing, target, out_of_sight=_is_hidden(target, hidden))


def _target(shortcut: Seen, files: dict[tuple[int | None, str], Seen]) -> Seen | None:
    """The first file of the medium that the shortcut's target or arguments name, from the root or from its own folder."""
    folder = shortcut.path.casefold().rpartition("/")[0]
    inside = f"{shortcut.path.rpartition(' > ')[0]} > ".casefold() if " > " in shortcut.path else ""
    said = f'"{shortcut.about["shortcut-target"]}" {shortcut.about.get("shortcut-arguments", "")}'
    for quoted, bare in _WORD.findall(said):
        plain = _LEADING.sub("", quoted or bare).replace("\\", "/").casefold()
        for place in (plain, f"{folder}/{plain}", f"{inside}{plain}"):
            found = files.get((shortcut.partition, place)) if plain else None
            if found is not None and found is not shortcut:
                return found
    return None


def _is_hidden(target: Seen, hidden: set[tuple[int | None, str]]) -> bool:
    """Whether the file or a folder around it is hidden."""
    parts = target.path.casefold().split("/")
    return any((target.partition, "/".join(parts[:depth])) in hidden for depth in range(1, len(parts) + 1))


def _found(shortcut: Seen, target: Seen, *, out_of_sight: bool) -> Finding:
    away = target.path.count("/") > shortcut.path.count("/") or target.filetype is FileType.SCRIPT
    return TARGET.found(
        Evidence(path=shortcut.path, partition=shortcut.partition, sha256=shortcut.sha256),
        Evidence(path=target.path, partition=target.partition, sha256=target.sha256),
        severity=Severity.HIGH if out_of_sight else Severity.MEDIUM if away else Severity.LOW,
        detail=phrase(N_("It starts “{target}”, which lies on the same medium."), target=target.path),
    )
