"""Each reason against the plainest telling of it: the same rules, the same points, the same observations."""

import math

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gifthorse.assess.scale import scale_of
from gifthorse.assess.score import score
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator, Observation
from gifthorse.model.tactics import catalogue
from tests.samples.plain_score import WEIGHTS, plain_reasons
from tests.samples.threads import TACTICS, grades, oldest_first, seen, threads

READ_BY_RULES = sorted({tactic for measure in WEIGHTS.measures.values() for tactic in measure.tactics})
HOUSE = {"official_channel", "employer_paid", "contract_countervalue", "identity_verified", "colleague_present"}
# Few months, so that many observations meet in one or stand exactly as far apart as a rule reaches.
crowded = st.lists(
    st.builds(
        Observation,
        month=st.sampled_from((0.0, 1.0, 2.0, 23.0, 24.0, 25.0, 26.0, 48.0, 49.0)),
        thread=st.just("t"),
        reporter=st.sampled_from(("r1", "r2", "r3")),
        tactics=st.lists(st.sampled_from([tactic for tactic in READ_BY_RULES if tactic[:2] != "T7"]), max_size=2).map(tuple),
        ask_level=st.sampled_from(AskLevel),
        favour=st.sampled_from(FavourBand),
        grade=grades,
        mitigators=st.lists(st.sampled_from(Mitigator), max_size=2, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=7,
).map(oldest_first)


def agree(thread, moment):
    expected = plain_reasons(thread, moment)
    found = {reason.rule: reason for reason in score(thread, moment).reasons}
    assert {rule: reason.observations for rule, reason in found.items()} == {rule: places for rule, (_, places) in expected.items()}
    for rule, reason in found.items():
        assert math.isclose(reason.points, expected[rule][0], rel_tol=1e-9, abs_tol=1e-12), rule


@settings(deadline=None)
@given(crowded, st.sampled_from((0.0, 24.0, 49.0, 49.5, 90.0)))
@example((seen(0, ask=1), seen(1, ask=2), seen(1, ask=2), seen(1, ask=3, grade="E5"), seen(2, ask=2), seen(3, ask=4)), 9.0)
@example((seen(0, "T53"), seen(0, "T50", favour="small"), seen(3, "T52", favour="large"), seen(3, "T53", grade="C3")), 3.0)
@example((seen(0, favour="large"), seen(1, favour="small"), seen(24, ask=4), seen(25, ask=2)), 30.0)
@example((seen(0, "T21", grade="A1"), seen(1, "T21"), seen(2, "T36", grade="D3"), seen(5, "T35")), 30.0)
@example((seen(0, "T64", grade="A1"), seen(40, "T64", grade="F6"), seen(41, "T65")), 41.0)
def test_the_rules_give_what_their_plainest_telling_gives(thread, moment):
    agree(thread, moment)


@settings(deadline=None)
@given(threads, st.one_of(st.just(300.0), st.floats(0, 400, allow_nan=False)))
@example((seen(0, "T01", reporter="r1", grade="A1"), seen(30, "T01", reporter="r1", grade="E5"), seen(31, "T06", reporter="r2")), 31.0)
@example((seen(0, "T30", ask=3, mitigators=HOUSE), seen(4, "T72")), 4.0)
@example((seen(0, "T30", "T30", ask=1, mitigators=("employer_paid",) * 2),), 4.0)
def test_any_thread_scores_what_the_plainest_telling_gives(thread, moment):
    agree(thread, moment)


def test_what_has_wholly_faded_is_no_reason_any_more():
    thread = [seen(0, "T06", "T10", "T33", "T51", "T53", ask=1, favour="small"), seen(1, "T30", ask=4, reporter="r2")]
    assert score(thread, 1e6).reasons == ()


def test_weights_of_nothing_give_no_reason():
    zero = msgspec.structs.replace(WEIGHTS.tactics["T06"], value=0.0)
    nothing = msgspec.structs.replace(WEIGHTS.mitigators[Mitigator.EMPLOYER_PAID], points=0.0)
    house = msgspec.structs.replace(
        WEIGHTS, tactics=WEIGHTS.tactics | {"T06": zero}, mitigators=WEIGHTS.mitigators | {Mitigator.EMPLOYER_PAID: nothing}
    )
    assert score([seen(0, "T06", mitigators=("employer_paid",))], scale=scale_of(house, catalogue())).reasons == ()


@pytest.mark.parametrize("tactic", TACTICS)
def test_each_tactic_by_itself_gives_what_the_weights_say(tactic):
    agree((seen(0, tactic, ask=1), seen(7, tactic, favour="medium", mitigators=("identity_verified",))), 10.0)
