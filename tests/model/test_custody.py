import pytest

from gifthorse.model.custody import ItemState, move
from gifthorse.model.errors import WrongState


def test_an_item_goes_from_report_through_custody_and_decision_to_its_end() -> None:
    state = ItemState.REPORTED
    for to in (ItemState.IN_CUSTODY, ItemState.DECIDED, ItemState.CLOSED):
        state = move(state, to)
    assert state is ItemState.CLOSED


@pytest.mark.parametrize("end", [ItemState.CLOSED, ItemState.WITHDRAWN])
@pytest.mark.parametrize("to", list(ItemState))
def test_what_has_ended_stays_ended(end: ItemState, to: ItemState) -> None:
    with pytest.raises(WrongState):
        move(end, to)


def test_an_item_in_custody_can_not_be_withdrawn() -> None:
    with pytest.raises(WrongState):
        move(ItemState.IN_CUSTODY, ItemState.WITHDRAWN)
