import pytest

from gifthorse.demonstration.media import Format, PlacedFile
from gifthorse.inspect.walk.entries import EncryptedVolume
from gifthorse.inspect.walk.sleuthkit import open_filesystem
from gifthorse.model.errors import Unreadable
from tests.samples.disks import (
    MIB,
    Medium,
    digests,
    expected,
    ext_by_tools,
    fat_by_tools,
    filesystem_of,
    layout_of,
    listed,
    ntfs_by_tools,
    own_volume,
    run,
    sample_files,
    whole_partition,
)

FILES = sample_files()
FLAT = {name: content for name, content in FILES.items() if "/" not in name}


@pytest.mark.parametrize("format_", list(Format))
def test_every_file_of_our_own_volumes_comes_back_byte_for_byte(format_):
    filesystem = filesystem_of(own_volume(format_, FILES, label="CARD"))
    assert digests(filesystem) == expected(FILES)
    assert filesystem.findings == []


@pytest.mark.parametrize("format_", list(Format))
def test_scattered_files_come_back_from_their_runs(format_):
    placed = [PlacedFile(path=name, content=content, scattered=True) for name, content in FILES.items()]
    filesystem = filesystem_of(own_volume(format_, placed))
    entries, findings = listed(filesystem)
    assert len(entries["big.bin"].extents) > 10
    assert digests(filesystem_of(own_volume(format_, placed))) == expected(FILES)
    assert findings == []


@pytest.mark.parametrize("format_", list(Format))
def test_extents_lie_on_the_medium_where_the_content_is(format_):
    image = own_volume(format_, FILES)
    entries, _findings = listed(filesystem_of(image))
    for name, content in FILES.items():
        assert b"".join(image[start : start + length] for start, length in entries[name].extents) == content


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize(("bits", "size", "sector"), [(12, 2, 512), (16, 32, 512), (32, 64, 512), (16, 64, 2048), (32, 300, 4096)])
def test_fat_by_debian_tools_comes_back_byte_for_byte(tmp_path, bits, size, sector):
    filesystem = filesystem_of(fat_by_tools(tmp_path, FILES, bits=bits, size=size * MIB, sector=sector))
    assert filesystem.kind == f"fat{bits}"
    assert digests(filesystem) == expected(FILES)
    assert filesystem.findings == []


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("ext2", ()),
        ("ext3", ()),
        ("ext4", ()),
        ("ext4", ("-b", "4096")),
        ("ext4", ("-O", "inline_data")),
        ("ext4", ("-O", "64bit,metadata_csum")),
    ],
)
def test_ext_by_debian_tools_comes_back_byte_for_byte(tmp_path, kind, options):
    filesystem = filesystem_of(ext_by_tools(tmp_path, FILES, kind=kind, options=options))
    assert digests(filesystem) == expected(FILES)
    assert filesystem.findings == []


