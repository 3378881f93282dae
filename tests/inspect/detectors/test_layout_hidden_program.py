from gifthorse.inspect.detectors.layout_hidden_program import examine_partitions
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.layout.facts import Partition, Trait
from gifthorse.model.findings import Severity


def partition(index: int, *traits: Trait, hidden: bool = False) -> Partition:
    return Partition(
        index=index, start=index << 20, length=1 << 20, scheme="mbr", type="0x0b", name="", hidden=hidden, traits=frozenset(traits)
    )


def test_programs_in_a_partition_out_of_sight_are_high() -> None:
    seen = [Seen(path=f"{name}.exe", size=1, filetype=FileType.PE, partition=1) for name in "ab"]
    (finding,) = examine_partitions(seen, [partition(0), partition(1, Trait.HIDDEN_TYPE, hidden=True)])
    assert finding.severity is Severity.HIGH
    assert [(place.partition, place.path) for place in finding.evidence] == [(1, "a.exe"), (1, "b.exe")]


def test_programs_in_the_visible_partition_are_nothing() -> None:
    seen = [Seen(path="a.exe", size=1, filetype=FileType.PE, partition=0)]
    assert list(examine_partitions(seen, [partition(0), partition(1, hidden=True)])) == []


def test_the_area_that_starts_a_computer_holds_programs_as_a_rule() -> None:
    seen = [Seen(path="EFI/BOOT/BOOTX64.EFI", size=1, filetype=FileType.PE, partition=1)]
    assert list(examine_partitions(seen, [partition(0), partition(1, Trait.SYSTEM, hidden=True)])) == []


def test_a_partition_that_is_only_logical_or_active_is_in_sight() -> None:
    seen = [Seen(path="a.exe", size=1, filetype=FileType.PE, partition=0)]
    assert list(examine_partitions(seen, [partition(0, Trait.ACTIVE, Trait.LOGICAL)])) == []
