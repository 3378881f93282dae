"""What only several observations together show: that several people told of it, and what did not happen in all that time.

A cover fits every tactic, so tactics alone never speak against cultivation. What is missing does: a contact of half a year that asks for
nothing, gives nothing or hides nothing is not what cultivation looks like.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from gifthorse.model.observations import AskLevel, FavourBand, Observation
from gifthorse.model.tactics import catalogue

SEVERAL_REPORTERS: Final = "circumstance:several_reporters"
NO_ASK: Final = "circumstance:no_ask"
NO_FAVOUR: Final = "circumstance:no_favour"
NOTHING_HIDDEN: Final = "circumstance:nothing_hidden"
CIRCUMSTANCES: Final = (SEVERAL_REPORTERS, NO_ASK, NO_FAVOUR, NOTHING_HIDDEN)
# Before this much was told over this long, a thing that is missing may only not have been told yet.
FEWEST_OBSERVATIONS: Final = 3
FEWEST_MONTHS: Final = 6


def circumstances(observations: Sequence[Observation]) -> tuple[str, ...]:
    """The circumstances that hold for the *observations* of one thread."""
    several = len({observation.reporter for observation in observations}) >= 2
    return ((SEVERAL_REPORTERS,) if several else ()) + (_missing(observations) if _long_enough(observations) else ())


def _long_enough(observations: Sequence[Observation]) -> bool:
    months = [observation.month for observation in observations]
    return len(months) >= FEWEST_OBSERVATIONS and max(months) - min(months) >= FEWEST_MONTHS


def _missing(observations: Sequence[Observation]) -> tuple[str, ...]:
    looked_for: tuple[tuple[str, Callable[[Observation], bool]], ...] = (
        (NO_ASK, lambda o: o.ask_level >= AskLevel.PERSONAL or _shows(o, "ask")),
        (NO_FAVOUR, lambda o: o.favour is not FavourBand.NONE or _shows(o, "favour")),
        (NOTHING_HIDDEN, lambda o: _shows(o, "secrecy") or _shows(o, "coerce")),
    )
    return tuple(circumstance for circumstance, seen in looked_for if not any(map(seen, observations)))


def _shows(observation: Observation, group: str) -> bool:
    return not _tactics_of(group).isdisjoint(observation.tactics)


@lru_cache(maxsize=8)
def _tactics_of(group: str) -> frozenset[str]:
    return frozenset(tactic.id for tactic in catalogue().tactics if tactic.group == group)
