"""The desk performs an inspection that an officer started: once, whatever happens to the worker."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import msgspec
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from gifthorse.inspect import engine, sources
from gifthorse.model.custody import InspectionState
from gifthorse.model.errors import GifthorseError, Interrupted
from gifthorse.model.inspections import Inspection as Result
from gifthorse.model.roles import DESK_ITSELF, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import Deed, act, now
from gifthorse.store import vault
from gifthorse.store.tables.exhibit import ExhibitKind
from gifthorse.store.tables.inspection import Inspection, InspectionProgress
from gifthorse.store.tables.sealed import Sealed

GONE_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 5
VERDICTS = "verdicts"  # what the same content gave before; an entry opens with that content alone
FETCHING = "fetching"
BROKE_OFF = N_("The inspection broke off by a defect of ours. Its log says more; please report it, and treat the item as not inspected.")
GIVEN_UP = N_("The worker was lost over this five times. Look at the machine's memory and disk; treat the item as not inspected.")


def perform(inspection_id: str) -> bool:
    """Whether this call did the work: False when it was done, stopped, or is under way elsewhere.

    The result (or why it failed) is on record afterwards. A worker that dies leaves the inspection for `take_up_again`.
    """
    claimed = _claim(inspection_id)
    if claimed is None:
        return False
    with _beating(claimed) as beat:
        try:
            with _medium(claimed, beat) as source:
                options = engine.Options(cache=str(settings.GIFTHORSE_DATA / VERDICTS))
                result = engine.inspect(source, options=options, progress=beat.note, should_stop=beat.should_stop)
        except Interrupted:
            _end(claimed, InspectionState.STOPPED)
        except GifthorseError as error:
            _end(claimed, InspectionState.FAILED, failure=str(error))
        except Exception:
            _end(claimed, InspectionState.FAILED, failure=BROKE_OFF)
            raise
        else:
            _end(claimed, InspectionState.DONE, result=result)
    return True


def take_up_again(enqueue: Callable[[str], object]) -> list[str]:
    """The ids of inspections whose worker is gone, or that wait without a place in the queue, each put into the queue again."""
    silent = now() - GONE_AFTER
    lost = Inspection.objects.filter(
        Q(state=InspectionState.RUNNING.value, progress__heartbeat__lt=silent)
        | Q(state=InspectionState.RUNNING.value, progress__heartbeat__isnull=True)
        | Q(state=InspectionState.QUEUED.value, created_at__lt=silent)
    )
    ids = list(lost.values_list("pk", flat=True))
    for inspection_id in ids:
        enqueue(inspection_id)
    return ids


def _claim(inspection_id: str) -> Inspection | None:
    """The inspection, now this worker's: waiting ones and those whose worker fell silent; None for any other."""
    with transaction.atomic():
        inspection = Inspection.objects.select_for_update(of=("self",)).select_related("item", "exhibit").filter(pk=inspection_id).first()
        if inspection is None or not _is_free(inspection):
            return None
        with act(DESK_ITSELF, Procedure.PERFORM_INSPECTION, Relation.OTHERS, subject=inspection.item_id) as deed:
            if inspection.attempt >= MOST_ATTEMPTS:
                _give_up(deed, inspection)
                return None
            inspection.state = InspectionState.RUNNING.value
            inspection.attempt += 1
            inspection.started_at = deed.moment
            InspectionProgress.objects.filter(inspection=inspection).update(heartbeat=deed.moment, done=0, total=0, phase="")
            return deed.keep(inspection)


def _give_up(deed: Deed, inspection: Inspection) -> None:
    inspection.state = InspectionState.FAILED.value
    inspection.failure = GIVEN_UP
    inspection.ended_at = deed.moment
    deed.keep(inspection)


def _is_free(inspection: Inspection) -> bool:
    if inspection.state == InspectionState.QUEUED.value:
        return True
    heartbeat: datetime | None = inspection.progress.heartbeat
    silent = heartbeat is None or heartbeat < now() - GONE_AFTER
    return inspection.state == InspectionState.RUNNING.value and silent


def _end(claimed: Inspection, state: InspectionState, *, result: Result | None = None, failure: str = "") -> None:
    """The inspection's end is on record, unless another worker has taken it over meanwhile."""
    with act(DESK_ITSELF, Procedure.PERFORM_INSPECTION, Relation.OTHERS, subject=claimed.item_id) as deed:
        record = Inspection.objects.select_for_update(of=("self",)).select_related("item").get(pk=claimed.pk)
        if record.attempt != claimed.attempt or record.state != InspectionState.RUNNING.value:
            return
        record.state = state.value
        record.failure = failure[:200]
        record.ended_at = deed.moment
        if result is not None:
            record.result = deed.note(vault.keep(msgspec.json.encode(result), moment=deed.moment))
            record.verdict = result.verdict.value
            record.item.verdict = result.verdict.value
            record.item.changed_at = deed.moment
            deed.keep(record.item)
        deed.keep(record)


@contextmanager
def _medium(inspection: Inspection, beat: "_Beat") -> Iterator[sources.Source]:
    """The exhibit as a source: a folder in place, or its content decrypted into a file that has no name and dies with us."""
    exhibit = inspection.exhibit
    name = vault.open_text(exhibit.name)
    if exhibit.kind == ExhibitKind.FOLDER.value:
        with sources.open_source(name) as source:
            yield source
        return
    assert exhibit.content is not None
    fd = os.open(settings.GIFTHORSE_SPOOL, os.O_TMPFILE | os.O_RDWR | os.O_EXCL, 0o600)
    try:
        _fetch(exhibit.content, fd, beat)
        with sources.open_source(f"/proc/self/fd/{fd}", name=name) as source:
            yield source
    finally:
        os.close(fd)


def _fetch(content: Sealed, fd: int, beat: "_Beat") -> None:
    """The content stands in the file *fd*; raises Interrupted when somebody asked to stop meanwhile."""
    done = 0
    beat.note(FETCHING, done, content.size)
    with open(fd, "wb", closefd=False) as file:
        for chunk in vault.read_out(content):
            if beat.should_stop():
                raise Interrupted(N_("Stopped. Nothing was kept."))
            file.write(chunk)
            done += len(chunk)
            beat.note(FETCHING, done, content.size)


class _Beat:
    """Tells the desk that the worker lives and how far it is, and hears whether somebody asked to stop."""

    def __init__(self, inspection: Inspection) -> None:
        self._row = InspectionProgress.objects.filter(inspection_id=inspection.pk)
        self._mine = Inspection.objects.filter(pk=inspection.pk, attempt=inspection.attempt, state=InspectionState.RUNNING.value)
        self._lock = threading.Lock()
        self._latest = ("", 0, 0)
        self._stop = threading.Event()
        self.over = threading.Event()

    def note(self, phase: str, done: int, total: int) -> None:
        """How far the work has come; cheap, since the beat carries it to the database."""
        with self._lock:
            self._latest = (phase, done, total)

    def should_stop(self) -> bool:
        """Whether somebody asked to stop, or another worker has taken over."""
        return self._stop.is_set()

    def run(self) -> None:
        """Beats until the work is over."""
        try:
            while not self.over.wait(0.5):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        with self._lock:
            phase, done, total = self._latest
        self._row.update(phase=phase, done=done, total=total, heartbeat=now())
        if self._row.filter(stop_requested=True).exists() or not self._mine.exists():
            self._stop.set()


@contextmanager
def _beating(inspection: Inspection) -> Iterator[_Beat]:
    beat = _Beat(inspection)
    thread = threading.Thread(target=beat.run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield beat
    finally:
        beat.over.set()
        thread.join()
