"""What lies where no file owns the medium: found on every filesystem, weighed, and told from what any used medium holds."""

import random
import shutil
import struct
from pathlib import Path

import pytest

from gifthorse.demonstration.gifts import photo_frame
from gifthorse.demonstration.media import Format
from gifthorse.inspect import engine
from gifthorse.inspect.layout.boot_sectors import fat_shape
from gifthorse.inspect.walk import raw_exfat, raw_fat, second_fat
from gifthorse.inspect.walk.entries import Entry
from gifthorse.model.findings import Finding, Severity
from tests.samples.disks import (
    INERT_PROGRAM,
    MIB,
    ext_by_tools,
    fat_by_tools,
    filesystem_of,
    listed,
    ntfs_by_tools,
    own_volume,
    run,
    sample_files,
    whole_program,
    with_bytes,
)

PROGRAM = whole_program()
FORMATS = tuple(Format)
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0"


def free_place(image: bytes, near: float = 0.6) -> int:
    """A byte of *image*, on a cluster of 4 KiB from wherever clusters are counted, with a mebibyte of zeros before and behind it."""
    at = int(len(image) * near) // MIB * MIB
    while image[at - MIB : at + MIB].count(0) < 2 * MIB:
        at += MIB
    return at


def on_cluster(image: bytes) -> int:
    """A free place of a FAT or exFAT volume that is a cluster's first byte."""
    shape = fat_shape(image[:512])
    data_at = shape.data_sector * 512 if shape else int.from_bytes(image[88:92], "little") << 9
    unit = shape.cluster_sectors * 512 if shape else 1 << (9 + image[109])
    return data_at + (free_place(image) - data_at) // unit * unit


def recovered(image: bytes | Path) -> tuple[dict[str, Entry], list[Finding]]:
    entries, findings = listed(filesystem_of(image))
    return {path: entry for path, entry in entries.items() if path.startswith("$")}, findings


def told(findings: list[Finding]) -> list[tuple[str, Severity]]:
    return [(finding.id, finding.severity) for finding in findings]


def body_of(image: bytes, entry: Entry) -> bytes:
    return b"".join(image[start : start + length] for start, length in entry.extents or ())


BIGGER = {Format.FAT12: 6 * MIB, Format.FAT16: 16 * MIB, Format.FAT32: 40 * MIB, Format.EXFAT: 16 * MIB}


@pytest.mark.parametrize("format_", FORMATS)
def test_a_whole_program_in_free_space_is_recovered_byte_for_byte(format_):
    image = own_volume(format_, sample_files(), size=BIGGER[format_])
    at = on_cluster(image)
    marked = with_bytes(image, (at, PROGRAM))
    entries, findings = recovered(marked)
    (entry,) = entries.values()
    assert entry.path == f"$FreeSpace/at byte {at}"
    assert entry.deleted
    assert body_of(marked, entry) == PROGRAM
    assert findings == []  # it is told when its content has been examined, as any deleted program
    assert recovered(image) == ({}, [])


@pytest.mark.needs_disk_tools
def test_a_whole_program_in_free_space_of_ntfs_and_ext_is_recovered(tmp_path):
    image = ntfs_by_tools(tmp_path, {"a.txt": b"a"}).read_bytes()
    images = [with_bytes(image, (free_place(image), PROGRAM))]
    for kind in ("ext2", "ext3", "ext4"):
        image = ext_by_tools(tmp_path, {"a.txt": b"a"}, kind=kind).read_bytes()
        images.append(with_bytes(image, (free_place(image, 0.9), PROGRAM)))
        shutil.rmtree(tmp_path / f"source-{kind}")
    for image in images:
        entries, findings = recovered(image)
        assert [body_of(image, entry) for entry in entries.values()] == [PROGRAM]
        assert findings == []


@pytest.mark.needs_disk_tools
def test_ntfs_and_ext_volumes_full_of_live_programs_give_nothing(tmp_path):
    files = {f"{number}.exe": whole_program(number) for number in range(40)}
    assert recovered(ntfs_by_tools(tmp_path, files)) == ({}, [])
    for kind in ("ext2", "ext4"):
        assert recovered(ext_by_tools(tmp_path, files, kind=kind)) == ({}, [])
        shutil.rmtree(tmp_path / f"source-{kind}")


