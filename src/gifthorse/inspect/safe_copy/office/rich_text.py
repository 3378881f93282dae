r"""Rich text as blocks (RTF 1.9.1): its text with ``\u`` letters and code pages, tables, pictures, headers, notes and comments."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.safe_copy.codecs_known import codec_of_page
from gifthorse.inspect.safe_copy.office.blocks import Gathered
from gifthorse.inspect.safe_copy.office.rich_places import KEPT, Places, State
from gifthorse.inspect.safe_copy.office.rich_words import (
    ASIDES,
    CHARACTER_SETS,
    ENTERED,
    LETTERS,
    PARAGRAPH_ENDS,
    PASSED_OVER,
)

MOST_BYTES: Final = 64 << 20
MOST_TOKENS: Final = 10_000_000
_DEEPEST: Final = 2_000
_TOKEN: Final = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<sign>.)|(?P<group>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)|[\r\n]+|.",
    re.DOTALL,
)
_HEX: Final = re.compile(rb"[^0-9a-fA-F]+")
_SIGNS: Final = {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
_DRAWN: Final = frozenset({"jpegblip", "pngblip"})


class RichTextReader:
    """Takes the tokens of a rich text one after the other."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._places = Places(gathered)
        self._states: list[State] = [State()]
        self._state = self._states[0]
        self._fonts: dict[int, str] = {}
        self._codec = "cp1252"
        self._coded = bytearray()
        self._skipped = 0
        self._starred = False
        self._picture = bytearray()
        self._picture_kind = ""

    def read(self, text: bytes) -> None:
        """Everything that *text* says and shows is among the blocks; raises DamagedDocument."""
        at = 0
        for _ in range(MOST_TOKENS):
            token = _TOKEN.match(text, at)
            if token is None or (at and len(self._states) == 1):  # what stands behind the last brace is no text
                break
            at = token.end()
            if token["word"] == b"bin":
                length = max(int(token["number"] or 0), 0)
                self._take_bytes(text[at : at + length])
                at += length
            else:
                self._take(token)
            if self._gathered.full:
                self._gathered.lacking("the text behind its beginning")
                break
        self._end()

    def _take(self, token: re.Match[bytes]) -> None:
        if word := token["word"]:
            self._word(word.decode("ascii"), None if token["number"] is None else int(token["number"]))
        elif token["group"] == b"{":
            self._open()
        elif token["group"] == b"}":
            self._close()
        elif token["sign"] is not None:
            self._sign(token["sign"])
        elif token["code"] is not None:
            self._letters(bytes.fromhex(token["code"].decode("ascii")))
        elif token["text"] is not None:
            self._letters(token["text"])

    def _open(self) -> None:
        self._skipped = 0
        if len(self._states) >= _DEEPEST:
            raise DamagedDocument("groups within groups without end")
        self._states.append(self._state)

    def _close(self) -> None:
        self._skipped = 0
        self._flush()
        ended = self._state
        self._state = self._states.pop() if len(self._states) > 1 else self._states[0]
        if ended.place == "pict" and self._state.place != "pict":
            self._end_picture(ended)
        elif ended.place in KEPT and self._state.place != ended.place:
            kept = self._places.end_kept(ended.place)
            if ended.place == "listtext":
                self._end_mark(kept)
        self._places.came_back(len(self._states))

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if self._skipped and word not in {"u", "uc"}:
            self._skipped -= 1  # a word stands for one letter
            return
        if word in PASSED_OVER or (starred and word not in ENTERED):
            self._change(silent=True)
        elif word in ASIDES:
            self._begin_aside(ASIDES[word])
        elif word in LETTERS:
            self._say(LETTERS[word])
        elif word in PARAGRAPH_ENDS:
            self._end_paragraph(word)
        elif handle := _HANDLERS.get(word):
            handle(self, word, number)
        elif word in _DRAWN and self._state.place == "pict":
            self._picture_kind = word

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in {b"\r", b"\n"}:
            self._end_paragraph("par")
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    def _letters(self, coded: bytes) -> None:
        self._starred = False
        if self._skipped:
            taken = min(self._skipped, len(coded))
            self._skipped -= taken
            coded = coded[taken:]
        if self._state.place == "pict":
            if not self._state.silent and len(self._picture) < MOST_BYTES:
                self._picture += _HEX.sub(b"", coded)
        elif not self._state.silent and not self._state.deleted:
            self._coded += coded

    def _take_bytes(self, body: bytes) -> None:
        if self._state.place == "pict" and not self._state.silent:
            self._picture = bytearray(body.hex().encode())

    def _flush(self) -> None:
        """The letters that came as bytes are said: several bytes may be one letter."""
        if self._coded:
            text = self._coded.decode(self._fonts.get(self._state.font, self._codec), "replace")
            self._coded.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        self._flush()
        if self._state.silent or self._state.deleted or self._state.place in {"pict", "fonttbl"}:
            return
        self._places.say(text, self._state)

    def _change(self, **changes: bool | int | str) -> None:
        self._flush()
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def _end_paragraph(self, word: str) -> None:
        self._flush()
        if not self._state.silent:
            self._places.end_paragraph(word, self._state)

    def _begin_aside(self, title: str) -> None:
        if not self._state.silent:
            self._flush()
            self._places.begin_aside(title, len(self._states))
            self._change(in_table=False, level=0, in_list=False)

    def _end_picture(self, ended: State) -> None:
        digits, kind = bytes(self._picture), self._picture_kind
        self._picture, self._picture_kind = bytearray(), ""
        if not ended.silent and digits:
            picture = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii")) if kind else None
            self._places.show(picture, self._state)

    def _end_mark(self, mark: str) -> None:
        """The mark in front of a paragraph in a list: a number is said, a dot is drawn by ourselves."""
        is_number = any(letter.isalnum() for letter in mark) and len(mark.strip()) > 1
        self._change(in_list=not is_number)
        if is_number:
            self._say(mark)

    def _end(self) -> None:
        self._flush()
        self._places.end()

    def _unicode(self, _word: str, number: int | None) -> None:
        code = (number or 0) & 0xFFFF
        self._say(chr(code))
        self._skipped = self._state.fallback

    def _at_the_end(self, _word: str, _number: int | None) -> None:
        if not self._state.silent:
            self._places.retitle("Endnotes")

    def _font(self, _word: str, number: int | None) -> None:
        self._change(font=number or 0)

    def _font_table(self, _word: str, _number: int | None) -> None:
        self._change(place="fonttbl", silent=True)

    def _font_letters(self, word: str, number: int | None) -> None:
        codec = CHARACTER_SETS.get(number or 0, "") if word == "fcharset" else codec_of_page(number or 0)
        if self._state.place == "fonttbl" and codec and len(self._fonts) < _DEEPEST:
            self._fonts[self._state.font] = codec

    def _code_page(self, word: str, number: int | None) -> None:
        self._flush()
        self._codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(word) or codec_of_page(number or 1252) or "cp1252"

    def _plain_paragraph(self, _word: str, _number: int | None) -> None:
        self._change(level=0, in_list=False, in_table=False)

    def _outline(self, _word: str, number: int | None) -> None:
        self._change(level=(number or 0) + 1 if 0 <= (number or 0) < 9 else 0)

    def _listed(self, _word: str, number: int | None) -> None:
        self._change(in_list=bool(number) and not self._places.said)

    def _in_table(self, _word: str, number: int | None) -> None:
        self._change(in_table=number != 0)

    def _deleted(self, _word: str, number: int | None) -> None:
        self._change(deleted=number != 0)

    def _plain(self, _word: str, _number: int | None) -> None:
        self._change(deleted=False)

    def _fallback(self, _word: str, number: int | None) -> None:
        self._state = replace(self._state, fallback=min(max(number if number is not None else 1, 0), 8))

    def _place(self, word: str, _number: int | None) -> None:
        self._change(place=word)

    def _either(self, word: str, _number: int | None) -> None:
        """Text in two forms: the first in a code page, which is passed over, and the one in Unicode."""
        self._change(silent=word == "upr")

    def _of_page(self, _word: str, number: int | None) -> None:
        """Between these words stands what only readers without HTML show."""
        self._change(silent=number != 0)


