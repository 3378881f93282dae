"""zip archives and everything built on them (office documents, jar, apk, odf, epub): members, checked against both directories."""

import stat
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from gifthorse.inspect.detectors.archive_bomb import bomb
from gifthorse.inspect.detectors.archive_encrypted import encrypted
from gifthorse.inspect.detectors.archive_hidden_member import hidden_member
from gifthorse.inspect.item import Content, Item, shown
from gifthorse.inspect.unpack import codecs
from gifthorse.inspect.unpack.budgets import Budget, Meter, TooMuchHeld, in_words
from gifthorse.inspect.unpack.members import (
    EVIDENCE_KEPT,
    Damaged,
    Encrypted,
    Opened,
    Unseen,
    Unsupported,
    at_member,
    gathered,
    member,
    pieces_of,
    unread,
)
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.inspect.unpack.zip_directory import Header
from gifthorse.inspect.unpack.zip_encryption import decrypted, real_method
from gifthorse.inspect.unpack.zip_layout import Placed, ZipLayout, read_layout
from gifthorse.model.findings import Evidence, Finding
from gifthorse.model.inspections import NotInspected, Reason
from gifthorse.model.words import N_, phrase

STORED: Final = 0
LINK_TARGET_MOST: Final = 4096
OVERLAPPING_MOST: Final = (
    48 * 1024 * 1024
)  # bytes that members which lie in each other's bytes may unfold into before the rest is only named
DECODERS: Final[dict[int, Callable[[], codecs.Decoder]]] = {
    8: lambda: codecs.Inflate(-zlib.MAX_WBITS),
    9: codecs.Inflate64,
    12: codecs.bzip2_decoder,
    93: codecs.zstd_decoder,
    95: codecs.xz_decoder,
}


def zip_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of a zip archive, and what its two directories hide from each other."""
    layout = read_layout(item.content)
    if not layout.whole:
        yield unread(item.path, Reason.UNREADABLE, "the archive's own list is missing; members were looked for one by one")
    yield from _differences(item, layout)
    yield from _overlaps(item, layout, budget)
    watch = NameWatch(item)
    unseen = Unseen(item)
    locked: list[Evidence] = []
    locked_count = 0
    again = _Again(layout, budget)
    for placed in layout.members:
        budget.member()
        name = placed.header.name
        if stat.S_ISLNK(placed.header.mode):
            target = _link_target(item.content, placed, budget)
            watch.see_link(name, target, placed.header.local_at)
        else:
            watch.see(name, placed.data)
        if placed.header.untrusted_name.endswith(b"/") and placed.packed == 0:
            continue
        if again.leaves_out(placed.header):
            continue
        try:
            yield from again.counted(placed.header, _opened(item, placed, budget, unseen))
        except Encrypted as why:
            locked_count += 1
            if len(locked) < EVIDENCE_KEPT:
                locked.append(at_member(item, name, offset=placed.data))
            yield from unseen.note(name, Reason.ENCRYPTED, str(why))
    if locked:
        yield encrypted(item, phrase(N_("{count} members are locked: {names}."), count=locked_count, names=_listed(locked)), *locked)
    if again.left_out:
        why_not = f"{again.left_out} members lie in the same bytes as others, enough of which were looked at"
        yield unread(item.path, Reason.BUDGET, why_not)
    yield from watch.findings()
    yield from unseen.rest()


class _Again:
    """Members that lie in each other's bytes: enough of them are unfolded, the rest is only counted."""

    def __init__(self, layout: ZipLayout, budget: Budget) -> None:
        self._headers = {id(header) for header in layout.overlapping}
        self._budget = budget
        self._unfolded = 0
        self.left_out = 0

    def leaves_out(self, header: Header) -> bool:
        """Whether the member is one too many."""
        too_many = id(header) in self._headers and self._unfolded > OVERLAPPING_MOST
        self.left_out += too_many
        return too_many

    def counted(self, header: Header, opened: Iterator[Opened]) -> Iterator[Opened]:
        """What *opened* gives; what it unfolds into counts when the member lies in another's bytes."""
        before = self._budget.produced
        yield from opened
        if id(header) in self._headers:
            self._unfolded += self._budget.produced - before


def _opened(item: Item, placed: Placed, budget: Budget, unseen: Unseen) -> Iterator[Opened]:
    header = placed.header
    try:
        if real_method(header) == STORED and not header.encrypted:
            content: Content = Slice(item.content, placed.data, placed.packed)
            budget.pass_on(content.size)
            damage = "the member is cut off" if content.size < placed.packed else ""
        else:
            content, damage = _unpacked(item.content, placed, budget)
    except Unsupported as why:
        yield from unseen.note(header.name, Reason.UNSUPPORTED, str(why))
        return
    except TooMuchHeld as over:
        yield from unseen.note(header.name, Reason.BUDGET, in_words(over))
        return
    if damage:
        yield from unseen.note(header.name, Reason.UNREADABLE, damage)
    if content.size or not damage:
        yield member(header.name, content, {"executable"} if header.mode & 0o111 and stat.S_ISREG(header.mode) else ())


