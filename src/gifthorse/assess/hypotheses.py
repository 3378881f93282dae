"""Analysis of competing hypotheses for one thread (Heuer, Psychology of Intelligence Analysis, chapter 8).

The matrix is prefilled from the tactics' diagnosticity; the officer's own cells overrule it. Hypotheses are ranked by how little speaks
against them, each inconsistent line counting by the grade of its best observation, never by how much speaks for them: evidence that
fits everything proves nothing. The ranking informs a written note; it decides nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum
from typing import Final

import msgspec

from gifthorse.assess.circumstances import circumstances
from gifthorse.assess.diagnosticity import Bearing, DiagnosticRow, Hypothesis, diagnosticity
from gifthorse.model.errors import NotAccepted
from gifthorse.model.grades import Grade
from gifthorse.model.observations import AskLevel, FavourBand, Observation
from gifthorse.model.words import N_, Phrase, phrase

FEWEST_WORDS: Final = 3  # a note that says less than this about a hypothesis says nothing
Weigh = Callable[[Grade], float]


class OwnCell(msgspec.Struct, frozen=True, kw_only=True):
    """The officer's own judgement of one cell, with the reason."""

    evidence: str
    hypothesis: Hypothesis
    bearing: Bearing
    reason: str


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """How one line bears on one hypothesis, why, and whether the officer said so."""

    hypothesis: Hypothesis
    bearing: Bearing
    reason: str
    by_officer: bool = False


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of evidence in this thread: `observations` are positions in the series given, `weight` the best grade among them.

    `diagnostic` lines tell hypotheses apart; `fits_all` lines speak against none of them.
    """

    evidence: str
    weight: float
    observations: tuple[int, ...]
    cells: tuple[Cell, ...]
    diagnostic: bool
    fits_all: bool
    sentence: Phrase


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where one hypothesis stands: `rank` from 1, equals share it; `against` names the evidence that speaks against it."""

    hypothesis: Hypothesis
    rank: int
    inconsistency: float
    against: tuple[str, ...]
    sentence: Phrase


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """The whole comparison: the lines, most diagnostic first, and the hypotheses, least contradicted first."""

    lines: tuple[Line, ...]
    standings: tuple[Standing, ...]


def compare(
    observations: Sequence[Observation], weigh: Weigh, own: Iterable[OwnCell] = (), rows: Mapping[str, DiagnosticRow] | None = None
) -> Matrix:
    """The matrix of one thread's observations; *weigh* gives a grade's weight (0 to 1), *own* are the officer's cells.

    Raises NotAccepted for a cell without a reason, set twice, or for evidence that no observation shows.
    """
    known = diagnosticity() if rows is None else rows
    shown = _evidence(observations)
    cells = _own_cells(own, shown)
    lines = [_line(known.get(evidence) or _unreviewed(evidence), shown[evidence], observations, weigh, cells) for evidence in sorted(shown)]
    standings = _standings(lines)
    return Matrix(
        lines=tuple(sorted(lines, key=lambda line: (not line.diagnostic, -_contradictions(line), line.evidence))), standings=standings
    )


def missing_hypotheses(note: Mapping[Hypothesis, str]) -> tuple[Hypothesis, ...]:
    """The hypotheses about which the written *note* says nothing yet, or too little to be read."""
    return tuple(hypothesis for hypothesis in Hypothesis if len(note.get(hypothesis, "").split()) < FEWEST_WORDS)


def checked_note(note: Mapping[Hypothesis, str]) -> dict[Hypothesis, str]:
    """The note's texts, trimmed, in the order of the hypotheses; raises NotAccepted naming the first one not covered."""
    missing = missing_hypotheses(note)
    if missing:
        raise NotAccepted(N_("Please write a sentence about each explanation, also about those you rule out."), field=missing[0].value)
    return {hypothesis: note[hypothesis].strip() for hypothesis in Hypothesis}


