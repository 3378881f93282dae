"""7z archives: block after block is decoded as a stream and cut into its files, so a solid archive is read once and never held whole.

Methods: Methods.txt and 7zFormat.txt of the LZMA SDK. The key of the encryption is SHA-256 over salt, password and a counter, 2^n times.
"""

import functools
import hashlib
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from gifthorse.inspect.detectors.archive_encrypted import encrypted
from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack import codecs, libarchive
from gifthorse.inspect.unpack.budgets import Budget, Meter, TooMuchHeld, Uncounted, in_words
from gifthorse.inspect.unpack.members import Damaged, Encrypted, Opened, Unseen, Unsupported, gathered, member, pieces_of
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.inspect.unpack.seven_zip_header import (
    HEADER_MOST,
    Coder,
    File,
    Folder,
    Reader,
    Streams,
    read_files,
    read_start,
    read_streams,
)
from gifthorse.inspect.unpack.tar_stream import Flowing
from gifthorse.model.inspections import Reason
from gifthorse.model.words import N_, phrase

AES: Final = bytes.fromhex("06f10701")
ROUNDS_MOST: Final = 22  # 7-Zip writes 19; each step doubles the time for one password
DECODERS: Final[dict[bytes, Callable[[bytes], codecs.Decoder]]] = {
    bytes.fromhex("030101"): codecs.raw_lzma_decoder,
    b"\x21": codecs.raw_lzma2_decoder,
    bytes.fromhex("040108"): lambda _properties: codecs.Inflate(-zlib.MAX_WBITS),
    bytes.fromhex("040109"): lambda _properties: codecs.Inflate64(),
    bytes.fromhex("040202"): lambda _properties: codecs.bzip2_decoder(),
    bytes.fromhex("04f71101"): lambda _properties: codecs.zstd_decoder(),
}
COPY: Final = b"\x00"
PPMD: Final = bytes.fromhex("030401")
BRANCHES: Final = {
    bytes.fromhex("03030103"): "BCJDecoder",
    b"\x04": "BCJDecoder",
    bytes.fromhex("03030205"): "PPCDecoder",
    bytes.fromhex("03030401"): "IA64Decoder",
    bytes.fromhex("03030501"): "ARMDecoder",
    bytes.fromhex("03030701"): "ARMTDecoder",
    bytes.fromhex("03030805"): "SparcDecoder",
}


