"""What people met without a brief, and debriefs that never came: by department, and never so few that somebody is known by it."""

from datetime import UTC, datetime, timedelta

import pytest

from gifthorse.model.roles import DESK_ITSELF, Procedure, Relation
from gifthorse.procedures import research_board
from gifthorse.procedures.acting import act, as_of, now
from gifthorse.procedures.training_gaps import MetUnbriefed, training_gaps
from gifthorse.store import vault
from gifthorse.store.tables.duty import Brief
from gifthorse.store.tables.placement import Placement, Unit
from tests.samples import register
from tests.samples import reports as samples
from tests.samples.thread_rows import told

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with as_of(NOON):
        yield


@pytest.fixture
def units(actors):
    made = [
        Unit.objects.create(id=f"unit-000000000000{number}", created_at=now(), title=title) for number, title in enumerate(("Kiln", "Mill"))
    ]
    for number, (name, unit) in enumerate((("staff", made[0]), ("colleague", made[1]))):
        Placement.objects.create(id=f"placement-000000000000{number}", created_at=now(), person_id=actors[name].person, unit=unit)
    return made


def travelled(actor, *tactics: str, brief: str = "", debriefed: bool = False, sealed_to=()) -> None:
    traveller = samples.a_trip(actor.person, ended=timedelta(days=20), moment=NOON, debriefed_at=NOON if debriefed else None)
    if brief:
        with act(DESK_ITSELF, Procedure.SEND_NOTICES, Relation.OTHERS, subject=traveller.trip_id) as deed:
            content = deed.note(vault.keep(b"a brief", moment=deed.moment))
            read_at = {"read": NOON - timedelta(days=24), "late": NOON - timedelta(days=2)}.get(brief)
            deed.keep(Brief(trip=traveller.trip, person_id=actor.person, content=content, library="1", read_at=read_at))
    if tactics:
        told(actor, register.a_contact(actor), *tactics, trip_id=traveller.trip_id, sealed_to=list(sealed_to))


def test_a_tactic_met_five_times_without_a_brief_read_before_is_a_gap(actors, units):
    for brief in ("", "", "unread", "unread", "late"):
        travelled(actors["staff"], "T33", "T50", brief=brief)
    for _ in range(5):
        travelled(actors["staff"], "T33", brief="read")
    found = training_gaps(NOON).tactics
    assert found == (
        MetUnbriefed(tactic="T33", unbriefed=5, met=10, units=("Kiln",)),
        MetUnbriefed(tactic="T50", unbriefed=5, met=5, units=("Kiln",)),
    )


def test_fewer_than_five_on_either_side_are_not_told(actors, units):
    for _ in range(4):
        travelled(actors["staff"], "T50")
    for number in range(9):
        travelled(actors["staff"], "T33", brief="read" if number < 4 else "")
    assert training_gaps(NOON).tactics == ()


def test_what_a_sealed_report_tells_is_no_gap(actors, units):
    for number in range(5):
        travelled(actors["staff"], "T33", sealed_to=[actors["officer"].person] if number else [])
    assert training_gaps(NOON).tactics == ()


def test_departments_show_trips_without_brief_and_without_debrief(actors, units):
    for name in ("staff", "colleague"):
        for number in range(12):
            travelled(actors[name], brief="read" if number < 5 else "", debriefed=number < 6)
    assert [(one.unit, one.trips, one.unbriefed, one.silent) for one in training_gaps(NOON).units] == [
        ("Kiln", 12, 7, 6),
        ("Mill", 12, 7, 6),
    ]


def test_a_department_with_few_debriefs_is_left_out_with_one_that_protects_it(actors, units):
    for name, debriefed in (("staff", 6), ("colleague", 2)):
        for number in range(12):
            travelled(actors[name], brief="read" if number < 6 else "", debriefed=number < debriefed)
    assert [(one.trips, one.unbriefed, one.silent) for one in training_gaps(NOON).units] == [(None, None, None), (None, None, None)]


def test_the_board_of_research_security_shows_the_gaps(actors, units):
    for _ in range(6):
        travelled(actors["staff"], "T33")
    assert research_board.research_board(actors["research"]).gaps == training_gaps(NOON)
