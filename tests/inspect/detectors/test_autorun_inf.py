"""autorun.inf: what a medium asks the computer to start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import autorun_inf as detector
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, seen_of, severities


@pytest.mark.parametrize(
    "body",
    [
        b"[autorun]\r\nopen=setup.exe\r\n",
        b"[AutoRun]\nShellExecute = docs\\index.htm\n",
        b";x\n[autorun]\nshell\\read\\command=a.exe\n",
        "\ufeff[autorun]\r\nopen=a.exe\r\n".encode("utf-16-le"),
        b"\xef\xbb\xbf[AUTORUN]\nOPEN=a.exe",
        b"\x80\x81junk=\x01\x02\r\n[autorun\r\n\x99\x98\r\n[autorun]\r\naq=\x90\r\nopen=RUNDLL32.EXE .\\x.dll,a\r\n",
        b"[autorun.amd64]\nopen=a.exe\n",
    ],
)
def test_a_command_is_high_in_any_encoding_and_behind_any_junk(body: bytes) -> None:
    assert severities(detector, body, "AUTORUN.INF") == [Severity.HIGH]


def test_the_place_of_the_command_is_given() -> None:
    body = b"[autorun]\r\nicon=a.ico\r\nopen=setup.exe\r\n"
    (finding,) = findings_of(detector, body, "autorun.inf")
    assert finding.evidence[0].offset == body.index(b"open")


def test_a_name_and_an_icon_alone_are_low() -> None:
    assert severities(detector, b"[autorun]\nlabel=Holiday\nicon=drive.ico\n", "Autorun.inf") == [Severity.LOW]
    assert severities(detector, b"[other]\nopen=a.exe\n", "Autorun.inf") == [Severity.LOW]


def test_it_counts_only_at_the_root_and_little_within_a_disc_image() -> None:
    body = b"[autorun]\nopen=setup.exe\n"
    assert severities(detector, body, "backup/autorun.inf") == []
    assert severities(detector, body, "driver.iso > autorun.inf", chain=(FileType.ISO,)) == [Severity.LOW]
    assert severities(detector, body, "disk.img > autorun.inf", chain=(FileType.DISK_IMAGE,)) == [Severity.MEDIUM]
    assert severities(detector, body, "autorun.inf.txt") == []


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("setup.exe", "Setup.exe"),
        ('"my docs\\run me.exe" /q', "My Docs/run me.exe"),
        ("my docs\\run me.exe /q", "my docs/run me.exe"),
        (".\\a\\b.exe", "a/b.exe"),
        ("rundll32.exe RECYCLER\\x.vmx,start", "RECYCLER/x.vmx"),
        ("start", "start.exe"),
        ("cmd /c x.bat", "x.bat"),
    ],
)
def test_a_program_on_the_same_medium_makes_it_critical(command: str, path: str) -> None:
    asking = seen_of(detector, f"[autorun]\nopen={command}\n".encode(), "autorun.inf", partition=0)
    program = Seen(path=path, size=9, filetype=FileType.PE, partition=0)
    (finding,) = detector.examine_medium([program, asking])
    assert finding.severity is Severity.CRITICAL
    assert [place.path for place in finding.evidence] == ["autorun.inf", path]


def test_a_program_that_is_not_there_or_elsewhere_makes_nothing_critical() -> None:
    asking = seen_of(detector, b"[autorun]\nopen=setup.exe\n", "autorun.inf", partition=0)
    elsewhere = Seen(path="setup.exe", size=9, filetype=FileType.PE, partition=1)
    assert list(detector.examine_medium([asking, elsewhere])) == []


@given(st.binary(max_size=300))
def test_any_bytes_are_taken(body: bytes) -> None:
    assert severities(detector, body, "autorun.inf") in ([Severity.LOW], [Severity.HIGH])
