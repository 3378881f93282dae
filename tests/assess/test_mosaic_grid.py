from gifthorse.assess.mosaic import Ask, Element
from gifthorse.assess.mosaic_grid import Dot, Row, grid

ELEMENTS = (
    Element(id="a", weight=1.0, holders=("z", "y", "z")),
    Element(id="b", weight=3.0),
    Element(id="c", weight=3.0, holders=("x",)),
)
ASKS = (
    Ask(month=7, element="a", cluster="k", person="q"),
    Ask(month=2, element="a", cluster="k", person="q"),
    Ask(month=3, element="b", cluster="k", person="q"),
    Ask(month=3, element="b", cluster="other", person="p"),
    Ask(month=3, element="elsewhere", cluster="k", person="r"),
)


def test_the_grid_of_a_cluster_has_dated_dots_and_marks_what_is_missing():
    drawn = grid(ELEMENTS, ASKS, "k")
    assert drawn.rows == (
        Row(element="b", weight=3.0, holders=(), missing=False),
        Row(element="c", weight=3.0, holders=("x",), missing=True),
        Row(element="a", weight=1.0, holders=("y", "z"), missing=False),
    )
    assert drawn.people == ("q",)
    assert drawn.dots == (Dot(element="a", person="q", months=(2, 7)), Dot(element="b", person="q", months=(3,)))


def test_without_a_cluster_all_asks_are_drawn_and_who_was_asked_most_comes_first():
    drawn = grid(ELEMENTS, ASKS)
    assert drawn.people == ("q", "p")
    assert [(dot.element, dot.person) for dot in drawn.dots] == [("a", "q"), ("b", "p"), ("b", "q")]


def test_no_order_of_input_changes_the_drawing():
    assert grid(reversed(ELEMENTS), reversed(ASKS)) == grid(ELEMENTS, ASKS)
