"""The drawn map, and the same in words."""

import itertools
import re
from xml.etree import ElementTree as ET

import pytest

from gifthorse.inspect.report import disk_map
from gifthorse.model.findings import SEVERITIES
from tests.samples import inspections

SVG = "{http://www.w3.org/2000/svg}"
ALL = (
    inspections.camera_card,
    inspections.dangerous_stick,
    inspections.encrypted_archive,
    inspections.hostile_names,
    lambda: inspections.many_contents(500),
)


def drawing(inspection):
    return ET.fromstring(disk_map.svg(inspection))


@pytest.mark.parametrize("made", ALL)
def test_the_map_is_well_formed_and_carries_neither_style_nor_script(made):
    text = disk_map.svg(made())
    picture = ET.fromstring(text)
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "g", "path", "rect", "line", "text", "circle",
    }  # fmt: skip
    assert not re.search(r"\sstyle=|\son\w+=|href", text)


@pytest.mark.parametrize("made", ALL)
def test_the_map_has_a_title_and_a_description_that_it_names(made):
    picture = drawing(made())
    assert picture.get("role") == "img"
    ids = {element.get("id"): element.text for element in picture.iter() if element.get("id")}
    assert all(ids[name] for name in picture.get("aria-labelledby").split())


def test_blocks_follow_each_other_without_gap_and_the_large_ones_are_to_scale():
    rows = [r for r in drawing(inspections.dangerous_stick()).iter(f"{SVG}rect") if "block" in (r.get("class") or "")]
    tops = [(float(r.get("y")), float(r.get("height"))) for r in rows]
    assert all(abs(top + height - following) < 0.2 for (top, height), (following, _) in itertools.pairwise(tops))
    assert min(height for _, height in tops) >= 36
    assert max(tops, key=lambda row: row[1])[1] == pytest.approx(300 * (7_516_192_768 - 2 * (1 << 20)) / 8_053_063_680, abs=0.2)


def test_what_is_smaller_than_drawn_is_marked_by_strokes():
    picture = drawing(inspections.dangerous_stick())
    assert len([p for p in picture.iter(f"{SVG}path") if p.get("class") == "stretched"]) == 5


def test_a_finding_is_marked_by_shape_and_number_and_a_line_at_its_place():
    picture = drawing(inspections.dangerous_stick())
    marks = {group.get("class"): "".join(group.itertext()) for group in picture.iter(f"{SVG}g") if "mark" in (group.get("class") or "")}
    assert marks["mark mark-low"] == "4"
    lines = [line.get("class") for line in picture.iter(f"{SVG}line")]
    assert "place mark-high" in lines


def test_every_severity_has_a_shape_of_its_own():
    assert len({disk_map.shape_of(severity) for severity in SEVERITIES}) == len(SEVERITIES)


def test_two_maps_on_one_page_share_no_id():
    first, second = (set(re.findall(r' id="([^"]+)"', disk_map.svg(inspections.camera_card(), name=name))) for name in ("one", "two"))
    assert first
    assert not first & second


def test_nothing_to_draw_gives_no_drawing():
    assert disk_map.svg(inspections.nothing_read()) == ""


def test_the_table_tells_every_range_with_its_bytes_and_findings():
    rows = disk_map.ranges_table(inspections.dangerous_stick())
    assert [(row.words, row.partition, row.empty) for row in rows[:3]] == [
        ("Partition table", None, False),
        ("Gap", None, True),
        ("Filesystem", 0, False),
    ]
    assert (rows[0].start, rows[0].end) == ("0 (0x0)", "511 (0x1FF)")
    assert rows[4].numbers == (1, 3)
    assert rows[4].gravest == "high"


def test_the_stylesheet_gives_every_block_kind_and_mark_a_custom_property():
    rules = disk_map.stylesheet()
    assert all(f".mark-{severity}" in rules for severity in SEVERITIES)
    assert "@import" not in rules
    assert "url(" not in rules
