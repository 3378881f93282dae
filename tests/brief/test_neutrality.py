"""A brief is the same whoever travels and wherever to: only the parts about the place differ."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

import gifthorse.brief
from gifthorse.brief.blocks import library
from gifthorse.brief.composed import Brief
from gifthorse.brief.composing import compose
from gifthorse.brief.duties import events
from gifthorse.brief.facts import VOCABULARY
from gifthorse.brief.place import PlaceBlock, PlaceKind
from gifthorse.brief.situation import Device, Host, KnowHow, Situation
from gifthorse.brief.trip_facts import TripFacts, places_of, situation_of
from tests.samples.trips import TODAY, swapped, trip

TRIPS = 10_000
ROOM = Path(gifthorse.brief.__file__).parent
PLACE_PARTS = {f"place-{kind}" for kind in PlaceKind}
ORIGIN = {
    "nationality", "nationalities", "citizenship", "country", "countries", "birthplace", "birth", "religion", "faith", "ethnicity", "race",
    "language", "languages", "name", "names", "surname", "passport", "visa", "destination", "destinations", "city", "tld", "script",
}  # fmt: skip


def blocks_about(facts: TripFacts) -> list[PlaceBlock]:
    return [
        PlaceBlock(
            kind=kind,
            place=place,
            place_title=f"Land of {place}",
            heading="Told",
            quote=f"In {place} " + "the port may not be photographed. " * len(place) * (ord(place[1]) % 7 + 1),
            publisher="An office",
            document="https://example.org/",
            licence="Free to quote.",
            updated=date(2026, 11, 1),
            retrieved=datetime(2026, 11, 30, tzinfo=UTC),
        )
        for place in places_of(facts)
        for kind in PlaceKind
    ]


def briefed(facts: TripFacts) -> Brief:
    return compose(situation_of(facts, TODAY), blocks_about(facts), library(), TODAY)


def outside_places(brief: Brief) -> bytes:
    """Everything of *brief* but the parts about places, to the last byte."""
    rest = msgspec.structs.replace(
        brief,
        sections=tuple(section for section in brief.sections if section.kind not in PLACE_PARTS),
        left_out=tuple(left for left in brief.left_out if left.kind not in PLACE_PARTS),
    )
    return msgspec.json.encode(rest)


@pytest.mark.slow
def test_ten_thousand_swapped_trips_differ_only_in_what_is_said_about_places():
    differing_places = 0
    for seed in range(TRIPS):
        facts = trip(seed)
        here, there = briefed(facts), briefed(swapped(facts))
        assert outside_places(here) == outside_places(there), f"seed {seed}"
        differing_places += here != there
    # The swap does reach the parts that may differ: otherwise this test would compare a trip with itself.
    assert differing_places > TRIPS / 2


def test_the_situation_has_exactly_these_fields():
    assert {field.name for field in msgspec.structs.fields(Situation)} == {
        "roles", "seniority", "signs_for_the_house", "know_how", "devices", "data", "venues", "events", "hosts", "payer", "invitation",
        "social", "reports_on_same_know_how", "reports_on_same_host", "company", "itinerary_gaps", "border_crossings", "nights", "days",
        "days_until_departure", "paid_fee",
    }  # fmt: skip
    assert {field.name for field in msgspec.structs.fields(KnowHow)} == {
        "id", "title", "kind", "protection", "carried", "export_reference", "line",
    }  # fmt: skip
    assert {field.name for field in msgspec.structs.fields(Device)} == {"kind", "loaner"}
    assert {field.name for field in msgspec.structs.fields(Host)} == {"id", "kind"}


def test_a_situation_refuses_a_field_that_it_does_not_have():
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"nationality": "XX"}', type=Situation)


@pytest.mark.parametrize(
    "module",
    [
        "situation.py",
        "composing.py",
        "conditions.py",
        "facts.py",
        "clauses.py",
        "blocks.py",
        "kinds.py",
        "duties/deciding.py",
        "duties/events.py",
    ],
)
def test_the_rules_have_no_word_for_where_anybody_comes_from(module):
    tree = ast.parse((ROOM / module).read_text(encoding="utf-8"))
    words = {part for identifier in identifiers(tree) for part in identifier.lower().split("_")}
    allowed = {"name"} if module in {"blocks.py", "composing.py"} else set()  # names of files of the package, and of settings of the desk
    assert words & ORIGIN <= allowed


def identifiers(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name", "asname"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                found.add(value)
    return found


def test_the_check_for_words_of_origin_sees_them():
    seen = identifiers(ast.parse("def f(home_country): return trip.nationality"))
    assert {part for word in seen for part in word.split("_")} & ORIGIN == {"country", "nationality"}


@pytest.mark.parametrize("vocabulary", [VOCABULARY, events.VOCABULARY], ids=["advice", "duties"])
def test_no_fact_that_a_rule_may_ask_for_is_about_origin(vocabulary):
    words = {part for fact in vocabulary for part in fact.replace(".", "-").split("-")}
    assert not words & ORIGIN


def test_situation_and_composing_never_import_what_knows_the_places_of_a_trip():
    for module in ("situation.py", "composing.py", "facts.py", "clauses.py", "conditions.py"):
        imported = {
            node.module for node in ast.walk(ast.parse((ROOM / module).read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
        }
        assert "gifthorse.brief.trip_facts" not in imported, module
