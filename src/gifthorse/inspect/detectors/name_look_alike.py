"""Endings spelt with letters of another alphabet that look the same: .ехе in Cyrillic."""

from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.extensions import ARCHIVE_NAMES, CONTENT_NAMES, RUNS, ending, endings
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

LOOK_ALIKE: Final = FindingKind(
    id="name.look-alike",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("The ending of the name is spelt with letters of another alphabet"),
    why=N_(
        "The ending looks like a known one and is not: some of its letters come from another alphabet. Programs that let pass or stop "
        "files "
        "by their ending are deceived by it, and so is the eye."
    ),
    what_to_do=N_("Do not rename or open the file. Ask the giver through another channel what it is meant to be."),
    benign_explanation=N_("A name typed with the wrong keyboard layout; this happens to single letters, seldom to a whole ending."),
    technique=("T1036",),
)
KINDS: Final = (LOOK_ALIKE,)
WANTS: Final[frozenset[FileType] | None] = None

# Letters of other alphabets that most typefaces draw like the Latin one (from the shapes, as in UTS #39's table of confusables).
_TWINS: Final = str.maketrans(
    "авеѕіјсорхуԁһкмтпгԛԝьзб" + "αορνικτυχεη" + "ոսօհցզ" + "ⅿⅾⅽⅼⅹⅰⅴ" + "ɑɡıſ",
    "abesijcopxydhkmtnrqwb36" + "aopviktuxen" + "nsohgq" + "mdclxiv" + "agis",
)
_KNOWN: Final = RUNS | CONTENT_NAMES | ARCHIVE_NAMES | {"dll", "iso", "img"}


# Signs of other scripts that are drawn like the dot before an ending.
_DOTS: Final = str.maketrans(dict.fromkeys("\uff0e\u2024\ufe52\u06d4\u0701\u0702\ua4f8", "."))


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when the name's ending has foreign letters and reads as a known ending: high when that one runs something."""
    if item.untrusted_name.isascii():
        return
    yield from _false_dot(item)
    written = ending(item.untrusted_name)
    if not written or written.isascii():
        return
    read_as = normalize("NFKC", written).translate(_TWINS)
    if read_as not in _KNOWN:
        return
    yield LOOK_ALIKE.found(
        item.here(excerpt=item.untrusted_name),
        severity=Severity.HIGH if read_as in RUNS else Severity.MEDIUM,
        detail=phrase(
            N_("The ending reads “.{read}” and is spelt {codes}."),
            read=read_as,
            codes=" ".join(f"U+{ord(letter):04X}" for letter in written),
        ),
    )


def _false_dot(item: Item) -> Iterator[Finding]:
    """A finding when a sign that only looks like a dot makes the name pass for a document: report．pdf.exe."""
    name = item.untrusted_name
    straight = name.translate(_DOTS)
    if straight == name:
        return
    shown_as, real = endings(straight), ending(name)
    decoy = shown_as[-2] if real and len(shown_as) > 1 else shown_as[-1] if shown_as else ""
    if decoy in _KNOWN and (real in RUNS or not real):
        sign = next(letter for letter in name if ord(letter) in _DOTS)
        yield LOOK_ALIKE.found(
            item.here(excerpt=name),
            severity=Severity.HIGH if real in RUNS else Severity.MEDIUM,
            detail=phrase(
                N_("The dot before “{read}” is none: it is the sign {code}, which looks like one."), read=decoy, code=f"U+{ord(sign):04X}"
            ),
        )
