"""Text whose every character shows: what steers terminals, turns direction or is invisible is written out."""

import unicodedata
from typing import Final

from gifthorse.inspect.item import escaped

_KEPT: Final = frozenset("\n\t")
# Other, control/format/surrogate/private/unassigned, and the line and paragraph separators (Unicode standard, 4.5).
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(untrusted_text: str) -> str:
    r"""*untrusted_text* with line ends as ``\n`` and each character that does not show written as ``\u{202E}``."""
    lines = untrusted_text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if lines.isascii() and lines.replace("\n", "").replace("\t", "").isprintable():
        return lines
    return "".join(character if is_visible(character) else escaped(character) for character in lines)


def is_visible(character: str) -> bool:
    """Whether *character* shows, or is a line end or tab."""
    return character in _KEPT or unicodedata.category(character) not in _UNSEEN
