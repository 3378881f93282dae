"""Locked archives whose name gives the password: readable for whoever gets the gift, and for no filter on the way."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_

PASSWORD_IN_NAME: Final = FindingKind(
    id="archive.password-in-name",
    severity=Severity.MEDIUM,
    confidence=0.75,
    title=N_("A locked archive that tells its password in its name"),
    why=N_(
        "A lock whose key hangs beside it protects nothing from people. It only keeps virus scanners and filters out, which is what "
        "attackers lock archives for."
    ),
    what_to_do=N_("Do not unpack it on a work computer. Inspect it again with the password in a file (`--password-file`)."),
    benign_explanation=N_("Sharing sites and fan communities lock their archives by habit and write the password on them."),
    technique=("T1027.013", "T1204.002"),
)
KINDS: Final = (PASSWORD_IN_NAME,)
WANTS: Final = frozenset({FileType.ZIP, FileType.RAR, FileType.SEVEN_ZIP})

# After a sign or a verb anything is a password; after a mere blank or dash only what has a digit in it.
_WORDS: Final = re.compile(
    r"(?i)(?:\b|_)(?:pass(?:w(?:or)?d|wort)?|pwd?|pw|kennwort|passwort|contrase(?:ñ|n)a|clave|mot[ _-]?de[ _-]?passe|mdp|senha|пароль"
    r"|密码|密碼|解压码)(?:\s*[=:(\[]\s*[^\s.]{2,}|[ _]+(?:is|ist|es|est)[ _]+[^\s.]{2,}|[ _-]+(?=[^\s.]*\d)[^\s._]{3,})"
)
_LOCKED: Final = 1
_LONGEST_NAME: Final = 1000  # members of archives may have names of 65,535 letters


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for a zip that is locked, or a rar or 7z, whose name holds a word for password and something behind it."""
    found = _WORDS.search(item.untrusted_name[-_LONGEST_NAME:])
    if found is None or (item.filetype is FileType.ZIP and not _is_locked(item.head)):
        return
    yield PASSWORD_IN_NAME.found(item.here(excerpt=item.untrusted_name))


def _is_locked(head: bytes) -> bool:
    """Whether the first member is encrypted (APPNOTE 4.4.4, bit 0)."""
    return head.startswith(b"PK\x03\x04") and bool(head[6] & _LOCKED)
