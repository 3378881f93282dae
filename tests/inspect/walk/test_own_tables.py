"""Words among the tables of each filesystem, which no file holds: told, with their place; and the tables themselves, silent."""

import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gifthorse.demonstration.media import Format
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.disc_records import rests
from gifthorse.inspect.walk.letters import strange_letters
from gifthorse.inspect.walk.ntfs_records import strange_pages, unlike, unused_of
from gifthorse.inspect.walk.raw_exfat import raw_exfat
from gifthorse.model.findings import Finding, Severity
from tests.samples.apple_disks import Placed, container
from tests.samples.archives import iso_of
from tests.samples.disks import MIB, Medium, ext_by_tools, filesystem_of, listed, ntfs_by_tools, own_volume, with_bytes
from tests.samples.hfs_disks import BLOCK, hfs_of

FILES = {"a.txt": b"a", "folder/a name with some blanks that is as long as a sentence may be, and even longer.txt": b"b"}
WORDS = b"the boat leaves from the third pier when the lamp is out\n" * 4
GAP = ("layout.gap-with-data", Severity.INFO)


def findings(image: bytes) -> list[Finding]:
    return listed(filesystem_of(image))[1]


def told(image: bytes) -> list[tuple[str, Severity]]:
    return [(finding.id, finding.severity) for finding in findings(image)]


def blocks_of(image: Path, inode: str) -> list[int]:
    said = subprocess.run(["debugfs", "-R", f"blocks {inode}", image], capture_output=True, text=True, check=True).stdout
    return [int(word) for word in said.split()]


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("inode", ["<7>", "<8>", "/"])
def test_words_in_the_journal_reserve_or_root_folder_of_linux_are_told(tmp_path: Path, inode: str) -> None:
    path = ext_by_tools(tmp_path, FILES, options=("-b", "1024"))
    image = path.read_bytes()
    assert told(image) == []
    at = blocks_of(path, inode)[-1] * 1024 + 700
    (finding,) = findings(with_bytes(image, (at, WORDS)))
    assert (finding.id, finding.severity, finding.evidence[0].medium_offset) == (*GAP, at)


@pytest.mark.needs_disk_tools
def test_words_among_the_inodes_of_linux_are_told_unless_small_files_live_there(tmp_path: Path) -> None:
    for options, expected in ((("-b", "1024"), [GAP]), (("-b", "1024", "-O", "inline_data"), [])):
        (tmp_path / options[-1]).mkdir()
        image = ext_by_tools(tmp_path / options[-1], {"a.txt": WORDS[:100]}, options=options).read_bytes()
        table = int.from_bytes(image[2048 + 8 : 2048 + 12], "little") * 1024
        assert told(image) == []
        marked = told(with_bytes(image, (table + 256 * 40, WORDS[:64])))
        assert [one for one in marked if one == GAP] == expected


def ntfs_runs(image: bytes, number: int, stream: bytes | None = None) -> list[tuple[int, int]]:
    opened = filesystem_of(image)._opened.open_meta(number)  # type: ignore[attr-defined]
    unit = image[13] * 512
    return [(run.addr * unit, run.len * unit) for one in opened if int(one.info.type) == 128 and one.info.name == stream for run in one]


def ntfs_places(image: bytes) -> Iterator[tuple[str, int]]:
    (table, _length), *_more = ntfs_runs(image, 0)
    used = int.from_bytes(image[table + 26 * 1024 + 24 : table + 26 * 1024 + 28], "little")
    yield "behind the attributes of a record", table + 26 * 1024 + used + 8
    yield "in a record that is not in use", table + 18 * 1024 + 200
    (mirror, _length), *_more = ntfs_runs(image, 1)
    yield "behind a record of the copy", mirror + 3 * 1024 + 520
    start, length = ntfs_runs(image, 2)[-1]
    yield "in the log", start + length - 9000
    for number, stream in ((4, None), (6, None), (9, b"$SDS")):
        start, length = ntfs_runs(image, number, stream)[-1]
        yield f"behind the end of file {number}", start + length - 300
    yield "in the table of letters", ntfs_runs(image, 10)[0][0] + 9000


