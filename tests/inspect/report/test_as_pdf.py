"""The report on paper."""

import shutil
import subprocess
from datetime import UTC, datetime

import pikepdf
import pytest

from gifthorse.inspect.report.as_pdf import render
from gifthorse.inspect.report.occasion import Occasion
from tests.samples import inspections

OCCASION = Occasion(inspected_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs Debian's poppler-utils")


def text_of(inspection, tmp_path) -> str:
    path = tmp_path / "report.pdf"
    path.write_bytes(render(inspection, OCCASION))
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(told.replace("\u200b", "").split())


@needs_pdftotext
def test_the_dangerous_stick_is_told_on_paper(tmp_path):
    told = text_of(inspections.dangerous_stick(), tmp_path)
    for words in (
        "This holds something that can harm",
        "A program that poses as a picture",
        "T1036.008",
        "on the medium at 5,308,492",
        "Reader broke down",
        "2026-11-22 09:30 UTC",
        "TLP:AMBER",
        "Partition 1",
    ):
        assert words in told


@needs_pdftotext
def test_a_name_written_as_markup_is_printed_and_not_obeyed(tmp_path):
    told = text_of(inspections.hostile_names(), tmp_path)
    assert '#panic("typst")' in told.replace(" ", "") or '#panic("typst")' in told
    assert "<script>" in told


@pytest.mark.parametrize(
    "made", [inspections.camera_card, inspections.encrypted_archive, inspections.nothing_read, lambda: inspections.many_contents(5_000)]
)
def test_the_paper_is_tagged_titled_and_holds_nothing_that_acts(made, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(render(made(), OCCASION))
    with pikepdf.open(path) as document:
        assert "/StructTreeRoot" in document.Root
        assert str(document.docinfo["/Title"])
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(document.Root.keys())
        assert 1 <= len(document.pages) < 60


def test_the_same_inspection_gives_the_same_bytes():
    assert render(inspections.encrypted_archive(), OCCASION) == render(inspections.encrypted_archive(), OCCASION)
