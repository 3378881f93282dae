"""Reports: the officers' inbox, one's own list, the page of one report for each side, and what is written about it."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from gifthorse.desk.forms.report import CloseForm, FileForm, HandOnForm, InboxForm, LetterForm
from gifthorse.desk.observed import observed
from gifthorse.desk.requests import actor, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.reports import ReportOutcome
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures import ask_erasure as erasures
from gifthorse.procedures import close_report, write_letter
from gifthorse.procedures.acting import now
from gifthorse.procedures.check_invitation import card_of
from gifthorse.procedures.choosing_officers import other_officers
from gifthorse.procedures.thanks import thanks_for
from gifthorse.procedures.view_enclosure import HANDED_OUT
from gifthorse.procedures.view_report import ReportView, report_for, reports_for


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The reports that an officer may know of."""
    require(actor(request), Procedure.VIEW_REPORT, Relation.OTHERS)
    form = InboxForm(request.GET if "state" in request.GET else {**request.GET.dict(), "state": "open"})
    wanted = form.wanted()
    page = reports_for(actor(request), state=wanted["state"], kind=wanted["kind"], page=page_number(request))
    return render(request, "reports/inbox.html", {"page": page, "form": form})


@require_safe
def my_reports(request: HttpRequest) -> HttpResponse:
    """What somebody told us themselves."""
    return render(request, "reports/mine.html", {"page": reports_for(actor(request), own=True, page=page_number(request))})


@require_safe
def report_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """The page of one report."""
    return shown(request, report_id)


def shown(request: HttpRequest, report_id: str, **answered: Form) -> HttpResponse:
    """The page of one report, with a form that didn't fit (*answered*) as it was filled in."""
    view = report_for(actor(request), report_id)
    context: dict[str, Any] = {
        "view": view,
        "may": {deed.name: True for deed in view.may},
        "card": card_of(actor(request), report_id) if view.row.kind == "invitation" else None,
        "file_form": FileForm(),
    }
    context |= _reporters_part(request, view) if view.row.own else _officers_part(request, view)
    template = "reports/for_reporter.html" if view.row.own else "reports/for_officer.html"
    return render(request, template, context | answered, status=400 if answered else 200)


@require_POST
def write_about(request: HttpRequest, report_id: str) -> HttpResponse:
    """A reporter writes to the officers."""
    form = LetterForm(request.POST)
    if accepted(form, lambda: write_letter.write_about(actor(request), report_id, form.cleaned_data["text"])) is None:
        return shown(request, report_id, words_form=form)
    said(request, _("The security desk has your message."))
    return redirect("report_page", report_id)


@require_POST
def answer_report(request: HttpRequest, report_id: str) -> HttpResponse:
    """An officer answers the reporter."""
    form = LetterForm(request.POST, prefix="answer", label=_("Answer to the reporter"))
    if accepted(form, lambda: write_letter.answer(actor(request), report_id, form.cleaned_data["text"])) is None:
        return shown(request, report_id, answer_form=form)
    said(request, _("Your answer stands on the reporter's page."))
    return redirect("report_page", report_id)


@require_POST
def note_report(request: HttpRequest, report_id: str) -> HttpResponse:
    """An officer notes something for officers."""
    form = LetterForm(request.POST, prefix="note", label=_("Note for officers"))
    if accepted(form, lambda: write_letter.note(actor(request), report_id, form.cleaned_data["text"])) is None:
        return shown(request, report_id, note_form=form)
    said(request, _("The note is kept. The reporter never sees it."))
    return redirect("report_page", report_id)


@require_POST
def close(request: HttpRequest, report_id: str) -> HttpResponse:
    """An officer closes a report."""
    form = CloseForm(request.POST)
    if accepted(form, lambda: close_report.close(actor(request), report_id, ReportOutcome(form.cleaned_data["outcome"]))) is None:
        return shown(request, report_id, close_form=form)
    said(request, _("The report is closed."))
    return redirect("report_page", report_id)


@require_POST
def hand_on(request: HttpRequest, report_id: str) -> HttpResponse:
    """Another officer may read a sealed report."""
    form = HandOnForm(request.POST, officers=other_officers(actor(request), report_id))
    if accepted(form, lambda: close_report.hand_on(actor(request), report_id, form.cleaned_data["officer"])) is None:
        return shown(request, report_id, hand_on_form=form)
    said(request, _("They may read it from now on, and have been told that it is there."))
    return redirect("report_page", report_id)


@require_POST
def ask_erasure(request: HttpRequest, report_id: str) -> HttpResponse:
    """A reporter asks for the erasure of a report."""
    erasures.ask(actor(request), report_id)
    said(request, _("The custodian has been asked."))
    return redirect("report_page", report_id)


def _reporters_part(request: HttpRequest, view: ReportView) -> dict[str, Any]:
    return {
        "words_form": LetterForm(),
        "asked_to_erase": erasures.is_asked(view.row.id),
        "can_hand_in": thanks_for(actor(request), view.row.id).can_hand_in,
    }


def _officers_part(request: HttpRequest, view: ReportView) -> dict[str, Any]:
    officers = other_officers(actor(request), view.row.id) if Procedure.HAND_ON_REPORT in view.may and view.readers else {}
    return {
        "overdue": view.row.due_at is not None and view.row.answered_at is None and view.row.due_at <= now(),
        "to_reporter": [letter for letter in view.letters if not letter.officers_only],
        "among_us": [letter for letter in view.letters if letter.officers_only],
        "observed": observed(view),
        "handed_out": HANDED_OUT,
        "answer_form": LetterForm(prefix="answer", label=_("Answer to the reporter")),
        "note_form": LetterForm(prefix="note", label=_("Note for officers")),
        "close_form": CloseForm(),
        "hand_on_form": HandOnForm(officers=officers) if officers else None,
    }
