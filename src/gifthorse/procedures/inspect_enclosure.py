"""The desk inspects what came with a report, and redraws pictures, before anyone opens it.

An enclosure is waiting, then running, then done or failed. What a killed worker had begun is begun once more ("again"), and given up
after that, so that a file that kills its inspection can't do so for ever.
"""

import os
from collections.abc import Callable
from typing import Final

import msgspec
from django.conf import settings

from gifthorse.inspect import engine, sources
from gifthorse.inspect.photographs import redrawn
from gifthorse.model.errors import GifthorseError, KeyMissing, NotConfined, Unreadable
from gifthorse.model.inspections import Inspection
from gifthorse.model.roles import DESK_ITSELF, Procedure, Relation
from gifthorse.procedures.acting import act
from gifthorse.store import vault
from gifthorse.store.tables.report import Enclosure
from gifthorse.store.tables.sealed import Sealed

WAITING, RUNNING, AGAIN, DONE, FAILED = "waiting", "running", "again", "done", "failed"
CARD: Final = "card"  # made by the desk itself out of a mail: nothing to inspect
VERDICTS: Final = "verdicts"
LARGEST_PICTURE: Final = 64 * 1024 * 1024
Look = Callable[[int, str], Inspection]
Redraw = Callable[[int], bytes]


def waiting(most: int = 200) -> list[str]:
    """The ids of the enclosures that nobody has inspected yet, oldest first."""
    rows = Enclosure.objects.filter(state__in=(WAITING, AGAIN), content__erased=False).order_by("created_at", "id")
    return list(rows.values_list("pk", flat=True)[:most])


def take_up_again() -> int:
    """How many enclosures were under way when a worker died: each waits once more, or is given up. Called when a worker starts."""
    lost = list(Enclosure.objects.filter(state__in=(RUNNING, f"{AGAIN}-{RUNNING}")))
    for enclosure in lost:
        with act(DESK_ITSELF, Procedure.INSPECT_ENCLOSURE, Relation.OTHERS, subject=enclosure.report_id) as deed:
            enclosure.state = AGAIN if enclosure.state == RUNNING else FAILED
            deed.keep(enclosure)
    return len(lost)


def look(fd: int, name: str) -> Inspection:
    """The inspection of the file *fd*, by the same engine that looks into gifts."""
    options = engine.Options(cache=str(settings.GIFTHORSE_DATA / VERDICTS))
    with sources.open_source(f"/proc/self/fd/{fd}", name=name) as source:
        return engine.inspect(source, options=options)


def inspect_enclosure(enclosure_id: str, look: Look = look, redraw: Redraw = redrawn) -> bool:
    """Whether this call inspected it: verdict, result and, for a picture, the redrawn one are on record afterwards, or that it failed."""
    enclosure = _begun(enclosure_id)
    if enclosure is None:
        return False
    fd = os.open(settings.GIFTHORSE_SPOOL, os.O_TMPFILE | os.O_RDWR | os.O_EXCL, 0o600)  # has no name and dies with us
    try:
        vault.copy_out(enclosure.content, fd)
        _end(enclosure, DONE, look(fd, vault.open_text(enclosure.name)), _drawn(fd, enclosure, redraw))
    except KeyMissing:  # erased meanwhile
        _end(enclosure, FAILED)
    except GifthorseError:
        _end(enclosure, FAILED)
    except Exception:
        _end(enclosure, FAILED)
        raise
    finally:
        os.close(fd)
    return True


def _begun(enclosure_id: str) -> Enclosure | None:
    """The enclosure, now under way; None when it isn't waiting. One thread does this, so that nobody else takes it between."""
    if not Enclosure.objects.filter(pk=enclosure_id, state__in=(WAITING, AGAIN)).exists():
        return None
    with act(DESK_ITSELF, Procedure.INSPECT_ENCLOSURE, Relation.OTHERS, subject=enclosure_id) as deed:
        rows = Enclosure.objects.select_for_update(of=("self",)).select_related("content__key", "name__key")
        enclosure = rows.get(pk=enclosure_id)
        deed.subject = enclosure.report_id
        enclosure.state = RUNNING if enclosure.state == WAITING else f"{AGAIN}-{RUNNING}"
        return deed.keep(enclosure)


def _drawn(fd: int, enclosure: Enclosure, redraw: Redraw) -> bytes | None:
    if enclosure.size > LARGEST_PICTURE:
        return None
    os.lseek(fd, 0, os.SEEK_SET)
    try:
        return redraw(fd)
    except (Unreadable, NotConfined):
        return None


def _end(enclosure: Enclosure, state: str, result: Inspection | None = None, drawn: bytes | None = None) -> None:
    with act(DESK_ITSELF, Procedure.INSPECT_ENCLOSURE, Relation.OTHERS, subject=enclosure.report_id) as deed:
        kept = Enclosure.objects.select_for_update(of=("self",)).get(pk=enclosure.pk)
        original = Sealed.objects.get(pk=kept.content_id)
        kept.state = state
        if result is not None and not original.erased:
            kept.verdict = result.verdict.value
            kept.result = deed.note(vault.keep(msgspec.json.encode(result), moment=deed.moment))
            kept.picture = None if drawn is None else deed.note(vault.keep(drawn, moment=deed.moment))
        deed.keep(kept)