@pytest.mark.needs_disk_tools
def test_a_sparse_file_above_4_gib_has_its_full_size_and_its_end(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    with (folder / "huge.bin").open("wb") as huge:
        huge.seek(5 * 1024 * MIB)
        huge.write(b"the end")
    image = tmp_path / "ext4.img"
    run("mke2fs", "-q", "-t", "ext4", "-d", folder, image, "32M")
    filesystem = filesystem_of(image)
    (entry,) = [entry for entry in filesystem.entries() if entry.path == "huge.bin"]
    assert entry.size == 5 * 1024 * MIB + 7
    assert entry.extents is None
    content = filesystem.content(entry)
    assert content.read(5 * 1024 * MIB - 3, 100) == b"\0\0\0the end"
    assert content.read(1024, 16) == bytes(16)


@pytest.mark.needs_disk_tools
def test_ntfs_comes_back_byte_for_byte_with_its_streams(tmp_path):
    streams = {("README.TXT", "hidden.exe"): b"MZ not really", ("one byte", "large"): b"z" * 100_000}
    filesystem = filesystem_of(ntfs_by_tools(tmp_path, FLAT, streams))
    assert digests(filesystem) == expected(FLAT | {f"{name}:{stream}": content for (name, stream), content in streams.items()})
    assert filesystem.findings == []
    entries, _findings = listed(filesystem_of(tmp_path / "ntfs.img"))
    assert entries["README.TXT:hidden.exe"].stream == "hidden.exe"
    assert "stream" in entries["README.TXT:hidden.exe"].attributes
    assert entries["README.TXT"].stream is None
    assert not any(path.startswith("$") for path in entries)


@pytest.mark.needs_disk_tools
def test_links_give_their_target_and_hidden_and_executable_files_are_marked(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / ".profile").write_text("hidden")
    (folder / "run.sh").write_text("#!/bin/sh\n")
    (folder / "run.sh").chmod(0o755)
    (folder / "link").symlink_to("/etc/passwd")
    image = tmp_path / "ext4.img"
    run("mke2fs", "-q", "-t", "ext4", "-d", folder, image, "8M")
    filesystem = filesystem_of(image)
    entries = {entry.path: entry for entry in filesystem.entries()}
    assert filesystem.content(entries["link"]).read(0, 100) == b"/etc/passwd"
    assert "link" in entries["link"].attributes
    assert entries[".profile"].hidden
    assert not entries["run.sh"].hidden
    assert "executable" in entries["run.sh"].attributes


@pytest.mark.parametrize("format_", list(Format))
def test_dates_hidden_and_system_files_are_told(format_):
    from datetime import UTC, datetime

    taken = datetime(2026, 11, 20, 14, 30, 8, tzinfo=UTC)
    placed = [PlacedFile(path="a.jpg", modified=taken, content=b"a"), PlacedFile(path="b.sys", hidden=True, system=True, content=b"b")]
    entries, _findings = listed(filesystem_of(own_volume(format_, placed, label="LABEL")))
    assert set(entries) == {"a.jpg", "b.sys"}
    assert entries["a.jpg"].modified == taken.timestamp()
    assert entries["b.sys"].hidden
    assert entries["b.sys"].attributes == {"hidden", "system"}
    assert not entries["a.jpg"].hidden


@pytest.mark.parametrize("format_", list(Format))
def test_a_deleted_file_that_can_be_recovered_is_listed_with_its_content(format_):
    body = b"MZ" + bytes(range(256)) * 40
    placed = [PlacedFile(path="kept.txt", content=b"k"), PlacedFile(path="a deleted program.exe", content=body, deleted=True)]
    filesystem = filesystem_of(own_volume(format_, placed))
    (entry,) = [entry for entry in filesystem.entries() if entry.deleted]
    assert entry.untrusted_name.endswith("deleted program.exe")
    assert "deleted" in entry.attributes
    assert b"".join(filesystem.content(entry).chunks()) == body


def test_a_cluster_chain_that_breaks_off_is_unreadable_and_not_silence():
    image = bytearray(own_volume(Format.FAT16, {"big.bin": b"b" * 40_000}))
    table = image.index(b"\xf8\xff\xff\xff")
    for cluster in range(30, 40):  # in the middle of the file's chain, in both copies
        for copy in (0, image.index(b"\xf8\xff\xff\xff", table + 4) - table):
            image[table + copy + 2 * cluster : table + copy + 2 * cluster + 2] = b"\0\0"
    filesystem = filesystem_of(bytes(image))
    entries, findings = listed(filesystem)
    assert [finding.id for finding in findings][:1] == ["walk.unreadable"]
    assert {finding.id for finding in findings[1:]} <= {"layout.gap-with-data"}  # the rest of the chain, which no file owns now
    assert findings[0].evidence[0].path == "big.bin"
    assert entries["big.bin"].got < entries["big.bin"].size == 40_000
    assert len(b"".join(filesystem.content(entries["big.bin"]).chunks())) == entries["big.bin"].got


def test_a_name_with_bytes_that_are_no_text_is_shown_and_kept(tmp_path):
    from gifthorse.inspect.walk.entries import decoded, joined

    name = decoded(b"bad\xff\xfename")
    assert joined("folder", name) == "folder/bad\\xFF\\xFEname"
    assert name.encode("utf-8", "surrogateescape") == b"bad\xff\xfename"


def test_what_is_no_filesystem_and_what_is_locked_is_said():
    with pytest.raises(Unreadable, match=r"can't be opened"):
        open_filesystem(Medium(bytes(MIB)), whole_partition(MIB, "ext4"))
    with pytest.raises(Unreadable, match="btrfs"):
        open_filesystem(Medium(bytes(MIB)), whole_partition(MIB, "btrfs"))
    locked = b"LUKS\xba\xbe\0\1" + bytes(MIB)
    partition = layout_of(locked).partitions[0]
    with pytest.raises(EncryptedVolume, match="luks"):
        open_filesystem(Medium(locked), partition)


@pytest.mark.needs_disk_tools
def test_exfat_filled_by_debian_tools_is_read(tmp_path):
    image = tmp_path / "exfat.img"
    image.write_bytes(own_volume(Format.EXFAT, FILES, size=32 * MIB, label="STICK"))
    run("fsck.exfat", "-n", image)
    assert digests(filesystem_of(image)) == expected(FILES)


@pytest.mark.needs_disk_tools
def test_every_one_of_five_thousand_entries_is_listed(tmp_path):
    files = {f"folder {folder}/a long file name {number}.dat": b"" for folder in range(20) for number in range(250)}
    filesystem = filesystem_of(own_volume(Format.FAT32, files, size=60 * MIB))
    assert sum(1 for _entry in filesystem.entries()) == 5020
