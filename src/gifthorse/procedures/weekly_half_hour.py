"""The officer's half-hour of the week: what came in to sort, what to decide, and whom to answer, in this order."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from gifthorse.model.observations import Level
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import ENDS_A_PROPOSAL, JudgementKind, ThreadState
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.handle_trigger import TriggerView, triggers
from gifthorse.procedures.reading_reports import readable
from gifthorse.procedures.view_links import LinkRow, links
from gifthorse.procedures.view_threads import ThreadRow, opened
from gifthorse.procedures.visible_threads import Named, visible, with_names
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.thread import Judgement, Standing

MOST: Final = 7
LATELY: Final = timedelta(days=90)  # a decision that is older is looked at again
DECIDES: Final = (JudgementKind.TALK, JudgementKind.CONFIRM, JudgementKind.ORDINARY, JudgementKind.ACT, JudgementKind.ASK)


class WaitingProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal to act that waits for a second officer."""

    id: str
    named: Named


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """Sort: links and triggers. Decide: others' proposals, and threads at talk or act that nobody decided lately. Answer: reports."""

    links: tuple[LinkRow, ...]
    triggers: tuple[TriggerView, ...]
    proposals: tuple[WaitingProposal, ...]
    threads: tuple[ThreadRow, ...]
    reports: tuple[Report, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing waits."""
        return not (self.links or self.triggers or self.proposals or self.threads or self.reports)


def week(actor: Actor) -> Week:
    """What waits, at most seven of each. Raises Refused."""
    authorise(actor, Procedure.VIEW_THREADS, Relation.NONE)
    unanswered = readable(actor).filter(answered_at__isnull=True, closed_at__isnull=True).exclude(reporter=actor.person)
    return Week(
        links=links(actor, shown="suggested").rows[:MOST],
        triggers=triggers(actor).rows[:MOST],
        proposals=_proposals(actor),
        threads=_to_decide(actor),
        reports=tuple(unanswered.order_by("due_at", "pk")[:MOST]),
    )


def _proposals(actor: Actor) -> tuple[WaitingProposal, ...]:
    rows = Judgement.objects.filter(kind=JudgementKind.ACT.value, second__isnull=True, thread__in=visible(actor))
    waiting = list(rows.exclude(by=actor.person).exclude(thread__person=actor.person).select_related("thread__contact__content__key")[:50])
    ended = _ended([row.thread_id for row in waiting])
    open_ones = [row for row in waiting if not any(at > row.created_at for at in ended.get(row.thread_id, ()))][:MOST]
    named = with_names(row.thread for row in open_ones)
    return tuple(WaitingProposal(id=row.pk, named=one) for row, one in zip(open_ones, named, strict=True))


def _ended(threads: list[str]) -> dict[str, list[datetime]]:
    kinds = [kind.value for kind in ENDS_A_PROPOSAL | {JudgementKind.ORDINARY}]
    found: dict[str, list[datetime]] = {}
    for thread, at in Judgement.objects.filter(thread__in=threads, kind__in=kinds).values_list("thread_id", "created_at"):
        found.setdefault(thread, []).append(at)
    return found


def _to_decide(actor: Actor) -> tuple[ThreadRow, ...]:
    decided = Judgement.objects.filter(kind__in=[kind.value for kind in DECIDES], created_at__gte=now() - LATELY).values("thread")
    mine = visible(actor).filter(state=ThreadState.OPEN.value).exclude(person=actor.person)
    rows = Standing.objects.filter(thread__in=mine, level__in=[Level.TALK.value, Level.ACT.value]).exclude(thread__in=decided)
    found = opened(rows.order_by("-score", "pk").values_list("pk", flat=True)[:MOST])
    named = with_names(standing.thread for standing in found)
    return tuple(ThreadRow(named=one, standing=standing) for one, standing in zip(named, found, strict=True))
