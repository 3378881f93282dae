"""Levels: their thresholds, and what act needs beyond its own."""

import msgspec
import pytest

from gifthorse.assess.levels import allows_act, level_of, read_thresholds, standard_thresholds
from gifthorse.assess.score import score
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Level, Thresholds
from tests.samples.threads import seen

LOW = Thresholds(watch=0.1, talk=0.2, act=0.3)


@pytest.mark.parametrize(
    ("observation", "allowed"),
    [
        (seen(0, "T30", "T36", "T21", "T12", ask=2, favour="large"), False),
        (seen(0, "T62", ask=2), False),
        (seen(0, "T80", "T81"), False),
        (seen(0, "T51"), True),
        (seen(0, "T71"), True),
        (seen(0, ask=3), True),
    ],
    ids=["favours", "public ask", "room", "secrecy", "pressure", "internal ask"],
)
def test_act_needs_a_line_of_secrecy_pressure_or_an_ask_for_what_is_not_public(observation, allowed):
    scored = score([observation])
    assert scored.score > LOW.act
    assert allows_act(scored) is allowed
    assert level_of(scored, LOW) is (Level.ACT if allowed else Level.TALK)


def test_below_act_nothing_but_the_score_counts():
    scored = score([seen(0, "T30")])
    assert level_of(scored, Thresholds(watch=0.1, talk=5, act=6)) is Level.WATCH
    assert level_of(scored, Thresholds(watch=4, talk=5, act=6)) is Level.NONE


def test_the_shipped_thresholds_rise():
    shipped = standard_thresholds()
    assert 1 < shipped.watch < shipped.talk < shipped.act < 5


@pytest.mark.parametrize(
    "body",
    [b'{"watch": 1, "talk": 2, "act": 3.5}', b'{"schema": "gifthorse.calibration/1", "thresholds": {"watch": 1, "talk": 2, "act": 3.5}}'],
    ids=["bare", "calibration"],
)
def test_thresholds_are_read_bare_or_from_a_calibration(body):
    assert read_thresholds(body) == Thresholds(watch=1, talk=2, act=3.5)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[1, 2, 3]",
        b"{",
        b"\xff",
        b'{"watch": 1, "talk": 2}',
        b'{"watch": "1", "talk": 2, "act": 3}',
        b'{"watch": NaN, "talk": 2, "act": 3}',
        b'{"watch": 3, "talk": 2, "act": 1}',
        b'{"watch": 0, "talk": 2, "act": 3}',
        b'{"watch": 1, "talk": 2, "act": 1e999}',
        b'{"thresholds": null}',
        b"[" * 100_000,
    ],
    ids=["empty", "list", "cut", "no text", "missing", "text", "nan", "falling", "zero", "infinite", "null", "deep"],
)
def test_what_are_no_thresholds_is_refused_in_one_line(body):
    with pytest.raises(NotAccepted) as refused:
        read_thresholds(body)
    assert "\n" not in str(refused.value)
    assert refused.value.field == "thresholds"


@pytest.mark.parametrize("body", [b'{"watch": 2, "talk": 2, "act": 2}', b'{"watch": 1e-9, "talk": 2, "act": 2.5}'], ids=["equal", "tiny"])
def test_levels_may_be_equal_and_as_low_as_anything_above_zero(body):
    assert read_thresholds(body).watch > 0


def test_a_score_at_its_threshold_reaches_it():
    scored = score([seen(0, "T30")])
    at = Thresholds(watch=scored.score, talk=5, act=6)
    assert level_of(scored, at) is Level.WATCH
    assert level_of(scored, msgspec.structs.replace(at, watch=scored.score + 1e-9)) is Level.NONE


def test_a_score_with_no_reasons_allows_nothing():
    assert not allows_act(msgspec.structs.replace(score(()), score=9.0))
