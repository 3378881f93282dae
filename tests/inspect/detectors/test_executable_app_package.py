"""executable.app-package: apps, bundles and profiles."""

import pytest

from gifthorse.inspect.detectors import executable_app_package as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, macho, severities, zip_of


def apk(*permissions: str, wide: bool = True) -> bytes:
    """An app package whose manifest is only a pool of texts."""
    texts = [f"android.permission.{name}" for name in permissions]
    pool = b"\3\0\x08\0" + b"".join(text.encode("utf-16-le") + b"\0\0" if wide else text.encode() + b"\0" for text in texts)
    return zip_of({"AndroidManifest.xml": pool, "classes.dex": b"dex\n035\0", "resources.arsc": b"\2\0"})


@pytest.mark.parametrize("wide", [True, False])
def test_an_app_that_reads_along_is_high(wide: bool) -> None:
    (finding,) = findings_of(
        detector, apk("BIND_ACCESSIBILITY_SERVICE", "READ_SMS", "RECORD_AUDIO", "REQUEST_INSTALL_PACKAGES", wide=wide), "a.apk"
    )
    assert finding.severity is Severity.HIGH
    assert "READ_SMS" in (finding.evidence[0].excerpt or "")


def test_an_app_that_asks_for_some_things_is_medium_and_for_little_low() -> None:
    assert severities(detector, apk("RECORD_AUDIO", "CAMERA", "READ_CONTACTS", "READ_CALL_LOG"), "a.apk") == [Severity.MEDIUM]
    assert severities(detector, apk("INTERNET", "CAMERA"), "a.apk") == [Severity.LOW]


def test_an_app_whose_directory_is_broken_is_medium() -> None:
    body = bytearray(apk("CAMERA"))
    body[0:4] = b"PK\3\4"
    start = body.index(b"PK\1\2")
    body[start + 42 : start + 46] = b"\xff\xff\xff\x7f"  # where the manifest's data is said to begin
    assert severities(detector, bytes(body), "a.apk") == [Severity.MEDIUM]


def test_a_profile_that_adds_a_certificate_is_high_and_a_harmless_one_low() -> None:
    start = b'<?xml version="1.0"?><plist><dict><key>PayloadType</key><string>'
    end = b"</string><key>PayloadType</key><string>Configuration</string></dict></plist>"
    assert severities(detector, start + b"com.apple.security.root" + end, "wifi.mobileconfig") == [Severity.HIGH]
    assert severities(detector, start + b"com.apple.wifi.managed" + end, "wifi.mobileconfig") == [Severity.LOW]


def test_an_app_bundles_program_is_low() -> None:
    assert severities(detector, macho(), "Viewer.app/Contents/MacOS/Viewer") == [Severity.LOW]


def test_apps_of_other_shops_are_low() -> None:
    assert severities(detector, zip_of({"Payload/A.app/A": b"x"}), "a.ipa") == [Severity.LOW]
    assert severities(detector, zip_of({"AppxManifest.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), "a.msix") == [Severity.LOW]


def test_ordinary_archives_and_property_lists_are_silent() -> None:
    assert severities(detector, zip_of({"a.txt": b"x"}), "a.zip") == []
    assert severities(detector, b'<?xml version="1.0"?><plist><dict/></plist>', "Info.plist") == []


def test_an_extension_for_browsers_is_found() -> None:
    (finding,) = findings_of(detector, b"Cr24\x03\0\0\0\x04\0\0\0abcd" + zip_of({"manifest.json": b"{}"}), "a.crx")
    assert finding.id == "executable.app-package"


def test_an_extension_for_an_editor_is_a_line() -> None:
    body = zip_of({"[Content_Types].xml": b"<Types/>", "extension.vsixmanifest": b"<PackageManifest/>", "extension/main.js": b"1"})
    assert severities(detector, body, "tool.vsix") == [Severity.LOW]