def test_a_header_alone_or_a_program_that_another_file_has_cut_is_a_fragment_and_low():
    image = own_volume(Format.FAT32, {"a.txt": b"a"})
    at = on_cluster(image)
    cut = PROGRAM[:8192] + JPEG + PROGRAM[8192 + len(JPEG) :]
    for body in (INERT_PROGRAM, b"#!/bin/sh\necho\n", PROGRAM[:6000], cut[:8192] + INERT_PROGRAM + PROGRAM[8192 + len(INERT_PROGRAM) :]):
        entries, findings = recovered(with_bytes(image, (at, body)))
        assert entries == {}
        assert told(findings) == [("walk.deleted-executable", Severity.LOW)]
        assert findings[0].evidence[0].medium_offset == at


def test_archives_and_documents_in_free_space_are_worth_a_line_and_pictures_are_not():
    image = own_volume(Format.FAT16, {"a.txt": b"a"})
    at = on_cluster(image)
    archive = b"PK\3\4\x14\0\0\0\x08\0" + bytes(16) + struct.pack("<HH", 5, 0) + b"a.txt"
    entries, findings = recovered(with_bytes(image, (at, archive), (at + 65536, b"%PDF-1.7\n"), (at + 131072, JPEG * 100)))
    assert entries == {}
    assert told(findings) == [("layout.gap-with-data", Severity.INFO)]
    assert [place.medium_offset for place in findings[0].evidence] == [at, at + 65536]


def test_encrypted_looking_free_space_is_told_unless_a_picture_or_film_begins_it():
    image = own_volume(Format.FAT32, {"a.txt": b"a"})
    at = on_cluster(image)
    noise = random.Random(7).randbytes(4 * MIB)
    _entries, findings = recovered(with_bytes(image, (at, noise)))
    assert told(findings) == [("layout.gap-with-data", Severity.LOW)]
    place = findings[0].evidence[0]
    assert at <= place.offset < at + MIB
    assert 2 * MIB <= place.length <= 4 * MIB
    for head in (JPEG, b"\0\0\0\x20ftypisom", b"\x1aE\xdf\xa3"):
        assert recovered(with_bytes(image, (at, head + noise)))[1] == []
    assert recovered(with_bytes(image, (at, b"the quick brown fox " * 200_000)))[1] == []


def table_word(image: bytes, at: int, word: int, copies: tuple[int, ...] = (0, 1)) -> bytes:
    """*image*, a FAT32 volume, with the table's word for the cluster at byte *at*."""
    shape = fat_shape(image[:512])
    cluster = 2 + (at - shape.data_sector * 512) // (shape.cluster_sectors * 512)
    places = [(shape.reserved + copy * shape.table_sectors) * 512 + 4 * cluster for copy in copies]
    return with_bytes(image, *((place, struct.pack("<I", word)) for place in places))


def test_data_in_clusters_marked_as_bad_or_that_no_file_leads_to_is_found():
    image = own_volume(Format.FAT32, sample_files())
    at = on_cluster(image)
    hidden = with_bytes(image, (at, b"kept from sight"))
    for word in (0x0FFFFFF7, 0x0FFFFFFF):
        (finding,) = recovered(table_word(hidden, at, word))[1]
        assert (finding.id, finding.severity) == ("layout.gap-with-data", Severity.LOW)
        assert finding.evidence[0].medium_offset == at
        assert recovered(table_word(image, at, word))[1] == []
    assert recovered(hidden)[1] == []


