"""What is reached through another procedure follows that procedure's row."""

import pytest

from gifthorse.model.custody import ItemState
from gifthorse.model.errors import NotFound, Refused, WrongState
from gifthorse.model.roles import Actor
from gifthorse.procedures import (
    add_photograph,
    answer_reporter,
    compare_inspections,
    decide_item,
    needs_today,
    people,
    prepare_picture,
    read_inspection,
    view_picture,
)
from gifthorse.procedures.acting import now
from gifthorse.store.tables.inspection import InspectionProgress
from tests.matrix.test_procedures import world

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def test_closing_an_item_follows_the_row_of_deciding(actors: dict[str, Actor], world) -> None:
    made = world(actors["staff"], ItemState.DECIDED)
    answer_reporter.answer(actors["officer"], made.item.pk, "Thank you.")
    for name in ("staff", "colleague", "custodian", "auditor", "admin"):
        with pytest.raises((Refused, NotFound)):
            decide_item.close(actors[name], made.item.pk)
    assert decide_item.close(actors["officer"], made.item.pk).state == ItemState.CLOSED


def test_the_officers_board_follows_the_row_of_viewing(actors: dict[str, Actor], world) -> None:
    made = world(actors["staff"], ItemState.IN_CUSTODY)
    assert [item.pk for item in needs_today.officer_board(actors["officer"]).to_inspect.items] == [made.item.pk]
    for name in ("staff", "custodian", "auditor", "admin"):
        with pytest.raises(Refused):
            needs_today.officer_board(actors[name])


def test_a_result_is_read_by_those_who_may_view_inspections(actors: dict[str, Actor], world) -> None:
    made = world(actors["staff"], ItemState.IN_CUSTODY)
    InspectionProgress.objects.filter(inspection=made.inspection).update(heartbeat=now())
    with pytest.raises(WrongState, match="no result yet"):
        read_inspection.result(actors["officer"], made.inspection.pk)
    for name in ("staff", "custodian", "auditor", "admin"):
        with pytest.raises((Refused, NotFound)):
            read_inspection.result(actors[name], made.inspection.pk)


def test_a_comparison_is_read_by_those_who_may_view_inspections(actors: dict[str, Actor], world) -> None:
    made = world(actors["staff"], ItemState.IN_CUSTODY)
    for name in ("staff", "custodian", "auditor", "admin"):
        with pytest.raises((Refused, NotFound)):
            compare_inspections.compare(actors[name], made.inspection.pk, made.inspection.pk)
    with pytest.raises(WrongState, match="no result yet"):
        compare_inspections.compare(actors["officer"], made.inspection.pk, made.inspection.pk)


def test_the_list_of_receivers_follows_the_row_of_handing_over(actors: dict[str, Actor]) -> None:
    assert people.colleagues(actors["officer"]) == {actors["officer"].person: "Name of officer"}
    for name in ("staff", "custodian", "auditor", "admin"):
        with pytest.raises((Refused, NotFound)):
            people.colleagues(actors[name])


def test_a_photograph_is_seen_by_those_who_may_view_the_item(actors: dict[str, Actor], world) -> None:
    made = world(actors["staff"], ItemState.IN_CUSTODY)
    arrival = add_photograph.begin(actors["staff"], made.item.pk, "front.jpg")
    arrival.write(b"the original")
    photograph = arrival.finish().pk
    prepare_picture.prepare(photograph, lambda _fd: b"redrawn")
    for name in ("staff", "officer"):
        assert view_picture.picture(actors[name], photograph) == b"redrawn"
    for name in ("colleague", "custodian", "auditor", "admin", "board"):
        with pytest.raises((Refused, NotFound)):
            view_picture.picture(actors[name], photograph)
