"""What people of the fictional organisation tell: ordinary professional life, and three acquaintances that grew. Read from data."""

import random
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import msgspec

from gifthorse.model.reports import ReportKind

Answers = dict[str, object]


class Ordinary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of report that is told often, with the answers that many give and the words of some; `weight` is out of a hundred."""

    kind: ReportKind
    weight: int
    answers: dict[str, list[str]]
    words: list[str]


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one colleague (by number) tells in a month counted from the acquaintance's beginning."""

    month: int
    who: int
    kind: ReportKind
    answers: dict[str, list[str]]
    words: str


class Acquaintance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person outside, under the names that they gave, and what happened."""

    names: list[str]
    reach: str
    employer: str
    steps: list[Step]

    def contact(self, number: int) -> Mapping[str, str]:
        """The person, under the name that this colleague heard."""
        return {"name": self.names[number % len(self.names)], "employer": self.employer, "reach": self.reach}


class Stories(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that is told, and the names of those who tell it; none of them is anybody's."""

    ordinary: list[Ordinary]
    acquaintances: list[Acquaintance]
    outsiders: list[str]
    houses: list[str]
    thanks: list[str]
    first_names: list[str]
    last_names: list[str]


@lru_cache(maxsize=1)
def stories() -> Stories:
    """The stories that come with this version."""
    return msgspec.json.decode((files("gifthorse.demonstration") / "data" / "told.json").read_bytes(), type=Stories)


def ordinary(draw: random.Random) -> tuple[ReportKind, Answers]:
    """One report of ordinary life."""
    rows = stories().ordinary
    row = draw.choices(rows, weights=[one.weight for one in rows])[0]
    told: Answers = {**row.answers, "words": draw.choice(row.words)}
    if "wanted" in row.answers and draw.random() < 0.7:
        told["contact"] = outsider(draw)
    return row.kind, told


def outsider(draw: random.Random) -> Mapping[str, str]:
    """Somebody outside, as a person would write them down; some are met by several colleagues."""
    names, number = stories().outsiders, draw.randrange(400)
    first, last = names[number % len(names)].split(maxsplit=1)[0], names[(number * 7) % len(names)].rsplit(maxsplit=1)[-1]
    reach = {0: f"+49 30 555 {number:04d}", 1: f"{first.lower()}{number}@mail.example"}.get(number % 4, "")
    return {"name": f"{first} {last}", "employer": draw.choice(stories().houses), "reach": reach}