def seven_zip_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of a 7z archive."""
    archive = _Archive(item.content, budget)
    streams, files = archive.read()
    if any(len(folder.packed) > 1 for folder in streams.folders) and libarchive.available():
        yield from libarchive.library_members(item, budget, "7zip")
        return
    yield from _Opening(item, budget, archive, streams).members(files)


class _Opening:
    """One pass over the folders of an archive, handing its parts to the files in their order."""

    def __init__(self, item: Item, budget: Budget, archive: "_Archive", streams: Streams) -> None:
        self._item = item
        self._budget = budget
        self._archive = archive
        self._streams = streams
        self._watch = NameWatch(item)
        self._unseen = Unseen(item)
        self._locked: set[str] = set()

    def members(self, files: list[File]) -> Iterator[Opened]:
        with_bytes = iter([file for file in files if file.has_stream])
        for file in files:
            self._budget.member()
            if not stat.S_ISLNK(file.mode):
                self._watch.see(file.name)
            if not file.has_stream and not file.is_folder:
                content, _damage = gathered((), self._budget)
                yield member(file.name, content)
        for index, folder in enumerate(self._streams.folders):
            yield from self._folder(index, folder, [next(with_bytes, File(name="(unnamed)")) for _ in folder.parts])
        if self._locked:
            names = ", ".join(sorted(self._locked)[:3])
            yield encrypted(self._item, phrase(N_("{count} members are locked: {names}."), count=len(self._locked), names=names))
        yield from self._watch.findings()
        yield from self._unseen.rest()

    def _folder(self, index: int, folder: Folder, files: list[File]) -> Iterator[Opened]:
        meter = Meter(self._budget)
        try:
            pieces = self._archive.unfolded(self._streams, index, meter, self._budget.passwords, folder)
            flowing = Flowing(meter.giving(pieces))
            at = 0
            for file, size, checksum in zip(files, folder.parts, folder.checksums, strict=True):
                yield from self._part(flowing, file, at, size, checksum)
                at += size
        except Encrypted as why:
            self._locked.update(file.name for file in files)
            for file in files:
                yield from self._unseen.note(file.name, Reason.ENCRYPTED, str(why))
        except (Damaged, Unsupported) as why:
            reason = Reason.UNREADABLE if isinstance(why, Damaged) else Reason.UNSUPPORTED
            for file in files:
                yield from self._unseen.note(file.name, reason, str(why))

    def _part(self, flowing: Flowing, file: File, at: int, size: int, checksum: int | None) -> Iterator[Opened]:
        try:
            content, _damage = gathered(pieces_of(flowing, at, at + size), self._budget, Uncounted(self._budget))
        except TooMuchHeld as over:
            yield from self._unseen.note(file.name, Reason.BUDGET, in_words(over))
            return
        if stat.S_ISLNK(file.mode):
            self._watch.see_link(file.name, content.read(0, 4096).decode("utf-8", "surrogateescape"))
            return
        if content.size < size:
            raise Damaged(f"{content.size} of {size} bytes came out")
        if checksum is not None and _checksum(content) != checksum:
            yield from self._unseen.note(file.name, Reason.UNREADABLE, "the checksum differs")
        yield member(file.name, content, {"executable"} if file.mode & 0o111 else ())


class _Archive:
    """The bytes of a 7z archive and what decodes them."""

    def __init__(self, content: Content, budget: Budget) -> None:
        self._content = content
        self._budget = budget

    def read(self) -> tuple[Streams, list[File]]:
        """Streams and files of the header, which may itself be packed and encrypted, several times over."""
        at, length, checksum = read_start(self._content.read(0, 32), self._content.size)
        header = self._content.read(at, length)
        if not header:
            return Streams(), []
        if zlib.crc32(header) != checksum:
            raise Damaged("the 7z header doesn't fit its checksum")
        for _ in range(4):
            reader = Reader(header)
            kind = reader.byte()
            if kind == 0x01:
                return self._header(reader)
            if kind != 0x17:
                break
            header = self._packed_header(read_streams(reader))
        raise Damaged("no 7z header")

    def _header(self, reader: Reader) -> tuple[Streams, list[File]]:
        streams, files = Streams(), []
        while kind := reader.byte():
            if kind == 0x02:
                while reader.byte():
                    reader.take(reader.number())
            elif kind == 0x03:
                read_streams(reader)
            elif kind == 0x04:
                streams = read_streams(reader)
            elif kind == 0x05:
                files = read_files(reader)
            else:
                raise Damaged(f"mark {kind} in the 7z header")
        return streams, files

    def _packed_header(self, streams: Streams) -> bytes:
        if not streams.folders or streams.folders[0].size > HEADER_MOST:
            raise Damaged("a packed 7z header that makes no sense")
        folder = streams.folders[0]
        if not any(coder.method == AES for coder in folder.coders):
            return self._whole_header(streams, folder, ())
        for password in self._budget.passwords:
            try:
                header = self._whole_header(streams, folder, (password,))
            except (Damaged, Encrypted):
                continue
            if header[:1] in {b"\x01", b"\x17"}:  # some programs write no checksum for the locked list
                return header
        raise Encrypted("encrypted with AES-256, the list of names too")

    def _whole_header(self, streams: Streams, folder: Folder, passwords: tuple[str, ...]) -> bytes:
        meter = Meter(self._budget)
        header = b"".join(meter.giving(self.unfolded(streams, 0, meter, passwords, folder)))
        if folder.checksum is not None and zlib.crc32(header) != folder.checksum:
            raise Damaged("the packed 7z header doesn't fit its checksum")
        return header

    def unfolded(self, streams: Streams, index: int, meter: Meter, passwords: tuple[str, ...], folder: Folder) -> Iterator[bytes]:
        """What the folder's coders make of its packed stream; raises Encrypted, Unsupported or Damaged."""
        first = sum(len(before.packed) for before in streams.folders[:index])
        if first >= len(streams.packed_sizes):
            raise Damaged("a folder without its packed stream")
        start = 32 + streams.position + sum(streams.packed_sizes[:first])
        chain = _chain(folder)
        password = ""
        if any(coder.method == AES for coder, _size in chain):
            password = self._fitting(folder, chain, start, streams.packed_sizes[first], passwords)
        return _through(chain, meter.taking(pieces_of(self._content, start, start + streams.packed_sizes[first])), password)

    def _fitting(self, folder: Folder, chain: list[tuple[Coder, int]], start: int, size: int, passwords: tuple[str, ...]) -> str:
        """The password whose result begins well: with the right checksum when the first file is small, else without an error."""
        for password in passwords:
            wanted = folder.parts[0] if folder.parts else folder.size
            checksum = folder.checksums[0] if folder.checksums else folder.checksum
            try:
                flowing = Flowing(_through(chain, pieces_of(self._content, start, start + size), password))
                begin = flowing.read(0, min(wanted, 1 << 20))
            except Damaged:
                continue
            if len(begin) == min(wanted, 1 << 20) and (wanted > 1 << 20 or checksum is None or zlib.crc32(begin) == checksum):
                return password
        raise Encrypted("encrypted with AES-256")


