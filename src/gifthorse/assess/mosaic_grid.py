"""The mosaic as a drawing: elements down, people across, a dot for every date on which an element was asked of a person."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from gifthorse.assess.mosaic import Ask, Element


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """One cell with its dates: `months` ascending, an ask reported twice is there twice."""

    element: str
    person: str
    months: tuple[float, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One element; `missing` says that it was not asked yet, so its `holders` are the people to brief."""

    element: str
    weight: float
    holders: tuple[str, ...]
    missing: bool


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """Rows by weight, people by how many elements they were asked; cells without a dot are left out."""

    rows: tuple[Row, ...]
    people: tuple[str, ...]
    dots: tuple[Dot, ...]


def grid(elements: Iterable[Element], asks: Iterable[Ask], cluster: str | None = None) -> Grid:
    """The grid of one cluster, or of all asks when *cluster* is None; asks about elements of other assets are left out."""
    register = {element.id: element for element in elements}
    months: dict[tuple[str, str], list[float]] = defaultdict(list)
    for ask in asks:
        if ask.element in register and cluster in (None, ask.cluster):
            months[ask.element, ask.person].append(ask.month)
    asked = {element for element, _ in months}
    people: dict[str, int] = defaultdict(int)
    for _, person in months:
        people[person] += 1
    return Grid(
        rows=tuple(
            Row(element=e.id, weight=e.weight, holders=tuple(sorted(set(e.holders))), missing=e.id not in asked)
            for e in sorted(register.values(), key=lambda e: (-e.weight, e.id))
        ),
        people=tuple(sorted(people, key=lambda person: (-people[person], person))),
        dots=tuple(Dot(element=element, person=person, months=tuple(sorted(when))) for (element, person), when in sorted(months.items())),
    )
