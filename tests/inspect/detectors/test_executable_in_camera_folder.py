"""executable.in-camera-folder: programs where cameras put pictures."""

import pytest

from gifthorse.inspect.detectors import executable_in_camera_folder as detector
from gifthorse.model.findings import Severity
from tests.samples.files import elf, jpeg, pe, severities


@pytest.mark.parametrize(
    "path", ["DCIM/100CANON/view.exe", "dcim/Camera/a.scr", "SD/DCIM/x.jpg", "DCIM/.thumbnails/a", "PRIVATE/AVCHD/BDMV/x.exe"]
)
def test_a_program_in_a_camera_folder_is_high(path: str) -> None:
    assert severities(detector, pe(), path) == [Severity.HIGH]
    assert severities(detector, elf(), path) == [Severity.HIGH]


@pytest.mark.parametrize("path", ["tools/view.exe", "DCIM.exe", "my DCIM copy/a.exe"])
def test_a_program_elsewhere_is_silent(path: str) -> None:
    assert severities(detector, pe(), path) == []


def test_photographs_are_silent() -> None:
    assert severities(detector, jpeg(), "DCIM/100CANON/IMG_0001.JPG") == []
