"""Many threads at once: observations sorted into threads, and threads into chunks that may be scored anywhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from gifthorse.assess.reasons import Scored
from gifthorse.assess.scale import Scale, standard_scale
from gifthorse.assess.score import score
from gifthorse.model.observations import Observation


def by_thread(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    """The observations of each thread, oldest first; threads are in the order of their ids, whatever order the observations came in."""
    found: defaultdict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        found[observation.thread].append(observation)
    for thread in found.values():
        if len(thread) > 1:
            thread.sort(key=_content)
    return {thread_id: found[thread_id] for thread_id in sorted(found)}


def _content(observation: Observation) -> tuple[object, ...]:
    """Month first; within a month what was observed, so that the order of arrival shows nowhere, not even in a reason's positions."""
    return (
        observation.month,
        observation.ask_level,
        observation.favour,
        observation.tactics,
        observation.grade,
        observation.mitigators,
        observation.reporter,
    )


def chunks(threads: Mapping[str, Sequence[Observation]], size: int) -> Iterator[dict[str, Sequence[Observation]]]:
    """The threads in parts of at most *size*, for as many processes as the caller likes."""
    entries = iter(threads.items())
    while part := dict(islice(entries, size)):
        yield part


def score_chunk(chunk: Mapping[str, Sequence[Observation]], moment: float | None = None, scale: Scale | None = None) -> dict[str, Scored]:
    """The score of each thread of the chunk; a thread's score depends on its own observations alone, to the last bit."""
    known = scale or standard_scale()
    return {thread_id: score(thread, moment, known) for thread_id, thread in chunk.items()}
