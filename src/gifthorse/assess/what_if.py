"""What a thread's score would be without some of its observations, or with others in their place."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from gifthorse.assess.reasons import Scored
from gifthorse.assess.scale import Scale
from gifthorse.assess.score import score
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Observation
from gifthorse.model.words import N_


def what_if(
    thread: Sequence[Observation],
    *,
    without: Collection[int] = (),
    instead: Mapping[int, Observation] | None = None,
    moment: float | None = None,
    scale: Scale | None = None,
) -> Scored:
    """The score at the same moment without the observations at the positions *without*, and with those of *instead* in their place.

    Reasons keep the positions of the whole thread. *moment*: that of its last observation where None, even when that one is left out.
    Raises NotAccepted for a position that the thread lacks.
    """
    changes = instead or {}
    if any(not 0 <= place < len(thread) for place in (*without, *changes)):
        raise NotAccepted(N_("The thread has no such observation."), field="observation")
    kept = [(place, changes.get(place, observation)) for place, observation in enumerate(thread) if place not in without]
    kept.sort(key=lambda entry: entry[1].month)
    at = thread[-1].month if moment is None and thread else moment
    found = score([observation for _, observation in kept], at, scale)
    moved = [
        msgspec.structs.replace(reason, observations=tuple(sorted(kept[place][0] for place in reason.observations)))
        for reason in found.reasons
    ]
    return Scored(score=found.score, reasons=tuple(moved))
