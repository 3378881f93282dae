"""The head lines and words of Outlook messages ([MS-OXMSG]), and of the messages that they carry."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile, Path, compound_of
from gifthorse.inspect.documents.damage import FORMAT_ERRORS, DamagedDocument
from gifthorse.inspect.documents.message import PREFIX, PROPERTIES
from gifthorse.inspect.item import Item
from gifthorse.inspect.safe_copy.codecs_known import codec_of_page
from gifthorse.inspect.safe_copy.office.blocks import Gathered
from gifthorse.inspect.safe_copy.office.rich_text import read_rich_text
from gifthorse.inspect.safe_copy.packed_rich_text import unpacked
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from gifthorse.inspect.safe_copy.shown_page import shown

MOST_MESSAGES: Final = 100
MOST_TEXT: Final = 16 << 20
# Property ids ([MS-OXPROPS]).
_SUBJECT: Final = "0037"
_SENDERS: Final = (("0C1A", ("5D01", "0C1F")), ("0042", ("5D02", "0065")))
_TO, _CC = "0E04", "0E03"
_BODY, _PAGE, _RICH = "1000", "1013", "1009"
_SENT: Final = 0x00390040
_CODE_PAGES: Final = (0x3FDE0003, 0x3FFD0003)
_EMBEDDED: Final = f"{PREFIX}3701000D"
_HEADS: Final = (32, 24)  # bytes before the properties of a message, and of one within another
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_UNREADABLE: Final = "[a text that can't be read]"


def outlook_text(item: Item) -> str:
    """The head lines and the body of the message and of those that it carries; raises NotRebuilt."""
    compound = compound_of(item)
    if compound is None:
        raise NotRebuilt("it is no message that can be read here")
    try:
        return "\n\n".join(_texts(compound))[:MOST_TEXT]
    except FORMAT_ERRORS as error:
        raise NotRebuilt(f"it is no message that can be read here ({type(error).__name__})") from error


def _texts(compound: CompoundFile) -> Iterator[str]:
    yield _text(compound, ())
    inner = sorted({path[: path.index(_EMBEDDED) + 1] for path in compound.streams if _EMBEDDED in path})
    for storage in inner[:MOST_MESSAGES]:
        yield "----- A message that was attached -----\n" + _text(compound, storage)


def _text(compound: CompoundFile, storage: Path) -> str:
    numbers = _numbers(compound, storage)
    codec = next((codec for tag in _CODE_PAGES if (codec := codec_of_page(numbers.get(tag, 0) & 0xFFFFFFFF))), "cp1252")
    sender = next((said for said in (_sender(compound, storage, *tags, codec) for tags in _SENDERS) if said), "")
    lines = (
        ("From", sender),
        ("To", _property(compound, storage, _TO, codec)),
        ("Cc", _property(compound, storage, _CC, codec)),
        ("Date", _date(numbers.get(_SENT, 0))),
        ("Subject", _property(compound, storage, _SUBJECT, codec)),
    )
    return "\n".join((*(f"{name}: {value}" for name, value in lines if value), "", _body(compound, storage, codec)))


def _sender(compound: CompoundFile, storage: Path, name_tag: str, address_tags: tuple[str, ...], codec: str) -> str:
    name = _property(compound, storage, name_tag, codec)
    address = next((said for said in (_property(compound, storage, tag, codec) for tag in address_tags) if said), "")
    return f"{name} <{address}>" if address and address != name else name


def _body(compound: CompoundFile, storage: Path, codec: str) -> str:
    """The body as plain text, or what its page or its rich text shows."""
    if plain := _property(compound, storage, _BODY, codec).strip("\r\n"):
        return plain
    if page := _property(compound, storage, _PAGE, codec):
        return shown(page)
    packed = _stream(compound, (*storage, f"{PREFIX}{_RICH}0102"))
    if not packed:
        return ""
    gathered = Gathered()
    try:
        read_rich_text(unpacked(packed), gathered)
    except DamagedDocument:
        return _UNREADABLE
    return "\n".join((gathered.said, *(f"[not taken: {what}]" for what in gathered.cut)))


def _property(compound: CompoundFile, storage: Path, tag: str, codec: str) -> str:
    """A text property in Unicode or in bytes; empty when it is absent."""
    for kind, encoding in (("001F", "utf-16-le"), ("001E", codec), ("0102", codec)):
        path = (*storage, f"{PREFIX}{tag}{kind}")
        if path in compound.streams:
            return _stream(compound, path).decode(encoding, "replace").rstrip("\0")
    return ""


def _stream(compound: CompoundFile, path: Path) -> bytes:
    try:
        return compound.read(path, MOST_TEXT) if path in compound.streams else b""
    except DamagedDocument:
        return _UNREADABLE.encode("utf-16-le" if path[-1].endswith("001F") else "ascii")


def _numbers(compound: CompoundFile, storage: Path) -> dict[int, int]:
    """The properties of fixed length by their tag ([MS-OXMSG] 2.4.2.1)."""
    path = (*storage, PROPERTIES)
    try:
        body = compound.read(path, MOST_TEXT) if path in compound.streams else b""
    except DamagedDocument:
        return {}
    head = _HEADS[bool(storage)]
    return dict(struct.unpack_from("<I4xQ", body, at) for at in range(head, len(body) - 15, 16))


def _date(ticks: int) -> str:
    """A time in steps of 100 nanoseconds since 1601, in words; empty when there is none."""
    try:
        return f"{_EPOCH + timedelta(microseconds=ticks // 10):%Y-%m-%d %H:%M} UTC" if ticks else ""
    except OverflowError:
        return ""
