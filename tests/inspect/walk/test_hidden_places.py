"""A program put where no folder leads to, on each filesystem in the places that it offers; and the same volumes without it, silent."""

import re
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gifthorse.demonstration.media import Format
from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.letters import letters_length
from gifthorse.model.findings import Finding, Severity
from tests.samples.archives import iso_of
from tests.samples.discs import bridge, without_iso
from tests.samples.disks import (
    MIB,
    ext_by_tools,
    filesystem_of,
    iso_by_tools,
    listed,
    ntfs_by_tools,
    own_volume,
    run,
    spread,
    whole_program,
    with_bytes,
)

PROGRAM = whole_program(41)
TEXT = b"the parcel is behind the third door, ask for the porter\n" * 8


def body_of(image: bytes, entry: Entry) -> bytes:
    return b"".join(image[start : start + length] for start, length in entry.extents or ())


def recovered(image: bytes) -> list[str]:
    """Paths of the deleted entries that are the program, byte for byte."""
    entries, _findings = listed(filesystem_of(image))
    return [path for path, entry in entries.items() if entry.deleted and body_of(image, entry) == PROGRAM]


def told(image: bytes) -> list[tuple[str, Severity]]:
    found: list[Finding] = listed(filesystem_of(image))[1]
    return [(finding.id, finding.severity) for finding in found]


def commands(image: Path, *lines: str) -> bytes:
    script = image.with_suffix(".commands")
    script.write_text("\n".join(lines) + "\n")
    run("debugfs", "-w", "-f", script, image)
    return image.read_bytes()


def said_by(tool: str, *words: str | Path) -> str:
    return subprocess.run([tool, *map(str, words)], capture_output=True, text=True, check=True).stdout


