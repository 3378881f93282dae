"""autorun.registry: registry files that make something start or take guards away."""

import pytest

from gifthorse.inspect.detectors import autorun_registry as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities

HEADER = "Windows Registry Editor Version 5.00\r\n\r\n"
RUN = "[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]\r\n"


@pytest.mark.parametrize(
    "text",
    [
        RUN + '"a"="E:\\\\a.exe"\r\n',
        '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\sethc.exe]\r\n"Debugger"="cmd.exe"\r\n',
        '[HKEY_CLASSES_ROOT\\exefile\\shell\\open\\command]\r\n@="x.exe %1"\r\n',
        '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows Defender]\r\n"DisableAntiSpyware"=dword:00000001\r\n',
        '[HKEY_CURRENT_USER\\Environment]\r\n"UserInitMprLogonScript"="E:\\\\a.bat"\r\n',
    ],
)
def test_autostart_and_loss_of_protection_are_high(text: str) -> None:
    for body in ((HEADER + text).encode(), ("\ufeff" + HEADER + text).encode("utf-16-le"), ("REGEDIT4\r\n\r\n" + text).encode()):
        assert severities(detector, body, "settings.reg") == [Severity.HIGH]


def test_ordinary_settings_are_low() -> None:
    text = HEADER + '[HKEY_CURRENT_USER\\Software\\Editor\\Fonts]\r\n"Face"="Arial"\r\n'
    assert severities(detector, text.encode(), "fonts.reg") == [Severity.LOW]


def test_taking_a_program_out_of_autostart_is_low() -> None:
    assert severities(detector, (HEADER + RUN.replace("[", "[-") + RUN + '"a"=-\r\n').encode(), "a.reg") == [Severity.LOW]


def test_the_line_is_named() -> None:
    (finding,) = findings_of(detector, (HEADER + RUN + '"a"="E:\\\\a.exe"\r\n').encode(), "a.reg")
    assert finding.evidence[0].offset == len(HEADER)


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le", "utf-16", "utf-8-sig", "cp1252"])
def test_every_encoding_that_windows_reads_is_read(encoding: str) -> None:
    text = HEADER + RUN + '"a"="powershell -c calc"\r\n'
    assert severities(detector, text.encode(encoding), "a.reg") == [Severity.HIGH]
