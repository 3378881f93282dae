"""Names with characters that show as nothing at all."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.extensions import RUNS, ending
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

INVISIBLE_CHARACTER: Final = FindingKind(
    id="name.invisible-character",
    severity=Severity.MEDIUM,
    confidence=0.8,
    title=N_("The name holds characters that cannot be seen"),
    why=N_(
        "Invisible characters make two different names look the same, hide an ending from the programs that check it, and let a file stand "
        "beside the one it imitates."
    ),
    what_to_do=N_("Do not open the file before you know where it comes from. Compare its name as written out here with what you expected."),
    benign_explanation=N_(
        "Joiners belong to the spelling of Persian, the languages of India and emoji; titles from web pages bring soft hyphens along."
    ),
    technique=("T1036",),
)
KINDS: Final = (INVISIBLE_CHARACTER,)
WANTS: Final[frozenset[FileType] | None] = None

_JOINERS: Final = frozenset("\u200c\u200d")
_NOTHING: Final = (
    frozenset("\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u034f\u180e\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u00ad\u2028\u2029")
    | _JOINERS
)
_SELECTORS: Final = frozenset(chr(code) for code in range(0xFE00, 0xFE10))
_UNSEEN_IN_PATH: Final = re.compile(r"\\u\{(?:200B|206[0-4]|FEFF|034F|180E|00AD|FFA0|E00[0-7][0-9A-F])\}")
_BLANK_PATH: Final = re.compile(r"(?:\\u\{(?:00A0|200[0-9A-F]|202F|205F|3000)\}|[\s\u2800\u3164\u115f\u1160])+")
_ORDINARY_CONTROLS: Final = frozenset({"Icon\r"})  # macOS stores a folder's own icon under this name


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when the name holds an invisible character that no spelling asks for: medium near a telling ending, else low."""
    name = item.untrusted_name
    if name.isascii() and name.isprintable():
        return
    places = [place for place, character in enumerate(name) if _is_out_of_place(name, place, character)]
    if not places or name in _ORDINARY_CONTROLS:
        return
    codes = sorted({f"U+{ord(name[place]):04X}" for place in places})
    yield INVISIBLE_CHARACTER.found(
        item.here(excerpt=name),
        severity=_severity(name, places),
        detail=phrase(N_("The name holds {characters}, which do not show."), characters=", ".join(codes)),
    )


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields a finding for each folder whose name cannot be seen, or holds what cannot (paths show such characters written out)."""
    for thing in seen:
        name = thing.path.rpartition("/")[2]
        if thing.folder and not thing.deleted and (_UNSEEN_IN_PATH.search(name) or _BLANK_PATH.fullmatch(name)):
            yield INVISIBLE_CHARACTER.found(
                Evidence(path=thing.path, partition=thing.partition), detail=phrase(N_("It is the name of a folder."))
            )


def _is_out_of_place(name: str, place: int, character: str) -> bool:
    if character in _JOINERS:
        return not _joins(name, place)
    if character in _SELECTORS:
        return place == 0 or (unicodedata.category(name[place - 1])[0] in "LZC" and not _is_ideograph(name[place - 1]))
    if "\U000e0000" <= character <= "\U000e007f":
        return "\U0001f3f4" not in name[:place]  # flags of regions are spelt with tags behind a black flag
    if character in _NOTHING:
        return character != "\u3164" or place == 0 or not "\u3130" <= name[place - 1] <= "\u318f"
    return character < " " or "\x7f" <= character <= "\x9f"


def _joins(name: str, place: int) -> bool:
    """Whether a joiner stands between letters of a script that joins, or between emoji."""
    if not 0 < place < len(name) - 1:
        return place > 0 and _takes_joiners(name[place - 1])
    return _takes_joiners(name[place - 1]) or _takes_joiners(name[place + 1])


def _takes_joiners(character: str) -> bool:
    code = ord(character)
    arabic = 0x0600 <= code <= 0x08FF or 0xFB50 <= code <= 0xFEFC
    indic = 0x0900 <= code <= 0x0DFF or 0x0E00 <= code <= 0x109F or 0x1780 <= code <= 0x18AF
    return arabic or indic or 0xFE00 <= code <= 0xFE0F or unicodedata.category(character) in {"So", "Sk"}


def _is_ideograph(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


def _severity(name: str, places: list[int]) -> Severity:
    hidden = set(places)
    plain = "".join(character for place, character in enumerate(name) if place not in hidden)
    dot = name.rfind(".")
    if ending(plain) in RUNS or (dot >= 0 and places[-1] >= dot - 1):
        return Severity.MEDIUM
    return Severity.INFO if all(name[place] == "\u00ad" for place in places) else Severity.LOW
