"""name.shell-class: folders shown as parts of the system."""

import pytest

from gifthorse.inspect.detectors import name_shell_class as detector
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Severity
from tests.samples.files import severities

BIN = "{645FF040-5081-101B-9F08-00AA002F954E}"


@pytest.mark.parametrize("key", ["CLSID", "CLSID2", "UICLSID"])
@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
def test_a_folder_that_is_given_a_class_is_medium(key: str, encoding: str) -> None:
    body = f"[.ShellClassInfo]\r\n{key}={BIN}\r\n".encode(encoding)
    assert severities(detector, body, "Photos/desktop.ini") == [Severity.MEDIUM]


@pytest.mark.parametrize("path", ["$RECYCLE.BIN/S-1-5-21/desktop.ini", "RECYCLER/S-1/desktop.ini", "Photos/notes.ini"])
def test_windows_own_recycle_bins_and_other_files_are_silent(path: str) -> None:
    assert severities(detector, f"[.ShellClassInfo]\r\nCLSID={BIN}\r\n".encode(), path) == []


def test_an_ordinary_desktop_file_is_silent() -> None:
    body = b"[.ShellClassInfo]\r\nIconResource=C:\\Windows\\system32\\imageres.dll,-112\r\nLocalizedResourceName=@shell32.dll,-21770\r\n"
    assert severities(detector, body, "Documents/desktop.ini") == []


def test_a_folder_named_with_a_class_is_found_and_a_file_is_not() -> None:
    things = [
        Seen(path=f"a/Data.{BIN}", size=0, filetype=FileType.EMPTY, folder=True),
        Seen(path=f"b/Data.{BIN}", size=1, filetype=FileType.DATA),
        Seen(path=f"c/{BIN}", size=0, filetype=FileType.EMPTY, folder=True),
    ]
    assert [finding.evidence[0].path for finding in detector.examine_medium(things)] == [f"a/Data.{BIN}"]
