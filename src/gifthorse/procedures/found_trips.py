"""How a trip looks among the results of a search, to those who may see it."""

from collections.abc import Iterator, Sequence

from gifthorse.model.roles import Actor
from gifthorse.procedures.found_records import Found
from gifthorse.procedures.reading_trips import content_of, known_trips


def trips(actor: Actor, ids: Sequence[str]) -> Iterator[Found]:
    """Trips: officers see all, staff those that they planned or are on."""
    for row in known_trips(actor).filter(pk__in=ids).select_related("content__key"):
        title = content_of(row).title
        yield Found(id=row.pk, title=title, route="trip", named=row.pk, value=row.state, words="trip_state", on=row.starts_at.date())
