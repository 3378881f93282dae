"""Topic persistence: the same element of know-how asked again in another encounter (catalogue P93)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec

from gifthorse.model.observations import Observation
from gifthorse.model.words import N_, Phrase, phrase

ENCOUNTERS: Final = 2


class Persistence(msgspec.Struct, frozen=True, kw_only=True):
    """An element that one thread came back to: `months` of the encounters, `observations` as positions in the series given."""

    thread: str
    element: str
    months: tuple[float, ...]
    observations: tuple[int, ...]
    sentence: Phrase


def persistent_topics(observations: Sequence[Observation]) -> tuple[Persistence, ...]:
    """Every element asked in two or more encounters of one thread, most encounters first.

    Two reports of one month are one encounter: a colleague may have told the same evening.
    """
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, observation in enumerate(observations):
        for element in set(observation.elements):
            found[observation.thread, element].append(index)
    topics = (_topic(thread, element, indexes, observations) for (thread, element), indexes in found.items())
    return tuple(
        sorted(
            (topic for topic in topics if len(topic.months) >= ENCOUNTERS),
            key=lambda topic: (-len(topic.months), topic.thread, topic.element),
        )
    )


def _topic(thread: str, element: str, indexes: Sequence[int], observations: Sequence[Observation]) -> Persistence:
    months = tuple(sorted({observations[index].month for index in indexes}))
    return Persistence(
        thread=thread,
        element=element,
        months=months,
        observations=tuple(indexes),
        sentence=phrase(N_("The same piece of know-how was asked for in {times} encounters."), times=len(months)),
    )
