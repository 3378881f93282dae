"""Reports among the results of a search."""

from collections.abc import Iterator, Sequence

from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor
from gifthorse.procedures.found_records import Found
from gifthorse.procedures.reading_reports import readable


def reports(actor: Actor, ids: Sequence[str]) -> Iterator[Found]:
    """Reports: officers find all but those sealed to others, staff their own. The result says the kind, and nothing that was told."""
    for row in readable(actor).filter(pk__in=ids):
        yield Found(
            id=row.pk,
            title="",
            route="report_page",
            named=row.pk,
            value=ReportKind(row.kind).value,
            words="report_kind",
            on=row.created_at.date(),
        )
