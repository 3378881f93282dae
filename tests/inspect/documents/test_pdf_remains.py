"""What is read of PDF files that no reader of ours can open."""

import zlib

import pytest

from gifthorse.inspect.detectors import pdf_embedded_file, pdf_javascript, pdf_launch
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.documents.pdf import pdf_of
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.model.findings import Finding, Severity
from tests.samples.documents import an_item, pdf

CATALOGUE = b"1 0 obj\n<</Type/Catalog/OpenAction 2 0 R/Pages 9 0 R>>\nendobj\n"


def broken(body: bytes) -> bytes:
    return b"%PDF-1.5\n" + CATALOGUE + b"2 0 obj\n" + body + b"\nendobj\n"


def found(body: bytes) -> dict[str, Finding]:
    item = an_item(broken(body), "a.pdf")
    return {finding.id: finding for module in (pdf_javascript, pdf_launch, pdf_embedded_file) for finding in module.examine(item)}


@pytest.mark.parametrize("name", [b"/JavaScript", b"/J#61vaScript", b"/#4a#61#76#61#53cript"])
def test_a_script_is_found_however_its_name_is_spelt_and_the_damage_is_said(name: bytes) -> None:
    finding = found(b"<</S" + name + b"/JS(app.beep\\(1\\))>>")["pdf.javascript"]
    assert (finding.severity, finding.confidence) == (Severity.MEDIUM, 0.5)
    assert finding.detail is not None
    assert "damaged" in finding.detail.in_english()
    assert finding.evidence[0].excerpt == "app.beep(1)"


def test_a_script_inside_a_packed_stream_is_found() -> None:
    packed = zlib.compress(b"<</S/JavaScript/JS(x)>>" * 3)
    assert "pdf.javascript" in found(b"<</Filter/FlateDecode/Length 9>>\nstream\n" + packed + b"\nendstream")


def test_a_program_that_is_started_is_high_and_an_attachment_medium() -> None:
    assert found(b"<</S/Launch/F(cmd.exe)>>")["pdf.launch"].severity is Severity.HIGH
    assert found(b"<</Type/Filespec/EF<</F 3 0 R>>>>")["pdf.embedded-file"].severity is Severity.MEDIUM


@pytest.mark.parametrize(("target", "expected"), [(b"(\\\\\\\\files.example.org\\\\s)", ["pdf.launch"]), (b"(part2.pdf)", [])])
def test_another_document_counts_only_on_a_foreign_machine(target: bytes, expected: list[str]) -> None:
    assert list(found(b"<</S/GoToR/F" + target + b"/D[0/Fit]>>")) == expected


def test_a_broken_file_without_telling_names_and_a_whole_file_have_no_remains() -> None:
    assert found(b"<</Type/Font/BaseFont/JSomething/Launcher/x>>") == {}
    assert pdf_of(an_item(pdf(), "a.pdf")).remains == []


def test_the_gap_is_told_in_the_same_words_each_time() -> None:
    (gap,) = document_members(an_item(b"%PDF-1.4\n1 0 obj\n<</S/Launch/F(a.exe)>>\nendobj\n", "a.pdf"), Budget())
    assert "0x" not in gap.detail
    assert "BytesIO" not in gap.detail
    assert gap.detail.startswith("unable to find")


def test_streams_that_unfold_without_end_are_left_at_a_limit() -> None:
    bomb = zlib.compress(bytes(200 << 20), 9)
    assert found(b"<<>>\nstream\n" + bomb + b"\nendstream\n" + b"<</S/Launch/F(a.exe)>>").keys() == {"pdf.launch"}
