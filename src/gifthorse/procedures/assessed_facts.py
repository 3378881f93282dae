"""From rows to the facts that assessment sees: opaque ids, tactics, asks, favours, grades; the same facts on every database.

That one contact approached several of our people (catalogue T13) is nobody's to tell but the desk's: it is added to the observation with
which the second of them came in reach.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import msgspec

from gifthorse.model.grades import Grade
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator, Observation
from gifthorse.store.observation_rows import Row

SEVERAL: Final = "T13"
Key = tuple[str, str]  # the first contact of a group, and one of our people


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """One thread: its observations, oldest first, and the ids of the rows that they came from."""

    observations: tuple[Observation, ...]
    ids: tuple[str, ...]


def facts_of(rows: Iterable[Row]) -> dict[Key, Facts]:
    """The threads that *rows* hold, in order of their keys; within a month the order is that of what was observed."""
    by_group: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_group[row.group][row.person].append(row)
    return {
        (group, person): _facts(sorted(found, key=_content), several)
        for group, people in sorted(by_group.items())
        for several in [_second_month(people)]
        for person, found in sorted(people.items())
    }


def _content(row: Row) -> tuple[object, ...]:
    return (row.month, row.ask_level, row.favour, _texts(row.tactics), row.grade, _texts(row.mitigators), row.reporter, row.id)


def _second_month(people: Mapping[str, list[Row]]) -> int | None:
    """The month in which the contact came to a second of our people, or None."""
    firsts = sorted(min(row.month for row in rows) for rows in people.values())
    return firsts[1] if len(firsts) > 1 else None


def _facts(rows: list[Row], several: int | None) -> Facts:
    observations = [observed(row) for row in rows]
    if several is not None:
        place = next((number for number, row in enumerate(rows) if row.month >= several), len(rows) - 1)
        tactics = tuple(sorted({*observations[place].tactics, SEVERAL}))
        observations[place] = msgspec.structs.replace(observations[place], tactics=tactics)
    return Facts(observations=tuple(observations), ids=tuple(row.id for row in rows))


def observed(row: Row) -> Observation:
    """The observation that *row* holds."""
    return Observation(
        month=float(row.month),
        thread=f"{row.group}/{row.person}",
        reporter=row.reporter,
        tactics=_texts(row.tactics),
        ask_level=_ask(row.ask_level),
        elements=_texts(row.elements),
        favour=_favour(row.favour),
        grade=_grade(row.grade),
        mitigators=_mitigators(row.mitigators),
    )


# The same few values stand in a million rows: each is read once.
@lru_cache(maxsize=65536)
def _texts(told: str) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(told, type=list[str]))


@lru_cache(maxsize=1024)
def _mitigators(told: str) -> tuple[Mitigator, ...]:
    return tuple(msgspec.json.decode(told, type=list[Mitigator]))


@lru_cache(maxsize=64)
def _grade(told: str) -> Grade:
    return Grade.read(told)


_ask = lru_cache(maxsize=8)(AskLevel)
_favour = lru_cache(maxsize=8)(FavourBand)
