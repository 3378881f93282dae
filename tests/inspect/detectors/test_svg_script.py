"""svg.script: drawings that are programs."""

import pytest

from gifthorse.inspect.detectors import svg_script as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities


def drawing(inside: str, attributes: str = "") -> bytes:
    return f"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>window.location.href='https://example.org'</script>",
        "<script><![CDATA[document.write(atob('aGk='))]]></script>",
        "<svg:script>eval(x)</svg:script>",
        "<foreignObject><input type='password'/><script>1</script></foreignObject>",
    ],
)
def test_a_script_that_leads_away_or_decodes_is_high(inside: str) -> None:
    assert severities(detector, drawing(inside), "logo.svg") == [Severity.HIGH]


@pytest.mark.parametrize(
    "inside",
    [
        "<script href='https://example.org/a.js'/>",
        "<a href='javascript:void(1)'><text>x</text></a>",
        "<foreignObject><iframe src='https://example.org'></iframe></foreignObject>",
    ],
)
def test_what_comes_from_elsewhere_is_medium(inside: str) -> None:
    assert severities(detector, drawing(inside), "logo.svg") == [Severity.MEDIUM]


def test_plain_interaction_is_low_and_its_place_given() -> None:
    body = drawing("<script>function zoom(e) { e.style.opacity = 1; }</script>")
    (finding,) = findings_of(detector, body, "graph.svg")
    assert finding.severity is Severity.LOW
    assert finding.evidence[0].offset == body.index(b"<script")


def test_a_handler_on_the_drawing_itself_counts() -> None:
    assert severities(detector, drawing("", attributes="onload='location=\"https://example.org\"'"), "a.svg") == [Severity.HIGH]


@pytest.mark.parametrize(
    "inside",
    [
        "<rect width='3' height='3'/>",
        "<a href='https://example.org'><text>location = here</text></a>",
        "<text>onload = 1; script</text>",
        "<style>a{fill:red}</style>",
    ],
)
def test_drawings_without_scripts_are_silent(inside: str) -> None:
    assert severities(detector, drawing(inside), "a.svg") == []


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "opens a message"),
        ("<script>var a = 1;</script>", "no access to the network"),
        ("<script>document.getElementById('a').setAttribute('r', 2)</script>", "changes what the picture shows"),
        ("<rect onclick='zoom(1)'/>", "reacts to the mouse"),
        ("<image href='#a' onerror='x(1)'/>", "as soon as it is shown"),
    ],
)
def test_a_harmless_script_is_low_and_what_it_does_is_said(inside: str, words: str) -> None:
    (finding,) = findings_of(detector, drawing(inside), "logo.svg")
    assert finding.severity is Severity.LOW
    assert finding.detail is not None
    assert words in finding.detail.in_english()


def test_letters_of_two_bytes_hide_nothing() -> None:
    (finding,) = findings_of(detector, drawing("<script>eval(x)</script>").decode().encode("utf-16"), "a.svg")
    assert finding.severity is Severity.HIGH


@pytest.mark.parametrize(
    "text",
    [
        b"<!DOCTYPE svg [<!ENTITY s \"&#60;script>f()&#60;/script>\">]><svg xmlns='http://www.w3.org/2000/svg'>&s;</svg>",
        b"<!DOCTYPE svg [<!ENTITY s '&#x3C;iframe src=a/>'>]><svg xmlns='http://www.w3.org/2000/svg'>&s;</svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script href='data:text/javascript,f()'/></svg>",
    ],
)
def test_a_script_that_is_spelt_as_an_entity_or_address_is_medium(text: bytes) -> None:
    assert severities(detector, text, "a.svg") == [Severity.MEDIUM]


def test_an_entity_that_only_names_an_address_is_silent() -> None:
    text = b"<!DOCTYPE svg [<!ENTITY ns 'http://ns.example.org/'>]><svg xmlns='http://www.w3.org/2000/svg' xmlns:x='&ns;'/>"
    assert findings_of(detector, text, "a.svg") == []


def test_a_drawing_with_a_script_under_the_name_of_a_photograph_is_medium() -> None:
    body = drawing("<script>f()</script>")
    assert severities(detector, body, "a.svg") == [Severity.LOW]
    assert severities(detector, body, "a.jpg") == [Severity.MEDIUM]


def test_a_form_in_a_drawing_is_found_and_a_page_of_words_is_not() -> None:
    form = "<foreignObject><form xmlns='h' action='https://files.example.net'><input/></form></foreignObject>"
    assert severities(detector, drawing(form), "a.svg") == [Severity.MEDIUM]
    assert severities(detector, drawing("<foreignObject><input type='password'/></foreignObject>"), "a.svg") == [Severity.HIGH]
    assert severities(detector, drawing("<foreignObject><div xmlns='h'><p>Form</p></div></foreignObject>"), "a.svg") == []


@pytest.mark.parametrize(
    "address", ["java&#115;cript:alert(1)", "&#x6a;avascript:x()", "java&Tab;script:x()", "jav&#10;ascript:x()", "&#0000106avascript:x()"]
)
def test_an_address_with_letters_written_as_numbers_is_read_as_a_browser_does(address: str) -> None:
    assert severities(detector, drawing(f"<a href='{address}'><text>x</text></a>"), "logo.svg") == [Severity.MEDIUM]


def test_an_address_with_an_ampersand_is_silent() -> None:
    assert severities(detector, drawing("<a href='https://example.org/?a=1&amp;b=2&#x26;c=3'><text>x</text></a>"), "logo.svg") == []
