import os
import struct
from pathlib import Path

import pytest

from gifthorse.inspect.sources import open_source
from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.model.inspections import SourceKind


def _mbr(start: int = 2048, length: int = 100) -> bytes:
    entry = struct.pack("<B3xB3xII", 0x80, 0x0C, start, length)
    return bytes(446) + entry + bytes(48) + b"\x55\xaa"


def _fat() -> bytes:
    return (b"\xeb\x3c\x90mkfs.fat" + struct.pack("<HBHBHHB", 512, 4, 1, 2, 512, 0, 0xF8)).ljust(510, b"\0") + b"\x55\xaa"


def _ext() -> bytes:
    return (
        bytes(1024)
        + struct.pack("<II", 8, 64).ljust(24, b"\0")
        + struct.pack("<I", 2).ljust(32, b"\0")
        + b"\x53\xef".ljust(20, b"\0")
        + b"\x01\0\0\0"
    )


MEDIA = {
    "MBR": _mbr(),
    "GPT": bytes(512) + b"EFI PART",
    "GPT on 4 KiB sectors": bytes(4096) + b"EFI PART",
    "FAT": _fat(),
    "exFAT": (b"\xeb\x76\x90EXFAT   ").ljust(510, b"\0") + b"\x55\xaa",
    "NTFS": (b"\xeb\x52\x90NTFS    ").ljust(510, b"\0") + b"\x55\xaa",
    "ext": _ext(),
    "ISO": bytes(32768) + b"\x01CD001\x01",
    "UDF": bytes(32768) + b"\x00BEA01\x01",
    "HFS+": bytes(1024) + b"H+\x00\x04",
    "APFS": bytes(32) + b"NXSB",
    "LUKS": b"LUKS\xba\xbe\0\2",
    "BitLocker": (b"\xeb\x58\x90-FVE-FS-").ljust(510, b"\0") + b"\x55\xaa",
    "XFS": b"XFSB\0\0\x10\0",
    "LVM": bytes(512) + b"LABELONE",
}
FILES = {
    "text": b"Dear Sir or Madam, " * 100,
    "zip": b"PK\x03\x04" + bytes(5000),
    "zeros": bytes(5000),
    "program": b"MZ".ljust(510, b"\0") + b"\x55\xaa" + bytes(5000),
    "a boot mark and nothing else": bytes(510) + b"\x55\xaa" + bytes(5000),
    "a table of nonsense": b"\x07" * 510 + b"\x55\xaa" + bytes(5000),
    "a table that points past the end": _mbr(start=1 << 30),
    "shorter than a sector": b"\xeb\x3c\x90",
}


@pytest.mark.parametrize("name", MEDIA)
def test_an_image_is_recognised_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(MEDIA[name].ljust(2_000_000, b"\0"))
    with open_source(str(path)) as source:
        assert source.kind is SourceKind.IMAGE
        assert source.size == 2_000_000


@pytest.mark.parametrize("name", FILES)
def test_any_other_file_is_a_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / "stick.img"
    path.write_bytes(FILES[name])
    with open_source(str(path)) as source:
        assert source.kind is SourceKind.FILE


def test_what_the_person_says_it_is_goes_before_what_it_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"no medium at all")
    with open_source(str(path), as_kind="image") as source:
        assert source.kind is SourceKind.IMAGE
    with open_source(str(path), as_kind="mail") as source:
        assert source.kind is SourceKind.MAIL


@pytest.mark.parametrize("kind", ["banana", "device", "folder"])
def test_a_kind_that_does_not_fit_is_refused_with_a_way_out(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"x")
    with pytest.raises(NotAccepted, match=r"Choose|Give|Leave out"):
        open_source(str(path), as_kind=kind)


def test_a_folder_is_a_folder_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with open_source(str(tmp_path)) as source:
        assert (source.kind, source.size, source.untrusted_name) == (SourceKind.FOLDER, None, tmp_path.name)
    with pytest.raises(NotAccepted, match="This is a folder"):
        open_source(str(tmp_path), as_kind="image")


def test_what_can_not_be_read_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "hollow").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    expected = {
        "missing": "Check the spelling",
        "empty": "Copy or image",
        "hollow": "Check the path",
        "pipe": "Give an image",
        "circle": "lead in a circle",
    }
    for name, words in expected.items():
        with pytest.raises(Unreadable, match=words):
            open_source(str(tmp_path / name))
    with pytest.raises(Unreadable):
        open_source("a\0b")
    with pytest.raises(Unreadable, match="character device"):
        open_source("/dev/null")


def test_a_link_given_as_the_source_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to("real")
    with open_source(str(tmp_path / "link")) as source:
        assert source.size == 1


def test_the_source_can_not_be_written_through_its_descriptor(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    with open_source(str(tmp_path / "x")) as source, pytest.raises(OSError, match="Bad file descriptor"):
        os.write(source.fd, b"y")


def test_a_file_without_a_name_is_opened_by_its_descriptor(tmp_path: Path) -> None:
    fd = os.open(tmp_path, os.O_TMPFILE | os.O_RDWR)
    os.write(fd, b"decrypted for this moment only")
    with open_source(f"/proc/self/fd/{fd}", name="stick.img") as source:
        assert (source.untrusted_name, source.size) == ("stick.img", 30)
    os.close(fd)
