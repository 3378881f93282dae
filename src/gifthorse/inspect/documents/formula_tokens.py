"""Compiled formulas of binary workbooks written out as text ([MS-XLS] 2.5.198, [MS-XLSB] 2.5.97), as far as they reach out of the table.

Only functions that matter for that have their names; others are ``fn_123``. Texts that a formula joins from pieces, or from CHAR(n), are
written as the one text that they give, so that it can be judged like a formula that hides nothing.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST_TOKENS: Final = 4_000
MOST_LENGTH: Final = 8_192
_MOST_ON_STACK: Final = 500

# Functions by number ([MS-XLS] 2.5.198.17, Ftab).
FUNCTIONS: Final = {
    1: "IF", 4: "SUM", 53: "GOTO", 54: "HALT", 55: "RETURN", 96: "FORMULA", 110: "EXEC", 111: "CHAR", 132: "FOPEN", 136: "FREAD",
    137: "FWRITELN", 138: "FWRITE", 148: "INDIRECT", 149: "REGISTER", 150: "CALL", 267: "REGISTER.ID", 336: "CONCATENATE",
    359: "HYPERLINK", 379: "RTD",
}  # fmt: skip
_BY_NAME: Final = 255  # the name stands as the first argument
# Arguments of functions that have a fixed number of them, where it isn't one (the same table).
_NONE: Final = (10, 19, 34, 35, 63, 74, 94, 95, 104, 221)
_TWO: Final = (
    27, 30, 39, 48, 97, 117, 165, 212, 213, 252, 274, 275, 276, 285, 288, 299, 303, 304, 305, 306, 307, 308, 310, 311, 312, 313, 314, 315,
    325, 326, 327, 328, 331, 332, 337, 346, 353,
)  # fmt: skip
_THREE: Final = (
    31, 40, 41, 42, 43, 44, 45, 47, 61, 65, 66, 142, 189, 195, 196, 199, 235, 277, 278, 280, 281, 282, 287, 290, 291, 292, 295, 297, 300,
    301, 309, 351,
)  # fmt: skip
_FOUR: Final = (119, 143, 273, 286, 289, 293, 302, 316, 350)
_ARGUMENTS: Final = {
    **dict.fromkeys(_NONE, 0), **dict.fromkeys(_TWO, 2), **dict.fromkeys(_THREE, 3), **dict.fromkeys(_FOUR, 4)
}  # fmt: skip
_OPERATORS: Final = dict(enumerate(("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"), 0x03))
_PLAIN: Final = '"'


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """How wide the tokens of one version of the format are. `names` are defined names from 1; `foreign` names of add-ins and links."""

    wide: bool  # rows of four bytes and texts of up to 64 Ki letters: [MS-XLSB]
    names: tuple[str, ...] = ()
    foreign: Callable[[int, int], str] = lambda _sheet, _number: ""


class _Formula:
    """Reads one formula; what it can't read ends it."""

    def __init__(self, code: bytes, layout: Layout) -> None:
        self._code = code
        self._layout = layout
        self._at = 0
        self._stack: list[str] = []

    def text(self) -> str:
        """The formula, or the pieces of it that were read up to where it makes no sense."""
        try:
            for _ in range(MOST_TOKENS):
                if self._at >= len(self._code):
                    break
                self._token(self._take("<B"))
        except (struct.error, IndexError):
            pass  # a formula that is cut off: what was read of it is judged
        return ",".join(self._stack)[:MOST_LENGTH]

    def _take(self, form: str) -> int:
        found = struct.unpack_from(form, self._code, self._at)
        self._at += struct.calcsize(form)
        return int(found[0])

    def _token(self, kind: int) -> None:
        if kind in _OPERATORS:
            self._operator(_OPERATORS[kind])
        elif kind in {0x17, 0x19, 0x18}:
            {0x17: self._string, 0x19: self._attribute, 0x18: self._extended}[kind]()
        elif kind in _SKIPPED:
            self._at += _SKIPPED[kind]
        elif kind in _NUMBERS:
            self._push(_NUMBERS[kind][1] or str(self._take(_NUMBERS[kind][0])))
            self._at += 8 if kind == 0x1F else 0
        elif kind >= 0x20:
            self._operand(kind & 0x1F)
        else:
            raise IndexError(kind)

    def _operand(self, kind: int) -> None:
        if kind == 0x01:
            number = self._take("<H")
            self._call(number, _ARGUMENTS.get(number, 1))
        elif kind == 0x02:
            count = self._take("<B") & 0x7F
            self._call(self._take("<H"), count)
        elif kind == 0x03:
            number = self._take("<I")
            self._push(self._layout.names[number - 1] if 0 < number <= len(self._layout.names) else "name")
        elif kind == 0x19:
            sheet = self._take("<H")
            self._push(self._layout.foreign(sheet, self._take("<I")) or "name")
        elif kind in _REFERENCES:
            text, narrow, wide = _REFERENCES[kind]
            self._at += wide if self._layout.wide else narrow
            if text:
                self._push(text)
        else:
            raise IndexError(kind)

    def _string(self) -> None:
        if self._layout.wide:
            count, wide = self._take("<H"), 1
        else:
            count, wide = self._take("<B"), self._take("<B") & 1
        body = self._code[self._at : self._at + count * (1 + wide)]
        self._at += count * (1 + wide)
        self._push(quoted(body.decode("utf-16-le" if wide else "latin-1", "replace")))

    def _attribute(self) -> None:
        kind, value = self._take("<B"), self._take("<H")
        if kind & 0x04:  # a table of jumps for CHOOSE
            self._at += 2 * (value + 1)
        elif kind & 0x10:
            self._call(4, 1)

    def _extended(self) -> None:
        if not self._layout.wide:
            self._at += 5
        else:
            self._at += 12 if self._take("<B") == 0x19 else 4
        self._push("table")

    def _operator(self, sign: str) -> None:
        right, left = self._pop(), self._pop()
        joined = sign == "&" and left.startswith(_PLAIN) and right.startswith(_PLAIN) and is_one_text(left) and is_one_text(right)
        self._push(left[:-1] + right[1:] if joined else f"{left}{sign}{right}")

    def _call(self, number: int, count: int) -> None:
        arguments = [self._pop() for _ in range(count)][::-1]
        if number == _BY_NAME and arguments:
            name, *arguments = arguments
        else:
            name = FUNCTIONS.get(number, f"fn_{number}")  # numbers from 0x8000 are commands of macros
        letters = [letter_of(one) for one in arguments] if name == "CHAR" else []
        if letters and letters[0]:
            self._push(quoted(letters[0]))
        elif name == "CONCATENATE" and arguments and all(map(is_one_text, arguments)):
            self._push('"' + "".join(one[1:-1] for one in arguments) + '"')
        else:
            self._push(f"{name}({','.join(arguments)})")

    def _pop(self) -> str:
        return self._stack.pop() if self._stack else ""

    def _push(self, text: str) -> None:
        if len(self._stack) >= _MOST_ON_STACK:
            raise IndexError("too deep")
        self._stack.append(text[:MOST_LENGTH])


