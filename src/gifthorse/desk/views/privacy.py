"""What is kept and why, one's own data, who looked; and for the custodian requests for access, and erasures."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk.forms.report import AccessForm, EraseReportForm
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures import ask_erasure, erase_reports
from gifthorse.procedures.looks import looks_at_me
from gifthorse.procedures.purposes import purposes
from gifthorse.procedures.subject_access import export_contact, export_own
from gifthorse.report.subject_access import REASONS, Export


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The notice to staff: purposes and terms out of the data that the desk works by."""
    return render(request, "reports/privacy.html", {"schedule": purposes(actor(request))})


@require_POST
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about whoever asks: as a page, or as one JSON file."""
    data = export_own(actor(request))
    if request.POST.get("form") == "json":
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return HttpResponse(msgspec.json.format(msgspec.json.encode(data), indent=1), content_type="application/json", headers=headers)
    return render(request, "reports/my_data.html", {"data": data, "withheld": _withheld(data.reports)})


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at what is kept about whoever asks."""
    return render(request, "reports/looks.html", {"looks": looks_at_me(actor(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest) -> HttpResponse:
    """The custodian answers somebody outside who asks what is held about them."""
    require(actor(request), Procedure.EXPORT_OWN_DATA, Relation.OTHERS)
    form = AccessForm(request.POST or None)
    export = None
    if request.method == "POST":
        export = accepted(form, lambda: export_contact(actor(request), form.cleaned_data["contact"].strip()))
    context = {"form": form, "export": export, "withheld": _withheld(export) if export else ()}
    return render(request, "reports/access.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def erase_report(request: HttpRequest) -> HttpResponse:
    """The custodian erases a report."""
    require(actor(request), Procedure.ERASE_REPORT, Relation.OTHERS)
    form = EraseReportForm(request.POST or None)
    if request.method == "POST":
        given = form.cleaned_data if form.is_valid() else {}
        if accepted(form, lambda: erase_reports.erase(actor(request), given["report"].strip(), given["reason"])) is not None:
            said(request, _("What was told in this report can't be read any more, by anybody."))
            return redirect("erase_report")
    context = {"form": form, "asked": ask_erasure.asked(actor(request))}
    return render(request, "reports/erase.html", context, status=400 if form.errors else 200)


def _withheld(export: Export) -> list[str]:
    return [_(REASONS[one]) for one in export.withheld]
