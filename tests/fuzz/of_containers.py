"""Targets: every container, opened all the way down through the one door that the engine uses, and its budget kept."""

import gc
from collections.abc import Callable

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.documents.parts import DOCUMENT_TYPES
from gifthorse.inspect.filetypes import ZIP_BASED, FileType
from gifthorse.inspect.identify import identify
from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack import opening
from gifthorse.inspect.unpack.budgets import MEBIBYTE, Budget, Limits
from gifthorse.inspect.unpack.members import Member
from gifthorse.inspect.unpack.zip_directory import zip_extent
from tests.fuzz.seeds import containers
from tests.fuzz.target import Target, require

LIMITS = Limits(total=24 * MEBIBYTE, ratio_from=8 * MEBIBYTE, stream_from=12 * MEBIBYTE, held=24 * MEBIBYTE, members=500, depth=4)
# A decompressor is asked for pieces of a MiB; the one that has no bound gives eight.
BEYOND = 9 * MEBIBYTE


def opened_as(filetype: FileType) -> Callable[[bytes], None]:
    """A function that unfolds its input as a container of *filetype*."""

    def unfold_all(untrusted_input: bytes) -> None:
        budget = Budget(LIMITS, passwords=("gift",))
        met: list[FileType] = []
        unfold(item_of(MemoryContent(untrusted_input), "a.bin", filetype), budget, met)
        allowed = max(LIMITS.total, LIMITS.total_per_byte * len(untrusted_input)) + BEYOND
        # the holes of a sparse file are counted as they are stated, before a byte of them comes out
        require(budget.produced <= allowed or filetype is FileType.TAR, f"{budget.produced} bytes came out, {allowed} are allowed")
        require(len(met) <= LIMITS.members + 1, f"{len(met)} members came out, {LIMITS.members} are allowed")
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


def seeds_of(filetype: FileType) -> Callable[[], list[bytes]]:
    return lambda: containers()[filetype]


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
    Target(name="unpack.zip-extent", parse=extent, seeds=seeds_of(FileType.ZIP)),
)