def formula_text(code: bytes, layout: Layout) -> str:
    """The formula of the compiled *code*, never longer than what Excel allows."""
    return _Formula(code, layout).text()


def quoted(text: str) -> str:
    """*text* as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def is_one_text(expression: str) -> bool:
    """Whether *expression* is a text and nothing else."""
    return len(expression) >= 2 and expression[0] == expression[-1] == '"' and '"' not in expression[1:-1].replace('""', "")


def letter_of(expression: str) -> str:
    """The letter of CHAR for a number that is written out; empty for anything else."""
    return (
        bytes([int(expression)]).decode("cp1252", "replace")
        if expression.isascii() and expression.isdigit() and len(expression) < 4 and 0 < int(expression) < 256
        else ""
    )


# Tokens without a value of their own, and how many bytes follow: shared formulas, signs, brackets, sheets of old.
_SKIPPED: Final = {0x01: 4, 0x02: 4, 0x12: 0, 0x13: 0, 0x14: 0, 0x15: 0, 0x1A: 10, 0x1B: 4}
_NUMBERS: Final = {0x16: ("", " "), 0x1C: ("<B", ""), 0x1D: ("<B", ""), 0x1E: ("<H", ""), 0x1F: ("", "0.5")}
# What stands for each kind of operand, and its bytes in the narrow and the wide format.
_REFERENCES: Final = {
    0x00: ("{}", 7, 14), 0x04: ("A1", 4, 6), 0x05: ("A1:B2", 8, 12), 0x06: ("", 6, 6), 0x07: ("", 6, 6), 0x08: ("", 6, 6),
    0x09: ("", 2, 2), 0x0A: ("err", 4, 6), 0x0B: ("err", 8, 12), 0x0C: ("A1", 4, 6), 0x0D: ("A1:B2", 8, 12), 0x1A: ("S!A1", 6, 8),
    0x0E: ("", 2, 2), 0x0F: ("", 6, 6), 0x1B: ("S!A1:B2", 10, 14), 0x1C: ("err", 6, 8), 0x1D: ("err", 10, 14),
}  # fmt: skip
