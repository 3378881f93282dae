"""Duties as a calendar that tells nothing, and trips as rows that compute nothing."""

import csv
import io
from datetime import UTC, datetime, timedelta

import icalendar
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.brief.duties.bulk_rows import USUAL_COLUMNS, Column, bulk_rows, read_columns, safe_cell
from gifthorse.brief.duties.calendar import OfficeDays
from gifthorse.brief.duties.calendar_feed import FeedEntry, calendar_feed, uid
from gifthorse.brief.duties.deciding import Duty, duties_for, duties_for_trip
from gifthorse.brief.duties.events import DutyFacts, EventType
from gifthorse.brief.duties.packs import chosen_packs
from gifthorse.model.errors import NotAccepted, Unreadable

MADE = datetime(2026, 12, 1, 8, tzinfo=UTC)
HOUSE = chosen_packs(["house"])


def said(text):
    return text if isinstance(text, str) else text.in_english()


def trip_duties() -> tuple[Duty, ...]:
    departs, returns = datetime(2026, 12, 22, 6, tzinfo=UTC), datetime(2026, 12, 30, 18, tzinfo=UTC)
    facts = DutyFacts(event=EventType.TRIP_PLANNED, departs=departs, returns=returns, home_zone="Europe/Lisbon")
    return duties_for_trip(facts, HOUSE, OfficeDays())


def entries() -> list[FeedEntry]:
    return [FeedEntry(record="trip-7ZZ3K0QH2M4DX", duty=duty) for duty in trip_duties()]


def test_each_duty_ends_when_it_is_due():
    calendar = icalendar.Calendar.from_ical(calendar_feed(entries(), MADE, said))
    assert [event.end for event in calendar.events] == [duty.due for duty in trip_duties()]
    assert all(event.start == event.end - timedelta(minutes=15) for event in calendar.events)


def test_the_feed_says_that_something_is_due_and_nothing_more():
    feed = calendar_feed(entries(), MADE, said).decode()
    assert {line for line in feed.splitlines() if line.startswith(("SUMMARY", "DESCRIPTION"))} == {
        "SUMMARY:Travel: something is due", "DESCRIPTION:Travel: something is due",
    }  # fmt: skip
    for word in ("debrief", "trip-7ZZ", "policy", "house", "gift", "fields"):
        assert word not in feed.replace("gifthorse", "").lower(), word


def test_a_report_has_a_title_without_its_kind():
    facts = DutyFacts(event=EventType.GIFT, happened=MADE)
    feed = calendar_feed([FeedEntry(record="r", duty=duty) for duty in duties_for(facts, HOUSE, OfficeDays())], MADE, said).decode()
    assert "SUMMARY:Office: something is due" in feed


def test_a_duty_keeps_its_identity_when_its_date_moves_and_others_have_their_own():
    one, other, *_ = entries()
    moved = msgspec.structs.replace(one, duty=msgspec.structs.replace(one.duty, due=MADE))
    assert uid(moved) == uid(one)
    assert len({uid(one), uid(other), uid(msgspec.structs.replace(one, record="trip-2"))}) == 3


def test_a_duty_without_an_end_is_in_no_calendar():
    duty = msgspec.structs.replace(trip_duties()[0], due=None)
    assert icalendar.Calendar.from_ical(calendar_feed([FeedEntry(record="r", duty=duty)], MADE, said)).events == []


def test_the_same_entries_give_the_same_bytes():
    assert calendar_feed(entries(), MADE, said) == calendar_feed(entries(), MADE, said)


def rows_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode(), newline="")))


def test_rows_follow_the_columns():
    trips = [{"family_name": "Quill", "given_name": "Ada", "departs_on": "2026-12-01", "purpose": 'fair, with "demo"\nand talk'}]
    head, row = rows_of(bulk_rows(trips))
    assert head == [column.heading for column in USUAL_COLUMNS]
    assert row[:3] == ["Quill", "Ada", "2026-12-01"]
    assert row[5] == 'fair, with "demo"\nand talk'


def test_columns_can_be_set_and_hold_a_fixed_text():
    columns = read_columns(b'[{"heading": "KIND", "always": "UNOFFICIAL"}, {"heading": "FROM", "field": "departs_on"}]')
    assert rows_of(bulk_rows([{"departs_on": "2026-12-01"}, {}], columns)) == [
        ["KIND", "FROM"],
        ["UNOFFICIAL", "2026-12-01"],
        ["UNOFFICIAL", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " =", "\xa0@", "|", "%"], ids=ascii)
def test_what_a_spreadsheet_would_compute_is_written_as_text(start):
    assert rows_of(bulk_rows([{"family_name": f"{start}1+1"}]))[1][0].startswith("'")


@settings(deadline=None)
@given(st.text())
def test_no_cell_ever_starts_a_formula(text):
    cell = safe_cell(text)
    assert not cell.lstrip(" \xa0\t\r\n").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert rows_of(bulk_rows([{"family_name": text}]))[1][0] == cell


@pytest.mark.parametrize(
    "columns", [(), (Column(heading="X", field="nationality"),), (Column(heading="X"),), (Column(heading="X", field="purpose", always="y"),)],
    ids=["none", "no such field", "nothing in it", "both"],
)  # fmt: skip
def test_columns_that_hold_nothing_known_are_refused(columns):
    with pytest.raises(NotAccepted):
        bulk_rows([], columns)


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'[{"heading": 1}]', b'[{"heading": "x", "colour": "y"}]'], ids=["empty", "object", "number", "extra"]
)
def test_a_list_of_columns_that_is_none_is_refused(body):
    with pytest.raises(Unreadable):
        read_columns(body)
