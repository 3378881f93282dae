from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.tiling import claims_of, tile
from gifthorse.model.inspections import Range, RangeKind

numbers = st.integers(min_value=0, max_value=3000)


@st.composite
def partitions(draw):
    count = draw(st.integers(0, 6))
    return [
        Partition(
            index=index,
            start=draw(numbers),
            length=draw(numbers),
            scheme="mbr",
            type="0x0C",
            name="",
            hidden=False,
            filesystem=draw(st.sampled_from([None, "fat32"])),
            volume_length=draw(st.none() | numbers),
        )
        for index in range(count)
    ]


def assert_covers(ranges: list[Range] | tuple[Range, ...], size: int) -> None:
    at = 0
    for stretch in ranges:
        assert stretch.start == at
        assert stretch.length > 0
        at += stretch.length
    assert at == size


@given(st.integers(0, 2500), partitions(), st.lists(st.tuples(numbers, numbers), max_size=5))
@settings(max_examples=400)
def test_whatever_a_table_claims_the_ranges_cover_the_medium_exactly(size, named, tables):
    assert_covers(tile(size, claims_of(named, tables)), size)


def test_the_room_before_between_and_behind_partitions_is_named():
    first, second = (
        Partition(index=index, start=start, length=100, scheme="mbr", type="", name="", hidden=False, filesystem="fat16", volume_length=80)
        for index, start in ((0, 200), (1, 400))
    )
    kinds = [(stretch.start, stretch.kind, stretch.partition) for stretch in tile(1000, claims_of([first, second], [(0, 10)]))]
    assert kinds == [
        (0, RangeKind.PARTITION_TABLE, None),
        (10, RangeKind.GAP, None),
        (200, RangeKind.FILESYSTEM, 0),
        (280, RangeKind.GAP, 0),
        (300, RangeKind.GAP, None),
        (400, RangeKind.FILESYSTEM, 1),
        (480, RangeKind.GAP, 1),
        (500, RangeKind.TAIL, None),
    ]
