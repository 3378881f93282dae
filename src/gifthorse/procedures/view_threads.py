"""The threads that officers look at: those that moved since last week, and the list of all."""

from collections.abc import Iterable
from typing import Final

import msgspec
from django.db.models import Q, QuerySet

from gifthorse.assess.movement import MOST_SHOWN, Movement, ThreadState, threads_that_moved
from gifthorse.model.observations import Level
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import ThreadState as State
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.assessing import told_state, week_of
from gifthorse.procedures.visible_threads import Named, visible, with_names
from gifthorse.store.tables.thread import Standing, Thread

PAGE_LENGTH: Final = 40
LOOKED_THROUGH: Final = 5_000  # of the threads of one week, the highest


class ThreadRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thread of the list."""

    named: Named
    standing: Standing

    @property
    def level(self) -> Level:
        """Where it stands."""
        return Level(self.standing.level)


class ThreadPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of threads, the highest first."""

    rows: tuple[ThreadRow, ...]
    number: int
    more: bool


class MovedThread(msgspec.Struct, frozen=True, kw_only=True):
    """A thread that moved, in one sentence."""

    named: Named
    movement: Movement


def threads(actor: Actor, *, level: str = "", state: str = "open", page: int = 1) -> ThreadPage:
    """A page of threads, narrowed to a level and a state. Raises Refused."""
    authorise(actor, Procedure.VIEW_THREADS, Relation.NONE)
    wanted = state if state in {State.OPEN.value, State.ORDINARY.value} else State.OPEN.value
    rows = Standing.objects.filter(thread__in=visible(actor).filter(state=wanted)).order_by("-score", "thread_id")
    levels = [level] if level in set(Level) else [one.value for one in Level if level or one is not Level.NONE]
    start = (max(page, 1) - 1) * PAGE_LENGTH
    found = opened(rows.filter(level__in=levels).values_list("pk", flat=True)[start : start + PAGE_LENGTH + 1])
    named = with_names(standing.thread for standing in found[:PAGE_LENGTH])
    shown = [ThreadRow(named=one, standing=standing) for one, standing in zip(named, found, strict=False)]
    return ThreadPage(rows=tuple(shown), number=max(page, 1), more=len(found) > PAGE_LENGTH)


def opened(ids: Iterable[str]) -> list[Standing]:
    """The standings of these threads in this order, with the contacts' sealed texts: only they are fetched whole."""
    wanted = list(ids)
    found = Standing.objects.select_related("thread__contact__content__key").in_bulk(wanted)
    return [found[pk] for pk in wanted]


def threads_moved(actor: Actor, most: int = MOST_SHOWN) -> tuple[MovedThread, ...]:
    """At most *most* threads that moved this week, what matters most first. Raises Refused."""
    authorise(actor, Procedure.VIEW_THREADS, Relation.NONE)
    touched = Standing.objects.filter(week=week_of(now().date()), thread__in=visible(actor).filter(state=State.OPEN.value))
    wanted = _most_moved(touched, most)
    rows = Standing.objects.filter(pk__in=wanted).values_list("thread_id", "last_week", "state")
    before = [told for thread_id, last_week, _ in rows if (told := told_state(thread_id, last_week))]
    today = [told for thread_id, _, state in rows if (told := told_state(thread_id, state))]
    moved = threads_that_moved(before, today, most)
    found = Thread.objects.select_related("contact__content__key").in_bulk([movement.thread for movement in moved])
    named = with_names(found[movement.thread] for movement in moved)
    return tuple(MovedThread(named=one, movement=movement) for one, movement in zip(named, moved, strict=True))


def _most_moved(touched: QuerySet[Standing], most: int) -> list[str]:
    """The threads that moved most, by level and score alone: of all the others nothing else has to be read."""
    stayed = Q(level=Level.NONE.value) & (Q(last_week__level=Level.NONE.value) | Q(last_week={}))  # most of them, and no news
    rows = touched.exclude(stayed).order_by("-score")
    told = list(rows.values_list("thread_id", "level", "score", "last_week__level", "last_week__score")[:LOOKED_THROUGH])
    before = [ThreadState(thread=pk, level=Level(level), score=score) for pk, _, _, level, score in told if level is not None]
    today = [ThreadState(thread=pk, level=Level(level), score=score) for pk, level, score, _, _ in told]
    return [movement.thread for movement in threads_that_moved(before, today, most)]
