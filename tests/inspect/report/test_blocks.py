"""What the map shows before it is drawn."""

from gifthorse.inspect.report.blocks import MOST_BLOCKS, blocks_of, drawn
from gifthorse.model.inspections import Coverage, Range, RangeKind, Source, SourceKind
from tests.samples import inspections


def test_a_medium_is_shown_range_by_range_with_its_findings_in_place():
    blocks = blocks_of(inspections.dangerous_stick())
    assert [block.kind for block in blocks] == ["partition-table", "gap", "filesystem", "gap", "filesystem", "tail"]
    assert {mark.number for mark in blocks[2].marks} == {2, 4, 5}
    assert {mark.number for mark in blocks[4].marks} == {1, 3}


def test_a_finding_without_a_place_on_the_medium_lies_in_its_partition():
    (mark,) = [mark for mark in blocks_of(inspections.dangerous_stick())[4].marks if mark.number == 1]
    assert mark.offset is None


def test_a_page_with_its_own_numbers_gets_them_on_the_map():
    blocks = blocks_of(inspections.dangerous_stick(), {position: position + 100 for position in range(6)})
    assert {mark.number for mark in blocks[4].marks} == {102, 103}


def test_a_folder_is_shown_by_kinds_of_file_and_members_add_no_bytes():
    blocks = blocks_of(inspections.encrypted_archive())
    assert {block.kind: (block.count, block.length) for block in blocks} == {"container": (1, 481_204), "other": (2, 0)}


def test_thousands_of_ranges_are_drawn_together_without_losing_bytes_or_findings():
    layout = tuple(Range(start=n * 512, length=512, kind=RangeKind.UNKNOWN_PARTITION, label=str(n), partition=n) for n in range(3_000))
    size = 3_000 * 512
    inspection = inspections.made(
        Source(name="x.img", kind=SourceKind.IMAGE, bytes=size, sha256=None),
        findings=(inspections.HIDDEN_PARTITION.found(inspections.Evidence(path="", partition=1_234, medium_offset=1_234 * 512)),),
        coverage=Coverage(bytes_total=size, bytes_accounted=size, items_total=1, items_inspected=1),
        layout=layout,
    )
    blocks = blocks_of(inspection)
    few = drawn(blocks)
    assert len(blocks) == 3_000
    assert len(few) <= MOST_BLOCKS
    assert sum(block.length for block in few) == size
    assert [mark.number for block in few for mark in block.marks] == [1]
