"""A second officer agrees to act, or not: only then *act* counts."""

import msgspec

from gifthorse.assess.hypotheses import Matrix
from gifthorse.model.errors import NotAccepted, NotFound, WrongState
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import JudgementKind
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, act
from gifthorse.procedures.compare_hypotheses import Comparison, matrix_for, told_comparison
from gifthorse.procedures.people import names_of
from gifthorse.procedures.thread_judgements import judgement_rows, keep_judgement, open_proposal
from gifthorse.procedures.visible_threads import Named, thread_and_relation, with_names
from gifthorse.store import vault
from gifthorse.store.tables.thread import Judgement, Thread


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal to act as the second officer reads it: the reason, the note, and the matrix with the first officer's cells."""

    judgement: Judgement
    named: Named
    by: str
    reason: str
    comparison: Comparison
    matrix: Matrix
    may_answer: bool


def proposal(actor: Actor, judgement_id: str) -> Proposal:
    """The proposal that waits; that the actor looked is in the ledger. Raises NotFound, Refused, or WrongState once it was answered."""
    row, waiting, relation = _waiting(actor, judgement_id)
    with act(actor, Procedure.SECOND_JUDGEMENT, relation, subject=row.pk):
        comparison = told_comparison(waiting)
    return Proposal(
        judgement=waiting,
        named=with_names([row])[0],
        by=names_of([waiting.by_id]).get(waiting.by_id, ""),
        reason=vault.open_text_or_none(waiting.reason) or "",
        comparison=comparison,
        matrix=matrix_for(row, comparison),
        may_answer=waiting.by_id != actor.person,
    )


def answer(actor: Actor, judgement_id: str, reason: str, *, agrees: bool) -> Judgement:
    """The answer of a second officer, who is not the first. Raises NotAccepted, WrongState, NotFound or Refused."""
    row, waiting, relation = _waiting(actor, judgement_id)
    with act(actor, Procedure.SECOND_JUDGEMENT, relation, subject=row.pk) as deed:
        if waiting.by_id == actor.person:
            raise WrongState(N_("You proposed this yourself. Another officer has to look at it."))
        if not reason.strip():
            raise NotAccepted(N_("Please say why, in a sentence. The reason stays on record."), field="reason")
        if agrees:
            waiting.second_id, waiting.second_at = actor.person, deed.moment
            deed.keep(waiting)
        return keep_judgement(deed, actor, row, JudgementKind.AGREE if agrees else JudgementKind.DISAGREE, reason)


def _waiting(actor: Actor, judgement_id: str) -> tuple[Thread, Judgement, Relation]:
    found = Judgement.objects.filter(pk=judgement_id, kind=JudgementKind.ACT.value).values_list("thread_id", flat=True).first()
    if found is None:
        raise NotFound(NOT_THERE)
    row, relation = thread_and_relation(actor, found)
    waiting = open_proposal(judgement_rows(row))
    if waiting is None or waiting.pk != judgement_id:
        raise WrongState(N_("This proposal was answered already."))
    return row, waiting, relation
