"""shortcut.folder-disguise: the shortcut that stands in for a hidden folder."""

import pytest

from gifthorse.inspect.detectors import shortcut_command
from gifthorse.inspect.detectors import shortcut_folder_disguise as detector
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Severity
from tests.samples.files import seen_of, shortcut

WORM = shortcut("C:\\Windows\\System32\\cmd.exe", "/c start x.vbs & start explorer Photos")


def folder(path: str, *, hidden: bool) -> Seen:
    return Seen(path=path, size=0, filetype=FileType.EMPTY, folder=True, hidden=hidden, partition=0)


def link(path: str, body: bytes = WORM) -> Seen:
    return seen_of(shortcut_command, body, path, partition=0)


@pytest.mark.parametrize(
    ("twin", "name"),
    [("Photos", "Photos.lnk"), ("work/PHOTOS", "work/Photos.lnk"), ("Photos", "Photos - Shortcut.lnk"), ("\u00a0", "Photos.lnk")],
)
def test_a_shortcut_beside_the_hidden_folder_that_it_replaces_is_critical(twin: str, name: str) -> None:
    (finding,) = detector.examine_medium([link(name), folder(twin, hidden=True)])
    assert finding.severity is Severity.CRITICAL
    assert [place.path for place in finding.evidence] == [name, twin]
    assert "cmd.exe" in (finding.evidence[0].excerpt or "")


def test_beside_a_visible_folder_a_shortcut_with_arguments_is_medium_and_a_plain_one_is_silent() -> None:
    shown = folder("Photos", hidden=False)
    assert [finding.severity for finding in detector.examine_medium([link("Photos.lnk"), shown])] == [Severity.MEDIUM]
    assert list(detector.examine_medium([link("Photos.lnk", shortcut("E:\\Photos")), shown])) == []


def test_another_name_another_place_and_another_partition_are_silent() -> None:
    others = [
        folder("Videos", hidden=True),
        folder("a/Photos", hidden=True),
        Seen(path="Photos", size=0, filetype=FileType.EMPTY, folder=True, hidden=True, partition=1),
    ]
    assert list(detector.examine_medium([link("Photos.lnk"), *others])) == []
