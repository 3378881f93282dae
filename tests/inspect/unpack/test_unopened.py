"""Archives that nothing opens are named as not inspected, and what only looks like one is left alone."""

import pytest

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.identify import identify
from gifthorse.inspect.unpack import libarchive
from gifthorse.model.inspections import Reason
from tests.samples.archives import lha_of, unfold
from tests.samples.files import identified

BEGINNINGS = {
    "wim": b"MSWIM\0\0\0" + bytes(200),
    "arj": b"\x60\xea\x2b\x00\x22\x0b\x01\x0b\x10\x00\x02" + bytes(60),
    "ace": b"\x12\x34\x31\x00\x00\x00\x90**ACE**" + bytes(60),
    "squashfs": b"hsqs" + bytes(200),
    "stuffit": b"SIT!\x00\x01" + bytes(60),
}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_an_archive_that_nothing_opens_is_said_not_to_be_inspected(kind: str) -> None:
    result = unfold(BEGINNINGS[kind], f"gift.{kind}")
    assert [gap.reason for gap in result.unseen] == [Reason.UNSUPPORTED]
    assert "unpack it elsewhere" in result.unseen[0].detail


@pytest.mark.parametrize(
    "body",
    [
        b"SITuation report\n",
        b"\x60\xea\xff\xff\x22\x0b\x01\x0b\x10\x00\x02" + bytes(60),
        b"\x1f\x9d\xff" + bytes(60),
        b"ab-lh5 is no archive, only a sentence of some length\n",
    ],
)
def test_what_only_begins_alike_is_no_archive(body: bytes) -> None:
    assert identify(body, len(body), None) not in {FileType.OTHER_ARCHIVE, FileType.LHA}


def test_an_lha_archive_is_opened_by_the_systems_library_or_named() -> None:
    archive = lha_of({"a.txt": b"inert"})
    assert identify(archive, len(archive), None) is FileType.LHA
    result = unfold(archive, "old.lzh")
    if libarchive.available():
        assert result.files == {"old.lzh > a.txt": b"inert"}
    else:
        assert [gap.reason for gap in result.unseen] == [Reason.UNSUPPORTED]


@pytest.mark.parametrize(
    "body",
    [
        b"-----BEGIN PGP MESSAGE-----\n\nhQEMA" + b"x" * 100,
        b"\x85\x01\x0c\x03" + bytes(267) + b"\xd2\xc0\x4f" + bytes(50),
        b"\x8c\x0d\x04\x09\x03\x08" + bytes(9) + b"\xd2\x45" + bytes(50),
        b"age-encryption.org/v1\n-> X25519 " + b"a" * 43 + b"\n",
        b"Salted__" + bytes(range(64)),
    ],
)
def test_a_file_that_was_locked_as_a_whole_is_said_to_be_encrypted(body: bytes) -> None:
    result = unfold(body, "letter.bin")
    assert [gap.reason for gap in result.unseen] == [Reason.ENCRYPTED]
    assert [finding.id for finding in result.findings] == ["archive.encrypted"]


@pytest.mark.parametrize("body", [b"\x84\x0c\x03" + bytes(40), b"\x85\x01\x0c\x07" + bytes(400), b"Salted peanuts"])
def test_what_only_begins_like_a_locked_file_is_none(body: bytes) -> None:
    assert identify(body, len(body), None) is not FileType.OTHER_ARCHIVE


def test_an_archive_of_the_first_rar_version_is_known_and_said():
    body = b"RE~^" + bytes([7, 0, 0]) + bytes(60)
    result = unfold(body, "a.rar")
    assert [(gap.reason, "1.4" in gap.detail) for gap in result.unseen] == [(Reason.UNSUPPORTED, True)]
    assert identified(b"RE~^ is how the letter began" * 9) is not FileType.OTHER_ARCHIVE
