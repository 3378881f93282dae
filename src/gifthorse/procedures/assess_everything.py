"""Every thread is assessed from nothing, in batches and on several processors: after a restore, or when the levels were set anew."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Final

import django
from django.db import connection, transaction

from gifthorse.model.observations import Thresholds
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.after_change import EVERYTHING
from gifthorse.procedures.assess_threads import write_down
from gifthorse.procedures.assessing import Assessed, scored_rows
from gifthorse.procedures.levels import thresholds
from gifthorse.procedures.sealed_apart import sealed_apart
from gifthorse.store import assess_role, observation_rows
from gifthorse.store.assess_role import reading_as_assess
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.report import ObservationRow
from gifthorse.store.tables.thread import Standing

GROUPS_AT_ONCE: Final = 4_000
WORTH_TWO: Final = 4  # batches from which a second process pays
Progress = Callable[[int, int], None]
Range = tuple[str, str]


def nothing_stands() -> bool:
    """Whether there is something to assess and not one standing: a new desk, or a restored one."""
    return not Standing.objects.exists() and ObservationRow.objects.filter(contact__isnull=False).exists()


def have_role() -> None:
    """The database role that assessment reads as has its rights, where somebody made it since the tables were made."""
    with transaction.atomic():
        assess_role.create(connection)


def assess_when_asked(actor: Actor, *, processes: int = 1) -> int:
    """How many threads were assessed because levels were set anew, or because nothing stood: after a restore, say. 0 when neither."""
    authorise(actor, Procedure.ASSESS_THREADS, Relation.OTHERS)
    asked = Awaiting.objects.filter(kind=EVERYTHING)
    if not (asked.exists() or nothing_stands()):
        return 0
    asked.delete()
    return assess_everything(actor, processes=processes)


def assess_everything(actor: Actor, *, processes: int = 1, progress: Progress = lambda _done, _whole: None) -> int:
    """How many threads there are; all of them are assessed. *progress* gets batches done and all batches. Raises Refused.

    With more than one process the caller must be in no transaction: the others read for themselves.
    """
    authorise(actor, Procedure.ASSESS_THREADS, Relation.OTHERS)
    parts = observation_rows.ranges(GROUPS_AT_ONCE)
    limits = thresholds()
    threads = 0
    with _scored(parts, limits, processes if len(parts) >= WORTH_TWO else 1) as batches:
        for number, (part, found) in enumerate(zip(parts, batches, strict=True), 1):
            with transaction.atomic():
                write_down(actor, _groups(part), found, news=False)
            threads += len(found)
            progress(number, len(parts))
    return threads


def _groups(part: Range) -> list[str]:
    return observation_rows.groups_between(*part)


@contextmanager
def _scored(parts: list[Range], limits: Thresholds, processes: int) -> Iterator[Iterator[list[Assessed]]]:
    sealed = sealed_apart()
    jobs = [(part, limits, sealed) for part in parts]
    if processes < 2:
        yield map(_score, jobs)
        return
    # a fresh interpreter makes Django ready before it loads anything of ours; one that dies ends the whole, and nothing waits for it
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=django.setup) as pool:
        yield pool.map(_score, jobs)


def _score(job: tuple[Range, Thresholds, frozenset[str]]) -> list[Assessed]:
    (first, last), limits, sealed = job
    with reading_as_assess():
        rows = list(observation_rows.between(first, last, sealed))
    return scored_rows(rows, limits)
