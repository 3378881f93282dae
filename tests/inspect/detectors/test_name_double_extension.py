"""name.double-extension: programs that carry a document's ending before their own."""

import pytest

from gifthorse.inspect.detectors import name_double_extension as detector
from gifthorse.model.findings import Severity
from tests.samples.files import pe, severities, shortcut


@pytest.mark.parametrize(
    "name", ["photo.jpg.exe", "Report.PDF.scr", "agenda.docx.hta", "minutes.xlsx.vbs", "film.mp4 .com", "plan.pdf.msi", "a.b.png.cpl"]
)
def test_a_program_behind_a_documents_ending_is_high(name: str) -> None:
    assert severities(detector, pe(), f"docs/{name}") == [Severity.HIGH]


def test_a_shortcut_that_runs_something_under_a_documents_ending_is_high() -> None:
    assert severities(detector, shortcut("C:\\Windows\\System32\\cmd.exe", "/c start x.exe"), "offer.pdf.lnk") == [Severity.HIGH]


def test_the_links_in_the_list_of_recent_documents_are_only_noted() -> None:
    assert severities(detector, shortcut("C:\\Users\\a\\Documents\\offer.pdf"), "Recent/offer.pdf.lnk") == [Severity.INFO]


def test_a_script_for_windows_under_a_documents_ending_is_high_and_one_for_a_page_is_not() -> None:
    assert severities(detector, b'var s = new ActiveXObject("WScript.Shell");', "invoice.pdf.js") == [Severity.HIGH]
    assert severities(detector, b"export function render(page) { return page; }", "viewer.pdf.js") == [Severity.LOW]


def test_a_self_extracting_archive_is_medium() -> None:
    assert severities(detector, pe(), "drivers.zip.exe") == [Severity.MEDIUM]


@pytest.mark.parametrize(
    "name",
    [
        "archive.tar.gz",
        "file.min.js",
        "setup-v1.2.3.exe",
        "x.py.txt",
        "photo.exe.jpg",
        ".pdf.bak",
        "libfoo.so.1.2",
        "data.csv.zip",
        "report.v2.pdf",
        "foo.test.js",
        "page.jpg.html",
        ".exe",
    ],
)
def test_ordinary_names_with_several_dots_are_silent(name: str) -> None:
    assert severities(detector, b"content", name) == []


@pytest.mark.parametrize(
    "name", ["a.pdf.exe.", "a.pdf.exe ", "a.pdf .exe", "a.pdf.exe\u00a0", "A.PDF.EXE", "a.docm.exe", "a.pdf.exe::$DATA"]
)
def test_blanks_and_dots_do_not_hide_the_second_ending(name: str) -> None:
    assert severities(detector, pe(), name) == [Severity.HIGH]


def test_a_notebook_under_a_documents_ending_is_medium() -> None:
    assert severities(detector, b"notes", "agenda.docx.one") == [Severity.MEDIUM]
