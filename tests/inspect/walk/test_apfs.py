import random
import struct
import zlib

import pytest

from gifthorse.inspect.unpack.lzvn import lzvn
from gifthorse.inspect.walk.apfs_records import whole
from gifthorse.inspect.walk.entries import EncryptedVolume
from gifthorse.model.errors import Unreadable
from gifthorse.model.findings import Severity
from tests.samples.apple_disks import BLOCK, LINK, Placed, container, folded
from tests.samples.disks import INERT_PROGRAM, digests, expected, filesystem_of, listed, whole_program, with_bytes

FILES = {"a.txt": b"hello", "two blocks.bin": bytes(range(256)) * 30, "übergröße 漢字": b"name", "empty": b""}


def test_files_of_an_apple_container_come_back_byte_for_byte():
    filesystem = filesystem_of(container(FILES))
    assert filesystem.kind == "apfs"
    assert digests(filesystem) == expected(FILES)
    assert filesystem.findings == []


def test_content_lies_where_its_entry_says():
    image = container({"program.exe": INERT_PROGRAM})
    entries, _findings = listed(filesystem_of(image))
    (start, length) = entries["program.exe"].extents[0]
    assert image[start : start + length] == INERT_PROGRAM


def test_a_file_that_no_folder_names_is_listed_and_said():
    entries, findings = listed(filesystem_of(container({"a.txt": b"a", "gone.exe": Placed(content=INERT_PROGRAM, named=False)})))
    assert set(entries) == {"a.txt", "unnamed 17"}
    assert [(finding.id, finding.evidence[0].path) for finding in findings] == [("walk.hidden-from-walker", "unnamed 17")]


def test_long_attributes_are_streams():
    image = container({"a.txt": Placed(content=b"a", streams={"com.apple.ResourceFork": INERT_PROGRAM})})
    filesystem = filesystem_of(image)
    entries, _findings = listed(filesystem)
    stream = entries["a.txt:com.apple.ResourceFork"]
    assert stream.stream == "com.apple.ResourceFork"
    assert filesystem.content(stream).read(0, 10_000) == INERT_PROGRAM


def test_links_hidden_flags_and_holes_are_seen():
    files = {
        "link": Placed(mode=LINK, attributes={"com.apple.fs.symlink": b"../elsewhere\0"}),
        "quiet": Placed(content=b"q", flags=0x8000),
        "sparse": Placed(content=b"end", hole=BLOCK),
    }
    filesystem = filesystem_of(container(files))
    entries, _findings = listed(filesystem)
    assert filesystem.content(entries["link"]).read(0, 100) == b"../elsewhere"
    assert entries["quiet"].hidden
    assert filesystem.content(entries["sparse"]).read(0, 2 * BLOCK) == bytes(BLOCK) + b"end"


def test_files_that_the_filesystem_compressed_are_unfolded():
    plain = b"#!/bin/sh\necho hello\n" * 50
    chunk = zlib.compress(plain)
    table = struct.pack("<III", 1, 12, len(chunk)) + chunk
    fork = struct.pack(">IIII", 256, 256 + len(table), len(table), 0).ljust(256, b"\0") + struct.pack(">I", len(table)) + table
    files = {
        "short": Placed(flags=0x20, attributes={"com.apple.decmpfs": folded(3, plain)}),
        "long": Placed(flags=0x20, attributes={"com.apple.decmpfs": folded(4, plain, b"")}, streams={"com.apple.ResourceFork": fork}),
    }
    filesystem = filesystem_of(container(files))
    assert digests(filesystem) == expected({"short": plain, "long": plain})
    assert filesystem.findings == []


def test_a_compression_that_is_not_read_is_said():
    files = {"apple.txt": Placed(flags=0x20, attributes={"com.apple.decmpfs": folded(11, b"x" * 900, b"bvx2")})}
    entries, findings = listed(filesystem_of(container(files)))
    assert entries["apple.txt"].got == 0
    assert [(finding.id, finding.evidence[0].path) for finding in findings] == [("walk.unreadable", "apple.txt")]


def test_an_encrypted_volume_is_said_to_be_encrypted():
    with pytest.raises(EncryptedVolume):
        filesystem_of(container({"a.txt": b"a"}, encrypted=True))


def test_snapshots_are_said():
    _entries, findings = listed(filesystem_of(container({"a.txt": b"a"}, snapshots=2)))
    assert [finding.severity for finding in findings] == [Severity.MEDIUM]


def test_a_list_of_files_that_is_gone_is_said():
    image = container({"a.txt": b"a"})
    entries, findings = listed(filesystem_of(with_bytes(image, (7 * BLOCK, bytes(BLOCK)))))
    assert entries == {}
    assert [finding.severity for finding in findings] == [Severity.MEDIUM]


def test_a_container_without_a_volume_is_unreadable():
    with pytest.raises(Unreadable):
        filesystem_of(with_bytes(container({"a.txt": b"a"}), (2 * BLOCK, bytes(BLOCK))))


