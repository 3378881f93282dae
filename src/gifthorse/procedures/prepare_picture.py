"""The desk redraws the photographs that were brought, so that people can look at them without meeting a byte of the original."""

import os
from collections.abc import Callable

from django.db import transaction

from gifthorse.inspect.photographs import redrawn
from gifthorse.model.errors import KeyMissing, NotConfined, Unreadable
from gifthorse.model.roles import DESK_ITSELF, Procedure, Relation
from gifthorse.procedures.acting import act
from gifthorse.store import vault
from gifthorse.store.tables.exhibit import Exhibit, ExhibitKind
from gifthorse.store.tables.picture import Picture
from gifthorse.store.tables.sealed import Sealed


def waiting(most: int = 500) -> list[str]:
    """The ids of the photographs that have not been redrawn yet, oldest first."""
    photographs = Exhibit.objects.filter(kind=ExhibitKind.PHOTOGRAPH.value, picture__isnull=True, content__erased=False)
    return list(photographs.order_by("created_at", "id").values_list("pk", flat=True)[:most])


def prepare(exhibit_id: str, redraw: Callable[[int], bytes] = redrawn) -> bool:
    """Whether this call put the photograph's picture on record: False when it was there already, or was erased meanwhile."""
    exhibit = Exhibit.objects.select_related("content__key").get(pk=exhibit_id)
    assert exhibit.content is not None
    try:
        drawn = _drawn(exhibit.content, redraw)
    except KeyMissing:
        if Sealed.objects.filter(pk=exhibit.content_id, erased=True).exists():
            return False
        raise
    with transaction.atomic():
        original = Sealed.objects.select_for_update().get(pk=exhibit.content_id)
        if original.erased or Picture.objects.filter(exhibit=exhibit).exists():
            return False
        with act(DESK_ITSELF, Procedure.PREPARE_PICTURE, Relation.OTHERS, subject=exhibit.item_id) as deed:
            content = None if drawn is None else deed.note(vault.keep(drawn, moment=deed.moment))
            deed.keep(Picture(exhibit=exhibit, content=content))
    return True


def _drawn(content: Sealed, redraw: Callable[[int], bytes]) -> bytes | None:
    """The new picture, None when the original can't be shown. The original lies in memory alone, under no name."""
    fd = os.memfd_create("photograph")
    try:
        vault.copy_out(content, fd)
        os.lseek(fd, 0, os.SEEK_SET)
        return redraw(fd)
    except (Unreadable, NotConfined):
        return None
    finally:
        os.close(fd)