def _evidence(observations: Sequence[Observation]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, observation in enumerate(observations):
        for evidence in _shown_by(observation):
            found[evidence].append(index)
    for circumstance in circumstances(observations):
        found[circumstance] = list(range(len(observations)))
    return {evidence: tuple(indexes) for evidence, indexes in found.items()}


def _shown_by(observation: Observation) -> set[str]:
    shown = {f"tactic:{tactic}" for tactic in observation.tactics} | {f"mitigator:{m.value}" for m in observation.mitigators}
    if observation.ask_level is not AskLevel.NONE:
        shown.add(f"ask:{observation.ask_level.value}")
    if observation.favour is not FavourBand.NONE:
        shown.add(f"favour:{observation.favour.value}")
    return shown


def _unreviewed(evidence: str) -> DiagnosticRow:
    """A row for evidence that the reviewed table doesn't hold: it speaks neither way until the officer judges it."""
    neutral = dict.fromkeys((hypothesis.value for hypothesis in Hypothesis), Bearing.NEUTRAL)
    return DiagnosticRow(evidence=evidence, reason=N_("Not in the reviewed table yet: please judge it yourself."), **neutral)


def _own_cells(own: Iterable[OwnCell], shown: Mapping[str, tuple[int, ...]]) -> dict[tuple[str, Hypothesis], OwnCell]:
    cells: dict[tuple[str, Hypothesis], OwnCell] = {}
    for cell in own:
        if not cell.reason.strip():
            raise NotAccepted(N_("Your own judgement has no reason yet. Please write one."), field="reason")
        if cell.evidence not in shown:
            raise NotAccepted(N_("Nothing in this thread shows this evidence. Please choose one of the lines."), field="evidence")
        if (cell.evidence, cell.hypothesis) in cells:
            raise NotAccepted(N_("This cell was judged twice. Please keep one judgement."), field="hypothesis")
        cells[cell.evidence, cell.hypothesis] = cell
    return cells


def _line(
    row: DiagnosticRow,
    indexes: tuple[int, ...],
    observations: Sequence[Observation],
    weigh: Weigh,
    own: Mapping[tuple[str, Hypothesis], OwnCell],
) -> Line:
    cells = tuple(_cell(row, hypothesis, own.get((row.evidence, hypothesis))) for hypothesis in Hypothesis)
    against = sum(cell.bearing is Bearing.INCONSISTENT for cell in cells)
    return Line(
        evidence=row.evidence,
        weight=max(weigh(observations[index].grade) for index in indexes),
        observations=indexes,
        cells=cells,
        diagnostic=0 < against < len(cells),
        fits_all=against == 0,
        sentence=_line_sentence(against, len(cells)),
    )


def _cell(row: DiagnosticRow, hypothesis: Hypothesis, own: OwnCell | None) -> Cell:
    if own is None:
        return Cell(hypothesis=hypothesis, bearing=row.bearing(hypothesis), reason=row.reason)
    return Cell(hypothesis=hypothesis, bearing=own.bearing, reason=own.reason.strip(), by_officer=True)


def _contradictions(line: Line) -> float:
    return line.weight * sum(cell.bearing is Bearing.INCONSISTENT for cell in line.cells)


def _line_sentence(against: int, hypotheses: int) -> Phrase:
    if against == 0:
        return phrase(N_("Fits every explanation, so it proves none."))
    if against == hypotheses:
        return phrase(N_("Fits no explanation: please check whether it is true, or whether an explanation is missing."))
    return phrase(N_("Tells explanations apart. It speaks against {against} of {hypotheses}."), against=against, hypotheses=hypotheses)


def _standings(lines: Sequence[Line]) -> tuple[Standing, ...]:
    against = {hypothesis: [line for line in lines if _speaks_against(line, hypothesis)] for hypothesis in Hypothesis}
    sums = {hypothesis: fsum(line.weight for line in found) for hypothesis, found in against.items()}
    ordered = sorted(Hypothesis, key=lambda hypothesis: (sums[hypothesis], list(Hypothesis).index(hypothesis)))
    return tuple(
        Standing(
            hypothesis=hypothesis,
            rank=1 + sum(other < sums[hypothesis] for other in sums.values()),
            inconsistency=sums[hypothesis],
            against=tuple(line.evidence for line in against[hypothesis]),
            sentence=_standing_sentence(hypothesis, len(against[hypothesis])),
        )
        for hypothesis in ordered
    )


def _speaks_against(line: Line, hypothesis: Hypothesis) -> bool:
    return any(cell.hypothesis is hypothesis and cell.bearing is Bearing.INCONSISTENT for cell in line.cells)


def _standing_sentence(hypothesis: Hypothesis, lines: int) -> Phrase:
    if lines == 0:
        return phrase(_NOTHING_AGAINST[hypothesis])
    return phrase(_AGAINST[hypothesis], lines=lines)


_NOTHING_AGAINST: Final = {
    Hypothesis.ORDINARY_BUSINESS: N_("Ordinary business: nothing speaks against it."),
    Hypothesis.FRIENDSHIP: N_("An ordinary friendship or relationship: nothing speaks against it."),
    Hypothesis.COMPETITOR: N_("A commercial competitor: nothing speaks against it."),
    Hypothesis.CULTIVATION: N_("Cultivation: nothing speaks against it, which does not prove it."),
    Hypothesis.GRUDGE: N_("A grudge, an invention or a mistake: nothing speaks against it."),
}
_AGAINST: Final = {
    Hypothesis.ORDINARY_BUSINESS: N_("Ordinary business. Lines that speak against it: {lines}."),
    Hypothesis.FRIENDSHIP: N_("An ordinary friendship or relationship. Lines that speak against it: {lines}."),
    Hypothesis.COMPETITOR: N_("A commercial competitor. Lines that speak against it: {lines}."),
    Hypothesis.CULTIVATION: N_("Cultivation. Lines that speak against it: {lines}."),
    Hypothesis.GRUDGE: N_("A grudge, an invention or a mistake. Lines that speak against it: {lines}."),
}
