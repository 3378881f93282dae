"""Locked archives with their password lying beside them: a way around scanners, who don't read notes."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import PICTURES, FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

BESIDE: Final = FindingKind(
    id="archive.password-beside",
    severity=Severity.LOW,
    confidence=0.7,
    title=N_("A locked archive with a note about its password beside it"),
    why=N_(
        "A lock whose key lies beside it protects nothing, but keeps programs that look for harm from looking inside. "
        "Such pairs are sent for that."
    ),
    what_to_do=N_("Do not unpack it by hand. Write the password into a file and inspect again with --password-file."),
    benign_explanation=N_("People who send confidential papers without much thought do the same."),
    technique=("T1027.013", "T1204.002"),
)
KINDS: Final = (BESIDE,)
_ARCHIVES: Final = frozenset({FileType.ZIP, FileType.SEVEN_ZIP, FileType.RAR})
WANTS: Final = _ARCHIVES
_NOTES: Final = PICTURES | {FileType.TEXT, FileType.HTML, FileType.RTF, FileType.PDF, FileType.OOXML_WORD}
_NAME: Final = re.compile(
    r"pass(word|wort|code|phrase)?\b|passw|\bpwd?\b|kennwort|mot.?de.?passe|contrase|пароль|密码|parola|senha", re.IGNORECASE
)
_SEVEN_ZIP_AES: Final = b"\x06\xf1\x07\x01"  # the coder id in 7-Zip's header (7zFormat.txt, Methods.txt)
_RAR5_LOCKED_HEADERS: Final = b"Rar!\x1a\x07\x01\x00"
_TAIL: Final = 64 << 10


def about(item: Item) -> dict[str, str]:
    """That an archive is locked, as far as its first header or its tail says so."""
    return {"locked": "yes"} if item.filetype in _ARCHIVES and _is_locked(item) else {}


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields a finding for each locked archive in whose folder a file is named like a note about a password."""
    notes: dict[tuple[int | None, str], Seen] = {}
    locked: dict[tuple[int | None, str], list[Seen]] = defaultdict(list)
    for thing in seen:
        folder, _slash, name = thing.path.rpartition("/")
        if "locked" in thing.about:
            locked[thing.partition, folder].append(thing)
        elif thing.filetype in _NOTES and _NAME.search(name) is not None and not thing.deleted:
            notes.setdefault((thing.partition, folder), thing)
    for place, archives in locked.items():
        note = notes.get(place)
        if note is None:
            continue
        for archive in archives:
            yield BESIDE.found(
                Evidence(path=archive.path, partition=archive.partition, sha256=archive.sha256),
                Evidence(path=note.path, partition=note.partition, sha256=note.sha256),
                detail=phrase(N_("The note is “{note}”."), note=note.path),
            )


def _is_locked(item: Item) -> bool:
    if item.filetype is FileType.ZIP:
        return len(item.head) > 8 and item.head[:4] == b"PK\x03\x04" and bool(item.head[6] & 1)
    if item.filetype is FileType.SEVEN_ZIP:
        return _SEVEN_ZIP_AES in item.content.read(max(0, item.size - _TAIL), _TAIL)
    # RAR 5: an encryption header (type 4) comes first; RAR 4: bit 7 of the main header's flags.
    if item.head.startswith(_RAR5_LOCKED_HEADERS):
        return len(item.head) > 14 and item.head[13] == 4
    return len(item.head) > 12 and bool(item.head[10] & 0x80)