_HANDLERS: Final[dict[str, Callable[[RichTextReader, str, int | None], None]]] = {
    "u": RichTextReader._unicode,
    "f": RichTextReader._font,
    "fonttbl": RichTextReader._font_table,
    "fcharset": RichTextReader._font_letters,
    "cpg": RichTextReader._font_letters,
    **dict.fromkeys(("ansicpg", "mac", "pc", "pca"), RichTextReader._code_page),
    "deff": RichTextReader._font,
    "pard": RichTextReader._plain_paragraph,
    "outlinelevel": RichTextReader._outline,
    "ls": RichTextReader._listed,
    "intbl": RichTextReader._in_table,
    "deleted": RichTextReader._deleted,
    "plain": RichTextReader._plain,
    "uc": RichTextReader._fallback,
    **dict.fromkeys(("pict", "listtext", "sn", "sv"), RichTextReader._place),
    "ftnalt": RichTextReader._at_the_end,
    "upr": RichTextReader._either,
    "ud": RichTextReader._either,
    "htmlrtf": RichTextReader._of_page,
}


def read_rich_text(text: bytes, gathered: Gathered) -> None:
    """What the rich *text* says and shows is among the blocks; raises DamagedDocument when it is none."""
    if not text.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:5].startswith(b"{\\rt"):
        raise DamagedDocument("no rich text")
    RichTextReader(gathered).read(text)
