"""The desk's first figures, drawn as bars with a table beside them."""

from collections.abc import Iterable

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gifthorse.desk.requests import actor, has_role
from gifthorse.model.roles import Role
from gifthorse.procedures.held_mails import held_at_all
from gifthorse.procedures.report_figures import report_figures as figures_for
from gifthorse.report.rates import Rate

WIDTH = 320
STEP = 22


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar of a drawing: where it stands and how long it is; `rate` is what it shows."""

    rate: Rate
    y: int
    width: int
    percent: int | None


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """Bars below each other, in units of the drawing."""

    bars: tuple[Bar, ...]
    width: int
    height: int


@require_safe
def report_figures(request: HttpRequest) -> HttpResponse:
    """Reporting rate after trips, time to the first answer, thanks owed."""
    figures = figures_for(actor(request))
    context: dict[str, object] = {"figures": figures, "units": drawn(figures.by_unit.groups), "months": drawn(figures.by_month.groups)}
    if has_role(request, Role.OFFICER):
        context["held_mails"] = held_at_all(actor(request))
    return render(request, "reports/figures.html", context)


def drawn(rates: Iterable[Rate]) -> Drawing:
    """The bars of *rates*; a suppressed one has no length."""
    bars = tuple(_bar(number, rate) for number, rate in enumerate(rates))
    return Drawing(bars=bars, width=WIDTH, height=max(len(bars), 1) * STEP)


def _bar(number: int, rate: Rate) -> Bar:
    share = rate.share
    return Bar(rate=rate, y=number * STEP, width=round((share or 0) * WIDTH), percent=None if share is None else round(share * 100))