@pytest.mark.needs_disk_tools
def test_words_in_every_table_of_ntfs_are_told_once(tmp_path: Path) -> None:
    image = ntfs_by_tools(tmp_path, {"a.txt": b"a"}).read_bytes()
    assert told(image) == []
    for place, at in ntfs_places(image):
        marked = findings(with_bytes(image, (at, WORDS[:90])))
        assert [(finding.id, finding.severity) for finding in marked] == [GAP], place
        offset = marked[0].evidence[0].medium_offset
        assert offset is not None
        assert at <= offset < at + 90


@pytest.mark.needs_disk_tools
def test_a_copy_of_the_first_records_of_ntfs_that_says_something_else_is_told(tmp_path: Path) -> None:
    image = ntfs_by_tools(tmp_path, {"a.txt": b"a"}).read_bytes()
    (mirror, _length), *_more = ntfs_runs(image, 1)
    assert told(with_bytes(image, (mirror + 1024 + 200, b"\xaa\xbb"))) == [("layout.backup-differs", Severity.LOW)]


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize(("number", "stream"), [("7", "$J"), ("6", "$Bad"), ("8", "note"), ("3", "")])
def test_a_stream_of_one_of_the_own_files_of_ntfs_is_listed_whatever_its_name(tmp_path: Path, number: str, stream: str) -> None:
    image = ntfs_by_tools(tmp_path, {"a.txt": b"a"})
    (tmp_path / "words").write_bytes(WORDS)
    names = {"7": "$Boot", "6": "$Bitmap", "8": "$BadClus", "3": "$Volume"}
    options = ["-N", stream] if stream else []
    done = subprocess.run(["ntfscp", "-f", *options, image, tmp_path / "words", names[number]], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    entries = listed(filesystem_of(image))[0]
    path = names[number] + (f":{stream}" if stream else "")
    assert bytes(filesystem_of(image).content(entries[path]).read(0, 1000)) == WORDS
    assert [one for one in entries if one.startswith("$")] == [path]


def hfs_places(image: bytes) -> Iterator[int]:
    yield BLOCK + 9  # behind the last bit of the map
    yield 5 * BLOCK + 2000  # in the leaf of the catalogue
    yield 2 * BLOCK + 600  # in the header of the tree of extents


def test_words_in_the_map_and_trees_of_hfs_are_told() -> None:
    image = hfs_of({"a.txt": b"a", "a name with some blanks that is as long as a sentence.txt": b"b"})
    assert told(image) == []
    for at in hfs_places(image):
        (finding,) = findings(with_bytes(image, (at, WORDS[:100])))
        assert (finding.id, finding.severity, finding.evidence[0].medium_offset) == (*GAP, at)


@pytest.mark.parametrize("kind", [Format.FAT12, Format.FAT16, Format.FAT32, Format.EXFAT])
def test_words_behind_the_end_of_a_folder_are_told(kind: Format) -> None:
    image = own_volume(
        kind, {"folder/a.txt": b"a" * 100}, size=40 * MIB if kind is Format.FAT32 else 16 * MIB if kind is Format.EXFAT else None
    )
    assert told(image) == []
    place = image.index("a.txt".encode("utf-16-le") if kind is Format.EXFAT else b"A       TXT") // 512 * 512 + 320
    assert told(with_bytes(image, (place, WORDS[:100]))) == [GAP]


def test_bits_of_a_fat_table_that_say_nothing_are_told() -> None:
    image = own_volume(Format.FAT32, {"a.txt": b"a"})
    table = int.from_bytes(image[14:16], "little") * 512
    copy = table + int.from_bytes(image[36:40], "little") * 512
    changed = [(start + 4 * (50 + number) + 3, bytes([0x50 + number % 16 * 16 & 0xF0])) for start in (table, copy) for number in range(8)]
    assert told(with_bytes(image, *changed)) == [GAP]


def test_words_in_the_table_of_letters_of_exfat_are_told() -> None:
    image = own_volume(Format.EXFAT, {"a.txt": b"a"}, size=16 * MIB)
    volume = raw_exfat(PatientReader(Medium(image)), 0)
    assert volume is not None
    ((at, _length),) = volume.letters()
    assert set(told(with_bytes(image, (at + 600, WORDS[:100])))) == {GAP}


def test_words_between_and_behind_the_records_of_a_disc_are_told() -> None:
    image = iso_of({"a.txt": b"a" * 3000})
    assert told(image) == []
    root = int.from_bytes(image[32768 + 158 : 32768 + 162], "little") * 2048
    for at in (root + 1500, len(image) - 1000, 18 * 2048 + 9 if image[18 * 2048] == 0 else root + 1200):
        assert told(with_bytes(image, (at, WORDS))) == [GAP]


def test_what_a_record_uses_is_not_told() -> None:
    record = bytearray(b"FILE" + bytes(20) + struct.pack("<II", 300, 1024) + bytes(992))
    record[100:300] = b"x" * 200
    record[510:512] = record[1022:1024] = b"\7\0"
    assert list(unused_of(bytes(record))) == []
    record[300:340] = b"y" * 40
    assert [at for at, _piece in unused_of(bytes(record))] == [300]
    assert list(unused_of(b"BAAD" + bytes(record[4:]))) == []
    assert list(unused_of(bytes(1024))) == []
    assert list(unused_of(WORDS.ljust(1024, b"."))) == [(0, WORDS.ljust(1024, b"."))]
    assert unlike(bytes(record), bytes(record)) == 0
    assert unlike(bytes(record), bytes(record[:150] + b"zz" + record[152:])) == 2


def test_pages_of_a_log_are_told_from_others() -> None:
    used = [mark.ljust(4096, b"\1") for mark in (b"RSTR", b"RCRD", b"CHKD")]
    log = b"".join([*used, b"\xff" * 4096, bytes(4096), b"\xff" * 4000 + b"x" * 96, WORDS.ljust(4096, b"\xff")])
    assert [at for at, _page in strange_pages(log)] == [5 * 4096, 6 * 4096]


@pytest.mark.parametrize("make", [lambda word: word, lambda word: ord(chr(word).upper()[0])])
def test_letters_and_their_capitals_are_not_strange(make: Callable[[int], int]) -> None:
    table = struct.pack("<65536H", *(make(word) & 0xFFFF for word in range(65536)))
    assert list(strange_letters(table)) == []
    ((at, length),) = strange_letters(table[:800] + WORDS[:100] + table[900:])
    assert 800 <= at < at + length <= 900


def test_the_end_of_a_block_of_records_is_what_follows_the_last() -> None:
    folder = (b"\x22" + bytes(33) + b"\x24" + bytes(35)).ljust(2048, b"\0")
    assert list(rests(folder, 2048)) == []
    assert list(rests(folder[:200] + b"\0words" + folder[206:] + folder, 2048)) == [(70, 1978)]


def test_a_long_attribute_of_a_file_on_an_apple_volume_is_a_stream() -> None:
    long, short = WORDS * 4, b"green"
    apple = hfs_of({"a.txt": b"a"}, {("a.txt", "payload"): long, ("a.txt", "colour"): short})
    container_of_it = container({"a.txt": Placed(content=b"a", attributes={"payload": long, "colour": short})})
    for image in (apple, container_of_it):
        opened = filesystem_of(image)
        entries = listed(opened)[0]
        assert set(entries) == {"a.txt", "a.txt:payload"}
        assert entries["a.txt:payload"].stream == "payload"
        assert opened.content(entries["a.txt:payload"]).read(0, 5000) == long
        assert listed(filesystem_of(image))[1] == []
