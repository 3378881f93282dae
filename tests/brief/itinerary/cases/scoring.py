"""How much of the truth a reader told: fields right, and instants wrong."""

from dataclasses import dataclass, field
from typing import Any

from gifthorse.model.itineraries import Day, Instant, Itinerary, Leg, LocalTime
from tests.brief.itinerary.cases import bookings, calendars, passes, producers, repeating, tables
from tests.brief.itinerary.cases.journeys import Case, TrueLeg, When


def every_case() -> list[Case]:
    """All cases, each name once."""
    return [
        *calendars.by_zone(),
        *calendars.of_flights(),
        *calendars.of_days(),
        *calendars.of_own_zones(),
        *calendars.of_writing(),
        *repeating.cases(),
        *bookings.of_flights(),
        *bookings.of_shapes(),
        *bookings.other_kinds(),
        *passes.of_codes(),
        *passes.of_pdfs(),
        *passes.of_passes(),
        *tables.of_flights(),
        *tables.of_habits(),
        *producers.of_changes(),
        *producers.of_titles(),
        *producers.of_writing(),
        *producers.of_bookings(),
    ]


@dataclass
class Score:
    """Fields compared and right, instants wrong, and in words what was not right."""

    fields: int = 0
    right: int = 0
    wrong_instants: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.fields += other.fields
        self.right += other.right
        self.wrong_instants += other.wrong_instants
        self.misses += other.misses

    @property
    def share(self) -> float:
        return self.right / self.fields if self.fields else 0.0


def score(case: Case, told: Itinerary) -> Score:
    """*told* beside the truth of *case*: each true leg with the most similar one; a leg too many costs a field."""
    result = Score()
    left = list(told.legs)
    for true in case.legs:
        best = max(left, key=lambda leg: sum(_is_right(name, value, leg) for name, value in true.fields.items()), default=None)
        if best is not None:
            left.remove(best)
        _compare(case, true, best, result)
    for leg in left:
        result.fields += 1
        result.misses.append(f"{case.name}: too many: {leg}")
    result.fields += 1
    if case.notes is None or len(told.not_read) == case.notes:
        result.right += 1
    else:
        result.misses.append(f"{case.name}: notes {[note.in_words().in_english() for note in told.not_read]}")
    return result


def _compare(case: Case, true: TrueLeg, leg: Leg | None, result: Score) -> None:
    for name, value in true.fields.items():
        result.fields += 1
        if leg is not None and _is_right(name, value, leg):
            result.right += 1
            continue
        got = None if leg is None else _field(name, leg)
        result.misses.append(f"{case.name}: {name} is {got!r}, not {value!r}")
        if isinstance(value, When) and isinstance(got, Instant) and got.at != value.instant:
            result.wrong_instants += 1


def _field(name: str, leg: Leg) -> Any:
    if name in {"origin", "destination"}:
        return getattr(leg, name).code
    if name.endswith("_name"):
        return getattr(leg, name.removesuffix("_name")).name
    if name in {"city", "country"}:
        return getattr(leg.destination, name)
    return getattr(leg, name)


def _is_right(name: str, value: object, leg: Leg) -> bool:
    got = _field(name, leg)
    return _same_time(value, got) if isinstance(value, When) else got == value


def _same_time(true: When, got: Any) -> bool:
    """An instant counts with its zone only: both must be right."""
    if true.instant is not None:
        return isinstance(got, Instant) and got.at == true.instant and got.zone == true.zone
    if true.local is not None:
        return isinstance(got, LocalTime) and (got.on, got.clock) == (true.local.date(), true.local.hour * 60 + true.local.minute)
    return isinstance(got, Day) and got.on == true.day
