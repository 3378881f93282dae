"""Where a trip may go from where it stands."""

from datetime import UTC, datetime, timedelta

import pytest

from gifthorse.model.errors import WrongState
from gifthorse.model.trips import TripState, after_change, move, shown_state

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "to"),
    [
        ("draft", "submitted"),
        ("submitted", "approved"),
        ("approved", "changed"),
        ("changed", "approved"),
        ("refused", "submitted"),
        ("approved", "deviated"),
    ],
)
def test_a_trip_goes_the_usual_way(state, to):
    assert move(TripState(state), TripState(to)) is TripState(to)


@pytest.mark.parametrize(
    ("state", "to"),
    [("draft", "approved"), ("cancelled", "submitted"), ("refused", "approved"), ("deviated", "approved"), ("approved", "submitted")],
)
def test_no_trip_skips_a_decision(state, to):
    with pytest.raises(WrongState):
        move(TripState(state), TripState(to))


def test_a_changed_trip_is_looked_at_again_and_a_refused_one_handed_in_anew():
    assert after_change(TripState.APPROVED) is TripState.CHANGED
    assert after_change(TripState.REFUSED) is TripState.SUBMITTED
    assert after_change(TripState.DRAFT) is TripState.DRAFT
    with pytest.raises(WrongState):
        after_change(TripState.CANCELLED)


def test_a_trip_that_went_ahead_is_over_once_it_has_ended_and_one_that_was_called_off_never_is():
    assert shown_state(TripState.APPROVED, NOW, NOW) is TripState.OVER
    assert shown_state(TripState.APPROVED, NOW + timedelta(minutes=1), NOW) is TripState.APPROVED
    assert shown_state(TripState.CANCELLED, NOW, NOW) is TripState.CANCELLED
    assert shown_state(TripState.DEVIATED, NOW, NOW) is TripState.DEVIATED
