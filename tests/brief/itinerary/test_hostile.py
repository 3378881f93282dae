"""Damaged and hostile files: a clear sentence or notes, never an error of a library, never for long, never more than allowed."""

import io
import json
import random
import sys
import zipfile

import pytest

from gifthorse.brief.itinerary import gathering
from gifthorse.brief.itinerary.read import LARGEST, read_itinerary
from gifthorse.brief.itinerary.refusals import REFUSALS
from gifthorse.model.errors import NotAccepted
from gifthorse.model.itineraries import REASONS, Itinerary, Reason
from tests.brief.itinerary.cases.bookings import flight_thing, mail
from tests.brief.itinerary.cases.calendars import calendar, entry
from tests.brief.itinerary.cases.journeys import HOME, REFERENCE, flights
from tests.brief.itinerary.cases.passes import flight_pass, wallet
from tests.brief.itinerary.cases.scoring import every_case

CASES = every_case()


def read(content: bytes) -> Itinerary | str:
    """The itinerary, or the sentence of a refusal; anything else raised fails the test."""
    try:
        return read_itinerary(content, "x", reference_day=REFERENCE, home_zone=HOME)
    except NotAccepted as refusal:
        return str(next(sentence for sentence in REFUSALS if sentence == str(refusal)))


def damaged(content: bytes, seed: int) -> list[bytes]:
    """*content* cut, with bits flipped, with a piece doubled, taken out and replaced."""
    chance = random.Random(seed)
    length = len(content)
    flipped = bytearray(content)
    for _ in range(max(1, length // 200)):
        flipped[chance.randrange(length)] ^= 1 << chance.randrange(8)
    begin = chance.randrange(length)
    end = min(length, begin + chance.randrange(1, 60))
    junk = bytes(chance.randrange(256) for _ in range(end - begin))
    return [
        content[: chance.randrange(length)],
        bytes(flipped),
        content[:end] + content[begin:],
        content[:begin] + content[end:],
        content[:begin] + junk + content[end:],
    ]


@pytest.mark.parametrize("part", range(8))
def test_a_damaged_file_is_read_as_far_as_it_goes_or_refused_with_a_sentence(part):
    for number, case in enumerate(CASES[part::8]):
        for content in damaged(case.content, number):
            told = read(content)
            if isinstance(told, Itinerary):
                assert told.legs or told.not_read
                assert all(note.in_words().in_english() for note in told.not_read)


def test_every_reason_has_its_words():
    assert set(REASONS) == set(Reason)


def series(rule: str) -> bytes:
    return calendar(*(entry(f"e{number}", "DTSTART:20000101T100000Z", f"RRULE:{rule}", "SUMMARY:x") for number in range(2_000)))


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;UNTIL=99991231", "FREQ=DAILY;COUNT=1000000"]
)
def test_thousands_of_endless_rules_end(rule):
    told = read(series(rule))
    assert 1 <= len(told.legs) <= gathering.MOST_LEGS
    assert told.not_read
    assert len(told.not_read) <= gathering.MOST_NOTES + 1


def test_more_legs_than_allowed_are_noted_one_by_one():
    content = calendar(*(entry(f"e{number}", "DTSTART:20261207T100000Z", f"SUMMARY:Nummer {number}") for number in range(2_010)))
    told = read(content)
    assert len(told.legs) == 2_000
    assert [note.text for note in told.not_read] == [f"Nummer {number}" for number in range(2_000, 2_010)]


def test_a_zone_that_changes_its_clocks_without_end_ends():
    head = "BEGIN:VTIMEZONE\nTZID:X\n" + "".join(
        "BEGIN:STANDARD\nDTSTART:00010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=DAILY\nEND:STANDARD\n" for _ in range(60)
    )
    entries = [entry(f"e{year}", f"DTSTART;TZID=X:{year:04}0101T100000", "SUMMARY:x") for year in range(1, 2_000)]
    assert read(calendar(*entries, head=head + "END:VTIMEZONE\n"))


def test_a_deep_file_is_no_error():
    deep = 100_000
    for content in (
        b"[" * deep,
        b'{"a":' * deep + b"1" + b"}" * deep,
        b'[{"@graph":' * 500 + b"1" + b"}]" * 500,
        b"BEGIN:VCALENDAR\n" * deep,
        b"<div itemscope itemtype=reservation>" * 20_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\nMIME-Version: 1.0\n\n--b%d\n" % (number, number) for number in range(300)),
    ):
        assert isinstance(read(content), (Itinerary, str))


@pytest.mark.parametrize("name", ["pass.json", "inner.pkpass"])
def test_a_zip_that_unpacks_to_far_more_is_refused_or_noted(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, b" " * 200_000_000)
    told = read(out.getvalue())
    assert isinstance(told, str) or (not told.legs and told.not_read[0].reason is Reason.TOO_LARGE)


def test_a_file_above_the_limit_is_refused_before_it_is_looked_at():
    assert "10 MB" in read(b"B" * (LARGEST + 1))


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\0", b"hello", b"\xff\xfe", b"%PDF-1.7", b"PK\x03\x04", b"\0" * 5000, b"BEGIN:VCALENDAR", b"{", b"MZ" * 99]
)
def test_what_is_no_trip_is_refused_with_what_to_do_next(content):
    assert "Please" in str(read(content)) or read(content).not_read


def test_large_files_of_every_kind_end():
    flight = flight_thing(flights()[0])
    big = 1_500_000
    for content in (
        mail(html="<p>" + "a < b & " * (big // 8)),
        mail(html="<script type=application/ld+json>" * 20_000),
        b"From: a\nDate: b\n" + b"X: " + b"(" * big,
        b"from,to,departure\n" + b"A,B,2026-12-07\n" * (big // 15),
        b"from,to,departure\n" + b'"' * big,
        json.dumps([flight] * 4_000).encode(),
        b"BEGIN:VCALENDAR\n" + b" x\n" * (big // 3),
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART" + b";A=" * (big // 3) + b":20261207\nEND:VEVENT\n",
        b"M1" + b"AAAAAAAAAAAAAAAAAAAA" * (big // 20),
        b'<html itemtype="reservation">' + b"<!--" * 100_000,
    ):
        assert isinstance(read(content), (Itinerary, str))


def test_texts_are_kept_short_and_without_control_characters():
    told = read(calendar(entry("u" * 9_000, "DTSTART:20261207T100000Z", "SUMMARY:" + "\x07x\x1b" * 9_000)))
    leg = told.legs[0]
    assert len(leg.title) <= gathering.LONGEST_TEXT
    assert leg.title.replace(" ", "").isalpha()
    assert len(leg.uid) <= gathering.LONGEST_TEXT


def test_a_wallet_pass_of_odd_values_is_no_error():
    for value in (None, 1, 10**400, [], {}, [[]], "\ud800", True):
        told = flight_pass(flights()[0])
        for name in list(told["boardingPass"]):
            assert isinstance(read(wallet(told | {"boardingPass": told["boardingPass"] | {name: value}})), (Itinerary, str))
        for name in told:
            assert isinstance(read(wallet(told | {name: value})), (Itinerary, str))


def test_reading_leaves_the_limit_of_recursion_alone():
    before = sys.getrecursionlimit()
    read(b"[" * 100_000)
    assert sys.getrecursionlimit() == before


def test_a_part_whose_charset_holds_a_control_character_does_not_lose_the_booking():
    """Python's email reader stops at such a name; the part is read as if it named none."""
    whole = mail([flight_thing(flights()[0])])
    broken = whole.replace(b'charset="utf-8"', b'charset="utf\x00-8"').replace(b"charset=utf-8", b'charset="utf\x00-8"')
    broken = broken.replace(b"Ihre Buchung\n\n", "Ihre Buchung für Étienne\n\n".encode(), 1)
    assert broken != whole
    assert isinstance(read(whole), Itinerary)
    told = read(broken)
    assert isinstance(told, Itinerary)
    assert len(told.legs) == len(read(whole).legs) == 1
