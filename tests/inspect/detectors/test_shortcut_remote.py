"""shortcut.remote: links that lead to a foreign machine."""

import pytest

from gifthorse.inspect.detectors import shortcut_remote as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities, shortcut, shortcut_by_items


@pytest.mark.parametrize(
    "target", ["\\\\198.51.100.7\\share\\tool.exe", "\\\\files.example@80\\DavWWWRoot\\a.exe", "\\\\files.example@SSL\\dav\\a.pdf"]
)
def test_a_shortcut_to_a_network_path_is_high(target: str) -> None:
    (finding,) = findings_of(detector, shortcut(target, unc=True), "a.lnk")
    assert finding.severity is Severity.HIGH
    assert finding.detail is not None
    assert finding.detail.values["host"] == target.split("\\")[2]


@pytest.mark.parametrize(
    "line",
    [
        "URL=file://198.51.100.7/share/a.exe",
        "URL=file://///198.51.100.7/share/a.exe",
        "URL=\\\\198.51.100.7\\share\\a.lnk",
        "WorkingDirectory=\\\\198.51.100.7\\webdav",
        "URL = file:\\\\198.51.100.7\\a\\b.url",
    ],
)
def test_a_link_file_to_a_foreign_machine_is_high(line: str) -> None:
    assert severities(detector, f"[InternetShortcut]\r\n{line}\r\n".encode(), "offer.url") == [Severity.HIGH]


def test_a_link_file_in_utf_16_is_read() -> None:
    body = "\ufeff[InternetShortcut]\r\nURL=file://198.51.100.7/share/a.exe\r\n".encode("utf-16-le")
    (finding,) = findings_of(detector, body, "offer.url")
    offset = finding.evidence[0].offset
    assert offset is not None
    assert body[offset:].decode("utf-16-le").startswith("URL=")


def test_a_link_file_that_opens_a_program_here_is_medium() -> None:
    assert severities(detector, b"[InternetShortcut]\nURL=file:///C:/Windows/System32/calc.exe\n", "a.url") == [Severity.MEDIUM]


@pytest.mark.parametrize(
    "address", ["https://example.org/a//b/c", "http://example.org", "mailto:a@example.org", "https://example.org/?u=file%3A%2F%2Fx%2Fy"]
)
def test_ordinary_web_links_are_silent(address: str) -> None:
    assert severities(detector, f"[InternetShortcut]\nURL={address}\nIconIndex=0\n".encode(), "a.url") == []


def test_a_shortcut_on_this_computer_is_silent() -> None:
    assert severities(detector, shortcut("C:\\Users\\a\\b.pdf"), "a.lnk") == []
    assert severities(detector, shortcut("\\\\localhost\\c$\\a.pdf", unc=True), "a.lnk") == []


PLIST = '<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>{}</string></dict></plist>'


@pytest.mark.parametrize(
    ("name", "address", "expected"),
    [
        ("a.webloc", "file:///Applications/Calculator.app", [Severity.MEDIUM]),
        ("a.inetloc", "FiLe:////x", [Severity.MEDIUM]),
        ("a.fileloc", "smb://files.example.org/s", [Severity.HIGH]),
        ("a.webloc", "https://example.org/", []),
    ],
)
def test_a_link_file_of_macos_is_judged_by_its_address(name: str, address: str, expected: list[Severity]) -> None:
    assert severities(detector, PLIST.format(address).encode(), name) == expected
    assert severities(detector, b"bplist00\xd1\1\2SURL_\x10\x25" + address.encode() + b"\x08", name) == expected


