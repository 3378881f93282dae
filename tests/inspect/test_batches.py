from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.batches import BATCH_BYTES, BATCH_FILES, Batches
from gifthorse.inspect.confine.messages import Target


def _target(number: int, size: int) -> Target:
    return Target(path=str(number), raw_name=b"x", size=size)


def _filled(sizes: list[int], workers: int = 2) -> Batches:
    batches = Batches(workers)
    for number, size in enumerate(sizes):
        batches.add(_target(number, size))
    return batches


def _all(batches: Batches) -> list[tuple[Target, ...]]:
    portions = []
    while portion := batches.take(more_to_come=False):
        portions.append(portion)
    return portions


@given(st.lists(st.integers(0, 3 * BATCH_BYTES), max_size=400))
def test_every_file_is_handed_out_once(sizes: list[int]) -> None:
    portions = _all(_filled(sizes))
    assert sorted(int(target.path) for portion in portions for target in portion) == list(range(len(sizes)))


def test_large_files_come_first_and_alone_the_largest_before_all() -> None:
    portions = _all(_filled([10, BATCH_BYTES, 10, 5 * BATCH_BYTES]))
    assert [[target.size for target in portion] for portion in portions[:2]] == [[5 * BATCH_BYTES], [BATCH_BYTES]]


def test_portions_get_smaller_towards_the_end() -> None:
    counts = [len(portion) for portion in _all(_filled([1] * 5000))]
    assert counts[0] == BATCH_FILES
    assert counts[-1] <= 8
    assert counts == sorted(counts, reverse=True)


def test_while_more_is_coming_only_full_portions_go_out() -> None:
    batches = _filled([1] * (BATCH_FILES - 1))
    assert batches.take(more_to_come=True) == ()
    batches.add(_target(999, 1))
    assert len(batches.take(more_to_come=True)) == BATCH_FILES


def test_a_portion_ends_when_it_is_heavy() -> None:
    assert len(_filled([BATCH_BYTES - 1] * 10).take(more_to_come=False)) == 2
