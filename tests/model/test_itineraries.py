from datetime import UTC, date, datetime

import msgspec
import pytest

from gifthorse.model.itineraries import REASONS, Day, Instant, Itinerary, Leg, LegKind, LocalTime, NotRead, Reason, ZoneFrom, zone_called

INSTANT = Instant(at=datetime(2026, 12, 7, 6, 15, tzinfo=UTC), zone="Asia/Kathmandu", zone_from=ZoneFrom.AIRPORT)
MOMENTS = (INSTANT, LocalTime(on=date(2026, 12, 7), clock=75), Day(on=date(2026, 12, 7)), None)


@pytest.mark.parametrize("moment", MOMENTS, ids=["instant", "local", "day", "none"])
def test_an_itinerary_is_the_same_after_it_was_written_and_read(moment):
    leg = Leg(kind=LegKind.FLIGHT, departs=moment, travellers=("Ida",))
    note = NotRead(where="row 3", reason=Reason.BROKEN_TIME, values={"what": "{x}"}, row=3, text="a")
    itinerary = Itinerary(read_as="table", legs=(leg,), travellers=("Ida",), not_read=(note,))
    assert msgspec.json.decode(msgspec.json.encode(itinerary), type=Itinerary) == itinerary


@pytest.mark.parametrize(
    ("kind", "fields"), [(Leg, {"confirmation", "travellers"}), (NotRead, {"text"}), (Itinerary, {"legs", "not_read", "travellers"})]
)
def test_what_leads_to_a_person_is_marked_as_sealed(kind, fields):
    marked = {field.name for field in msgspec.structs.fields(kind) if "sealed" in repr(msgspec.inspect.type_info(field.type))}
    assert marked == fields


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_a_sentence_even_without_values(reason):
    said = NotRead(where="x", reason=reason).in_words().in_english()
    assert said.endswith(".")
    assert reason in REASONS


def test_a_note_shows_braces_of_the_file_as_they_are():
    assert "{0.__class__}" in NotRead(where="x", reason=Reason.BROKEN_TIME, values={"what": "{0.__class__}"}).in_words().in_english()


def test_an_instant_is_shown_on_the_clocks_of_its_place():
    assert INSTANT.local.isoformat() == "2026-12-07T12:00:00+05:45"
    assert zone_called("UTC-03:30").utcoffset(None).total_seconds() == -12600
