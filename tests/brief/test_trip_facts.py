"""What the composer sees of a trip: days by the clock at home, nights without a bed, borders, and no place by its name."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from gifthorse.brief.kinds import Company
from gifthorse.brief.trip_facts import HostFacts, LegFacts, StayFacts, TravellerFacts, TripFacts, places_of, situation_of
from gifthorse.model.errors import NotAccepted
from tests.samples.trips import TODAY, trip

HOME = "Europe/Lisbon"
TRAVELLER = TravellerFacts(id="person-1", name="Ada Quill", nationality="QM", home_zone=HOME)


def at(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))


def leg(leaves: datetime, arrives: datetime, from_country: str, to_country: str, **zones: str) -> LegFacts:
    return LegFacts(leaves=leaves, arrives=arrives, from_country=from_country, to_country=to_country, **zones)


OUT = leg(at(HOME, 2026, 12, 10, 8), at(HOME, 2026, 12, 10, 12), "PT", "IS")
BACK = leg(at(HOME, 2026, 12, 13, 9), at(HOME, 2026, 12, 13, 13), "IS", "PT")


def of(*legs: LegFacts, **more) -> TripFacts:
    return TripFacts(id="trip-1", traveller=TRAVELLER, legs=legs, **more)


def test_days_nights_and_the_time_until_departure_are_counted():
    situation = situation_of(of(OUT, BACK), TODAY)
    assert (situation.nights, situation.days, situation.days_until_departure) == (3, 4, 9)


def test_the_day_of_departure_is_that_of_the_clock_at_home():
    late = leg(datetime(2026, 12, 10, 11, 30, tzinfo=UTC), datetime(2026, 12, 10, 20, tzinfo=UTC), "NZ", "FJ")
    at_home = TripFacts(id="t", traveller=msgspec.structs.replace(TRAVELLER, home_zone="Pacific/Auckland"), legs=(late,))
    assert situation_of(at_home, TODAY).days_until_departure == 10


def test_nights_without_a_bed_are_gaps_and_counted_by_stretches():
    def gaps(*stays: tuple[int, int]) -> int:
        beds = tuple(StayFacts(arrives=date(2026, 12, first), leaves=date(2026, 12, last)) for first, last in stays)
        long_way_back = leg(at(HOME, 2026, 12, 16, 9), at(HOME, 2026, 12, 16, 13), "IS", "PT")
        return situation_of(of(OUT, long_way_back, stays=beds), TODAY).itinerary_gaps

    assert gaps((10, 16)) == 0
    assert gaps((10, 12), (12, 16)) == 0
    assert gaps((11, 16)) == 1
    assert gaps((10, 12), (14, 16)) == 1
    assert gaps((11, 13), (14, 15)) == 3
    assert gaps() == 1


def test_a_night_on_the_way_is_no_gap():
    overnight = leg(at(HOME, 2026, 12, 10, 22), at("Asia/Tokyo", 2026, 12, 11, 21), "PT", "JP", from_zone=HOME, to_zone="Asia/Tokyo")
    home = leg(at("Asia/Tokyo", 2026, 12, 13, 9), at(HOME, 2026, 12, 13, 18), "JP", "PT", from_zone="Asia/Tokyo", to_zone=HOME)
    bed = StayFacts(arrives=date(2026, 12, 11), leaves=date(2026, 12, 13))
    assert situation_of(of(overnight, home, stays=(bed,)), TODAY).itinerary_gaps == 0


def test_borders_are_crossed_where_countries_differ():
    inside = leg(at(HOME, 2026, 12, 11, 8), at(HOME, 2026, 12, 11, 9), "IS", "is")
    unknown = leg(at(HOME, 2026, 12, 12, 8), at(HOME, 2026, 12, 12, 9), "", "IS")
    assert situation_of(of(OUT, inside, unknown, BACK), TODAY).border_crossings == 2


def test_places_are_those_reached_and_not_home():
    assert places_of(of(OUT, leg(OUT.arrives, OUT.arrives, "IS", "gl"), BACK)) == ("IS", "GL")
    assert places_of(of()) == ()


def test_a_trip_without_any_date_is_still_a_situation():
    situation = situation_of(of(), TODAY)
    assert (situation.nights, situation.days, situation.days_until_departure, situation.itinerary_gaps) == (0, 1, 0, 0)


def test_hosts_are_passed_on_by_id_and_kind():
    situation = situation_of(of(hosts=(HostFacts(id="host-9", name="A very telling name", country="QN"),), companions=1), TODAY)
    assert situation.company is Company.GROUP
    assert [host.id for host in situation.hosts] == ["host-9"]


def test_no_name_country_or_place_of_a_trip_is_anywhere_in_its_situation():
    for seed in range(300):
        facts = trip(seed)
        told = msgspec.json.encode(situation_of(facts, TODAY)).decode()
        for word in (facts.traveller.name, *(host.name for host in facts.hosts)):
            assert word not in told
        for code in (facts.traveller.nationality, *places_of(facts)):
            assert f'"{code}"' not in told


@pytest.mark.parametrize(
    "broken",
    [
        of(leg(datetime(2026, 12, 10, 8), datetime(2026, 12, 10, 12), "PT", "IS")),
        TripFacts(id="t", traveller=msgspec.structs.replace(TRAVELLER, home_zone="Moon/Base"), legs=(OUT,)),
    ],
    ids=["no zone", "no such zone"],
)
def test_a_time_that_means_nothing_is_refused(broken):
    with pytest.raises(NotAccepted):
        situation_of(broken, TODAY)


def test_legs_out_of_order_make_no_negative_nights():
    situation = situation_of(of(leg(OUT.arrives, OUT.leaves, "PT", "IS")), TODAY)
    assert situation.nights == 0
