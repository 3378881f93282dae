"""What if this observation is wrong, graded otherwise, or covered by a contract?"""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.score import score
from gifthorse.assess.what_if import what_if
from gifthorse.model.errors import NotAccepted
from gifthorse.model.grades import Grade
from gifthorse.model.observations import Mitigator
from tests.samples.threads import seen, threads

THREAD = (seen(0, "T30", favour="small"), seen(2, "T38"), seen(5, "T53", "T62", ask=4))


@given(threads)
def test_leaving_nothing_out_changes_nothing(thread):
    assert what_if(thread) == score(thread)


@given(threads, st.sets(st.integers(0, 6)))
def test_leaving_out_is_as_if_it_had_never_been_reported(thread, some):
    left_out = {place for place in some if place < len(thread)}
    kept = [place for place in range(len(thread)) if place not in left_out]
    found = what_if(thread, without=left_out)
    plain = score([thread[place] for place in kept], thread[-1].month)
    assert found.score == plain.score
    assert [reason.observations for reason in found.reasons] == [
        tuple(kept[place] for place in reason.observations) for reason in plain.reasons
    ]


def test_leaving_out_the_last_does_not_turn_back_the_clock():
    assert what_if(THREAD, without={2}) == score(THREAD[:2], 5)


def test_a_lower_grade_lowers_the_score_and_is_undone_by_the_old_one():
    doubted = msgspec.structs.replace(THREAD[2], grade=Grade.read("E5"))
    assert what_if(THREAD, instead={2: doubted}).score < score(THREAD).score / 2
    assert what_if(THREAD, instead={2: THREAD[2]}) == score(THREAD)


def test_a_contract_lowers_the_score():
    covered = msgspec.structs.replace(THREAD[2], mitigators=(Mitigator.CONTRACT_COUNTERVALUE,))
    assert what_if(THREAD, instead={2: covered}).score < score(THREAD).score


def test_another_month_moves_the_observation_and_keeps_its_position():
    earlier = msgspec.structs.replace(THREAD[2], month=1.0)
    named = {place for reason in what_if(THREAD, instead={2: earlier}).reasons for place in reason.observations}
    assert named == {0, 1, 2}


@pytest.mark.parametrize("place", [-1, 3])
def test_a_position_that_the_thread_lacks_is_refused(place):
    for changes in ({"without": {place}}, {"instead": {place: THREAD[0]}}):
        with pytest.raises(NotAccepted, match="no such observation") as refused:
            what_if(THREAD, **changes)
        assert refused.value.field == "observation"


def test_an_empty_thread_stays_empty():
    assert what_if(()).score == 0