def _unpacked(content: Content, placed: Placed, budget: Budget) -> tuple[Content, str]:
    """The member's bytes and what doesn't fit; of several passwords the one whose result fits (one in 256 passes the quick check)."""
    if not placed.header.encrypted:
        meter = Meter(budget)
        whole, damage = gathered(unpacked_pieces(content, placed, "", meter), budget, meter)
        return whole, damage or _mismatch(whole, placed)
    locked: Encrypted | None = None
    opened: tuple[Content, str] | None = None
    for password in budget.passwords or ("",):
        try:
            meter = Meter(budget)
            whole, damage = gathered(unpacked_pieces(content, placed, password, meter), budget, meter)
        except Encrypted as why:
            locked = why
            continue
        opened = whole, damage or _mismatch(whole, placed)
        if not opened[1]:
            break
    if opened is None:
        raise locked or Encrypted("encrypted")
    return opened


def unpacked_pieces(content: Content, placed: Placed, password: str, meter: Meter) -> Iterator[bytes]:
    """The member's bytes, decrypted and decompressed; raises Encrypted, Unsupported or Damaged."""
    header = placed.header
    method = real_method(header)
    if header.encrypted:
        packed = decrypted(content, header, placed.data, placed.packed, password)
    else:
        packed = pieces_of(content, placed.data, placed.data + placed.packed)
    if method == STORED:
        return meter.taking(packed)
    return _decompressed(method, meter.taking(packed), header)


def _decompressed(method: int, packed: Iterator[bytes], header: Header) -> Iterator[bytes]:
    """Methods of APPNOTE.TXT 4.4.5."""
    if method in DECODERS:
        return codecs.decoded(packed, DECODERS[method]())
    if method == 14:
        return _lzma(packed, header)
    if method == 98:
        return codecs.ppmd_pieces(packed, header.size)
    raise Unsupported(f"compression method {method}")


def _lzma(packed: Iterator[bytes], header: Header) -> Iterator[bytes]:
    """APPNOTE.TXT 5.8.8: two bytes of version, two of length, the properties, then the data."""
    first = next(packed, b"")
    if len(first) < 9:
        raise Damaged("an LZMA member without its properties")
    length = int.from_bytes(first[2:4], "little")
    decoder = codecs.raw_lzma_decoder(first[4 : 4 + length])

    def rest() -> Iterator[bytes]:
        yield first[4 + length :]
        yield from packed

    if header.flags & 2:  # an end mark follows (4.4.4, bit 1)
        return codecs.decoded(rest(), decoder)
    return codecs.decoded_exactly(rest(), decoder, header.size)


def _mismatch(content: Content, placed: Placed) -> str:
    """Where the bytes that came out don't fit what the directory states."""
    header = placed.header
    if placed.hidden and header.sizes_follow:
        return ""
    if content.size != header.size:
        return f"{content.size} bytes came out, {header.size} are stated"
    checksum = 0
    for chunk in content.chunks():
        checksum = zlib.crc32(chunk, checksum)
    # AE-2 (AES) members state no checksum
    return "the checksum differs" if checksum != header.checksum and not (header.encrypted and header.checksum == 0) else ""


def _link_target(content: Content, placed: Placed, budget: Budget) -> str:
    try:
        target = b""
        for piece in unpacked_pieces(content, placed, "", Meter(budget)):
            target += piece
            if len(target) > LINK_TARGET_MOST:
                break
    except (Damaged, Unsupported, Encrypted):
        return ""  # the member itself is opened after this and says what broke
    return target[:LINK_TARGET_MOST].decode("utf-8", "surrogateescape")


def _differences(item: Item, layout: ZipLayout) -> Iterator[Finding | NotInspected]:
    hidden = [placed.header for placed in layout.members if placed.hidden and layout.whole]
    told = [at_member(item, header.name, offset=header.at) for header in hidden[:EVIDENCE_KEPT]]
    if told:
        yield hidden_member(
            item,
            told,
            phrase(N_("{count} members stand in the archive and not in its list: {names}."), count=len(hidden), names=_listed(told)),
        )
    differing = [at_member(item, name, offset=at, excerpt=how) for name, at, how in layout.differences[:EVIDENCE_KEPT]]
    if differing:
        yield hidden_member(
            item,
            differing,
            phrase(N_("{count} members are told differently: {how}."), count=len(layout.differences), how=shown(layout.differences[0][2])),
        )
    for header in layout.missing[:EVIDENCE_KEPT]:
        yield unread(f"{item.path} > {shown(header.name)}", Reason.UNREADABLE, "listed, but there is no such member in the archive")


def _overlaps(item: Item, layout: ZipLayout, budget: Budget) -> Iterator[Finding]:
    if layout.overlapping and budget.tell_bomb_once():
        places = [at_member(item, header.name, offset=header.local_at) for header in layout.overlapping[:EVIDENCE_KEPT]]
        yield bomb(
            item,
            phrase(
                N_("{count} of {all} members lie in the same bytes as others, so that the archive unfolds many times over."),
                count=len(layout.overlapping),
                all=len(layout.members),
            ),
            *places,
        )


def _listed(places: list[Evidence]) -> str:
    return ", ".join(place.path.rpartition(" > ")[2] for place in places[:3]) + (" …" if len(places) > 3 else "")
