"""The travellers' board: leaving unbriefed, away, back and not debriefed, in few queries however many they are."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gifthorse.procedures import plan_trip, view_brief, view_trip
from gifthorse.procedures.acting import now
from gifthorse.procedures.travellers_today import travellers_today
from gifthorse.store.tables.trip import Traveller
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(START, tick=False):
        yield


def going(actors, days: float, name: str = "staff", **more):
    return samples.approved(actors["officer"], samples.a_trip(actors[name], samples.a_content(legs=samples.legs(days, nights=3), **more)))


def test_a_traveller_moves_from_list_to_list(actors):
    trip = going(actors, 5)
    board = travellers_today(actors["officer"])
    assert [(one.trip, one.name, one.brief) for one in board.leaving] == [(trip.pk, "Name of staff", "unread")]
    assert (board.away, board.back) == ((), ())
    view_brief.acknowledge(actors["staff"], trip.pk)
    assert travellers_today(actors["officer"]).is_empty
    with time_machine.travel(START + timedelta(days=6), tick=False):
        assert [one.brief for one in travellers_today(actors["officer"]).away] == ["read"]
    with time_machine.travel(START + timedelta(days=9), tick=False):
        assert [one.trip for one in travellers_today(actors["officer"]).back] == [trip.pk]
        Traveller.objects.update(debriefed_at=now())
        assert travellers_today(actors["officer"]).is_empty


def test_who_leaves_later_than_in_a_week_or_not_at_all_is_not_on_it(actors):
    going(actors, 8)
    samples.a_trip(actors["staff"], samples.a_content(legs=samples.legs(2)), draft=True)
    off = going(actors, 2, "colleague")
    plan_trip.cancel(actors["colleague"], off.pk, "")
    assert travellers_today(actors["officer"]).is_empty


def test_who_waits_for_an_answer_and_leaves_soon_is_on_it(actors):
    samples.a_trip(actors["staff"], samples.a_content(legs=samples.legs(2)))
    assert [one.brief for one in travellers_today(actors["officer"]).leaving] == ["none"]


def test_who_left_the_trip_is_not_on_it(actors):
    trip = samples.a_trip(actors["staff"], samples.a_content(legs=samples.legs(2)), people=[actors["colleague"].person])
    plan_trip.change(actors["staff"], trip.pk, samples.a_content(legs=samples.legs(2)), plan_trip.Party(people=(actors["staff"].person,)))
    assert [one.name for one in travellers_today(actors["officer"]).leaving] == ["Name of staff"]


def queries(ask) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        ask()
    return len(seen)


def test_the_board_and_the_list_ask_as_often_for_many_as_for_one(actors):
    going(actors, 2)
    before = queries(lambda: travellers_today(actors["officer"])), queries(lambda: view_trip.trips_for(actors["officer"]))
    for number in range(12):
        going(actors, 1 + number / 4, ("staff", "colleague")[number % 2], title=f"Trip {number}")
    assert len(travellers_today(actors["officer"]).leaving) == 13
    assert len(view_trip.trips_for(actors["officer"]).rows) == 13
    after = queries(lambda: travellers_today(actors["officer"])), queries(lambda: view_trip.trips_for(actors["officer"]))
    assert after == before


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("waiting", {"waits"}),
        ("soon", {"soon", "waits"}),
        ("away", {"away"}),
        ("back", {"back"}),
        ("asks", {"waits"}),
        ("", {"soon", "away", "back", "waits"}),
    ],
)
def test_the_list_is_narrowed(actors, show, expected):
    going(actors, 4, title="soon")
    going(actors, -1, title="away")
    going(actors, -9, title="back")
    samples.a_trip(actors["staff"], samples.a_content(title="waits", legs=samples.legs(3)))
    assert {row.title for row in view_trip.trips_for(actors["officer"], show=show).rows} == expected


def test_research_security_is_asked_about_own_devices_and_sponsors_alone(actors):
    quiet = samples.a_content(title="quiet", paid=(), devices=(samples.DeviceTold(kind="laptop", loaner=True),))
    samples.a_trip(actors["staff"], quiet)
    samples.a_trip(actors["staff"], samples.a_content(title="phone", paid=(), devices=(samples.DeviceTold(kind="phone"),)))
    assert {row.title for row in view_trip.trips_for(actors["research"], show="asks").rows} == {"phone"}


def test_what_is_to_come_stands_first_the_next_departure_on_top(actors):
    for days, title in ((30, "later"), (-20, "old"), (2, "next"), (-9, "newer")):
        samples.a_trip(actors["staff"], samples.a_content(title=title, legs=samples.legs(days)))
    assert [row.title for row in view_trip.trips_for(actors["officer"]).rows] == ["next", "later", "newer", "old"]
