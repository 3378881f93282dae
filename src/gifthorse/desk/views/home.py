"""The first screen: what needs an officer today, one big button for staff, and the way on for everybody else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gifthorse.desk.requests import actor, has_role, second_factor_is_set
from gifthorse.model.roles import Role
from gifthorse.procedures.debriefs_due import debriefs_due
from gifthorse.procedures.held_mails import held_number
from gifthorse.procedures.needs_today import OfficerBoard, officer_board
from gifthorse.procedures.report_board import ReportBoard, report_board
from gifthorse.procedures.travellers_today import travellers_today
from gifthorse.procedures.view_item import items_for
from gifthorse.procedures.view_report import reports_for
from gifthorse.procedures.view_threads import threads_moved

SHOWN = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first screen of whoever asks."""
    context: dict[str, Any] = {"second_factor_missing": _needs_second_factor(request) and not second_factor_is_set(request)}
    if has_role(request, Role.OFFICER):
        board = officer_board(actor(request))
        reports = report_board(actor(request))
        context["travellers"] = travellers_today(actor(request))
        context["moved"] = threads_moved(actor(request))
        context |= {"board": board, "waiting": _waiting(board), "pressing": _pressing(reports), "reports_waiting": _reports(reports)}
    if has_role(request, Role.STAFF):
        context["my_items"] = items_for(actor(request), own=True).items[:SHOWN]
        context["held_mails"] = held_number(actor(request))
        context["debriefs"] = debriefs_due(actor(request))
        context["my_reports"] = reports_for(actor(request), own=True).rows[:SHOWN]
    return render(request, "home.html", context)


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """That the desk is up."""
    return HttpResponse("up\n", content_type="text/plain")


def _needs_second_factor(request: HttpRequest) -> bool:
    return has_role(request, *(set(Role) - {Role.STAFF}))


def _waiting(board: OfficerBoard) -> list[dict[str, Any]]:
    steps = (
        (_("To take in"), _("Reported, still in the hands of whoever got it."), board.to_take_in),
        (_("To inspect"), _("In custody, nobody has looked inside."), board.to_inspect),
        (_("To decide"), _("Inspected; the decision is yours."), board.to_decide),
        (_("To answer"), _("Decided, but the person who brought it hasn't heard from us."), board.to_answer),
        (_("To close"), _("Decided and answered."), board.to_close),
    )
    return [{"title": title, "meaning": meaning, "of": waiting} for title, meaning, waiting in steps if waiting.total]


def _pressing(board: ReportBoard) -> list[dict[str, Any]]:
    """What stands before everything else."""
    steps = (
        (_("Somebody is under pressure"), _("They wait for you, by the minute."), board.pressing),
        (_("Thanks owed"), _("Reports whose time for an answer is over."), board.overdue),
    )
    return [{"title": title, "meaning": meaning, "of": waiting} for title, meaning, waiting in steps if waiting.total]


def _reports(board: ReportBoard) -> list[dict[str, Any]]:
    steps = (
        (_("Reports to answer"), _("Everybody who tells us something hears from us."), board.unanswered),
        (_("Letters to answer"), _("A reporter wrote again and has heard nothing since."), board.written),
    )
    return [{"title": title, "meaning": meaning, "of": waiting} for title, meaning, waiting in steps if waiting.total]
