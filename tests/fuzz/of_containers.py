"""Targets: every container, opened all the way down through the one door that the engine uses, and its budget kept."""

import gc
import gzip
import lzma
import struct
from collections.abc import Callable

import msgspec

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.documents.parts import DOCUMENT_TYPES
from gifthorse.inspect.filetypes import ZIP_BASED, FileType
from gifthorse.inspect.identify import identify
from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack import opening, sparse_image
from gifthorse.inspect.unpack.budgets import MEBIBYTE, Budget, Limits
from gifthorse.inspect.unpack.lzvn import lzvn
from gifthorse.inspect.unpack.members import Damaged, Member, Unsupported
from gifthorse.inspect.unpack.zip_directory import zip_extent
from tests.fuzz.seeds import containers
from tests.fuzz.target import Target, require
from tests.samples import archives

LIMITS = Limits(total=24 * MEBIBYTE, ratio_from=8 * MEBIBYTE, stream_from=12 * MEBIBYTE, held=24 * MEBIBYTE, members=500, depth=4)
MOST_FOLDED = 1 << 16
# So little that a compressed tar is read while it flows.
FEW_HELD = msgspec.structs.replace(LIMITS, held=1 << 16)
# A decompressor is asked for pieces of a MiB; the one that has no bound gives eight.
BEYOND = 9 * MEBIBYTE


def opened_as(filetype: FileType, limits: Limits = LIMITS) -> Callable[[bytes], None]:
    """A function that unfolds its input as a container of *filetype*."""

    def unfold_all(untrusted_input: bytes) -> None:
        budget = Budget(limits, passwords=("gift",))
        met: list[FileType] = []
        unfold(item_of(MemoryContent(untrusted_input), "a.bin", filetype), budget, met)
        allowed = max(limits.total, limits.total_per_byte * len(untrusted_input)) + BEYOND
        # the holes of a sparse file are counted as they are stated, before a byte of them comes out
        require(budget.produced <= allowed or filetype is FileType.TAR, f"{budget.produced} bytes came out, {allowed} are allowed")
        require(len(met) <= limits.members + 1, f"{len(met)} members came out, {limits.members} are allowed")
        if budget._shared.held:
            gc.collect()  # what an error's traceback held in a circle
        # the parsers of documents remember the last one that they read, and so keep it
        remembered = DOCUMENT_TYPES | ZIP_BASED
        require(budget._shared.held == 0 or not remembered.isdisjoint(met), f"{budget._shared.held} bytes were not given back")

    return unfold_all


def item_of(content: Content, name: str, filetype: FileType | None = None, chain: tuple[FileType, ...] = ()) -> Item:
    head = content.read(0, 65536)
    kind = filetype or identify(head, content.size, lambda count: content.read(max(0, content.size - count), count), name)
    return Item(path=name, untrusted_name=name[-200:], content=content, filetype=kind, head=head, depth=len(chain), chain=chain)


def unfold(item: Item, budget: Budget, met: list[FileType]) -> None:
    for opened in opening.members(item, budget):
        if not isinstance(opened, Member):
            continue
        for start in range(0, min(opened.content.size, 32 * MEBIBYTE), MEBIBYTE):
            if not opened.content.read(start, MEBIBYTE):
                break
        inner = item_of(opened.content, opened.untrusted_name, chain=(*item.chain, item.filetype))
        met.append(inner.filetype)
        if inner.filetype in opening.CONTAINER_TYPES:
            unfold(inner, budget.child(), met)


def extent(untrusted_input: bytes) -> None:
    found = zip_extent(MemoryContent(untrusted_input))
    require(found is None or found[1] <= len(untrusted_input), "an archive that ends behind its file")


def folded(untrusted_input: bytes) -> None:
    require(len(lzvn(untrusted_input, MOST_FOLDED)) <= MOST_FOLDED, "more than was asked for")


def sparse(untrusted_input: bytes) -> None:
    disk = sparse_image.disk(MemoryContent(untrusted_input))
    for at in range(0, min(disk.size, 8 * MEBIBYTE), MEBIBYTE):
        require(len(disk.read(at, MEBIBYTE)) <= MEBIBYTE, "more than was asked for")


def folded_texts() -> list[bytes]:
    return [
        b"\xe5hello\x38\x05\xe3abc\xf4\x06" + bytes(7),
        b"\xe0\x04" + b"abcdefghijklmnopqrst" + b"\x68\x14\xf0\x20\xa1\2\3x\x06" + bytes(7),
    ]


def sparse_images() -> list[bytes]:
    table = struct.pack(">4sIIII", b"sprs", 3, 1, 1, 20).ljust(64, b"\0") + struct.pack(">4I", 3, 0, 1, 2)
    return [table.ljust(4096, b"\0") + bytes(range(256)) * 6]


def seeds_of(filetype: FileType) -> Callable[[], list[bytes]]:
    return lambda: containers()[filetype]


def streamed() -> list[bytes]:
    inner = {"a.bin": bytes(range(256)) * 300, "b/c.txt": b"hello " * 2000, "d": b""}
    return [gzip.compress(archives.tar_of(inner, {"l": "../x"}), mtime=0), lzma.compress(archives.tar_of(inner))]


SLOW = frozenset({FileType.SEVEN_ZIP, FileType.ISO, FileType.VHDX, FileType.DMG, FileType.E01})
TARGETS = (
    *(
        Target(
            name=f"unpack.{kind}",
            parse=opened_as(kind),
            seeds=seeds_of(kind),
            tries=80 if kind in SLOW else 150,
            longest=4 << 20 if kind is FileType.VHDX else 1 << 17,
        )
        for kind in containers()
    ),
    Target(name="unpack.lzvn", parse=folded, seeds=folded_texts),
    Target(name="unpack.sparse-image", parse=sparse, seeds=sparse_images, allowed=(Damaged, Unsupported)),
    Target(name="unpack.tar-stream", parse=opened_as(FileType.GZIP, FEW_HELD), seeds=streamed),
    Target(name="unpack.zip-extent", parse=extent, seeds=seeds_of(FileType.ZIP)),
)