@pytest.mark.parametrize("share", ["\\\\files.example.org\\s", "%5C%5Cfiles.example.org%5Cs"])
def test_a_saved_search_in_a_foreign_machines_folder_is_high(share: str) -> None:
    body = f"[InternetShortcut]\nURL=search-ms:query=a&crumb=location:{share}&displayname=Downloads\n".encode()
    assert severities(detector, body, "a.url") == [Severity.HIGH]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.html", b"<html><img src='file://files.example.org/s/a.png'></html>"),
        ("a.html", b'<html><body background="\\\\files.example.org\\s\\a.png"></html>'),
        ("a.html", b"<html><meta http-equiv=refresh content='0; url=file://files.example.org/s/a'></html>"),
        ("a.m3u", b"#EXTM3U\n\\\\files.example.org\\s\\a.mp3\n"),
        ("a.asx", b"<asx version='3'><entry><ref href='file://files.example.org/s/a'/></entry></asx>"),
    ],
)
def test_what_a_page_or_playlist_fetches_from_a_foreign_machine_is_medium(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.MEDIUM]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.html", b"<html><script src='//cdn.example.org/a.js'></script><a href='file:///C:/a.txt'>a</a></html>"),
        ("a.html", b"<html><img src='https://example.org/a.png'><p>open \\\\server\\share</p></html>"),
        ("a.m3u", b"#EXTM3U\nMusic/a.mp3\nhttps://example.org/live\n"),
    ],
)
def test_ordinary_pages_and_playlists_are_silent(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == []


@pytest.mark.parametrize(
    ("address", "severity"),
    [
        ("smb://198.51.100.7/share", Severity.HIGH),
        ("file://198.51.100.7/share/a", Severity.HIGH),
        ("file:///usr/bin/terminal", Severity.LOW),
        ("https://example.org/", None),
    ],
)
def test_a_link_of_a_linux_desktop_is_weighed_by_where_it_leads(address: str, severity: Severity | None) -> None:
    text = f"[Desktop Entry]\nType=Link\nName=Report\nURL={address}\n".encode()
    assert severities(detector, text, "Report.desktop") == ([] if severity is None else [severity])


def test_a_calendar_that_names_a_file_on_a_share_is_medium() -> None:
    text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTACH:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert severities(detector, text.format("file://198.51.100.7/share/x.wav").encode(), "a.ics") == [Severity.MEDIUM]
    assert severities(detector, text.format("https://example.org/agenda.pdf").encode(), "a.ics") == []
    assert severities(detector, b"BEGIN:VCALENDAR\r\nPRODID:-//Example Firm//Calendar 1.0//EN\r\nEND:VCALENDAR\r\n", "a.ics") == []


SEARCH = "search-ms:query=a&crumb=location:\\\\files.example.net@8080\\docs&displayname=Downloads"


@pytest.mark.parametrize(
    "body",
    [
        shortcut("", environment=SEARCH),
        shortcut("", environment=SEARCH.replace("\\", "%5C")),
        shortcut_by_items(b"\x61\x80\0\0" + SEARCH.encode("utf-16-le") + b"\0\0"),
        shortcut("C:\\Windows\\explorer.exe", SEARCH),
    ],
)
def test_a_shortcut_to_a_saved_search_on_a_foreign_machine_is_found(body: bytes) -> None:
    (finding,) = findings_of(detector, body, "a.lnk")
    assert finding.severity.rank >= Severity.MEDIUM.rank
    assert finding.detail is not None
    assert finding.detail.values["host"] == "files.example.net@8080"


def test_a_foreign_machine_in_the_arguments_is_worth_caution() -> None:
    assert severities(detector, shortcut("C:\\a.exe", "/open \\\\files.example.net\\s\\a.doc"), "a.lnk") == [Severity.MEDIUM]
    assert severities(detector, shortcut("C:\\a.exe", "/open C:\\s\\a.doc //x"), "a.lnk") == []


def test_a_drawing_that_fetches_from_a_share_is_found() -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><%s href='%s'/></svg>"
    assert severities(detector, drawing % (b"image", b"\\\\files.example.net\\s\\a.png"), "a.svg") == [Severity.MEDIUM]
    assert severities(detector, drawing % (b"use", b"file://files.example.net/s/a.svg#b"), "a.svg") == [Severity.MEDIUM]
    assert severities(detector, drawing % (b"image", b"https://example.org/a.png"), "a.svg") == []
    assert severities(detector, drawing % (b"a", b"file://files.example.net/s/"), "a.svg") == []


def test_a_place_in_the_network_that_only_the_item_list_names_is_high() -> None:
    network = b"\x1f\x58" + bytes.fromhex("602c8d20ea3a6910a2d708002b30309d")
    share = b"\xc3\x01\xc1\\\\198.51.100.7\\docs\0Microsoft Network\0"
    (finding,) = findings_of(detector, shortcut_by_items(network, share), "a.lnk")
    assert finding.severity is Severity.HIGH
    assert finding.detail is not None
    assert finding.detail.values["host"] == "198.51.100.7"
