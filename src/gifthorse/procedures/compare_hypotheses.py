"""The written comparison of explanations that *act* needs: the prefilled matrix, the officer's own cells, and a sentence about each."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from gifthorse.assess.diagnosticity import Hypothesis
from gifthorse.assess.hypotheses import Matrix, OwnCell, compare, missing_hypotheses
from gifthorse.assess.scale import standard_scale
from gifthorse.model.errors import KeyMissing, NotAccepted
from gifthorse.model.grades import Grade
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.threads import JudgementKind
from gifthorse.model.words import N_
from gifthorse.procedures.acting import Deed, act
from gifthorse.procedures.thread_facts import facts_for
from gifthorse.procedures.thread_judgements import judgement_rows, keep_judgement
from gifthorse.procedures.visible_threads import Named, thread_and_relation, with_names
from gifthorse.store import vault
from gifthorse.store.tables.thread import Judgement, Thread

LONGEST: Final = 4000


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The officer's own cells, and a text about each hypothesis."""

    cells: tuple[OwnCell, ...] = ()
    texts: dict[Hypothesis, str] = {}

    @property
    def is_complete(self) -> bool:
        """Whether something was written about each."""
        return not missing_hypotheses(self.texts)


class ComparisonView(msgspec.Struct, frozen=True, kw_only=True):
    """The comparison of one thread with its matrix; `dropped` are own cells whose evidence isn't there any more."""

    named: Named
    matrix: Matrix
    comparison: Comparison
    dropped: tuple[OwnCell, ...]


def comparison(actor: Actor, thread_id: str) -> ComparisonView:
    """The comparison as it stands; that the actor looked is in the ledger. Raises NotFound or Refused."""
    row, relation = thread_and_relation(actor, thread_id)
    with act(actor, Procedure.JUDGE_THREAD, relation, subject=row.pk):
        found = latest_comparison(judgement_rows(row)) or Comparison()
    matrix = matrix_for(row, found)
    shown = {line.evidence for line in matrix.lines}
    return ComparisonView(
        named=with_names([row])[0], matrix=matrix, comparison=found, dropped=tuple(one for one in found.cells if one.evidence not in shown)
    )


def judge_cell(actor: Actor, thread_id: str, cell: OwnCell) -> Judgement:
    """The comparison with this cell judged by the officer, instead of the table. Raises NotAccepted for a cell that doesn't fit."""
    row, relation = thread_and_relation(actor, thread_id)
    with act(actor, Procedure.JUDGE_THREAD, relation, subject=row.pk) as deed:
        before = latest_comparison(judgement_rows(row)) or Comparison()
        others = [one for one in before.cells if (one.evidence, one.hypothesis) != (cell.evidence, cell.hypothesis)]
        after = Comparison(cells=(*others, cell), texts=before.texts)
        if cell.evidence not in {line.evidence for line in matrix_for(row, Comparison()).lines}:
            raise NotAccepted(N_("Nothing in this thread shows this evidence. Please choose one of the lines."), field="evidence")
        matrix_for(row, after)  # refuses a cell without a reason
        return _keep(deed, actor, row, cell.reason, after)


def write_note(actor: Actor, thread_id: str, texts: Mapping[Hypothesis, str]) -> Judgement:
    """The comparison with what the officer wrote about each hypothesis, whole or not yet. Raises NotAccepted for texts too long."""
    row, relation = thread_and_relation(actor, thread_id)
    with act(actor, Procedure.JUDGE_THREAD, relation, subject=row.pk) as deed:
        if too_long := [hypothesis for hypothesis, text in texts.items() if len(text) > LONGEST]:
            raise NotAccepted(N_("Please shorten the text to 4,000 characters."), field=too_long[0].value)
        before = latest_comparison(judgement_rows(row)) or Comparison()
        kept = {hypothesis: texts.get(hypothesis, "").strip() for hypothesis in Hypothesis}
        return _keep(deed, actor, row, "", Comparison(cells=before.cells, texts=kept))


def latest_comparison(found: Sequence[Judgement]) -> Comparison | None:
    """The last comparison among judgements in order of time."""
    steps = [one for one in found if one.kind == JudgementKind.COMPARE.value]
    return told_comparison(steps[-1]) if steps else None


def told_comparison(found: Judgement) -> Comparison:
    """The comparison that lies sealed with the judgement, an empty one when it was erased."""
    if found.note is None:
        return Comparison()
    try:
        return msgspec.convert(vault.open_json(found.note), Comparison)
    except KeyMissing:
        return Comparison()


def matrix_for(row: Thread, found: Comparison) -> Matrix:
    """The matrix of the thread's observations with the officer's cells."""
    observations = facts_for(row).observations
    shown = {line.evidence for line in compare(observations, _relied_on).lines}
    own = [cell for cell in found.cells if cell.evidence in shown]
    return compare(observations, _relied_on, own)


def _relied_on(grade: Grade) -> float:
    return standard_scale().grades[grade]


def _keep(deed: Deed, actor: Actor, row: Thread, reason: str, after: Comparison) -> Judgement:
    return keep_judgement(deed, actor, row, JudgementKind.COMPARE, reason or ".", note=msgspec.to_builtins(after))
