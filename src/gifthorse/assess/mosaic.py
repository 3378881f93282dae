"""The mosaic: what linked contacts asked of several people, put together (catalogue P94).

One asset at a time. Each element of know-how has a weight; a contact cluster's coverage of a person is the weight of what it asked of
that person, its union the weight of all it asked, and its *gain* the union less the best single person: what no one colleague could
have given. Whether a gain is more than chance is answered by shuffling the asks between clusters (`mosaic_chance.py`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import isfinite

import msgspec

from gifthorse.assess.mosaic_chance import SHUFFLES, Usual, usual_gains
from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_, Phrase, phrase

UNITS = 1_000_000  # weights are added as whole millionths, so that no order of adding changes a result


class Element(msgspec.Struct, frozen=True, kw_only=True):
    """One element of an asset's know-how; `id` and `holders` (our people who know it) are opaque."""

    id: str
    weight: float = 1.0
    holders: tuple[str, ...] = ()


class Ask(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One ask: `cluster` is the cluster of linked contacts that asked, `person` the one of our people who was asked."""

    month: float
    element: str
    cluster: str
    person: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What one of our people was asked by one cluster."""

    person: str
    weight: float
    elements: tuple[str, ...]


class Mosaic(msgspec.Struct, frozen=True, kw_only=True):
    """What one cluster asked, put together; weights in the register's own units.

    `persistent` were asked twice or more; `missing` were not asked yet, heaviest first; `brief_next` hold them, most weight first.
    `usual_gain` is the 99th percentile of the shuffles (None where no test was needed or possible), `p` the share of shuffles that
    gained as much.
    """

    cluster: str
    coverage: tuple[Coverage, ...]
    union: float
    whole: float
    gain: float
    persistent: tuple[str, ...]
    missing: tuple[Element, ...]
    brief_next: tuple[str, ...]
    comparable: bool
    usual_gain: float | None
    p: float
    flagged: bool
    sentence: Phrase


def mosaics(elements: Iterable[Element], asks: Iterable[Ask], seed: int, shuffles: int = SHUFFLES) -> tuple[Mosaic, ...]:
    """One mosaic per cluster that asked about this asset: flagged ones first, then by gain.

    The result is the same for the same *seed* whatever order elements and asks come in. Raises NotAccepted for an ask about an
    element that the asset doesn't have, a doubled element, or a weight that is no finite number above zero.
    """
    register = _register(elements)
    ordered = sorted(asks)
    _check_asks(register, ordered)
    units = {element.id: round(element.weight * UNITS) for element in register.values()}
    by_cluster: dict[str, list[Ask]] = defaultdict(list)
    for ask in ordered:
        by_cluster[ask.cluster].append(ask)
    gains = {cluster: _gain(own, units) for cluster, own in by_cluster.items()}
    tested = {len(by_cluster[cluster]) for cluster, gain in gains.items() if gain > 0} if len(by_cluster) > 1 else set()
    usual = usual_gains([(ask.person, units[ask.element], ask.element) for ask in ordered], tested, seed, shuffles)
    found = [
        _mosaic(register, own, units, usual.get(len(own)) if gains[cluster] > 0 else None, len(by_cluster) > 1)
        for cluster, own in by_cluster.items()
    ]
    return tuple(sorted(found, key=lambda mosaic: (not mosaic.flagged, -mosaic.gain, mosaic.cluster)))


def _register(elements: Iterable[Element]) -> dict[str, Element]:
    register: dict[str, Element] = {}
    for element in elements:
        if element.id in register:
            raise NotAccepted(N_("This element is listed twice. Please remove one of the two."), field="element")
        if not isfinite(element.weight) or element.weight < 1 / UNITS:
            raise NotAccepted(N_("The weight of an element is a number above zero. Please correct it."), field="weight")
        register[element.id] = element
    return dict(sorted(register.items()))


def _check_asks(register: Mapping[str, Element], asks: Iterable[Ask]) -> None:
    if any(ask.element not in register for ask in asks):
        raise NotAccepted(
            N_("An ask is about an element that this asset doesn't have. Please register the element first."), field="element"
        )


def _held(asks: Iterable[Ask]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    for ask in asks:
        held[ask.person].add(ask.element)
    return held


def _gain(asks: Iterable[Ask], units: Mapping[str, int]) -> int:
    held = _held(asks)
    together = set().union(*held.values())
    return sum(units[element] for element in together) - max(sum(units[element] for element in own) for own in held.values())


def _mosaic(register: Mapping[str, Element], asks: list[Ask], units: Mapping[str, int], usual: Usual | None, comparable: bool) -> Mosaic:
    held = _held(asks)
    asked = set().union(*held.values())
    gain = _gain(asks, units)
    missing = sorted((register[element] for element in register if element not in asked), key=lambda e: (-units[e.id], e.id))
    flagged = usual is not None and gain > usual.percentile  # a gain above 0 takes two people
    times = Counter(ask.element for ask in asks)
    return Mosaic(
        cluster=asks[0].cluster,
        coverage=tuple(
            Coverage(person=person, weight=_weight(own, units), elements=tuple(sorted(own))) for person, own in sorted(held.items())
        ),
        union=_weight(asked, units),
        whole=_weight(register, units),
        gain=gain / UNITS,
        persistent=tuple(sorted(element for element, count in times.items() if count >= 2)),
        missing=tuple(missing),
        brief_next=_brief_next(missing, units),
        comparable=comparable,
        usual_gain=None if usual is None else usual.percentile / UNITS,
        p=1.0 if usual is None else usual.p(gain),
        flagged=flagged,
        sentence=_sentence(len(held), len(asked), len(register), flagged, comparable),
    )


def _weight(elements: Iterable[str], units: Mapping[str, int]) -> float:
    return sum(units[element] for element in elements) / UNITS


def _brief_next(missing: Iterable[Element], units: Mapping[str, int]) -> tuple[str, ...]:
    held: Counter[str] = Counter()
    for element in missing:
        for holder in set(element.holders):
            held[holder] += units[element.id]
    return tuple(sorted(held, key=lambda holder: (-held[holder], holder)))


def _sentence(people: int, asked: int, whole: int, flagged: bool, comparable: bool) -> Phrase:
    if people < 2:
        return phrase(N_("Linked contacts asked one colleague about {asked} of {whole} elements."), asked=asked, whole=whole)
    counts = {"people": people, "asked": asked, "whole": whole}
    if flagged:
        return phrase(
            N_("Linked contacts asked {people} colleagues about {asked} of {whole} elements: together more than chance explains."), **counts
        )
    if not comparable:
        return phrase(
            N_(
                "Linked contacts asked {people} colleagues about {asked} of {whole} elements. Nobody else asked, so there is "
                "nothing to compare this with: please judge by eye."
            ),
            **counts,
        )
    return phrase(
        N_("Linked contacts asked {people} colleagues about {asked} of {whole} elements: no more than chance explains."), **counts
    )
