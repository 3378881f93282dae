r"""Rich Text Format, read for what is dangerous in it: embedded and linked objects, and a template from elsewhere.

Office forgives nearly any nonsense in RTF, and attackers rely on it (split and nested hex, unknown control words, a header cut to
``{\rt``). So object data is gathered as office does: every hex digit of the group's text, in whatever depth, whatever stands between.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from gifthorse.inspect.documents.once import once
from gifthorse.inspect.documents.references import Reference, Use, field_reference
from gifthorse.inspect.item import Item, TooLarge

MOST_BYTES: Final = 64 << 20
MOST_OBJECTS: Final = 500
MOST_OBJECT_BYTES: Final = 32 << 20
# All objects together may be twice the text: one group may stand in another.
LEAST_READ: Final = 4 << 20
MOST_FIELDS: Final = 10_000
MOST_CODE: Final = 600
STRETCH: Final = 128 << 10

_OBJECT_DATA: Final = re.compile(rb"\\objdata\b")
_OBJECT_WORDS: Final = re.compile(rb"\\(objupdate|objautlink|objlink|objemb|objocx|objhtml)\b")
_CLASS: Final = re.compile(rb"\\objclass\s*([^{}\\]{1,80})")
_TEMPLATE: Final = re.compile(rb"\\template\s*([^{}]{1,1000})")
_FIELD: Final = re.compile(rb"\\fldinst\b")
_GROUP: Final = re.compile(rb"\\.|[{}]", re.DOTALL)
_AS_BYTES: Final = re.compile(rb"[\s{]{0,40}\\bin(\d{1,9}) ?")
# Control words and their arguments, \'xx bytes and \bin runs are not text; braces only nest. What is skipped ends before a backslash,
# or the word behind it would be read as digits.
_NOT_TEXT: Final = re.compile(rb"\\'..|\\\*|\\[a-zA-Z]{1,32}-?\d{0,10} ?|\\[^a-zA-Z]|\\|[^0-9a-fA-F\\]+", re.DOTALL)
# A brace or line end that is neither escaped nor one of the two bytes behind \\'.
_CUT: Final = re.compile(rb"(?<!\\)(?<!\\')(?<!\\'.)[{}\r\n]", re.DOTALL)
# All in one pass: a stroke that is spelt as a byte is a stroke, and begins no escape.
_ESCAPES: Final = re.compile(rb"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,5})\s?\??|\\\\|\\\*|\\[a-zA-Z]{1,32}-?\d{0,10} ?|[{}\r\n]")


@dataclass(frozen=True, kw_only=True, slots=True)
class RtfObject:
    """One object: where its data begins in the file, the words around it, its class, and its bytes."""

    offset: int
    words: frozenset[str]
    class_name: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class RichText:
    """What was read; `unread` when the file is too large to be held."""

    objects: tuple[RtfObject, ...] = ()
    fields: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    unread: bool = False


@once
def rtf_of(item: Item) -> RichText:
    """The item's objects, field codes and references."""
    try:
        text = bytes(item.content.whole(MOST_BYTES))
    except TooLarge:
        return RichText(unread=True)
    fields = tuple(field_codes(text))
    return RichText(objects=tuple(objects_in(text)), fields=fields, references=tuple(references_in(text, fields)))


def objects_in(text: bytes) -> list[RtfObject]:
    """The objects in *text* whose data is there."""
    found = []
    read = 0
    for match in islice(_OBJECT_DATA.finditer(text), MOST_OBJECTS):
        if read > max(LEAST_READ, 2 * len(text)):
            break
        end = end_of_group(text, match.end(), 3 * MOST_OBJECT_BYTES)
        read += end - match.end()
        before = text[max(0, match.start() - 600) : match.start()]
        group = before[max(0, before.rfind(b"\\object")) :]
        class_name = _CLASS.search(group)
        found.append(
            RtfObject(
                offset=match.start(),
                words=frozenset(word.decode("ascii") for word in _OBJECT_WORDS.findall(group)),
                class_name=class_name[1].decode("latin-1").strip() if class_name else "",
                content=content_of(text, match.end(), end),
            )
        )
    return found


def content_of(text: bytes, start: int, end: int) -> bytes:
    """The object between *start* and *end*: bytes as they are where the data says how many follow, else spelt in digits."""
    as_they_are = _AS_BYTES.match(text, start, min(end + 1, start + 200))
    if as_they_are is None:
        return hex_of(text[start:end])
    return text[as_they_are.end() : as_they_are.end() + min(int(as_they_are[1]), MOST_OBJECT_BYTES)]


def end_of_group(text: bytes, at: int, most: int) -> int:
    """Where the group around *at* ends; *most* bytes further when it doesn't before."""
    depth = 1
    limit = min(len(text), at + most)
    for match in _GROUP.finditer(text, at, limit):
        if match[0] == b"{":
            depth += 1
        elif match[0] == b"}":
            depth -= 1
            if depth == 0:
                return match.start()
    return limit


def hex_of(text: bytes) -> bytes:
    """The bytes that the hex digits of *text* spell, whatever control words stand between them."""
    digits = b"".join(_NOT_TEXT.sub(b"", stretch) for stretch in stretches_of(text))
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))


def stretches_of(text: bytes) -> Iterator[bytes]:
    """*text* in pieces of about 128 KiB, cut where no control word goes on: the work on one piece needs 60 times its memory."""
    at = 0
    while at < len(text):
        cut = _CUT.search(text, at + STRETCH)
        end = cut.end() if cut else len(text)
        yield text[at:end]
        at = end


def references_in(text: bytes, fields: Sequence[str]) -> list[Reference]:
    """A template in *text*, or one of its *fields*, that fetches something."""
    found = []
    template = _TEMPLATE.search(text)
    if template:
        found.append(Reference(use=Use.TEMPLATE, address=plain(template[1]), place="\\template"))
    for code in fields:
        found.extend(field_reference(code, "\\fldinst"))
    return found


def field_codes(text: bytes) -> list[str]:
    """The field codes in *text*."""
    ends = (match.end() for match in islice(_FIELD.finditer(text), MOST_FIELDS))
    return [plain(text[end : end_of_group(text, end, MOST_CODE)]).strip() for end in ends]


def plain(text: bytes) -> str:
    """*text* with its escapes read and its control words dropped."""
    return _ESCAPES.sub(_letter, text).decode("utf-8", "replace").strip()


def _letter(escape: re.Match[bytes]) -> bytes:
    """What one escape stands for: a byte, a letter by its number, a stroke, or nothing."""
    if escape[1] is not None:
        return bytes([int(escape[1], 16)])
    if escape[2] is not None:
        return chr(int(escape[2]) & 0xFFFF).encode("utf-8", "replace")
    return b"\\" if escape[0] == b"\\\\" else b""
