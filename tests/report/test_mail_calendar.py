"""A meeting request in a mail: its words, its links, and to whom an answer goes."""

from base64 import encodebytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.report.mail_calendar import calendar_content
from gifthorse.report.mail_parts import Address, Link
from gifthorse.report.mail_reading import read_mail
from tests.report.mails import mail

REQUEST = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nDTSTART:20270505T100000Z\r\nSUMMARY:Visit\\, first\r\n"
    'ORGANIZER;CN="Lind, Ada":mailto:ada@elsewhere.example\r\nDESCRIPTION:We cover your\r\n  flights.\\nJoin https://elsewhere.ex\r\n ample/j\r\n'
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_words_links_and_organiser_are_read_over_folds_and_escapes() -> None:
    text, links, organisers = calendar_content(REQUEST)
    assert text == "Visit, first\nWe cover your flights.\nJoin https://elsewhere.example/j"
    assert links == (Link(text="", target="https://elsewhere.example/j"),)
    assert organisers == (Address(display="Lind, Ada", address="ada@elsewhere.example"),)


@pytest.mark.parametrize("head", ['text/calendar; method=REQUEST; charset="utf-8"', 'text/calendar; name="invite.ics"'])
def test_a_request_within_a_mail_is_read_with_it(head: str) -> None:
    body = f"Content-Type: {head}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + encodebytes(REQUEST.encode())
    found = read_mail(b"From: a@b.example\r\nSubject: Visit\r\nMIME-Version: 1.0\r\n" + body)
    assert "We cover your flights." in found.text
    assert [one.address for one in found.reply_to] == ["ada@elsewhere.example"]
    assert [link.target for link in found.links] == ["https://elsewhere.example/j"]
    assert [one.kind for one in found.attachments] == ["text/calendar"]


def test_a_mail_without_one_has_no_organiser() -> None:
    assert read_mail(mail(text="ORGANIZER:mailto:x@y.example")).reply_to == ()


@given(st.text(max_size=300))
def test_any_text_is_a_request_or_none(text: str) -> None:
    assert all("@" in one.address for one in calendar_content(f"ORGANIZER{text}\n{text}")[2])
