from datetime import date

import pytest

from gifthorse.model.custody import ItemKind
from gifthorse.model.errors import NotAccepted
from gifthorse.report.gift import GiftReport, checked

TODAY = date(2026, 11, 22)


def test_only_the_kind_must_be_answered() -> None:
    assert checked(GiftReport(kind=ItemKind.CAMERA), TODAY).kind is ItemKind.CAMERA


def test_white_space_around_an_answer_goes() -> None:
    assert checked(GiftReport(kind=ItemKind.CAMERA, giver="  Dr. Ó Briain \n"), TODAY).giver == "Dr. Ó Briain"


def test_a_day_to_come_is_sent_back_to_its_field() -> None:
    with pytest.raises(NotAccepted) as refusal:
        checked(GiftReport(kind=ItemKind.CAMERA, given_on=date(2026, 11, 23)), TODAY)
    assert refusal.value.field == "given_on"


@pytest.mark.parametrize(("field", "longest"), [("what", 200), ("place", 200), ("occasion", 200), ("giver", 200), ("said", 8000)])
def test_a_text_that_is_too_long_is_sent_back_to_its_field(field: str, longest: int) -> None:
    checked(GiftReport(kind=ItemKind.CAMERA, **{field: "a" * longest}), TODAY)
    with pytest.raises(NotAccepted) as refusal:
        checked(GiftReport(kind=ItemKind.CAMERA, **{field: "a" * (longest + 1)}), TODAY)
    assert refusal.value.field == field
