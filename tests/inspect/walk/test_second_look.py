import random
import shutil
import struct

import pytest

from gifthorse.demonstration.media import Format, PlacedFile
from gifthorse.model.findings import Severity
from tests.samples.disks import (
    INERT_PROGRAM,
    MIB,
    digests,
    expected,
    ext_by_tools,
    fat_by_tools,
    filesystem_of,
    listed,
    ntfs_by_tools,
    own_volume,
    run,
    sample_files,
)

FATS = (Format.FAT12, Format.FAT16, Format.FAT32)


@pytest.mark.parametrize("format_", FATS)
@pytest.mark.parametrize("short", [b"EA DATA  SF", b"PAD 0000 PD", b"COV 0000 ER"])
def test_a_name_that_the_sleuth_kit_leaves_out_is_listed_with_its_content(format_, short):
    body = INERT_PROGRAM + random.Random(1).randbytes(90_000)
    placed = [PlacedFile(path="photo.jpg", content=b"jpeg"), PlacedFile(path="ea", content=body, short_name=short)]
    filesystem = filesystem_of(own_volume(format_, placed))
    entries, findings = listed(filesystem)
    name = f"{short[:8].decode().rstrip()}.{short[8:].decode().rstrip()}"
    if name in {finding.evidence[0].path for finding in findings}:
        assert [finding.id for finding in findings] == ["walk.hidden-from-walker"]
        assert "second-walker" in entries[name].attributes
    else:  # the Sleuth Kit may learn to list it: then there is nothing to say
        assert findings == []
    assert b"".join(filesystem.content(entries[name]).chunks()) == body


def test_the_known_case_is_still_found():
    placed = [PlacedFile(path="photo.jpg", content=b"jpeg"), PlacedFile(path="ea", content=INERT_PROGRAM, short_name=b"EA DATA  SF")]
    _entries, findings = listed(filesystem_of(own_volume(Format.FAT16, placed)))
    assert [(finding.id, finding.severity, finding.evidence[0].path) for finding in findings] == [
        ("walk.hidden-from-walker", Severity.MEDIUM, "EA DATA. SF")
    ]


@pytest.mark.parametrize("format_", FATS)
def test_a_whole_hidden_folder_is_walked(format_):
    placed = [
        PlacedFile(path="HIDDEN", folder=True, short_name=b"EA DATA  SF"),
        PlacedFile(path="HIDDEN/deep/tool.exe", content=INERT_PROGRAM),
    ]
    image = own_volume(format_, placed)
    entries, findings = listed(filesystem_of(image))
    path = next(path for path in entries if path.endswith("deep/tool.exe"))
    assert entries[path].size == len(INERT_PROGRAM)
    assert all(finding.id == "walk.hidden-from-walker" for finding in findings)


def slot(short: bytes, bits: int, cluster: int, size: int) -> bytes:
    return struct.pack("<11sBBB7HI", short, bits, 0, 0, 0, 0x5B65, 0x5B65, cluster >> 16, 0, 0x5B65, cluster & 0xFFFF, size)


def patched_root(image: bytes, change) -> bytes:
    """*image* with its root folder (found by the entry of KEEP.TXT) passed through *change*."""
    at = image.index(b"KEEP    TXT")
    body = bytearray(image)
    folder = bytes(body[at : at + 512])
    body[at : at + 512] = change(folder)[:512].ljust(512, b"\0")
    return bytes(body)


KEEP = [PlacedFile(path="KEEP.TXT", content=b"k" * 600)]


def test_an_entry_behind_the_end_of_its_folder_is_found():
    hidden = slot(b"HIDDEN  EXE", 0x20, 2, 600)
    image = patched_root(own_volume(Format.FAT16, KEEP), lambda folder: folder[:32] + bytes(32) + hidden)
    entries, findings = listed(filesystem_of(image))
    assert "HIDDEN.EXE" in entries
    assert [finding.id for finding in findings] == ["walk.hidden-from-walker"]


def test_a_volume_label_with_content_is_found():
    image = patched_root(own_volume(Format.FAT16, KEEP), lambda folder: folder[:32] + slot(b"LABEL      ", 0x08, 2, 600))
    entries, findings = listed(filesystem_of(image))
    assert entries["LABEL"].size == 600
    assert "walk.hidden-from-walker" in {finding.id for finding in findings}


def test_an_ordinary_volume_label_and_leftovers_are_no_finding():
    files = sample_files()
    for format_ in Format:
        _entries, findings = listed(filesystem_of(own_volume(format_, files, label="HOLIDAYS")))
        assert findings == []


