"""What the workers say, gathered and put in order: the same source gives the same document, whichever worker was faster."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from gifthorse.inspect.confine.messages import Answer, Damaged, Part, Told
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.item import escaped
from gifthorse.model.findings import Evidence, Finding, FindingKind
from gifthorse.model.inspections import Content, Coverage, NotInspected, Range, Reason
from gifthorse.model.words import Phrase

_PLACES_ONLY: Final = re.compile(r"(?:[^{}]|\{[a-z_][a-z0-9_]*\}|\{\{|\}\})*")
_LONGEST_TEXT: Final = 4000
_MOST_EVIDENCE: Final = 1000
_MOST_NOT_INSPECTED: Final = 100_000
_INVENTORY: Final = "only an inventory was asked for: what is there was listed, and nothing was looked into"


class Gathering:
    """Everything that was met, found and missed so far. What comes in was written by workers and is checked before it is kept."""

    def __init__(self, kinds: Sequence[FindingKind], *, inventory: bool = False) -> None:
        """Of *kinds* findings are taken; with *inventory* nothing counts as inspected, since items are only listed."""
        self._kinds = {kind.id: kind for kind in kinds}
        self._findings: list[Finding] = []
        self._not_inspected: dict[tuple[str, str], NotInspected] = {}
        self.seen: list[Seen] = []
        self._spent_us: Counter[str] = Counter()
        self.ranges: tuple[Range, ...] = ()
        self._inventory = inventory
        self._digests: dict[tuple[int | None, str], str] = {}
        if inventory:
            self.miss(NotInspected(path="", reason=Reason.NOT_ASKED, detail=_INVENTORY))

    def check(self, untrusted_answer: Answer) -> None:
        """Raises Damaged when the answer holds a finding that no worker of ours makes."""
        for told in untrusted_answer.told:
            self._finding(told)

    def take(self, untrusted_answer: Answer) -> None:
        """What the answer says is kept, made fit to be shown; raises Damaged as `check` does."""
        findings = [self._finding(told) for told in untrusted_answer.told]
        seen = [_clean_seen(fact) for fact in untrusted_answer.seen]
        for gap in untrusted_answer.not_inspected:
            self.miss(NotInspected(path=_clean(gap.path), reason=gap.reason, detail=_clean(gap.detail)))
        self._findings += findings
        self.seen += seen
        self.ranges = untrusted_answer.ranges or self.ranges
        for part, spent in untrusted_answer.spent_us.items():
            self._spent_us[part.value] += max(0, spent)

    def parts_s(self) -> dict[str, float]:
        """Seconds that each part of the work took, of all workers together, in the order in which the parts come."""
        return {part.value: round(self._spent_us[part.value] / 1e6, 3) for part in Part if part.value in self._spent_us}

    def find(self, kind_id: str, *evidence: Evidence, detail: Phrase | None = None) -> None:
        """The coordinator itself has a finding of this kind."""
        self._findings.append(self._kinds[kind_id].found(*evidence, detail=detail))

    def add(self, finding: Finding) -> None:
        """The coordinator itself has this finding."""
        self._findings.append(finding)

    def miss(self, gap: NotInspected) -> None:
        """*gap* is among what was not inspected, once."""
        if len(self._not_inspected) < _MOST_NOT_INSPECTED:
            self._not_inspected.setdefault((gap.path, gap.reason), gap)

    def digested(self, digests: Mapping[tuple[int | None, str], str]) -> None:
        """Evidence at these places has these SHA-256 digests, where it came without."""
        self._digests.update(digests)

    def findings(self) -> tuple[Finding, ...]:
        """All findings, the gravest first, equal ones once."""
        found = map(self._with_digests, self._findings) if self._digests else self._findings
        return tuple(sorted({_order(finding): finding for finding in found}.values(), key=_order))

    def coverage(self, bytes_total: int, bytes_accounted: int) -> Coverage:
        """How much was seen of a source of *bytes_total* bytes."""
        gaps = tuple(sorted(self._not_inspected.values(), key=lambda gap: (gap.path, gap.reason)))
        missed = {gap.path for gap in gaps}
        items = [fact for fact in self.seen if not fact.folder]
        inspected = 0 if self._inventory else sum(fact.path not in missed for fact in items)
        return Coverage(
            bytes_total=bytes_total,
            bytes_accounted=bytes_accounted,
            items_total=len(items),
            items_inspected=inspected,
            not_inspected=gaps,
        )

    def contents(self, findings: Sequence[Finding]) -> tuple[Content, ...]:
        """Everything that was met, in the order of its place, each with the positions of its findings."""
        marks: dict[tuple[int | None, str], set[int]] = defaultdict(set)
        for position, finding in enumerate(findings):
            for evidence in finding.evidence:
                marks[evidence.partition, evidence.path].add(position)
        return tuple(
            Content(
                path=fact.path,
                size=fact.size,
                type="folder" if fact.folder else fact.filetype,
                sha256=fact.sha256,
                partition=fact.partition,
                deleted=fact.deleted,
                folder=fact.folder,
                findings=tuple(sorted(marks.get((fact.partition, fact.path), ()))),
            )
            for fact in self.in_order()
        )

    def in_order(self) -> list[Seen]:
        """The facts about everything that was met, in the order of its place."""
        return sorted(self.seen, key=lambda fact: (-1 if fact.partition is None else fact.partition, fact.path, fact.deleted, fact.size))

    def _with_digests(self, finding: Finding) -> Finding:
        evidence = tuple(
            place if place.sha256 else msgspec.structs.replace(place, sha256=self._digests.get((place.partition, place.path)))
            for place in finding.evidence
        )
        return finding if evidence == finding.evidence else msgspec.structs.replace(finding, evidence=evidence)

    def _finding(self, told: Told) -> Finding:
        kind = self._kinds.get(told.id)
        if kind is None or not 0 <= told.confidence <= 1 or not told.evidence or len(told.evidence) > _MOST_EVIDENCE:
            raise Damaged(f"no such finding: {told.id[:60]}")
        evidence = tuple(_clean_evidence(place) for place in told.evidence)
        return kind.found(*evidence, detail=_clean_phrase(told.detail), severity=told.severity, confidence=told.confidence)


def _order(finding: Finding) -> tuple[object, ...]:
    first = finding.evidence[0]
    detail = finding.detail.in_english() if finding.detail else ""
    partition = -1 if first.partition is None else first.partition
    return (
        -finding.severity.rank,
        finding.id,
        partition,
        first.path,
        -1 if first.offset is None else first.offset,
        first.excerpt or "",
        detail,
    )


def _clean(untrusted_text: str) -> str:
    """The text with nothing in it that could act on a terminal or a page; workers send it so, unless they were taken over."""
    return untrusted_text if untrusted_text.isprintable() else "".join(one if one.isprintable() else escaped(one) for one in untrusted_text)


def _clean_seen(fact: Seen) -> Seen:
    return fact if fact.path.isprintable() else msgspec.structs.replace(fact, path=_clean(fact.path))


def _clean_evidence(place: Evidence) -> Evidence:
    excerpt = None if place.excerpt is None else _clean(place.excerpt)[:_LONGEST_TEXT]
    return msgspec.structs.replace(place, path=_clean(place.path), excerpt=excerpt)


def _clean_phrase(told: Phrase | None) -> Phrase | None:
    """A phrase whose places are plain names that have values: a format with widths or attributes would be a weapon."""
    if told is None:
        return None
    if len(told.text) > _LONGEST_TEXT or not _PLACES_ONLY.fullmatch(told.text):
        raise Damaged("a phrase that is none")
    clean = Phrase(text=told.text, values={name: _clean(value)[:_LONGEST_TEXT] for name, value in told.values.items()})
    try:
        clean.in_english()
    except (KeyError, ValueError, IndexError) as error:
        raise Damaged("a phrase without its values") from error
    return clean