def _chain(folder: Folder) -> list[tuple[Coder, int]]:
    """The coders in the order in which the packed stream goes through them, each with the size of its output."""
    if len(folder.packed) != 1 or any(coder.inputs != 1 or coder.outputs != 1 for coder in folder.coders):
        raise Unsupported("a 7z block of several streams (BCJ2)")
    if len(folder.sizes) != len(folder.coders):
        raise Damaged("a folder without its sizes")
    chain: list[tuple[Coder, int]] = []
    feeds = {output: into for into, output in folder.binds}
    current: int | None = folder.packed[0]
    while current is not None:
        if not 0 <= current < len(folder.coders) or len(chain) >= len(folder.coders):
            raise Damaged("coders that feed each other in a ring")
        chain.append((folder.coders[current], folder.sizes[current]))
        current = feeds.get(current)
    return chain


def _through(chain: list[tuple[Coder, int]], pieces: Iterator[bytes], password: str) -> Iterator[bytes]:
    for coder, size in chain:
        pieces = _coded(coder, size, pieces, password)
    return pieces


def _coded(coder: Coder, size: int, pieces: Iterator[bytes], password: str) -> Iterator[bytes]:
    method = coder.method
    if method == AES:
        return codecs.cut(_decrypted(coder.properties, pieces, password), size)
    if method == COPY:
        return codecs.cut(pieces, size)
    if method in DECODERS:
        return codecs.decoded_exactly(pieces, DECODERS[method](coder.properties), size)
    if method == PPMD:
        return codecs.ppmd7_pieces(pieces, coder.properties, size)
    if method in BRANCHES:
        return codecs.branch_pieces(pieces, BRANCHES[method], size)
    if method == b"\x03":
        return codecs.delta_pieces(pieces, (coder.properties or b"\x00")[0] + 1, size)
    raise Unsupported(f"7z method {method.hex()}")


def _decrypted(properties: bytes, pieces: Iterator[bytes], password: str) -> Iterator[bytes]:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    first, second = (properties + b"\x00\x00")[:2]
    salt_length = (first >> 7 & 1) + (second >> 4)
    vector_length = (first >> 6 & 1) + (second & 15)
    salt = properties[2 : 2 + salt_length]
    vector = properties[2 + salt_length : 2 + salt_length + vector_length].ljust(16, b"\x00")
    rounds = first & 0x3F
    if rounds > ROUNDS_MOST:
        raise Encrypted(f"encrypted with 2^{rounds} rounds for each password")
    block = Cipher(algorithms.AES256(_key(salt, rounds, password)), modes.CBC(vector)).decryptor()
    for piece in pieces:
        clear = block.update(piece)
        if clear:
            yield clear


@functools.lru_cache(maxsize=64)
def _key(salt: bytes, rounds: int, password: str) -> bytes:
    digest = hashlib.sha256()
    secret = salt + password.encode("utf-16-le")
    for count in range(1 << rounds):
        digest.update(secret + struct.pack("<Q", count))
    return digest.digest()


def _checksum(content: Content) -> int:
    checksum = 0
    for chunk in content.chunks():
        checksum = zlib.crc32(chunk, checksum)
    return checksum