@pytest.mark.needs_disk_tools
def test_volumes_by_debian_tools_with_deletions_and_renames_raise_no_alarm(tmp_path):
    files = sample_files() | {"System Volume Information/IndexerVolumeGuid": b"{guid}", "FOUND.000/FILE0000.CHK": b"lost"}
    for bits, size in ((12, 3), (16, 32), (32, 64)):
        image = fat_by_tools(tmp_path, files, bits=bits, size=size * MIB)
        run("mdel", "-i", image, "::/big.bin")
        run("mren", "-i", image, "::/README.TXT", "::/A longer name than before.txt")
        run("mattrib", "+h", "+s", "-i", image, "::/System Volume Information")
        run("mlabel", "-i", image, "::HOLIDAY")
        entries, findings = listed(filesystem_of(image))
        assert findings == []
        assert entries["System Volume Information"].hidden
        left = {name: content for name, content in files.items() if name not in {"big.bin", "README.TXT"}}
        assert expected(left).items() <= digests(filesystem_of(image)).items()


def test_folders_that_name_each_other_are_walked_once():
    placed = [*KEEP, PlacedFile(path="SUB/INNER.TXT", content=b"i")]
    image = own_volume(Format.FAT16, placed)
    inner = image.index(b"INNER   TXT")
    looped = bytearray(image)
    at = image.index(b"SUB        ")
    cluster = struct.unpack_from("<H", image, at + 26)[0]
    looped[inner + 32 : inner + 64] = slot(b"AGAIN      ", 0x10, cluster, 0)
    entries, _findings = listed(filesystem_of(bytes(looped)))
    assert len(entries) < 10
    assert "SUB/INNER.TXT" in entries


@pytest.mark.needs_disk_tools
def test_an_ext_file_that_no_folder_names_is_found_with_its_content(tmp_path):
    body = INERT_PROGRAM + random.Random(2).randbytes(50_000)
    for kind in ("ext2", "ext4"):
        image = ext_by_tools(tmp_path, {"kept.txt": b"kept", "unlinked.bin": body}, kind=kind)
        run("debugfs", "-w", "-R", "unlink unlinked.bin", image)
        filesystem = filesystem_of(image)
        entries, findings = listed(filesystem)
        (path,) = [path for path in entries if path.startswith("$NotNamed/")]
        assert b"".join(filesystem.content(entries[path]).chunks()) == body
        assert [(finding.id, finding.severity) for finding in findings] == [("walk.hidden-from-walker", Severity.MEDIUM)]
        (tmp_path / f"{kind}.img").unlink()
        shutil.rmtree(tmp_path / f"source-{kind}")


@pytest.mark.needs_disk_tools
def test_ordinary_ext_volumes_with_deleted_files_and_attributes_raise_no_alarm(tmp_path):
    for kind, options in (
        ("ext2", ()),
        ("ext3", ()),
        ("ext4", ()),
        ("ext4", ("-O", "ea_inode,metadata_csum")),
        ("ext4", ("-I", "128", "-O", "^64bit")),
    ):
        image = ext_by_tools(tmp_path, sample_files(), kind=kind, options=options, size=64 * MIB)
        run("debugfs", "-w", "-R", "rm big.bin", image)
        run("debugfs", "-w", "-R", "rm many/file\\ number\\ 007.dat", image)
        _entries, findings = listed(filesystem_of(image))
        assert findings == []
        shutil.rmtree(tmp_path / f"source-{kind}")


@pytest.mark.needs_disk_tools
def test_an_ntfs_file_that_no_folder_names_is_found(tmp_path):
    body = random.Random(3).randbytes(20_000)
    image = ntfs_by_tools(tmp_path, {"kept.txt": b"kept", "quiet.bin": body}).read_bytes()
    numbers = {path: entry.inode for path, entry in listed(filesystem_of(image))[0].items()}
    filesystem = filesystem_of(with_name_pointing_elsewhere(image, "quiet.bin", numbers["quiet.bin"], numbers["kept.txt"]))
    entries, findings = listed(filesystem)
    path = f"$NotNamed/{numbers['quiet.bin']}"
    assert b"".join(filesystem.content(entries[path]).chunks()) == body
    assert [(finding.id, finding.evidence[0].path) for finding in findings] == [("walk.hidden-from-walker", path)]


def with_name_pointing_elsewhere(image: bytes, name: str, old: int, new: int) -> bytes:
    """The NTFS volume whose folder leads from *name* to file *new* instead of *old*, and where *old* calls *new* its folder.

    The name stands 82 bytes behind the start of an index entry, and 66 behind the number of the folder.
    """
    body = bytearray(image)
    letters = name.encode("utf-16-le")
    at = image.find(letters)
    while at >= 0:
        if int.from_bytes(image[at - 82 : at - 76], "little") == old:
            body[at - 82 : at - 76] = new.to_bytes(6, "little")
        else:
            body[at - 66 : at - 60] = new.to_bytes(6, "little")
        at = image.find(letters, at + 1)
    return bytes(body)


@pytest.mark.needs_disk_tools
def test_an_ordinary_ntfs_volume_raises_no_alarm(tmp_path):
    image = ntfs_by_tools(tmp_path, {name: content for name, content in sample_files().items() if "/" not in name})
    _entries, findings = listed(filesystem_of(image))
    assert findings == []
