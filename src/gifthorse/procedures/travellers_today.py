"""The travellers' board: who leaves soon without a brief read, who is away, who is back and hasn't been debriefed."""

from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db.models import OuterRef, QuerySet, Subquery

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.trips import GOING_AHEAD, WAITING
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_trips import content_of
from gifthorse.store.tables.duty import Brief
from gifthorse.store.tables.trip import Traveller

SOON: Final = timedelta(days=7)
SHOWN: Final = 20


class OnTheWay(msgspec.Struct, frozen=True, kw_only=True):
    """One of ours on one trip. `brief` is "none", "unread" or "read"."""

    trip: str
    title: str
    name: str
    at: datetime
    brief: str


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """Three lists, each with those that press most first, at most 20."""

    leaving: tuple[OnTheWay, ...]
    away: tuple[OnTheWay, ...]
    back: tuple[OnTheWay, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody is on the way."""
        return not (self.leaving or self.away or self.back)


def travellers_today(actor: Actor) -> Board:
    """Leaving within 7 days and not briefed, away now, back and not debriefed. Raises Refused."""
    authorise(actor, Procedure.VIEW_TRIP, Relation.OTHERS)
    moment = now()
    ahead = [state.value for state in GOING_AHEAD]
    newest = Brief.objects.filter(trip=OuterRef("trip"), person=OuterRef("person")).order_by("-created_at", "-id")
    rows = (
        Traveller.objects.filter(ended=False)
        .select_related("trip__content__key")
        .annotate(brief_id=Subquery(newest.values("id")[:1]), brief_read=Subquery(newest.values("read_at")[:1]))
    )
    waiting = [*ahead, *(state.value for state in WAITING)]
    leaving = rows.filter(trip__state__in=waiting, trip__starts_at__gt=moment, trip__starts_at__lte=moment + SOON, brief_read__isnull=True)
    away = rows.filter(trip__state__in=ahead, trip__starts_at__lte=moment, trip__ends_at__gt=moment)
    back = rows.filter(trip__state__in=ahead, trip__ends_at__lte=moment, debriefed_at__isnull=True)
    lists = [
        _listed(leaving.order_by("trip__starts_at", "id")),
        _listed(away.order_by("trip__ends_at", "id")),
        _listed(back.order_by("trip__ends_at", "id")),
    ]
    names = names_of({row.person_id for listed in lists for row in listed})
    ends = (False, True, True)
    shown = [tuple(_shown(row, names, end=end) for row in listed) for listed, end in zip(lists, ends, strict=True)]
    return Board(leaving=shown[0], away=shown[1], back=shown[2])


def _listed(rows: QuerySet[Traveller]) -> list[Traveller]:
    return list(rows[:SHOWN])


def _shown(row: Traveller, names: dict[str, str], *, end: bool) -> OnTheWay:
    told = row.__dict__
    brief = "none" if told["brief_id"] is None else ("unread" if told["brief_read"] is None else "read")
    return OnTheWay(
        trip=row.trip_id,
        title=content_of(row.trip).title,
        name=names.get(row.person_id, ""),
        at=row.trip.ends_at if end else row.trip.starts_at,
        brief=brief,
    )
