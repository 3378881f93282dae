import pytest

from gifthorse.model.errors import WrongState
from gifthorse.model.reports import ReportKind, ReportState, first_state, move


def test_no_report_is_closed_before_it_was_answered() -> None:
    for state in (ReportState.NEW, ReportState.READ):
        with pytest.raises(WrongState):
            move(state, ReportState.CLOSED)
    assert move(move(ReportState.NEW, ReportState.ANSWERED), ReportState.CLOSED) is ReportState.CLOSED


def test_a_sealed_report_never_becomes_an_open_one() -> None:
    for state in (ReportState.NEW, ReportState.READ, ReportState.ANSWERED):
        with pytest.raises(WrongState):
            move(ReportState.SEALED, state)


def test_pressure_is_sealed_from_the_first_moment() -> None:
    assert {kind for kind in ReportKind if first_state(kind) is ReportState.SEALED} == {ReportKind.PRESSURE}


def test_a_closed_report_can_be_answered_again() -> None:
    assert move(ReportState.CLOSED, ReportState.ANSWERED) is ReportState.ANSWERED


def test_every_kind_has_a_label_of_its_own() -> None:
    assert len({kind.label for kind in ReportKind}) == len(ReportKind)


def test_the_desk_asks_for_debrief_and_check_in_by_itself() -> None:
    assert {kind for kind in ReportKind if kind.opened_by_trip} == {ReportKind.DEBRIEF, ReportKind.CHECK_IN}
