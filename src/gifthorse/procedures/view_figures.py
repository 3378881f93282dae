"""The desk's own figures: how many, how quickly answered; small numbers stay hidden."""

from collections.abc import Iterable
from datetime import timedelta

import msgspec
from django.db.models import Count, Min

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.store.tables.item import Item

SMALLEST_SHOWN = 5


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Counts by state, kind and verdict (None where fewer than five would show), and the answer times."""

    items: int
    by_state: dict[str, int | None]
    by_kind: dict[str, int | None]
    by_verdict: dict[str, int | None]
    answered: int
    median_answer: timedelta | None


def figures(actor: Actor) -> Figures:
    """The figures of the whole desk. Raises Refused."""
    authorise(actor, Procedure.VIEW_FIGURES, Relation.NONE)
    waits = sorted(
        first - created
        for created, first in Item.objects.filter(messages__to_reporter=True)
        .annotate(first_answer=Min("messages__created_at"))
        .values_list("created_at", "first_answer")
    )
    return Figures(
        items=Item.objects.count(),
        by_state=_counts("state"),
        by_kind=_counts("kind"),
        by_verdict=_counts("verdict"),
        answered=len(waits),
        median_answer=waits[len(waits) // 2] if len(waits) >= SMALLEST_SHOWN else None,
    )


def _counts(field: str) -> dict[str, int | None]:
    rows: Iterable[tuple[str, int]] = Item.objects.values_list(field).annotate(number=Count("pk")).order_by(field)
    return {value or "none": number if number >= SMALLEST_SHOWN else None for value, number in rows}
