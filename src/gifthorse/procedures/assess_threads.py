"""The desk assesses threads: only what a report, a link or a correction touched, or everything from nothing.

Where a level moved, or a thread is new, that is on record with one ledger entry. Standings are derived and in no backup.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from django.db import connection, transaction

from gifthorse.model.observations import Level
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import JudgementKind, ThreadState
from gifthorse.procedures.acting import act, authorise, new_id, now
from gifthorse.procedures.after_change import ASSESS
from gifthorse.procedures.assessed_facts import Key
from gifthorse.procedures.assessing import Assessed, nothing_left, put_down, scored_rows, week_of
from gifthorse.procedures.keeping_many import change_all, keep_all
from gifthorse.procedures.levels import thresholds
from gifthorse.procedures.sealed_apart import sealed_apart
from gifthorse.store import observation_rows, standing_rows
from gifthorse.store.assess_role import reading_as_assess
from gifthorse.store.standing_rows import StandingRow
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.thread import Judgement, LevelChange, Standing, Thread

AT_ONCE: Final = 400
SUBJECT: Final = "threads"
_LOCK: Final = 0x67687468726561  # one assessment at a time on PostgreSQL; SQLite has one writer anyway


class Moved(msgspec.Struct, kw_only=True):
    """What an assessment changes: records to keep, and standings to write down."""

    new: list[Thread] = []
    reopened: list[Thread] = []
    changes: list[LevelChange] = []
    standings: list[StandingRow] = []
    gone: list[str] = []


def assess_waiting(actor: Actor) -> int:
    """How many of the contacts that waited were assessed; none waits any more unless more came meanwhile. Raises Refused."""
    authorise(actor, Procedure.ASSESS_THREADS, Relation.OTHERS)
    done = 0
    while True:
        with transaction.atomic():
            _one_at_a_time()
            waiting = list(Awaiting.objects.filter(kind=ASSESS).order_by("pk")[:AT_ONCE])
            if not waiting:
                return done
            _assess(actor, observation_rows.groups_of([row.contact for row in waiting]))
            Awaiting.objects.filter(pk__in=[row.pk for row in waiting]).delete()
            done += len(waiting)


def assess_contacts(actor: Actor, contacts: Sequence[str]) -> None:
    """The threads of these contacts' groups are assessed now. Raises Refused."""
    authorise(actor, Procedure.ASSESS_THREADS, Relation.OTHERS)
    if contacts:
        with transaction.atomic():
            _one_at_a_time()
            _assess(actor, observation_rows.groups_of(contacts))


def _assess(actor: Actor, groups: Sequence[str]) -> None:
    sealed = sealed_apart()
    with reading_as_assess():
        rows = list(observation_rows.of_groups(groups, sealed))
    write_down(actor, groups, scored_rows(rows, thresholds()), news=True)


def write_down(actor: Actor, groups: Sequence[str], found: Sequence[Assessed], *, news: bool) -> None:
    """*found*, all threads of *groups*, is on record and in the standings, within the caller's transaction."""
    moved = _moved(groups, found, news=news)
    if moved.new or moved.reopened or moved.changes:
        with act(actor, Procedure.ASSESS_THREADS, Relation.OTHERS, subject=SUBJECT) as deed:
            keep_all(deed, moved.new)
            change_all(deed, moved.reopened, "state")
            keep_all(deed, moved.changes)
    Standing.objects.filter(pk__in=moved.gone).delete()
    standing_rows.write(moved.standings, now())


def _moved(groups: Sequence[str], found: Sequence[Assessed], *, news: bool) -> Moved:
    threads = list(_threads_of(groups))
    by_key = {(thread.contact_id, thread.person_id): thread for thread in threads}
    moved = Moved()
    for one in found:
        if one.key not in by_key:
            by_key[one.key] = _new_thread(one.key)
            moved.new.append(by_key[one.key])
    heads = set(groups)
    results = {one.key: one for one in found}
    standings = Standing.objects.in_bulk([thread.pk for thread in threads])
    levels = _levels_before(threads, standings)
    closed = _closed_at(threads)
    week = week_of(now().date())
    for key, thread in by_key.items():
        if key[0] not in heads:
            _merge(thread, moved)
            continue
        one = results.get(key) or nothing_left(key)
        _reopen(thread, closed.get(thread.pk), one.level, moved)
        before = levels.get(thread.pk, Level.NONE)
        if one.level is not before:
            moved.changes.append(LevelChange(thread=thread, before=before.value, after=one.level.value))
        moved.standings.append(put_down(one, standings.get(thread.pk), thread.pk, week=week, news=news))
    return moved


def _new_thread(key: Key) -> Thread:
    return Thread(id=new_id(Thread.PREFIX), contact_id=key[0], person_id=key[1])


def _threads_of(groups: Sequence[str]) -> Iterable[Thread]:
    for start in range(0, len(groups), 500):
        yield from Thread.objects.filter(contact__joined_to__in=groups[start : start + 500])


def _levels_before(threads: Sequence[Thread], standings: Mapping[str, Standing]) -> dict[str, Level]:
    """The level that each thread had, by its standing, or by the last change on record where the standing was lost with a restore."""
    known = {pk: Level(standing.level) for pk, standing in standings.items()}
    lost = [thread.pk for thread in threads if thread.pk not in known]
    for start in range(0, len(lost), 500):
        rows = LevelChange.objects.filter(thread__in=lost[start : start + 500]).order_by("created_at", "id")
        known |= {thread: Level(after) for thread, after in rows.values_list("thread_id", "after")}
    return known


def _closed_at(threads: Sequence[Thread]) -> dict[str, Level | None]:
    """The level at which each thread was closed as ordinary business, None where it was opened again since."""
    shut = [thread.pk for thread in threads if thread.state != ThreadState.OPEN.value]
    kinds = (JudgementKind.ORDINARY.value, JudgementKind.REOPEN.value)
    rows = Judgement.objects.filter(thread__in=shut, kind__in=kinds).order_by("created_at", "id")
    return {
        thread: Level(level) if kind == JudgementKind.ORDINARY.value else None
        for thread, kind, level in rows.values_list("thread_id", "kind", "level")
    }


def _merge(thread: Thread, moved: Moved) -> None:
    """Another contact carries the thread on since a link was confirmed."""
    if thread.state != ThreadState.MERGED.value:
        thread.state = ThreadState.MERGED.value
        moved.reopened.append(thread)
    moved.gone.append(thread.pk)


def _reopen(thread: Thread, closed_at: Level | None, level: Level, moved: Moved) -> None:
    """A thread that was closed as ordinary business is open again once it comes to more than it did then."""
    shut = closed_at is not None and level.rank <= closed_at.rank
    state = (ThreadState.ORDINARY if shut else ThreadState.OPEN).value
    if thread.state != state:
        thread.state = state
        moved.reopened.append(thread)


def _one_at_a_time() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
