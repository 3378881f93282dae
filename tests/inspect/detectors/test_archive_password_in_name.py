"""archive.password-in-name: the key beside the lock."""

import pytest

from gifthorse.inspect.detectors import archive_password_in_name as detector
from gifthorse.model.findings import Severity
from tests.samples.files import severities, zip_of

OPEN = zip_of({"a.txt": b"hello"})
LOCKED = OPEN[:6] + bytes([OPEN[6] | 1]) + OPEN[7:]


@pytest.mark.parametrize(
    "name",
    [
        "Photos password=1234.zip",
        "report_pw_2026.zip",
        "Fotos (Passwort: Sommer).zip",
        "album PASS-99x.zip",
        "docs contraseña=abc.zip",
        "照片 密码 8888.zip",
        "the password is fair.zip",
    ],
)
def test_a_locked_archive_that_tells_its_password_is_medium(name: str) -> None:
    assert severities(detector, LOCKED, name) == [Severity.MEDIUM]


@pytest.mark.parametrize("name", ["passwords.zip", "password-manager.zip", "passport.zip", "pwd.zip", "compass 2.zip"])
def test_an_open_archive_and_other_words_are_silent(name: str) -> None:
    assert severities(detector, OPEN, name) == []


@pytest.mark.parametrize(
    "name", ["passport scans.zip", "test_password_brute.zip", "password manager.zip", "compass 2.zip", "pwd.zip", "photos.zip"]
)
def test_a_locked_archive_whose_name_tells_nothing_is_silent(name: str) -> None:
    assert severities(detector, LOCKED, name) == []