def in_journal(image: Path, body: bytes) -> int:
    blocks = said_by("debugfs", "-R", "blocks <8>", image).split()
    return int(blocks[len(blocks) // 2]) * block_of(body)


def in_reserve(image: Path, body: bytes) -> int:
    found = re.search(r"Reserved GDT blocks at (\d+)-", said_by("dumpe2fs", image))
    assert found
    return (int(found[1]) + 2) * block_of(body)


def among_inodes(image: Path, body: bytes) -> int:
    found = re.search(r"Inode table at \d+-(\d+)", said_by("dumpe2fs", image))
    assert found
    return (int(found[1]) - 24) * block_of(body)


def block_of(body: bytes) -> int:
    return 1024 << int.from_bytes(body[1048:1052], "little")


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("place", [in_journal, in_reserve, among_inodes])
def test_a_program_within_the_tables_of_a_linux_filesystem_is_recovered(tmp_path: Path, place: Callable[[Path, bytes], int]) -> None:
    image = ext_by_tools(tmp_path, {"a.txt": b"a"})
    body = image.read_bytes()
    assert told(body) == []
    at = place(image, body)
    assert recovered(with_bytes(body, (at, PROGRAM))) == [f"$OwnAreas/at byte {at}"]


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("change", ["sif a.exe size 0", "sif a.exe mode 0010644", "sif a.exe mode 0060644"])
def test_a_program_that_its_own_entry_denies_is_recovered(tmp_path: Path, change: str) -> None:
    image = ext_by_tools(tmp_path, {"a.exe": PROGRAM})
    assert recovered(image.read_bytes()) == []
    (path,) = recovered(commands(image, change))
    assert path.startswith("$OwnAreas/")


@pytest.mark.needs_disk_tools
def test_a_program_in_an_extended_attribute_is_a_stream_of_its_file(tmp_path: Path) -> None:
    small, large = PROGRAM[:2900], PROGRAM[:1024]  # the tool writes no longer ones
    for options, body in ((("-b", "4096"), small), (("-O", "ea_inode"), large)):
        image = ext_by_tools(tmp_path, {"a.txt": b"a"}, options=options)
        (tmp_path / "value").write_bytes(body)
        changed = commands(image, f"ea_set -f {tmp_path / 'value'} a.txt user.payload", "ea_set a.txt user.note short")
        entries = listed(filesystem_of(changed))[0]
        stream = entries["a.txt:user.payload"]
        assert body_of(changed, stream) == body
        assert stream.stream == "user.payload"
        assert [path for path in entries if path.startswith(("$", "a.txt:"))] == ["a.txt:user.payload"]
        run("rm", "-r", tmp_path / "source-ext4")


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("number", [2, 10, 0])
def test_a_program_within_the_tables_of_ntfs_is_recovered(tmp_path: Path, number: int) -> None:
    """The log, the table of letters, and behind the last record of the table of files."""
    body = ntfs_by_tools(tmp_path, {"a.txt": b"a"}).read_bytes()
    assert told(body) == []
    opened = filesystem_of(body)._opened.open_meta(number)  # type: ignore[attr-defined]
    runs = [(run_.addr, run_.len) for attribute in opened if int(attribute.info.type) == 128 for run_ in attribute]
    cluster = body[13] * 512
    end = (runs[0][0] + runs[0][1]) * cluster
    at = end - 24_576
    found = recovered(with_bytes(body, (at, PROGRAM)))
    assert f"$OwnAreas/at byte {at}" in found


@pytest.mark.needs_disk_tools
def test_clusters_of_ntfs_that_are_said_to_be_in_use_hide_nothing(tmp_path: Path) -> None:
    body = ntfs_by_tools(tmp_path, {"a.txt": b"a"}).read_bytes()
    cluster = body[13] * 512
    at = len(body) * 2 // 3 // MIB * MIB
    bitmap = filesystem_of(body)._opened.open_meta(6)  # type: ignore[attr-defined]
    start = next(run_.addr for attribute in bitmap if int(attribute.info.type) == 128 for run_ in attribute) * cluster
    used = [(start + (at // cluster + number) // 8, b"\xff") for number in range(0, len(PROGRAM) // cluster + 1, 8)]
    assert recovered(with_bytes(body, (at, PROGRAM), *used)) == [f"$OwnAreas/at byte {at}"]


@pytest.mark.needs_disk_tools
def test_what_a_later_session_replaced_or_removed_is_listed_as_deleted(tmp_path: Path) -> None:
    image = tmp_path / "sessions.iso"
    first = spread(tmp_path / "first", {"setup.exe": PROGRAM, "a.txt": b"old", "same.txt": b"same"})
    second = spread(tmp_path / "second", {"setup.exe": b"harmless", "a.txt": b"new"})
    run("xorriso", "-outdev", image, "-blank", "as_needed", "-map", first, "/", "-commit")
    assert recovered(image.read_bytes()) == []
    run("xorriso", "-dev", image, "-map", second, "/", "-commit")
    assert recovered(image.read_bytes()) == ["$EarlierSession 1/setup.exe"]
    run("xorriso", "-dev", image, "-rm", "/setup.exe", "--", "-commit")
    entries, findings = listed(filesystem_of(image))
    assert findings == []
    assert {path for path, entry in entries.items() if entry.deleted} == {
        "$EarlierSession 1/setup.exe",
        "$EarlierSession 1/a.txt",
        "$EarlierSession 2/setup.exe",
    }


@pytest.mark.needs_disk_tools
def test_what_a_computer_starts_from_a_disc_is_listed_though_no_folder_names_it(tmp_path: Path) -> None:
    source = spread(tmp_path / "source", {"a.txt": b"a", "boot.img": PROGRAM[:2048]})
    run("genisoimage", "-quiet", "-b", "boot.img", "-no-emul-boot", "-hide", "boot.img", "-o", tmp_path / "hidden.iso", source)
    run("genisoimage", "-quiet", "-b", "boot.img", "-no-emul-boot", "-o", tmp_path / "named.iso", source)
    body = (tmp_path / "hidden.iso").read_bytes()
    (image,) = [entry for path, entry in listed(filesystem_of(body))[0].items() if path.startswith("$BootImages/")]
    assert body_of(body, image) == PROGRAM[:2048]
    assert not [path for path in listed(filesystem_of(tmp_path / "named.iso"))[0] if path.startswith("$")]


@pytest.mark.needs_disk_tools
def test_a_file_that_no_directory_of_a_disc_names_any_more_is_recovered(tmp_path: Path) -> None:
    body = iso_by_tools(tmp_path, {"A.TXT": b"a", "SUB/X.EXE": PROGRAM}, "-J").read_bytes()
    assert recovered(body) == []
    records = [found.start() - 33 for name in (b"X.EXE;1", "X.EXE".encode("utf-16-be")) for found in re.finditer(name, body)]
    hidden = with_bytes(body, *((at, bytes(body[at])) for at in records))
    assert recovered(hidden) == [f"$FreeSpace/at byte {body.index(PROGRAM)}"]


@pytest.mark.parametrize("kind", ["iso", "udf", "bridge"])
def test_a_program_before_between_or_behind_the_files_of_a_disc_is_recovered(kind: str) -> None:
    disc = iso_of({"a.txt": b"a" * 3000}) if kind == "iso" else bridge({"a.txt": b"a" * 3000, "sub/b.txt": b"b"})
    body = without_iso(disc) if kind == "udf" else disc
    assert told(body) == []
    assert recovered(with_bytes(body, (0, PROGRAM))) == ["$FreeSpace/at byte 0"]
    if kind != "iso":
        assert recovered(with_bytes(body, (204_800, PROGRAM))) == ["$FreeSpace/at byte 204800"]


def exfat_table(image: bytes, kind: int) -> tuple[int, int, int]:
    """(place of its entry, first byte, bytes) of one of an exFAT volume's own tables."""
    heap, root = (int.from_bytes(image[at : at + 4], "little") for at in (88, 96))
    unit = 512 << image[109]
    entry = next(at for at in range(heap * 512 + (root - 2) * unit, len(image), 32) if image[at] == kind)
    cluster, size = struct.unpack_from("<IQ", image, entry + 20)
    return entry, heap * 512 + (cluster - 2) * unit, size


@pytest.mark.parametrize("kind", [0x81, 0x82])
def test_what_stands_behind_a_table_of_exfat_is_told(kind: int) -> None:
    image = own_volume(Format.EXFAT, {"a.txt": b"a"}, size=16 * MIB)
    _entry, at, size = exfat_table(image, kind)
    assert told(image) == []
    assert told(with_bytes(image, (at + size, TEXT[:200]))) == [("layout.gap-with-data", Severity.INFO)]


def test_a_table_of_letters_is_no_longer_than_it_tells_letters() -> None:
    image = own_volume(Format.EXFAT, {"a.txt": b"a"}, size=16 * MIB)
    _entry, at, size = exfat_table(image, 0x82)
    letters = image[at : at + size]
    assert letters_length(letters) == size
    assert letters_length(letters + PROGRAM) <= 2 * size
    assert letters_length(PROGRAM) == letters_length(TEXT) == letters_length(b"") == 0
    plain = struct.pack("<65536H", *(ord(chr(code).upper()[0]) & 0xFFFF for code in range(65536)))
    assert letters_length(plain) == len(plain)
