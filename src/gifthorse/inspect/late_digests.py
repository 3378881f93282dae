"""Files of a medium that were not hashed when they were read, and are, once a finding about the whole medium names them."""

from collections.abc import Iterable, Sequence

from gifthorse.inspect.confine.messages import Answer, Target, Task
from gifthorse.model.findings import Finding

Place = tuple[int | None, str]


class LateDigests:
    """Remembers where the files lie that have no digest yet."""

    def __init__(self) -> None:
        self._targets: dict[Place, Target] = {}

    def met(self, task: Task, answer: Answer) -> None:
        """The files that *answer* to *task* brought up without a digest can be hashed later."""
        undigested = {(fact.partition, fact.path) for fact in answer.seen if fact.sha256 is None and fact.depth == 0 and not fact.folder}
        if undigested:
            for target in task.targets:
                place = (target.partition, target.path)
                if place in undigested:
                    self._targets[place] = target

    def named_by(self, findings: Iterable[Finding]) -> tuple[Target, ...]:
        """Files without a digest that *findings* name, in the order of their places."""
        places = {
            (evidence.partition, evidence.path) for finding in findings for evidence in finding.evidence if evidence.sha256 is None
        } & self._targets.keys()
        return tuple(self._targets[place] for place in sorted(places, key=_in_order))


def places_digested(targets: Sequence[Target], untrusted_digests: dict[int, str]) -> dict[Place, str]:
    """The digests of *targets* by their places; what is no digest of one of them is left out."""
    return {
        (targets[position].partition, targets[position].path): digest
        for position, digest in untrusted_digests.items()
        if 0 <= position < len(targets) and len(digest) == 64 and set(digest) <= set("0123456789abcdef")
    }


def _in_order(place: Place) -> tuple[int, str]:
    partition, path = place
    return (-1 if partition is None else partition, path)
