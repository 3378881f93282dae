import pytest

from gifthorse.assess.circumstances import CIRCUMSTANCES, circumstances
from gifthorse.model.observations import AskLevel, FavourBand, Observation

NO_ASK, NO_FAVOUR, NOTHING_HIDDEN = CIRCUMSTANCES[1:]


def seen(month: float, *tactics: str, reporter: str = "r", **more) -> Observation:
    return Observation(**{"month": month, "thread": "t", "reporter": reporter, "tactics": tactics} | more)


def long_with(*tactics: str, **more) -> tuple[str, ...]:
    return circumstances([seen(6, "T01"), seen(0, "T06"), seen(3, *tactics, **more)])


def test_two_reporters_are_several_and_one_is_not():
    assert circumstances([seen(0), seen(0, reporter="s")]) == ("circumstance:several_reporters",)
    assert circumstances([seen(0), seen(1)]) == ()
    assert circumstances([]) == ()


def test_half_a_year_and_three_observations_can_miss_something():
    assert long_with() == (NO_ASK, NO_FAVOUR, NOTHING_HIDDEN) == CIRCUMSTANCES[1:]
    assert circumstances([seen(0), seen(6)]) == ()
    assert circumstances([seen(0), seen(3), seen(5.9)]) == ()


@pytest.mark.parametrize(
    ("tactics", "more", "missing"),
    [
        (("T62",), {}, (NO_FAVOUR, NOTHING_HIDDEN)),
        ((), {"ask_level": AskLevel.PERSONAL}, (NO_FAVOUR, NOTHING_HIDDEN)),
        ((), {"ask_level": AskLevel.PUBLIC}, (NO_ASK, NO_FAVOUR, NOTHING_HIDDEN)),
        (("T33",), {}, (NO_ASK, NOTHING_HIDDEN)),
        ((), {"favour": FavourBand.SMALL}, (NO_ASK, NOTHING_HIDDEN)),
        (("T50",), {}, (NO_ASK, NO_FAVOUR)),
        (("T71",), {}, (NO_ASK, NO_FAVOUR)),
        (("T50", "T33", "T62"), {}, ()),
    ],
)
def test_what_was_seen_once_is_not_missing(tactics, more, missing):
    assert long_with(*tactics, **more) == missing


def test_both_kinds_of_circumstance_can_hold():
    assert long_with(reporter="s") == CIRCUMSTANCES
