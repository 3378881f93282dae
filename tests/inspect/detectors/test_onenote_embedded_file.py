import struct

import pytest

from gifthorse.inspect.detectors import onenote_embedded_file
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.budgets import Budget
from tests.samples import documents as make

PROGRAM = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)
PICTURE = bytes.fromhex("89504E470D0A1A0A0000000D49484452") + bytes(60)


def severities(*files):
    return [
        finding.severity.value for finding in onenote_embedded_file.examine(make.an_item(make.notebook(*files), "a.one", FileType.ONENOTE))
    ]


@pytest.mark.parametrize("file", [("invoice.pdf", PROGRAM), ("Open.hta", b"<html>x</html>"), ("a.wsf", b"<job/>"), ("disk.iso", b"data")])
def test_a_file_that_runs_is_dangerous_by_content_or_by_name(file):
    assert "high" in severities(file)


def test_a_script_among_pictures_is_found_though_no_name_can_be_matched_to_it():
    assert severities(("", PICTURE), ("", PICTURE), ("click.cmd", b"@echo off\r\nstart calc\r\n")) == ["high"]


def test_pictures_and_documents_are_no_finding():
    assert severities(("", PICTURE), ("report.pdf", b"%PDF-1.7\n")) == []


def test_the_files_are_handed_out():
    item = make.an_item(make.notebook(("x.exe", PROGRAM)), "a.one", FileType.ONENOTE)
    assert [(part.untrusted_name, part.content.read(0, 999)) for part in document_members(item, Budget())] == [("x.exe", PROGRAM)]


def test_a_file_that_claims_more_bytes_than_there_are_is_cut():
    content = make.notebook(("x.exe", PROGRAM)).replace(struct.pack("<Q", len(PROGRAM)), struct.pack("<Q", 1 << 60))
    item = make.an_item(content, "a.one", FileType.ONENOTE)
    assert [part.content.size < len(content) for part in document_members(item, Budget())] == [True]


def test_an_empty_notebook_gives_nothing():
    assert severities() == []


def test_a_notebook_from_the_cloud_is_told_by_the_names_of_its_files_and_is_never_taken_for_read():
    def notebook(name: str) -> bytes:
        body = bytearray(make.notebook((name, b"x")).replace(bytes.fromhex("E716E3BD65261145A4C48D4D0B7A9EAC"), bytes(16)))
        body[48:64] = bytes.fromhex("2fe98d63d4a6c14b9a36b3fc2511a5b7")
        return bytes(body)

    item = make.an_item(notebook("Open me.hta"), "a.one", FileType.ONENOTE)
    assert [finding.severity.value for finding in onenote_embedded_file.examine(item)] == ["high"]
    assert [part.reason.value for part in document_members(item, Budget())] == ["unsupported"]
    assert list(onenote_embedded_file.examine(make.an_item(notebook("notes.txt"), "b.one", FileType.ONENOTE))) == []
