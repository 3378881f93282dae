"""Shortcuts that stand in for a folder: the real one is hidden beside them, and opening the shortcut runs something first."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import shown
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

FOLDER_DISGUISE: Final = FindingKind(
    id="shortcut.folder-disguise",
    severity=Severity.CRITICAL,
    confidence=0.97,
    title=N_("A shortcut stands in for a hidden folder of the same name"),
    why=N_(
        "The real folder or file is hidden, and a shortcut with its name lies in its place. Whoever opens it sees the expected content and "
        "starts a program without noticing. Worms that travel on memory sticks work this way."
    ),
    what_to_do=N_(
        "Do not open anything on this medium. Treat every computer that it was plugged into as affected, and have them looked at."
    ),
    benign_explanation=N_("None that is usual: people do not hide a folder and put a shortcut of the same name beside it."),
    technique=("T1091", "T1204.002", "T1564.001", "T1036"),
)
KINDS: Final = (FOLDER_DISGUISE,)

# What file managers add when they make a shortcut, in the languages met most.
_ADDED: Final = re.compile(r"( - shortcut| - verknüpfung| - raccourci| - ярлык| - acceso directo| - collegamento| - atalho|快捷方式)\Z")
# The names that look like nothing, also as paths show them: what does not print is written out.
_BLANKS: Final = ("\u00a0", "_", "\u2800", "\u3000", "\u2003", "\u200b", "\u3164")
_BLANK_FOLDERS: Final = tuple(dict.fromkeys(form.casefold() for blank in _BLANKS for form in (blank, shown(blank))))


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields a finding for each shortcut that is named as a hidden folder or file beside it."""
    hidden = {(thing.partition, thing.path.casefold()): thing for thing in seen if thing.hidden and not thing.deleted}
    everything: dict[tuple[int | None, str], Seen] = {
        (thing.partition, thing.path.casefold()): thing for thing in seen if not thing.deleted
    }
    for thing in seen:
        if thing.filetype is not FileType.SHORTCUT or thing.deleted:
            continue
        twin = _twin(thing, hidden)
        if twin is not None:
            yield _found(thing, twin)
        elif (twin := _twin(thing, everything)) is not None and twin.folder and "shortcut-arguments" in thing.about:
            yield _found(thing, twin, Severity.MEDIUM)


def _twin(shortcut: Seen, others: dict[tuple[int | None, str], Seen]) -> Seen | None:
    """The folder or file that *shortcut* is named after, in the same folder, or one level down in a folder with a blank name."""
    plain = _ADDED.sub("", shortcut.path.casefold().removesuffix(".lnk"))
    twin = others.get((shortcut.partition, plain))
    if twin is not None:
        return twin
    folder, _, name = plain.rpartition("/")
    inside = f"{folder}/" if folder else ""
    for blank in _BLANK_FOLDERS:
        twin = others.get((shortcut.partition, f"{inside}{blank}/{name}")) or others.get((shortcut.partition, f"{inside}{blank}"))
        if twin is not None:
            return twin
    return None


def _found(shortcut: Seen, twin: Seen, severity: Severity | None = None) -> Finding:
    command = f"{shortcut.about.get('shortcut-target', '')} {shortcut.about.get('shortcut-arguments', '')}".strip()
    return FOLDER_DISGUISE.found(
        Evidence(path=shortcut.path, partition=shortcut.partition, sha256=shortcut.sha256, excerpt=command[:120] or None),
        Evidence(path=twin.path, partition=twin.partition, sha256=twin.sha256),
        severity=severity,
        detail=phrase(N_("It imitates “{twin}”, which is there too."), twin=twin.path),
    )
