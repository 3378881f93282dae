"""The words and groups that every form of the report shares: the page, the paper, the terminal and the desk say the same."""

from typing import Final

import msgspec

from gifthorse.inspect.report.legible import legible
from gifthorse.inspect.report.measures import confidence_words, duration_words, exact_size, offset_words, size_words
from gifthorse.model.findings import SEVERITIES, Evidence, Finding, Severity
from gifthorse.model.inspections import Inspection, NotInspected, Reason, SourceKind, Verdict
from gifthorse.model.words import N_, Phrase, phrase

__all__ = [
    "CoverageGroup",
    "Matter",
    "SeverityGroup",
    "confidence_words",
    "confinement_sentence",
    "coverage_groups",
    "coverage_lines",
    "deciding_matter",
    "duration_words",
    "exact_size",
    "findings_by_severity",
    "legible",
    "next_steps",
    "numbering",
    "offset_words",
    "place_words",
    "size_words",
    "verdict_limits",
    "verdict_meaning",
    "verdict_sentence",
]

MOST_PATHS: Final = 12
_REASON_LINES: Final = {
    Reason.ENCRYPTED: N_("Locked with a password, so nobody could look inside: {count}."),
    Reason.UNREADABLE: N_("Could not be read: {count}."),
    Reason.BUDGET: N_("Left at the limit of size, depth or number of parts: {count}."),
    Reason.PARSER_CRASHED: N_("The reader of the format broke down: {count}."),
    Reason.UNSUPPORTED: N_("Of a format that this version can't open: {count}."),
    Reason.NOT_ASKED: N_("Only listed, not looked into, as was asked: {count}."),
}
_SENTENCES: Final = {
    Verdict.CLEAR: N_("Nothing was found, as far as could be seen."),
    Verdict.CAUTION: N_("Something here needs a closer look before anyone uses it."),
    Verdict.DANGEROUS: N_("This holds something that can harm the computer that opens it."),
    Verdict.HOSTILE: N_("This was made to attack whoever opens it."),
    Verdict.NOT_INSPECTED: N_("Nothing could be read, so nothing can be said."),
}
_NOT_ALL_SEEN: Final = N_("Nothing dangerous was found in what could be seen, but not everything could be looked into.")
_WITH_CONTROLLER: Final = frozenset({SourceKind.IMAGE, SourceKind.DEVICE, SourceKind.USB})


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """All findings of one kind and severity: told once, shown at each of its places.

    `number` counts from 1 in reading order; `positions` are places in the inspection's own list, in step with `findings`.
    """

    number: int
    findings: tuple[Finding, ...]
    positions: tuple[int, ...]

    @property
    def kind(self) -> Finding:
        """A finding that stands for what all of them share: id, title, why, what to do, harmless explanation, technique, detector."""
        return self.findings[0]

    @property
    def confidence(self) -> float:
        """That of the surest of them."""
        return max(finding.confidence for finding in self.findings)


class SeverityGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The matters of one severity; `count` counts findings."""

    severity: Severity
    matters: tuple[Matter, ...]
    count: int


class CoverageGroup(msgspec.Struct, frozen=True, kw_only=True):
    """What was not inspected for one reason: the first paths, and how many more there are."""

    reason: Reason
    count: int
    shown: tuple[NotInspected, ...]

    @property
    def more(self) -> int:
        """How many are not in `shown`."""
        return self.count - len(self.shown)


def verdict_sentence(inspection: Inspection) -> Phrase:
    """The verdict in one sentence."""
    worrying = any(finding.severity.rank >= Severity.MEDIUM.rank for finding in inspection.findings)
    if inspection.verdict is Verdict.CAUTION and not worrying:
        return phrase(_NOT_ALL_SEEN)
    return phrase(_SENTENCES[inspection.verdict])


def verdict_meaning(inspection: Inspection) -> tuple[Phrase, ...]:
    """What the verdict rests on, in a sentence or two."""
    coverage = inspection.coverage
    seen = phrase(
        N_("Looked into: {seen} of {total} files and parts of files; {bytes} of {bytes_total} accounted for."),
        seen=f"{coverage.items_inspected:,}",
        total=f"{coverage.items_total:,}",
        bytes=size_words(coverage.bytes_accounted),
        bytes_total=size_words(coverage.bytes_total),
    )
    if deciding_matter(inspection) is None:
        return (phrase(N_("No finding weighs enough to warn of.")), seen)
    return (seen,)


def deciding_matter(inspection: Inspection) -> Matter | None:
    """The gravest matter, if it is grave enough to decide the verdict."""
    groups = findings_by_severity(inspection)
    return groups[0].matters[0] if groups and groups[0].severity.rank >= Severity.MEDIUM.rank else None


def verdict_limits(inspection: Inspection) -> tuple[Phrase, ...]:
    """What the verdict does not say."""
    limits: list[Phrase] = []
    if inspection.source.kind in _WITH_CONTROLLER:
        limits.append(
            phrase(
                N_(
                    "A reprogrammed controller can't be seen from its content: a stick may pose as a keyboard "
                    "once it is plugged in. Don't plug it in."
                )
            )
        )
    limits.append(phrase(N_("Nothing found never means that nothing is there: a new trick leaves no mark that anybody knows.")))
    if inspection.coverage.not_inspected:
        limits.append(
            phrase(
                N_("Nothing is said about what could not be looked into: {count} in all."),
                count=f"{len(inspection.coverage.not_inspected):,}",
            )
        )
    return tuple(limits)


_STEPS: Final = {
    Verdict.CLEAR: (
        N_("Work with a copy that the security officer hands out, not with the medium itself."),
        N_("Tell the security officer if the giver asks whether you have opened it."),
    ),
    Verdict.CAUTION: (
        N_("Leave it closed until somebody has read the findings below."),
        N_("Ask the giver for the content in a plain form if you need it."),
    ),
    Verdict.DANGEROUS: (
        N_("Don't open it and don't plug it in, on any computer."),
        N_("Keep it sealed as it is: it is evidence."),
        N_("If it has been plugged in already, say so now. Nobody is blamed, and the first hour matters."),
    ),
    Verdict.NOT_INSPECTED: (
        N_("Treat it as unknown: don't open it and don't plug it in."),
        N_("Give it to the security officer, who can try another way of reading it."),
    ),
}


def next_steps(inspection: Inspection) -> tuple[Phrase, ...]:
    """What to do with the thing itself, now."""
    verdict = Verdict.DANGEROUS if inspection.verdict is Verdict.HOSTILE else inspection.verdict
    return tuple(phrase(step) for step in _STEPS[verdict])


def findings_by_severity(inspection: Inspection) -> tuple[SeverityGroup, ...]:
    """The findings, gravest first and surest first, those of one kind together; only severities that occur."""
    gathered: dict[tuple[Severity, str], list[int]] = {}
    for position, finding in enumerate(inspection.findings):
        gathered.setdefault((finding.severity, finding.id), []).append(position)
    ordered = sorted(
        gathered.items(), key=lambda entry: (-entry[0][0].rank, -max(inspection.findings[p].confidence for p in entry[1]), entry[0][1])
    )
    matters: dict[Severity, list[Matter]] = {}
    for number, ((severity, _), positions) in enumerate(ordered, start=1):
        found = tuple(inspection.findings[position] for position in positions)
        matters.setdefault(severity, []).append(Matter(number=number, findings=found, positions=tuple(positions)))
    return tuple(
        SeverityGroup(severity=severity, matters=tuple(matters[severity]), count=sum(len(matter.findings) for matter in matters[severity]))
        for severity in reversed(SEVERITIES)
        if severity in matters
    )


def place_words(evidence: Evidence) -> tuple[Phrase, ...]:
    """Where a finding was seen, beside its path: partition, bytes within it, bytes on the medium."""
    facts: list[Phrase] = []
    if evidence.partition is not None:
        facts.append(phrase(N_("partition {number}"), number=evidence.partition))
    if evidence.offset is not None:
        facts.append(phrase(N_("from byte {offset}"), offset=offset_words(evidence.offset)))
    if evidence.length is not None:
        facts.append(phrase(N_("length {size}"), size=size_words(evidence.length)))
    if evidence.medium_offset is not None and evidence.path:
        facts.append(phrase(N_("on the medium at {offset}"), offset=offset_words(evidence.medium_offset)))
    return tuple(facts)


def numbering(inspection: Inspection) -> dict[int, int]:
    """The number of the matter for each position in the inspection's list of findings."""
    return {
        position: matter.number for group in findings_by_severity(inspection) for matter in group.matters for position in matter.positions
    }


def coverage_groups(inspection: Inspection, most: int = MOST_PATHS) -> tuple[CoverageGroup, ...]:
    """What was not inspected, by reason, the most frequent first, with *most* paths of each."""
    gathered: dict[Reason, list[NotInspected]] = {}
    for missing in inspection.coverage.not_inspected:
        gathered.setdefault(missing.reason, []).append(missing)
    groups = [CoverageGroup(reason=reason, count=len(found), shown=tuple(found[:most])) for reason, found in gathered.items()]
    return tuple(sorted(groups, key=lambda group: -group.count))


def coverage_lines(inspection: Inspection) -> list[Phrase]:
    """What we could not see, in plain words: one line for each reason, one for bytes that nothing accounts for."""
    lines = [phrase(_REASON_LINES[group.reason], count=f"{group.count:,}") for group in coverage_groups(inspection)]
    unaccounted = inspection.coverage.bytes_total - inspection.coverage.bytes_accounted
    if unaccounted > 0:
        lines.append(phrase(N_("Bytes of the source that could not be read or placed: {size}."), size=size_words(unaccounted)))
    return lines


def confinement_sentence(inspection: Inspection) -> Phrase:
    """Whether what parsed these bytes was locked in, and by what."""
    confinement = inspection.engine.confinement
    if not confinement:
        return phrase(
            N_(
                "The programs that read this content were NOT confined on this system. "
                "Treat the computer that ran the inspection as exposed."
            )
        )
    return phrase(N_("The programs that read this content were confined by {means}."), means=", ".join(confinement))
