"""executable.installer: set-up packages."""

import pytest

from gifthorse.inspect.detectors import executable_installer as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, ole, pe, severities

INSTALLER_CLASS = bytes.fromhex("84100c0000000000c000000000000046")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (ole("x", root_class=INSTALLER_CLASS), "Windows Installer"),
        (b"!<arch>\ndebian-binary   0           0     0     100644  4         `\n2.0\n", "Debian"),
        (b"\xed\xab\xee\xdb\3\0" + b"\0" * 90, "RPM"),
        (b"xar!\0\x1c\0\1" + b"\0" * 90, "macOS"),
    ],
)
def test_a_set_up_package_is_low_and_named(body: bytes, kind: str) -> None:
    (finding,) = findings_of(detector, body, "package")
    assert finding.severity is Severity.LOW
    assert finding.detail is not None
    assert finding.detail.values == {"kind": kind}


def test_a_program_of_a_set_up_maker_is_only_noted() -> None:
    assert severities(detector, pe() + b"\xef\xbe\xad\xdeNullsoftInst" + b"\0" * 100, "setup.exe") == [Severity.INFO]


@pytest.mark.parametrize(
    "body", [pe(), ole("WordDocument"), b"!<arch>\n/               0           0     0     0       4         `\n", b"\0\1\2\3" * 20]
)
def test_programs_documents_and_libraries_are_silent(body: bytes) -> None:
    assert severities(detector, body, "a") == []


@pytest.mark.parametrize(
    ("name", "body"), [("a.snap", b"hsqs" + b"\0" * 92), ("a.flatpakref", b"[Flatpak Ref]\nName=a\nUrl=https://example.org\n")]
)
def test_packages_of_the_linux_shops_are_low(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.LOW]


ORDERS = b';!@Install@!UTF-8!\nTitle="x"\nRunProgram="setup.cmd"\n;!@InstallEnd@!7z\xbc\xaf\x27\x1c'


def test_a_program_that_unpacks_itself_and_runs_a_command_is_noted() -> None:
    assert severities(detector, pe() + ORDERS, "photos.exe") == [Severity.INFO]


def test_the_same_words_inside_a_program_or_orders_without_a_command_are_nothing() -> None:
    assert severities(detector, pe() + ORDERS.replace(b"RunProgram", b"GUIMode"), "photos.exe") == []
    assert severities(detector, pe() + bytes(20_000) + ORDERS, "photos.exe") == []
