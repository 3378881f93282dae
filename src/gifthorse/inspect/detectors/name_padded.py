"""Names that push their real ending out of sight with blanks: photo.jpg<forty spaces>.exe."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.extensions import DECOYS, RUNS
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

PADDED: Final = FindingKind(
    id="name.padded",
    severity=Severity.HIGH,
    confidence=0.95,
    title=N_("The name pushes its real ending out of sight"),
    why=N_(
        "A long run of blanks or dashes stands before the real ending of the name. In a list or on the desktop only the part before it is "
        "seen, so a program can pass for a document."
    ),
    what_to_do=N_(
        "Do not open the file. Widen the column of the file manager if you want to see the whole name, and ask the giver what it is."
    ),
    benign_explanation=N_("Titles copied from web pages or forms sometimes bring blanks along; then the ending is an ordinary one."),
    technique=("T1036.006", "T1036.007"),
)
KINDS: Final = (PADDED,)
WANTS: Final[frozenset[FileType] | None] = None

# Space, no-break space, Ogham space, the typographic spaces, ideographic space, blank Braille, Hangul fillers and tab all show as nothing.
_BLANK: Final = r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800\u3164\uffa0\u115f\u1160]"
_PADDING: Final = re.compile(rf"({_BLANK}{{5,}}+|[_.\-~=]{{20,}}+|(?:{_BLANK}|[_.\-]){{20,}}+)[^.]*?\.?([^.\s]{{1,16}}){_BLANK}*\Z")
_BEFORE: Final = re.compile(r"\.(\w{1,5})[\W_]*\Z")
_LONGEST_REGULAR: Final = 24
_LONGEST: Final = 1000
_LONGEST_SHOWN: Final = 500


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when a run of blanks stands before the name's last ending: high when that ending runs something."""
    name = item.untrusted_name
    if len(name) > _LONGEST:  # members of archives may have names of 65,535 letters
        name = name[:_LONGEST_SHOWN] + name[-_LONGEST_SHOWN:]
    if len(name) < 9:
        return
    found = _PADDING.search(name)
    if found is None or "." not in name[found.start() :]:
        return
    real = found.group(2).lower()
    severity = _severity(name[: found.start()], len(found.group(1)), real)
    if severity is None:
        return
    yield PADDED.found(
        item.here(excerpt=re.sub(r"\s{5,}", "␠…␠", name)),
        severity=severity,
        detail=phrase(
            N_("{count} blank or filling characters stand before the ending “.{ending}”."), count=len(found.group(1)), ending=real
        ),
    )


def _severity(before: str, run: int, real: str) -> Severity | None:
    if real in RUNS:
        return Severity.HIGH
    decoy = _BEFORE.search(before)
    if decoy is not None and decoy.group(1).lower() in DECOYS and decoy.group(1).lower() != real:
        return Severity.LOW
    return Severity.LOW if run >= _LONGEST_REGULAR and real not in DECOYS else None
