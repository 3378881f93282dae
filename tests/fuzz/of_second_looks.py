"""Targets: what is set beside the Sleuth Kit's listing, on whole volumes of ext, HFS Plus and NTFS, and the places that hide something.

The Sleuth Kit runs in them, on bytes that have passed what is asked of them before it sees them.
"""

import contextlib
import struct

from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.hidden_places import places_told, spaces_in_places, unnamed_entries
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.layout.written import long_texts, texts_in_program
from gifthorse.inspect.walk.disc_records import rests
from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.letters import letters_length, strange_letters
from gifthorse.inspect.walk.ntfs_records import strange_pages, unlike, unused_of
from gifthorse.inspect.walk.sleuthkit import open_filesystem
from gifthorse.model.errors import Unreadable
from tests.fuzz.media import SparseMedium, packed
from tests.fuzz.of_media import MOST_FILES, MOST_READ, volumes, whole
from tests.fuzz.target import Target, require
from tests.samples import ext_disks, hfs_disks, ntfs_disks

KINDS = ("fat12", "fat16", "fat32", "exfat", "ntfs", "ext4", "hfs+", "apfs", "iso9660", "udf")


def second_ext(untrusted_input: bytes) -> None:
    _all_of(untrusted_input, "ext4")


def second_hfs(untrusted_input: bytes) -> None:
    _all_of(untrusted_input, "hfs+")


def second_ntfs(untrusted_input: bytes) -> None:
    _all_of(untrusted_input, "ntfs")


def _all_of(untrusted_input: bytes, kind: str) -> None:
    """The whole listing, contents, and what lies beside the files."""
    medium = SparseMedium(untrusted_input)
    opened = open_filesystem(medium, whole(medium, kind))
    for number, entry in enumerate(opened.entries()):
        require(entry.extents is None or all(start >= 0 and length >= 0 for start, length in entry.extents), "a run before the medium")
        if not entry.folder and number < MOST_FILES:
            with contextlib.suppress(OSError):  # the coordinator is told
                opened.content(entry).read(0, MOST_READ)
    for met in opened.recovered(lambda: None):
        require(not isinstance(met, Entry) or met.deleted, "a recovered file that is no deleted one")


def places(untrusted_input: bytes) -> None:
    medium = SparseMedium(untrusted_input)
    for kind in KINDS:
        partition = Partition(index=0, start=0, length=medium.size, scheme="none", type="", name="", hidden=False, filesystem=kind)
        for space in spaces_in_places(PatientReader(medium), [partition]):
            require(0 <= space.first <= space.last < medium.size and space.data_bytes > 0, "a space that is not on the medium")
        places_told(PatientReader(medium), partition)
    for at in unnamed_entries(medium.read(0, 16384)):
        require(at % 128 == 0, "an entry within another")


def words(untrusted_input: bytes) -> None:
    reach = 0
    for place, text in long_texts(untrusted_input, 0):
        require(place >= reach and len(text) > 0, "texts that are not in order")
        reach = place + len(text)
    for place, _text in texts_in_program(untrusted_input):
        require(0 <= place < len(untrusted_input), "a text that lies elsewhere")


def records(untrusted_input: bytes) -> None:
    record, copy = untrusted_input[:1024], untrusted_input[1024:2048]
    for at, piece in [*unused_of(record), *strange_pages(untrusted_input)]:
        require(at >= 0 and len(piece) > 0, "a piece that lies nowhere")
    require(unlike(record, copy) <= len(record), "more bytes than there are")
    for at, length in strange_letters(untrusted_input):
        require(0 <= at < at + length <= len(untrusted_input), "letters behind the table")
    require(letters_length(untrusted_input) <= len(untrusted_input), "a table longer than its bytes")
    for at, length in rests(untrusted_input, 2048):
        require(at + length <= len(untrusted_input), "a rest behind the folder")


def ext() -> list[bytes]:
    """A volume that the Sleuth Kit lists, and one that it would not come to the end of."""
    image = bytearray(ext_disks.ext2_of({"a.txt": b"hello", "b.bin": b"x" * 3000}))
    struct.pack_into("<I", image, 5 * 1024 + 10 * 128 + 4, 1 << 28)
    return [volumes()["ext2"], packed(bytes(image))]


def hfs() -> list[bytes]:
    return [packed(hfs_disks.hfs_of({"a.txt": b"hello", "b.bin": b"x" * 9000}))]


def ntfs() -> list[bytes]:
    image = ntfs_disks.ntfs_of({"a.txt": b"hello", "b.bin": b"x" * 5000}, {(24, "note"): b"said twice"})
    return [packed(image, 90)]  # without the table of letters


def record_seeds() -> list[bytes]:
    record = (b"FILE" + bytes(20) + struct.pack("<II", 300, 1024)).ljust(300, b"x") + b"left behind by somebody"
    folder = (b"\x22" + bytes(33) + b"\x24" + bytes(35)).ljust(2000, b"\0") + b"words"
    return [
        record.ljust(1024, b"\0") * 2,
        b"RCRD".ljust(4096, b"\1") + b"words".ljust(4096, b"\xff"),
        folder,
        struct.pack("<300H", *range(300)),
    ]


TARGETS = (
    Target(name="walk.second-ext", parse=second_ext, seeds=ext, allowed=(Unreadable,), tries=150),
    Target(name="walk.second-hfs", parse=second_hfs, seeds=hfs, allowed=(Unreadable,), tries=150),
    Target(name="walk.second-ntfs", parse=second_ntfs, seeds=ntfs, allowed=(Unreadable,), tries=150),
    Target(name="layout.places", parse=places, seeds=lambda: [*volumes().values(), *hfs(), *ntfs()], tries=60),
    Target(
        name="layout.written",
        parse=words,
        seeds=lambda: [b"what is written here is read by nobody else\n" * 3 + bytes(90), b"BOOTMGR is missing"],
    ),
    Target(name="walk.own-tables", parse=records, seeds=record_seeds),
)
