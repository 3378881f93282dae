"""The threads that officers look at: those that moved since last week, and the list of all."""

from typing import Final

import msgspec

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
    rows = rows.filter(level=level) if level in set(Level) else rows.exclude(level=Level.NONE.value) if not level else rows
    start = (max(page, 1) - 1) * PAGE_LENGTH
    found = list(rows.select_related("thread__contact__content__key")[start : start + PAGE_LENGTH + 1])
    named = with_names(standing.thread for standing in found[:PAGE_LENGTH])
    shown = [ThreadRow(named=one, standing=standing) for one, standing in zip(named, found, strict=False)]
    return ThreadPage(rows=tuple(shown), number=max(page, 1), more=len(found) > PAGE_LENGTH)


def threads_moved(actor: Actor, most: int = MOST_SHOWN) -> tuple[MovedThread, ...]:
    """At most *most* threads that moved this week, what matters most first. Raises Refused."""
    authorise(actor, Procedure.VIEW_THREADS, Relation.NONE)
    touched = Standing.objects.filter(week=week_of(now().date()), thread__in=visible(actor).filter(state=State.OPEN.value))
    rows = touched.order_by("-score").values_list("thread_id", "last_week", "state")[:LOOKED_THROUGH]
    before: list[ThreadState] = []
    today: list[ThreadState] = []
    for thread_id, last_week, state in rows:
        before += [told] if (told := told_state(thread_id, last_week)) else []
        today += [told] if (told := told_state(thread_id, state)) else []
    moved = threads_that_moved(before, today, most)
    found = Thread.objects.select_related("contact__content__key").in_bulk([movement.thread for movement in moved])
    named = with_names(found[movement.thread] for movement in moved)
    return tuple(MovedThread(named=one, movement=movement) for one, movement in zip(named, moved, strict=True))
