"""The tree of what was met."""

import sys

import pytest

from gifthorse.inspect.report import tree as trees
from gifthorse.inspect.report.tree import Node, tree
from gifthorse.model.inspections import Content, Coverage, Source, SourceKind
from tests.samples import inspections


def holding(*contents: Content, findings=()):
    coverage = Coverage(bytes_total=1, bytes_accounted=1, items_total=len(contents), items_inspected=len(contents))
    return inspections.made(
        Source(name="x", kind=SourceKind.FOLDER, bytes=1, sha256=None), findings=findings, coverage=coverage, contents=contents
    )


def file(path: str, **more) -> Content:
    return Content(path=path, size=more.pop("size", 1), type=more.pop("type", "text"), **more)


def every(node: Node):
    yield node
    for child in node.children:
        yield from every(child)


def test_contents_are_grouped_by_partition_folders_first():
    root = tree(inspections.dangerous_stick())
    assert [(node.kind, node.partition) for node in root.children] == [("partition", 0), ("partition", 1)]
    assert [node.name for node in root.children[0].children] == [
        "_",
        "Pictures",
        "brochure.pdf",
        "old invoice.doc",
        "Product brochure 2026.pdf.lnk",
    ]


def test_members_stand_below_the_container_that_holds_them():
    (folder,) = tree(inspections.dangerous_stick()).children[1].children
    (container,) = folder.children
    assert (container.name, container.kind, container.size) == ("holiday.zip", "container", 700_000)
    assert [node.name for node in container.children] == ["notes", "IMG_0042.jpg"]


def test_a_mark_stands_on_its_file_and_is_counted_all_the_way_up():
    partition = tree(inspections.dangerous_stick()).children[1]
    picture = next(node for node in every(partition) if node.name == "IMG_0042.jpg")
    assert picture.numbers == (1,)
    assert picture.gravest == "high"
    assert partition.below == 1
    assert partition.gravest == "high"
    assert partition.open
    assert not next(node for node in every(partition) if node.name == "notes").open


def test_a_huge_folder_without_findings_is_counted_and_not_listed():
    folder = next(node for node in every(tree(inspections.camera_card())) if node.name == "100MSDCF" or node.name.endswith("/100MSDCF"))
    assert folder.children == ()
    assert (folder.unlisted, folder.unlisted_types) == (240, (("jpeg", 240),))


def test_a_huge_folder_with_a_finding_lists_what_leads_to_it():
    finding = inspections.SCRIPT.found(inspections.Evidence(path="all/f7"))
    contents = [file(f"all/f{n}", findings=(0,) if n == 7 else ()) for n in range(500)]
    (folder,) = tree(holding(*contents, findings=(finding,))).children
    assert [node.name for node in folder.children] == ["f7"]
    assert folder.unlisted == 499
    assert folder.open


@pytest.mark.parametrize("made", [inspections.hostile_names, inspections.dangerous_stick, lambda: inspections.many_contents(3_000)])
def test_every_file_is_counted_once(made):
    inspection = made()
    assert tree(inspection).files == sum(1 for content in inspection.contents if not content.folder)


def test_two_things_of_one_path_stand_beside_each_other():
    root = tree(holding(file("a.txt", size=1), file("a.txt", size=2, deleted=True)))
    assert [(node.name, node.size, node.deleted) for node in root.children] == [("a.txt", 1, False), ("a.txt", 2, True)]


def test_a_run_of_single_folders_is_one_line():
    (node,) = tree(holding(file("src/main/java/A.java"))).children
    assert (node.name, node.files) == ("src/main/java", 1)


def test_a_path_of_thousands_of_parts_ends_at_a_depth_that_no_stack_minds():
    root = tree(holding(file("/".join(["d"] * 5_000) + "/x"), file(" > ".join(["c"] * 5_000))))
    depth = 0
    level = [root]
    while level := [child for node in level for child in node.children]:
        depth += 1
    assert depth <= trees.MOST_DEPTH


def test_a_finding_position_that_does_not_exist_is_no_mark():
    (node,) = tree(holding(file("a", findings=(99, -1)))).children
    assert node.numbers == ()


def test_a_page_never_grows_without_end_even_if_everything_has_findings():
    findings = tuple(inspections.SCRIPT.found(inspections.Evidence(path=f"d{n % 50}/f{n}")) for n in range(20_000))
    root = tree(holding(*(file(f"d{n % 50}/f{n}", findings=(n,)) for n in range(20_000)), findings=findings))
    assert sum(1 for _ in every(root)) <= trees.MOST_SLIGHT + 100
    assert sum(node.unlisted_marked for node in every(root)) > 0


@pytest.mark.slow
def test_cost_grows_in_step_with_the_number_of_contents():
    def calls(count: int) -> int:
        inspection = inspections.many_contents(count)
        counted = 0

        def count_call(*_event: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count_call)
        try:
            tree(inspection)
        finally:
            sys.setprofile(None)
        return counted

    assert calls(4_000) < 12 * calls(400)
