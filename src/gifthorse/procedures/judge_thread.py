"""An officer judges a thread: an offer of help, a question, ordinary business, confirmed, or a proposal to act. Nothing is deleted."""

from typing import Any, Final

import msgspec
from django.db import transaction

from gifthorse.assess.levels import allows_act
from gifthorse.model.errors import NotAccepted, WrongState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.threads import JudgementKind, ThreadState
from gifthorse.model.words import N_
from gifthorse.procedures import write_letter
from gifthorse.procedures.acting import Deed, act
from gifthorse.procedures.compare_hypotheses import Comparison, latest_comparison
from gifthorse.procedures.thread_facts import facts_for, scored_without
from gifthorse.procedures.thread_judgements import judgement_rows, keep_judgement, open_proposal
from gifthorse.procedures.visible_threads import thread_and_relation
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.thread import Judgement, Thread

LONGEST: Final = 8000
WITH_A_LETTER: Final = frozenset({JudgementKind.TALK, JudgementKind.ASK})
FROM_A_FORM: Final = WITH_A_LETTER | {JudgementKind.ORDINARY, JudgementKind.REOPEN, JudgementKind.CONFIRM, JudgementKind.ACT}


def judge(actor: Actor, thread_id: str, kind: JudgementKind, reason: str, letter: str = "") -> Judgement:
    """The judgement, with *letter* sent to the one of ours where there is one.

    Raises NotAccepted without a reason, WrongState where *act* lacks its line, its comparison or a second officer's answer, NotFound.
    """
    row, relation = thread_and_relation(actor, thread_id)
    with transaction.atomic():
        with act(actor, Procedure.JUDGE_THREAD, relation, subject=row.pk) as deed:
            if kind not in FROM_A_FORM:
                raise NotAccepted(N_("Please choose what you decide."), field="kind")
            _require_reason(reason)
            note = _ready_to_act(row) if kind is JudgementKind.ACT else None
            made = keep_judgement(deed, actor, row, kind, reason, note=note)
            _move(deed, row, kind)
        if letter.strip() and kind in WITH_A_LETTER:
            write_letter.answer(actor, report_to_answer(row), letter)
        return made


def report_to_answer(row: Thread) -> str:
    """The latest report of the one of ours in this thread, where a letter to them belongs. Raises NotAccepted when they told nothing."""
    rows = Report.objects.filter(
        observations__contact__joined_to=row.contact_id, observations__subject=row.person_id, reporter=row.person_id, is_sealed=False
    )
    found = rows.order_by("-created_at").values_list("pk", flat=True).first()
    if found is None:
        raise NotAccepted(
            N_("Your colleague hasn't told anything themselves, so there is no letter to answer. Please talk to them in person."),
            field="letter",
        )
    return found


def has_a_report(row: Thread) -> bool:
    """Whether a letter can be written."""
    return Report.objects.filter(
        observations__contact__joined_to=row.contact_id, observations__subject=row.person_id, reporter=row.person_id, is_sealed=False
    ).exists()


def _require_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > LONGEST:
        raise NotAccepted(N_("Please say why, in a sentence. The reason stays on record."), field="reason")


def _ready_to_act(row: Thread) -> Any:
    """What goes along with a proposal to act: the comparison as it stands. Raises WrongState where something is missing."""
    if not allows_act(scored_without(facts_for(row))):
        raise WrongState(
            N_("Nothing hidden, no pressure and no ask for what is not public was reported, so there is nothing to act on. Talk instead.")
        )
    found = judgement_rows(row)
    if open_proposal(found) is not None:
        raise WrongState(N_("A proposal waits for a second officer already."))
    comparison = latest_comparison(found) or Comparison()
    if not comparison.is_complete:
        raise WrongState(N_("Please compare the explanations first, and write a sentence about each."))
    return msgspec.to_builtins(comparison)


def _move(deed: Deed, row: Thread, kind: JudgementKind) -> None:
    state = {JudgementKind.ORDINARY: ThreadState.ORDINARY, JudgementKind.REOPEN: ThreadState.OPEN}.get(kind)
    if state is not None and row.state != state.value:
        row.state = state.value
        deed.keep(row)
