from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.brief.itinerary.read import read_itinerary
from gifthorse.brief.itinerary.zones import as_local, at_airport, floating, in_zone, is_before, offset_zone, zone_named
from gifthorse.model.itineraries import Day, Doubt, Instant, LocalTime, ZoneFrom
from tests.brief.itinerary.cases.calendars import OWN_ZONE, calendar, entry
from tests.brief.itinerary.cases.journeys import AIRPORTS, HOME, REFERENCE

TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1))


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("EUROPE/BERLIN", "Europe/Berlin"),
        ("/example.org/Olson_2/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("America/New York", "America/New_York"),
        ("India Standard Time", "Asia/Kolkata"),
        ("Nepal Standard Time", "Asia/Kathmandu"),
        ("Z", "UTC"),
        ("GMT", "UTC"),
        ("GMT+0100", "UTC+01:00"),
        ("UTC-03:30", "UTC-03:30"),
        ("+0545", "UTC+05:45"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("IST", ""),
        ("CST", ""),
        ("(UTC+01:00) Amsterdam, Berlin", ""),
        ("Mars/Olympus", ""),
        ("../../etc/passwd", ""),
        ("UTC+99:00", ""),
        ("", ""),
        ("Berlin", ""),
    ],
)
def test_a_name_means_a_zone_or_none(name, zone):
    assert zone_named(name) == zone


@given(TIMES, st.sampled_from(sorted(AIRPORTS.values())))
def test_a_local_time_in_a_zone_is_the_instant_whose_clocks_show_it(local, zone):
    moment = in_zone(local, zone, ZoneFrom.STATED)
    shown = moment.local.replace(tzinfo=None)
    assert (shown == local) == (moment.doubt is not Doubt.NEVER)
    other = (moment.at + timedelta(minutes=30), moment.at + timedelta(hours=1))
    repeated = any(later.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local for later in other)
    assert repeated == (moment.doubt is Doubt.TWICE)


@pytest.mark.parametrize(
    ("local", "zone", "doubt", "utc"),
    [
        ("2026-10-25T02:30", "Europe/Berlin", Doubt.TWICE, "2026-10-25T00:30"),
        ("2026-03-29T02:30", "Europe/Berlin", Doubt.NEVER, "2026-03-29T01:30"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", Doubt.TWICE, "2026-04-04T14:45"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", Doubt.NEVER, "2026-10-03T15:45"),
        ("2011-12-30T12:00", "Pacific/Apia", Doubt.NEVER, "2011-12-30T22:00"),  # a day that Samoa left out
        ("2026-12-07T12:00", "Asia/Kathmandu", Doubt.NONE, "2026-12-07T06:15"),
    ],
)
def test_what_changes_of_clocks_do_is_said(local, zone, doubt, utc):
    moment = in_zone(datetime.fromisoformat(local), zone, ZoneFrom.STATED)
    assert (moment.doubt, moment.at) == (doubt, datetime.fromisoformat(utc).replace(tzinfo=UTC))


def test_a_local_time_takes_the_zone_of_its_airport_and_says_so():
    local = floating(datetime(2026, 12, 7, 12, 0))
    assert at_airport(local, "KTM") == Instant(
        at=datetime(2026, 12, 7, 6, 15, tzinfo=UTC), zone="Asia/Kathmandu", zone_from=ZoneFrom.AIRPORT
    )
    assert at_airport(local, "XXX") == local
    assert at_airport(local, "") == local


def test_a_stated_instant_is_never_moved_by_its_airport():
    stated = Instant(at=datetime(2026, 12, 7, 6, 15, tzinfo=UTC), zone="UTC+03:00", zone_from=ZoneFrom.STATED)
    assert at_airport(stated, "KTM") == stated
    for code in AIRPORTS:
        utc = Instant(at=stated.at, zone="UTC", zone_from=ZoneFrom.STATED)
        assert at_airport(utc, code) == Instant(at=stated.at, zone=AIRPORTS[code], zone_from=ZoneFrom.STATED)


@given(st.integers(-14 * 60, 14 * 60))
def test_an_offset_has_a_name_that_means_it_again(minutes):
    name = offset_zone(timedelta(minutes=minutes))
    moment = Instant(at=datetime(2026, 1, 1, tzinfo=UTC), zone=name, zone_from=ZoneFrom.STATED)
    assert moment.local.utcoffset() == timedelta(minutes=minutes)
    assert zone_named(name) == name


@given(TIMES)
def test_a_local_time_is_kept_to_the_minute(local):
    minute = local.replace(second=0, microsecond=0)
    assert as_local(floating(local)) == minute


def test_a_local_time_is_before_another_only_when_no_zone_could_turn_them_round():
    day, next_day = Day(on=datetime(2026, 12, 7).date()), Day(on=datetime(2026, 12, 8).date())
    early, late = LocalTime(on=day.on, clock=60), LocalTime(on=next_day.on, clock=0)
    assert is_before(day, next_day)
    assert not is_before(early, late)
    assert not is_before(next_day, day)


@pytest.mark.parametrize(
    ("clock", "doubt"), [("20261025T023000", Doubt.TWICE), ("20260329T023000", Doubt.NEVER), ("20260701T120000", Doubt.NONE)]
)
def test_a_zone_of_the_file_s_own_has_changes_of_clocks_too(clock, doubt):
    content = calendar(entry("a", f"DTSTART;TZID=Werkszeit:{clock}", "SUMMARY:x"), head=OWN_ZONE)
    (leg,) = read_itinerary(content, "", reference_day=REFERENCE, home_zone=HOME).legs
    assert (leg.departs.doubt, leg.departs.zone_from) == (doubt, ZoneFrom.CALENDAR)


def test_a_zone_whose_name_and_definition_differ_is_noted():
    content = calendar(entry("a", "DTSTART;TZID=Asia/Tokyo:20261207T120000"), head=OWN_ZONE.replace("Werkszeit", "Asia/Tokyo"))
    told = read_itinerary(content, "", reference_day=REFERENCE, home_zone=HOME)
    assert told.legs[0].departs.at == datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
    assert [note.reason.value for note in told.not_read] == ["zone_differs"]
