"""A brief as its traveller reads it, and the receipt that it was read; an officer's look at somebody else's is on record."""

from datetime import datetime

import msgspec

from gifthorse.brief.composed import Brief as Composed
from gifthorse.model.errors import KeyMissing, NotFound
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, act, authorise, relation_to
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_trips import content_of, is_on, trip_and_relation
from gifthorse.procedures.trip_duties import discharge_by_reading
from gifthorse.store import vault
from gifthorse.store.tables.duty import Brief


class BriefView(msgspec.Struct, frozen=True, kw_only=True):
    """A brief, opened; `outdated` when the trip was changed after it was composed."""

    id: str
    trip: str
    trip_title: str
    person: str
    name: str
    own: bool
    composed: Composed
    created_at: datetime
    read_at: datetime | None
    ends_at: datetime
    outdated: bool


def brief_of(actor: Actor, trip_id: str, person_id: str = "") -> BriefView:
    """The newest brief of a traveller (oneself, unless given) for the trip; none to whoever has left it.

    Raises NotFound, Refused, or KeyMissing once erased.
    """
    person = person_id or actor.person
    relation = relation_to(actor, person)
    authorise(actor, Procedure.READ_BRIEF, relation)
    row = _newest(trip_id, person)
    if row is None or (relation is Relation.OWN and not is_on(trip_id, person)):
        raise NotFound(NOT_THERE)
    if relation is Relation.OTHERS:
        trip_and_relation(actor, trip_id)  # raises NotFound for somebody else's draft
        with act(actor, Procedure.READ_BRIEF, relation, subject=row.pk):
            pass
    return _view(row, own=relation is Relation.OWN)


def acknowledge(actor: Actor, trip_id: str) -> Brief:
    """The actor says that they have read their brief; saying it twice changes nothing more. Raises NotFound."""
    row = _newest(trip_id, actor.person)
    with act(actor, Procedure.READ_BRIEF, Relation.OWN, subject=row.pk if row else trip_id) as deed:
        if row is None or not is_on(trip_id, actor.person):
            raise NotFound(NOT_THERE)
        if row.read_at is None:
            row.read_at = deed.moment
            deed.keep(row)
            discharge_by_reading(deed, row.trip, actor.person)
        return row


def _newest(trip_id: str, person: str) -> Brief | None:
    rows = Brief.objects.filter(trip_id=trip_id, person_id=person).select_related("content__key", "trip__content__key")
    return rows.order_by("-created_at", "-id").first()


def _view(row: Brief, *, own: bool) -> BriefView:
    told = vault.open_json_or_none(row.content)
    if told is None:
        raise KeyMissing(vault.ERASED)
    return BriefView(
        id=row.pk,
        trip=row.trip_id,
        trip_title=content_of(row.trip).title,
        person=row.person_id,
        name=names_of([row.person_id]).get(row.person_id, ""),
        own=own,
        composed=msgspec.convert(told, Composed),
        created_at=row.created_at,
        read_at=row.read_at,
        ends_at=row.trip.ends_at,
        outdated=_changed_since(row),
    )


def _changed_since(row: Brief) -> bool:
    return row.trip.steps.filter(kind="changed", created_at__gt=row.created_at).exists()
