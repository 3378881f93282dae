"""A trip as the rules about duties see it."""

from datetime import UTC, datetime

import msgspec
import pytest

from gifthorse.brief.duties.calendar import OfficeDays
from gifthorse.brief.duties.deciding import duties_for_trip, must_i_report
from gifthorse.brief.duties.events import Answer, Regime
from gifthorse.brief.duties.of_trip import duty_facts_of
from gifthorse.brief.duties.packs import chosen_packs
from gifthorse.brief.kinds import Payer
from gifthorse.brief.trip_facts import LegFacts, TravellerFacts, TripFacts
from tests.samples.trips import swapped, trip

HOUSE = frozenset({Regime.HOUSE})
LEAVES, BACK = datetime(2026, 12, 10, 8, tzinfo=UTC), datetime(2026, 12, 13, 13, tzinfo=UTC)


def of(*countries: tuple[str, str], payer: Payer = Payer.OWN_HOUSE) -> TripFacts:
    legs = tuple(LegFacts(leaves=LEAVES, arrives=BACK, from_country=start, to_country=end) for start, end in countries)
    return TripFacts(id="t", traveller=TravellerFacts(id="p", home_zone="Europe/Lisbon"), legs=legs, payer=payer)


@pytest.mark.parametrize(
    ("countries", "abroad"),
    [
        ([("PT", "IS"), ("IS", "PT")], Answer.YES),
        ([("PT", "pt")], Answer.NO),
        ([("PT", "")], None),
        ([("PT", "PT"), ("PT", "")], None),
        ([], None),
    ],
    ids=["abroad", "at home", "not known", "partly known", "no leg"],
)
def test_a_trip_goes_abroad_or_not_or_it_is_not_known(countries, abroad):
    assert duty_facts_of(of(*countries), HOUSE).abroad is abroad


def test_departure_return_payer_and_zone_are_those_of_the_trip():
    facts = duty_facts_of(of(("PT", "IS"), payer=Payer.HOST), HOUSE)
    assert (facts.departs, facts.returns, facts.payer, facts.home_zone) == (LEAVES, BACK, Payer.HOST, "Europe/Lisbon")
    assert duty_facts_of(of(payer=Payer.UNKNOWN), HOUSE).payer is None


def test_duties_are_the_same_whoever_travels_and_wherever_to():
    packs, office = chosen_packs(["sead-3", "nspm-33", "phs-sponsored-travel", "house"]), OfficeDays()
    for seed in range(500):
        here, there = (
            duty_facts_of(facts, frozenset(Regime), official=Answer.NO, sponsor_exempt=Answer.NO, sponsor_usd_12_months=9_000)
            for facts in (trip(seed), swapped(trip(seed)))
        )
        assert here == there
        assert msgspec.json.encode(duties_for_trip(here, packs, office)) == msgspec.json.encode(duties_for_trip(there, packs, office))
        assert must_i_report(here, packs, office) == must_i_report(there, packs, office)
