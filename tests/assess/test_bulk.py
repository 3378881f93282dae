"""Many threads: batches, their order and their size change nothing."""

import random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.bulk import by_thread, chunks, score_chunk
from gifthorse.assess.scale import standard_scale
from gifthorse.assess.score import score
from tests.samples.threads import observations, seen

inbox = st.lists(st.tuples(observations, st.sampled_from("abcd")), max_size=16).map(
    lambda pairs: [
        msgspec.structs.replace(observation, thread=thread, month=float(round(observation.month / 20))) for observation, thread in pairs
    ]
)


@given(inbox, st.randoms(use_true_random=False), st.integers(1, 5))
def test_neither_order_nor_batches_change_a_bit(reports, chance: random.Random, size):
    shuffled = list(reports)
    chance.shuffle(shuffled)
    whole = score_chunk(by_thread(reports))
    parts = {}
    for chunk in chunks(by_thread(shuffled), size):
        assert len(chunk) <= size
        parts |= score_chunk(chunk)
    assert parts == whole
    assert list(parts) == list(whole)


def test_one_new_observation_touches_its_own_thread_alone():
    reports = [msgspec.structs.replace(seen(month, "T30"), thread=thread) for thread in "abc" for month in (3, 1, 2)]
    before = score_chunk(by_thread(reports))
    new = msgspec.structs.replace(seen(4, "T53"), thread="b")
    after = score_chunk(by_thread([*reports, new]))
    assert {thread for thread in before if before[thread] != after[thread]} == {"b"}
    assert score(by_thread([*reports, new])["b"]) == after["b"]


def test_a_chunk_is_scored_by_the_scale_and_at_the_moment_that_it_is_given():
    threads = by_thread([seen(3, "T07"), seen(1, "T07", "T30")])
    off = standard_scale(frozenset({"T07"}))
    assert score_chunk(threads, 9.0, off) == {"t": score(threads["t"], 9.0, off)}
    assert score_chunk(threads, 9.0, off) != score_chunk(threads, 9.0) != score_chunk(threads)


def test_threads_are_oldest_first():
    thread = by_thread([seen(3), seen(1), seen(2)])["t"]
    assert [observation.month for observation in thread] == [1, 2, 3]


def test_no_observations_are_no_threads():
    assert by_thread([]) == {}
    assert list(chunks({}, 3)) == []