def test_the_newest_state_counts_only_when_its_checksum_holds():
    image = container({"a.txt": b"a"})
    newer = with_bytes(image, (BLOCK + 16, struct.pack("<Q", 9)), (BLOCK + 160, struct.pack("<Q", 99)))
    assert not whole(newer[BLOCK : 2 * BLOCK])
    assert whole(image[BLOCK : 2 * BLOCK])
    assert digests(filesystem_of(newer)) == expected({"a.txt": b"a"})


def test_a_program_that_no_live_file_owns_is_recovered_from_a_container():
    image = container({"a.txt": b"a" * 5000, "b.bin": b"b" * 20_000})
    (place,) = listed(filesystem_of(image))[0]["b.bin"].extents
    removed = container({"a.txt": b"a" * 5000, "b.bin": Placed(content=b"b" * 20_000, hole=0)})
    assert [path for path in listed(filesystem_of(removed))[0] if path.startswith("$")] == []
    program = whole_program(5, 12_000)
    larger = with_bytes(image, (36, struct.pack("<IQ", BLOCK, len(image) // BLOCK + 4)), (len(image), program.ljust(4 * BLOCK, b"\0")))
    entries, findings = listed(filesystem_of(larger))
    (found,) = [entry for path, entry in entries.items() if path.startswith("$FreeSpace/")]
    assert found.deleted
    assert found.extents == ((len(image), len(program)),)
    assert place[0] < len(image)
    assert findings == []


def test_a_name_that_leads_to_an_impossible_number_is_said_and_never_read():
    image = container({"a.txt": b"a", "b.txt": b"b"})
    at = image.index(struct.pack("<QQH", 17, 0, 8))
    entries, findings = listed(filesystem_of(with_bytes(image, (at, struct.pack("<Q", 1 << 58)))))
    assert set(entries) == {"a.txt", "unnamed 17"}
    assert [(finding.id, finding.evidence[0].path) for finding in findings] == [
        ("walk.unreadable", "b.txt"),
        ("walk.hidden-from-walker", "unnamed 17"),
    ]


def by_lzvn(plain: bytes, period: int) -> bytes:
    """*plain*, which repeats itself every *period* bytes, as LZVN: its first period as it stands, then repetitions in all their forms."""
    out = b"\xe0" + bytes([period - 16]) + plain[:period]
    out += bytes([0b00_011_111]) + struct.pack("<H", period)  # six more, with a distance of sixteen bits
    out += bytes([0b10_010_110]) + plain[period + 6 : period + 8]  # two as they stand, five more from the same distance
    out += bytes([0b101_01_010]) + struct.pack("<H", period << 2 | 1) + plain[period + 13 : period + 14]  # one, then twelve
    at, rest = period + 26, len(plain) - period - 26
    out += bytes([0b01_000_000 | period >> 8, period & 255]) + plain[at : at + 1]
    rest -= 4
    while rest > 15:
        repeated = min(271, rest)
        out += bytes([0xF0, repeated - 16])
        rest -= repeated
    return out + (bytes([0xF0 | rest]) if rest else b"") + b"\x0e\x06" + bytes(7)


@pytest.mark.parametrize("period", [20, 100, 251])
def test_lzvn_gives_back_what_it_stands_for(period):
    plain = (random.Random(period).randbytes(period) * 4000)[:70_003]
    packed = by_lzvn(plain, period)
    assert lzvn(packed, len(plain)) == plain
    assert lzvn(packed, 1000) == plain[:1000]
    for cut in range(0, len(packed), 7):
        assert plain.startswith(lzvn(packed[:cut], len(plain)))
    assert lzvn(b"\x03\xff", 100) == lzvn(b"\x1e", 100) == lzvn(b"", 100) == b""


def test_files_compressed_by_lzvn_are_unfolded():
    plain = (random.Random(9).randbytes(120) * 2000)[:150_000]
    chunks = [by_lzvn(plain[:65_536], 120), b"\x06" + plain[65_536:131_072], by_lzvn(plain[131_072:], 120)]
    places = [16]
    for chunk in chunks:
        places.append(places[-1] + len(chunk))
    fork = struct.pack("<4I", *places) + b"".join(chunks)
    files = {
        "short": Placed(flags=0x20, attributes={"com.apple.decmpfs": folded(7, plain[:2000], by_lzvn(plain[:2000], 120))}),
        "as it is": Placed(flags=0x20, attributes={"com.apple.decmpfs": folded(7, b"words", b"\x06words")}),
        "long": Placed(flags=0x20, attributes={"com.apple.decmpfs": folded(8, plain, b"")}, streams={"com.apple.ResourceFork": fork}),
    }
    filesystem = filesystem_of(container(files))
    assert digests(filesystem) == expected({"short": plain[:2000], "as it is": b"words", "long": plain})
    assert filesystem.findings == []
