"""Packages of systems: RPM (its payload, and the scripts that run when it is installed) and xar, in which macOS keeps its packages.

RPM: "RPM Package File Format" of rpm.org (lead, signature, header, payload). xar: the wiki of its project (header, table of contents in
XML, heap).
"""

import lzma
import struct
import zlib
from collections.abc import Iterator
from typing import Final

import msgspec

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import Closed, events
from gifthorse.inspect.documents.markup import Opened as Element
from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack import codecs
from gifthorse.inspect.unpack.budgets import Budget, Meter, TooMuchHeld, in_words
from gifthorse.inspect.unpack.members import Damaged, Opened, Unseen, Unsupported, gathered, member, pieces_of
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.model.inspections import Reason

RPM_MARK: Final = b"\xed\xab\xee\xdb"
XAR_MARK: Final = b"xar!"
_LEAD: Final = 96
_HEADER_MARK: Final = b"\x8e\xad\xe8\x01"
_HEADER_MOST: Final = 64 << 20
# what runs before and after a package is installed and removed, and around the whole transaction
_SCRIPTS: Final = {1023: "prein", 1024: "postin", 1025: "preun", 1026: "postun", 1079: "verify", 1151: "pretrans", 1152: "posttrans"}
_TEXT: Final = 6
_CONTENTS_MOST: Final = 16 << 20
_DEEPEST: Final = 64


class _Stored(msgspec.Struct, kw_only=True):
    """A file of a xar archive, as its table of contents states it."""

    name: str = ""
    kind: str = ""
    at: int = 0
    length: int = 0
    method: str = ""


def rpm_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The scripts of an RPM package, and its payload, which is a compressed cpio archive."""
    content = item.content
    _entries, _store, end = _header(content, _LEAD)
    entries, store, end = _header(content, end + -end % 8)
    for tag, kind, offset in entries:
        if tag in _SCRIPTS and kind == _TEXT:
            text = content.read(store + offset, min(end - store - offset, 1 << 20)).partition(b"\0")[0]
            budget.member()
            yield member(f"{_SCRIPTS[tag]}.sh", Slice(content, store + offset, len(text)))
    budget.member()
    budget.pass_on(content.size - end)
    yield member("payload", Slice(content, end, content.size - end))


def _header(content: Content, at: int) -> tuple[list[tuple[int, int, int]], int, int]:
    """The entries (tag, kind, place in the store) of the header at byte *at*, where its store begins, and where it ends."""
    head = content.read(at, 16)
    if len(head) < 16 or head[:4] != _HEADER_MARK:
        raise Damaged(f"no RPM header at byte {at}")
    count, size = struct.unpack_from(">II", head, 8)
    if count * 16 + size > _HEADER_MOST:
        raise Damaged(f"an RPM header of {count * 16 + size} bytes")
    index = content.read(at + 16, count * 16)
    entries = [struct.unpack_from(">III", index, place) for place in range(0, len(index) - 15, 16)]
    store = at + 16 + count * 16
    return entries, store, store + size


def xar_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of a xar archive."""
    watch, unseen = NameWatch(item), Unseen(item)
    head = item.content.read(0, 28)
    if len(head) < 28:
        raise Damaged("the archive's header is cut off")
    start, packed = struct.unpack_from(">H", head, 4)[0], struct.unpack_from(">Q", head, 8)[0]
    for one in _contents(item.content.read(start, min(packed, _CONTENTS_MOST))):
        budget.member()
        watch.see(one.name, None)
        if one.kind in {"", "file"}:
            yield from _unpacked(item, budget, one, start + packed + one.at, unseen)
    yield from watch.findings()
    yield from unseen.rest()


def _unpacked(item: Item, budget: Budget, one: _Stored, at: int, unseen: Unseen) -> Iterator[Opened]:
    if one.length == 0:
        return
    if not one.method:
        body = Slice(item.content, at, one.length)
        budget.pass_on(body.size)
        yield member(one.name, body)
        return
    meter = Meter(budget)
    try:
        packed = meter.taking(pieces_of(item.content, at, at + one.length))
        content, damage = gathered(codecs.decoded(packed, _decoder(one.method)), budget, meter)
    except Unsupported as why:
        yield from unseen.note(one.name, Reason.UNSUPPORTED, str(why))
        return
    except TooMuchHeld as over:
        yield from unseen.note(one.name, Reason.BUDGET, in_words(over))
        return
    if damage:
        yield from unseen.note(one.name, Reason.UNREADABLE, damage)
    if content.size or not damage:
        yield member(one.name, content)


def _decoder(method: str) -> codecs.Decoder:
    """The decoder for what xar calls an encoding; its "gzip" is zlib's own format."""
    kind = method.rpartition("x-")[2]
    if kind == "gzip":
        return codecs.Inflate(zlib.MAX_WBITS)
    if kind == "bzip2":
        return codecs.bzip2_decoder()
    if kind in {"lzma", "xz"}:
        return codecs.xz_decoder(lzma.FORMAT_AUTO)
    raise Unsupported(f"compression {method[:60]}")


def _contents(packed: bytes) -> Iterator[_Stored]:
    """What the table of contents names, folders with their names in front."""
    try:
        table = zlib.decompressobj().decompress(packed, _CONTENTS_MOST)
        found = events(table, text=True)
    except (zlib.error, DamagedDocument) as broken:
        raise Damaged("the table of contents can't be read") from broken
    files: list[_Stored] = []
    inside: list[str] = []
    for event in found:
        if isinstance(event, Element):
            inside.append(event.name)
            _opened(event, inside, files)
        elif isinstance(event, Closed):
            if inside and inside.pop() == "file" and files:
                yield _with_folders(files)
                files.pop()
        elif files and inside[-2:-1] in (["file"], ["data"]):
            _said(event, inside, files[-1])


def _opened(element: Element, inside: list[str], files: list[_Stored]) -> None:
    if element.name == "file":
        if len(files) >= _DEEPEST:
            raise Damaged("folders too deep")
        files.append(_Stored())
    elif element.name == "encoding" and files and "data" in inside[-3:]:
        style = element.attributes.get("style", "")
        files[-1].method = "" if style.endswith("octet-stream") else style


def _said(text: str, inside: list[str], file: _Stored) -> None:
    word = inside[-1]
    if word == "name" and inside[-2] == "file":
        file.name += text
    elif word == "type" and inside[-2] == "file":
        file.kind += text
    elif word in {"offset", "length"} and inside[-2] == "data" and text.strip().isdigit():
        if word == "offset":
            file.at = int(text)
        else:
            file.length = int(text)


def _with_folders(files: list[_Stored]) -> _Stored:
    return msgspec.structs.replace(files[-1], name="/".join(one.name for one in files))
