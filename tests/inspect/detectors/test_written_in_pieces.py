"""What is written in pieces, layers and other encodings is found, and ordinary files that look a little like it are left alone."""

import base64

import pytest

from gifthorse.inspect.detectors import (
    autorun_desktop_entry,
    executable_disguised,
    html_smuggling,
    mail_dangerous_attachment,
    name_double_extension,
    script_obfuscated,
    shortcut_remote,
    svg_script,
)
from gifthorse.inspect.formats.page_layers import layers
from gifthorse.inspect.formats.split_words import telling_word_in_pieces
from gifthorse.model.findings import Severity
from tests.samples.documents import mail
from tests.samples.files import findings_of, item_of, pe, severities
from tests.samples.hostile.cases import Case
from tests.samples.hostile.pieces import cases

PAGES = [case for case in cases() if case.expected == ("html.smuggling",)]
SCRIPTS = [case for case in cases() if case.expected == ("script.obfuscated",)]


def only(case: Case) -> tuple[str, bytes]:
    ((name, body),) = case.files.items()
    return name, body


@pytest.mark.parametrize("case", PAGES, ids=lambda case: only(case)[0])
def test_a_file_that_a_page_puts_together_from_pieces_is_found(case: Case) -> None:
    name, body = only(case)
    (finding,) = findings_of(html_smuggling, body, name)
    assert finding.severity is Severity.HIGH
    assert (finding.evidence[0].offset or 0) < len(body)


@pytest.mark.parametrize(
    "script",
    [
        "var words=['alphabetical','betweenwhiles','consideration','determination'];",
        "var rows=[" + "12,250,3," * 900 + "1];var l=new Blob([rows.join()],{type:'text/csv'});a.download='rows.csv';a.click();",
        "var s=atob('" + base64.b64encode(b"plain words and nothing that would give out a file. " * 20).decode() + "');",
        "saveAs(new Blob([table]), 'table.csv')",
    ],
)
def test_pages_that_export_tables_or_hold_word_lists_are_left_alone(script: str) -> None:
    page = f"<html><script>{script}var u=URL.createObjectURL(new Blob([t]));b.click()</script></html>".encode()
    assert severities(html_smuggling, page, "table.html") == []


def test_a_page_without_seams_has_one_reading() -> None:
    assert [layer.exact for layer in layers(b"<html><p>Hello</p></html>")] == [True]


@pytest.mark.parametrize("case", SCRIPTS, ids=lambda case: only(case)[0])
def test_a_script_that_cuts_up_telling_words_hides_something(case: Case) -> None:
    name, body = only(case)
    assert Severity.HIGH in severities(script_obfuscated, body, name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ps1", 'Write-Host ("Net." + $name)\npowershell -File b.ps1\n'),
        ("b.js", 'var url = "https://" + "example.org"; new ActiveXObject("Msxml2.XMLHTTP");\n'),
        ("c.bat", "@echo off\r\nset a=power\r\nset b=plant\r\necho %a%%b%\r\nif 1==1 (echo x) ^\r\n else echo y\r\n"),
        ("d.vbs", 'MsgBox "Hello" & "World"\r\n'),
        ("e.sh", "#!/bin/sh\nprintf '\\x1b[31mred'\n"),
    ],
)
def test_scripts_that_join_ordinary_words_hide_nothing(name: str, text: str) -> None:
    assert severities(script_obfuscated, text.encode(), name) == []


def test_a_word_that_is_also_said_openly_counts_only_when_it_comes_once_more() -> None:
    assert telling_word_in_pieces("powershell windows", "powershell 'a'+'b'") is None
    assert telling_word_in_pieces("powershell windows", "powershell 'power'+'shell'") == 17


def test_an_address_file_that_begins_with_its_properties_is_read() -> None:
    body = b"[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nURL=file://files.example.net/s/a.exe\r\n"
    assert item_of(body, "Plan.url").filetype == "ini"
    assert severities(shortcut_remote, body, "Plan.url") == [Severity.HIGH]


def test_an_address_file_for_a_document_of_this_computer_is_a_line() -> None:
    body = b"[InternetShortcut]\r\nURL=file:///C:/Users/ann/plan.pdf\r\n"
    assert severities(shortcut_remote, body, "Plan.url") == [Severity.LOW]


def test_an_icon_that_is_a_command_is_high_and_an_ordinary_one_is_nothing() -> None:
    assert severities(autorun_desktop_entry, b"[Desktop Entry]\nIcon[$e]=$(id)\n", ".directory") == [Severity.HIGH]
    assert severities(autorun_desktop_entry, b"[Desktop Entry]\nIcon[$e]=$HOME/a.png\nIcon=folder\n", ".directory") == []


def test_a_program_under_a_fonts_name_is_disguised_and_one_under_its_own_is_not() -> None:
    assert severities(executable_disguised, pe(), "Sans.ttf") == [Severity.HIGH]
    assert severities(executable_disguised, pe(), "Sans.fon") == []


def test_an_address_saved_under_a_documents_name_is_a_line() -> None:
    assert severities(name_double_extension, b"[InternetShortcut]\nURL=https://example.org/a.pdf\n", "a.pdf.url") == [Severity.LOW]


def test_an_animation_that_adds_a_handler_is_told_and_one_that_adds_a_colour_is_not() -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg"><rect><set attributeName="{}" to="x"/></rect></svg>'
    assert severities(svg_script, picture.format("onmouseover").encode(), "a.svg") == [Severity.LOW]
    assert severities(svg_script, picture.format("fill").encode(), "a.svg") == []


@pytest.mark.parametrize(
    ("drawing", "found"),
    [("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>", []), ("<svg onload='a()'/>", [Severity.MEDIUM])],
    ids=["plain", "with a handler"],
)
def test_a_drawing_in_a_mail_counts_when_it_does_something(drawing: str, found: list[Severity]) -> None:
    letter = mail(attachments=[("logo.svg", drawing.encode())])
    told = [one.severity for one in findings_of(mail_dangerous_attachment, letter, "a.eml") if one.id == "mail.dangerous-attachment"]
    assert told == found
