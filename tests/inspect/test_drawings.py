"""The drawings of where the time goes: whole as SVG, true to their figures."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from bench.drawing import bars, curve
from bench.profile import WORDS, draw_growth, shares_of
from gifthorse.inspect.confine.messages import Part

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    {"what": "10,000 small files in one folder", "figure": "1.5 s", "beside": "", "mark": ""},
    {"what": "30,000 small files in one folder", "figure": "3.0 s", "beside": "", "mark": ""},
    {"what": "10,000 small files in one image", "figure": "2.0 s", "beside": "", "mark": ""},
    {"what": "cost of one file of 30,000 in one folder, against one of 10,000", "figure": "0.67", "beside": "", "mark": ""},
]


def widths(drawing: str) -> list[float]:
    return [float(bar.get("width") or 0) for bar in ET.fromstring(drawing).iter(f"{SVG}rect")]


def test_bars_are_as_long_as_their_shares() -> None:
    first, second, third = widths(bars("Title", [("a", 0.5), ("b", 0.25), ("c", 0.125)]))
    assert abs(first - 2 * second) < 0.1
    assert abs(second - 2 * third) < 0.1


def test_names_from_outside_cannot_break_the_drawing() -> None:
    drawing = bars("<script>", [("</text><script>", 1.0)])
    assert [element.tag for element in ET.fromstring(drawing).iter(f"{SVG}script")] == []


def test_a_drawing_says_its_figures_in_words_too_and_knows_dark_pages() -> None:
    drawing = bars("Where time goes", [("unpack", 0.25)])
    assert "unpack 25.0%" in (ET.fromstring(drawing).findtext(f"{SVG}desc") or "")
    assert "prefers-color-scheme:dark" in drawing


def test_a_curve_goes_through_its_points_in_proportion() -> None:
    drawing = curve("Title", "files", "seconds", {"folder": [(10.0, 1.0), (20.0, 2.0)]})
    line = ET.fromstring(drawing).find(f"{SVG}polyline")
    assert line is not None
    (x0, y0), (x1, y1), (x2, y2) = (tuple(map(float, point.split(","))) for point in (line.get("points") or "").split())
    assert abs((x2 - x0) - 2 * (x1 - x0)) < 0.2
    assert abs((y0 - y2) - 2 * (y0 - y1)) < 0.2


def test_the_growth_is_drawn_from_the_measured_rows_alone() -> None:
    drawing = draw_growth(ROWS)
    assert len(re.findall("<polyline", drawing)) == 2
    assert "folder 3.0" in drawing
    assert draw_growth([]) == ""


def test_shares_are_of_the_whole_work_and_the_largest_comes_first() -> None:
    assert shares_of({"read": 1.0, "detect": 3.0}) == [("detect", 0.75), ("read", 0.25)]


def test_every_part_of_the_work_has_words() -> None:
    assert {part.value for part in Part} | {"hash"} == WORDS.keys()


def test_the_drawings_of_the_documentation_are_there() -> None:
    folder = Path(__file__).parents[2] / "docs" / "figures"
    for name in ("inspection-profile.svg", "inspection-growth.svg"):
        assert ET.fromstring((folder / name).read_text(encoding="utf-8")).tag == f"{SVG}svg"
