"""Reporters and officers look at the photographs of an item."""

from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor, Procedure
from gifthorse.procedures.acting import NOT_THERE, authorise
from gifthorse.procedures.finding_records import exhibit_and_relation
from gifthorse.store import vault
from gifthorse.store.tables.picture import Picture


def picture(actor: Actor, exhibit_id: str) -> bytes:
    """The redrawn photograph, a JPEG. Raises NotFound while there is none, Refused, KeyMissing when it was erased."""
    exhibit, relation = exhibit_and_relation(actor, exhibit_id)
    authorise(actor, Procedure.VIEW_ITEM, relation)
    drawn = Picture.objects.select_related("content__key").filter(exhibit=exhibit).first()
    if drawn is None or drawn.content is None:
        raise NotFound(NOT_THERE)
    return vault.open_sealed(drawn.content)