def test_a_program_in_clusters_marked_as_bad_is_recovered():
    image = own_volume(Format.FAT32, sample_files())
    at = on_cluster(image)
    hidden = with_bytes(image, (at, PROGRAM))
    for number in range(-(-len(PROGRAM) // 512)):
        hidden = table_word(hidden, at + 512 * number, 0x0FFFFFF7)
    entries, findings = recovered(hidden)
    assert [body_of(hidden, entry) for path, entry in entries.items() if path.startswith("$BadClusters/")] == [PROGRAM]
    assert told(findings) == [("layout.gap-with-data", Severity.LOW)]


def test_a_megabyte_in_clusters_marked_as_bad_weighs_medium():
    image = own_volume(Format.FAT32, {"a.txt": b"a"})
    shape, at = fat_shape(image[:512]), on_cluster(image)
    first = 2 + (at - shape.data_sector * 512) // 512
    words = struct.pack("<I", 0x0FFFFFF7) * 2100
    places = [(shape.reserved + copy * shape.table_sectors) * 512 + 4 * first for copy in (0, 1)]
    hidden = with_bytes(image, (at, b"words " * 179_000), *((place, words) for place in places))
    assert ("layout.gap-with-data", Severity.MEDIUM) in told(recovered(hidden)[1])


def test_a_second_copy_of_the_table_that_leads_elsewhere_is_found():
    image = own_volume(Format.FAT32, sample_files())
    at = on_cluster(image)
    _entries, findings = recovered(table_word(image, at, 0x0FFFFFFF, copies=(1,)))
    assert told(findings) == [("layout.backup-differs", Severity.LOW)]


@pytest.mark.needs_disk_tools
def test_what_was_on_a_stick_before_it_was_formatted_again_is_recovered_by_name(tmp_path):
    files = {"Tools/setup.exe": PROGRAM, "Tools/Deep/notes about it.txt": b"words", "Tools/.hidden": b"h"}
    image = fat_by_tools(tmp_path, files)
    run("mkfs.fat", "-F32", image)
    entries, findings = recovered(image)
    names = {path.rpartition("/")[2]: entry for path, entry in entries.items()}
    assert set(names) == {"setup.exe", "notes about it.txt", ".hidden"}
    assert body_of(image.read_bytes(), names["setup.exe"]) == PROGRAM
    assert findings == []  # the program has a name, so it is not told as one without


def test_a_deleted_program_that_its_folder_still_names_is_told_once(tmp_path):
    place = tmp_path / "frame.img"
    with place.open("wb") as target:
        photo_frame(target)
    told = [finding for finding in engine.inspect(str(place)).findings if finding.id == "walk.deleted-executable"]
    assert [(finding.evidence[0].path, finding.severity) for finding in told] == [("Photos/setup.exe", Severity.MEDIUM)]


def test_a_program_without_a_name_is_examined_and_told_with_its_digest(tmp_path):
    image = own_volume(Format.FAT32, {"a.txt": b"a"})
    at = on_cluster(image)
    place = tmp_path / "stick.img"
    place.write_bytes(with_bytes(image, (at, PROGRAM)))
    inspection = engine.inspect(str(place))
    (finding,) = [finding for finding in inspection.findings if finding.id == "walk.deleted-executable"]
    assert (finding.severity, finding.evidence[0].path) == (Severity.MEDIUM, f"$FreeSpace/at byte {at}")
    assert finding.evidence[0].sha256
    assert {finding.id for finding in inspection.findings if finding.severity.rank > 1} == {"walk.deleted-executable"}


def test_the_beginning_of_a_program_behind_the_end_of_a_file_is_found():
    image = own_volume(Format.EXFAT, {"a.txt": b"a" * 700}, size=16 * MIB)
    entry = listed(filesystem_of(image))[0]["a.txt"]
    at = entry.extents[0][0] + 1024
    finding, rest = recovered(with_bytes(image, (at, INERT_PROGRAM)))[1]
    assert (finding.id, finding.severity, finding.evidence[0].medium_offset) == ("walk.deleted-executable", Severity.LOW, at)
    assert (rest.id, rest.severity) == ("layout.gap-with-data", Severity.INFO)


def test_whatever_stands_behind_the_end_of_a_file_is_worth_a_line():
    image = own_volume(Format.EXFAT, {"a.txt": b"a" * 700}, size=16 * MIB)
    end = sum(listed(filesystem_of(image))[0]["a.txt"].extents[0])
    assert recovered(image)[1] == []
    for at in (end, end + 1000):
        assert told(recovered(with_bytes(image, (at, b"older words")))[1]) == [("layout.gap-with-data", Severity.INFO)]


@pytest.mark.parametrize("format_", [Format.FAT32, Format.EXFAT])
def test_free_space_beyond_what_is_looked_at_is_said(format_, monkeypatch):
    image = own_volume(format_, sample_files(), size=BIGGER[format_])
    assert not any(finding.id == "walk.unreadable" for finding in recovered(image)[1])
    monkeypatch.setattr(second_fat, "CLUSTERS_MOST", 500)
    limits = [finding for finding in recovered(image)[1] if finding.id == "walk.unreadable"]
    assert [finding.severity for finding in limits] == [Severity.LOW]
    assert "the first 500 of" in limits[0].detail.in_english()


@pytest.mark.parametrize("format_", [Format.FAT16, Format.EXFAT])
def test_a_listing_of_ours_that_stops_at_its_limit_is_said(format_, monkeypatch):
    image = own_volume(format_, sample_files(), size=BIGGER[format_])
    monkeypatch.setattr(raw_exfat if format_ is Format.EXFAT else raw_fat, "ENTRIES_LIMIT", 2)
    details = [finding.detail.in_english() for finding in recovered(image)[1] if finding.id == "walk.unreadable"]
    assert any("The listing stopped after" in detail for detail in details)
