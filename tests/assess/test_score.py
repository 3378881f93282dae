"""The score as a whole: it adds up, it only rises with evidence, and its reasons name exactly what carries them."""

import math
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.reading import ReadThread, read_thread
from gifthorse.assess.reasons import FLOOR, MITIGATORS
from gifthorse.assess.scale import standard_scale
from gifthorse.assess.score import score, steps
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Mitigator
from tests.samples.threads import SECRECY, grades, months, observations, oldest_first, seen, threads

LATER = 400.0  # a moment after every generated observation
ROOM = 1e-9


def points(scored):
    return {reason.rule: reason.points for reason in scored.reasons}


def without(thread, places):
    return tuple(observation for place, observation in enumerate(thread) if place not in places)


def test_nothing_scores_nothing():
    assert score(()).score == 0
    assert score(()).reasons == ()


@given(threads, st.one_of(st.none(), months))
def test_the_reasons_add_up_to_the_score(thread, moment):
    scored = score(thread, moment)
    assert math.isclose(sum(reason.points for reason in scored.reasons), scored.score, abs_tol=ROOM)
    assert scored.score >= 0
    assert len({reason.rule for reason in scored.reasons}) == len(scored.reasons)
    assert all(reason.points < 0 for reason in scored.reasons if reason.rule == MITIGATORS)
    assert all(reason.points > 0 for reason in scored.reasons if reason.rule != MITIGATORS)


@given(threads)
def test_a_reason_goes_when_the_observations_that_it_names_go(thread):
    for reason in score(thread, LATER).reasons:
        assert reason.observations == tuple(sorted(set(reason.observations)))
        assert reason.rule not in points(score(without(thread, reason.observations), LATER))


@given(threads)
def test_an_observation_that_no_reason_names_changes_nothing(thread):
    scored = score(thread, LATER)
    named = {place for reason in scored.reasons for place in reason.observations}
    assert score(without(thread, set(range(len(thread))) - named), LATER).score == scored.score


@given(threads, observations)
def test_another_observation_never_lowers_the_score(thread, another):
    plain = msgspec.structs.replace(another, mitigators=())
    assert score(oldest_first((*thread, plain)), LATER).score >= score(thread, LATER).score - ROOM


@given(threads, st.integers(0, 6), st.sampled_from(Mitigator))
def test_a_mitigator_never_raises_a_score(thread, place, mitigator):
    place %= len(thread)
    changed = list(thread)
    changed[place] = msgspec.structs.replace(thread[place], mitigators=(*thread[place].mitigators, mitigator))
    assert score(changed, LATER).score <= score(thread, LATER).score + ROOM


@given(threads, st.integers(0, 6), st.sampled_from(SECRECY))
def test_secrecy_never_lowers_a_score(thread, place, tactic):
    place %= len(thread)
    changed = list(thread)
    changed[place] = msgspec.structs.replace(thread[place], tactics=(*thread[place].tactics, tactic))
    assert score(changed, LATER).score >= score(thread, LATER).score - ROOM


@given(threads, st.integers(0, 6), grades)
def test_a_better_grade_never_lowers_a_thread_without_mitigators(thread, place, grade):
    plain = [msgspec.structs.replace(observation, mitigators=()) for observation in thread]
    place %= len(plain)
    better = list(plain)
    better[place] = msgspec.structs.replace(plain[place], grade=seen(0, grade="A1").grade)
    plain[place] = msgspec.structs.replace(plain[place], grade=grade)
    assert score(better, LATER).score >= score(plain, LATER).score - ROOM


@given(threads, st.floats(0, 200))
def test_time_alone_never_raises_a_thread_without_mitigators(thread, more):
    plain = [msgspec.structs.replace(observation, mitigators=()) for observation in thread]
    assert score(plain, LATER + more).score <= score(plain, LATER).score + ROOM


@given(threads, st.randoms(use_true_random=False))
def test_the_order_within_a_month_changes_no_bit(thread, chance: random.Random):
    coarse = [msgspec.structs.replace(observation, month=float(observation.month // 12)) for observation in thread]
    shuffled = list(coarse)
    chance.shuffle(shuffled)
    one, other = score(oldest_first(coarse), LATER), score(oldest_first(shuffled), LATER)
    assert other.score == one.score
    assert points(other) == points(one)
    assert [reason.sentence for reason in other.reasons] == [reason.sentence for reason in one.reasons]


def test_a_repeated_favour_counts_less():
    once, twice, thrice = (score([seen(month, "T30") for month in range(times)], 0.0 + times - 1).score for times in (1, 2, 3))
    same = [score([seen(0, "T30")] * times).score for times in (1, 2, 3)]
    assert same[0] < same[1] < same[2]
    assert same[2] - same[1] < same[1] - same[0] < same[0]
    assert once <= twice <= thrice < 2 * once


def test_ten_dinners_are_not_ten_proofs():
    assert score([seen(0, "T30", "T31", "T33", "T34", "T35", "T36", "T37", "T38")] * 10).score < 1.01


def test_evidence_fades_and_pressure_does_not():
    friendly, pressed = [seen(0, "T30")], [seen(0, "T71")]
    assert score(friendly, 36).score == pytest.approx(score(friendly, 0).score / 2, rel=0.05)
    before, after = (next(r.points for r in score(pressed, m).reasons if r.rule == "evidence.coercion") for m in (0, 240))
    assert before == after


def test_a_doubtful_report_counts_less_than_a_confirmed_one():
    low, usual, high = (score([seen(0, "T62", ask=4, grade=grade)]).score for grade in ("E5", "B2", "A1"))
    assert low < usual / 3
    assert usual < high


def test_mitigators_are_void_when_there_is_pressure():
    calm = ("official_channel", "contract_countervalue")
    pressed = [seen(0, "T61", ask=3, mitigators=calm), seen(1, "T71")]
    bare = [seen(0, "T61", ask=3), seen(1, "T71")]
    assert score(pressed) == score(bare)
    assert MITIGATORS not in points(score(pressed))


def test_a_floor_at_zero_is_a_reason_of_its_own():
    scored = score([seen(0, "T06", mitigators=("official_channel", "contract_countervalue", "colleague_present"))])
    assert scored.score == 0
    assert points(scored)[FLOOR] > 0


def test_what_is_younger_than_the_moment_does_not_count():
    thread = (seen(0, "T30"), seen(5, "T62", ask=4))
    assert score(thread, 1) == score(thread[:1], 1)
    assert score(thread, 5).score > score(thread, 1).score


def test_steps_know_nothing_of_what_comes_later():
    thread = (seen(0, "T30", favour="small"), seen(5, "T62", ask=4), seen(9, "T53"))
    assert steps(thread) == [score(thread[:1]), score(thread[:2]), score(thread)]


def test_a_thread_out_of_order_is_refused():
    with pytest.raises(NotAccepted, match="oldest first") as refused:
        score((seen(5, "T30"), seen(0, "T30")))
    assert refused.value.field == "month"


def test_a_month_that_is_no_number_is_refused():
    with pytest.raises(NotAccepted, match="oldest first"):
        score((seen(0, "T30"), seen(float("nan"), "T30")))


def test_a_tactic_that_the_catalogue_lacks_is_refused():
    with pytest.raises(NotAccepted, match="no such tactic") as refused:
        score((seen(0, "T999"),))
    assert refused.value.field == "tactics"


def test_before_the_first_report_there_is_nothing_to_read():
    for thread in ((), (seen(5, "T71", ask=2),)):
        read = read_thread(thread, 4.0, standard_scale())
        assert read == ReadThread([], [], [], [], {}, {}, {}, {}, [], {}, coerced=False)
