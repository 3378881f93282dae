"""html.smuggling: pages that carry a file."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import html_smuggling as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, item_of, pe, png, severities, zip_of

ZIP = base64.b64encode(zip_of({"a.txt": bytes(range(256)) * 9})).decode()
PROGRAM = base64.b64encode(pe()).decode()
HANDING_OUT = "var b=new Blob([u]);var a=document.createElement('a');a.href=URL.createObjectURL(b);a.download=n;a.click();"


def page(script: str) -> bytes:
    return f"<!doctype html><html><head><title>Offer</title></head><body>Loading<script>{script}</script></body></html>".encode()


@pytest.mark.parametrize("payload", [ZIP, PROGRAM])
def test_an_archive_or_program_that_the_page_hands_out_is_high(payload: str) -> None:
    body = page(f"var t='{payload}';var u=Uint8Array.from(atob(t),c=>c.charCodeAt(0));var n='a';{HANDING_OUT}")
    (finding,) = findings_of(detector, body, "offer.html")
    assert finding.severity is Severity.HIGH
    assert finding.evidence[0].offset == body.index(payload[:40].encode())


def test_a_link_whose_address_is_an_archive_is_high() -> None:
    body = f"<html><a download='a.zip' href='data:application/octet-stream;base64,{ZIP}'>photos</a></html>".encode()
    assert severities(detector, body, "a.html") == [Severity.HIGH]


def test_a_list_of_numbers_is_high() -> None:
    numbers = ",".join(str(byte) for byte in zip_of({"a": b"x"}))
    assert severities(detector, page(f"var u=new Uint8Array([{numbers}]);var n='x';{HANDING_OUT}"), "a.htm") == [Severity.HIGH]


def test_an_unknown_payload_is_high_under_a_telling_name_and_medium_without() -> None:
    hidden = base64.b64encode(bytes((7 * number) % 251 for number in range(9000))).decode()
    named = page(f"var n='Offer.iso';var u=atob('{hidden}');{HANDING_OUT}")
    assert severities(detector, named, "a.html") == [Severity.HIGH]
    assert severities(detector, page(f"var u=atob('{hidden}');{HANDING_OUT}"), "a.html") == [Severity.MEDIUM]


def test_a_disc_image_is_told_by_its_mark_inside() -> None:
    image = base64.b64encode(b"\0" * 32769 + b"CD001\1" + b"\0" * 3000).decode()
    assert severities(detector, page(f"var u=atob('{image}');{HANDING_OUT}"), "a.html") == [Severity.HIGH]


def test_a_drawing_may_smuggle_too() -> None:
    body = f"<svg xmlns='http://www.w3.org/2000/svg'><script>var t='{ZIP}';var u=atob(t);var n;{HANDING_OUT}</script></svg>".encode()
    assert severities(detector, body, "a.svg") == [Severity.HIGH]


PICTURE = base64.b64encode(png() * 30).decode()


@pytest.mark.parametrize(
    "body",
    [
        f"<html><body><img src='data:image/png;base64,{PICTURE}'></body></html>".encode(),
        page(f"var u=new Blob([csv]);var n='table.csv';{HANDING_OUT}var logo='data:image/png;base64,{PICTURE}';var x=atob('aGk=');"),
        f"<html><style>@font-face{{src:url(data:font/woff2;base64,{ZIP})}}</style></html>".encode(),
        page("var key='" + "A" * 300 + "';atob(key);"),
        b"<html><a href='files/photos.zip' download='photos.zip'>all photos</a></html>",
    ],
)
def test_pages_with_pictures_fonts_and_exports_are_silent(body: bytes) -> None:
    assert severities(detector, body, "page.html") == []


@given(st.binary(max_size=500))
def test_any_bytes_are_taken(body: bytes) -> None:
    list(detector.examine(item_of(b"<html>data:;base64," + body + b"createObjectURL atob(" + b"A" * 500, "a.html")))


def test_a_picture_elsewhere_on_the_page_does_not_excuse_the_coded_archive_behind_it() -> None:
    archive = base64.b64encode(zip_of({"a.lnk": b"x", "fill": bytes(range(256)) * 8})).decode()
    page = f"<html><img src='data:image/png;base64,AA'><script>b='{archive}';atob(b);a.download='a';a.click()</script></html>"
    assert severities(detector, page.encode(), "a.html") == [Severity.HIGH]


@pytest.mark.parametrize(
    "script",
    [
        f"var r='{ZIP[::-1]}'.split('').reverse().join('');fetch('data:application/zip;base64,'+r).then(x=>x.blob());l.setAttribute('download','a')",
        'document.write(unescape("'
        + quote(f"<script>var b=new Blob([atob('{ZIP}')]);a.href=URL.createObjectURL(b);a.click()</script>")
        + '"))',
        "document.write(decodeURIComponent('"
        + quote(f'<script>a.href=URL.createObjectURL(new Blob([atob("{PROGRAM}")]))</script>')
        + "'))",
    ],
)
def test_a_file_that_is_turned_around_or_written_in_percent_signs_is_found(script: str) -> None:
    assert severities(detector, page(script), "a.html") == [Severity.HIGH]


def test_unveiling_keeps_every_place() -> None:
    text = page('x(unescape("%3Cscript%3Evar%20a%3D1%3C%2Fscript%3E%3Cb%3E%3C%2Fb%3E%3Ci%3E%3C%2Fi%3E"));after')
    plain = detector.unveiled(text)
    assert len(plain) == len(text)
    assert plain.index(b"after") == text.index(b"after")
    assert b"<script>var a=1</script>" in plain
