"""Inspections: started, watched, stopped; then the verdict with its evidence, the contents, and exports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from gifthorse.desk import jobs
from gifthorse.desk.comparison import comparison_page
from gifthorse.desk.forms.item import NoteForm
from gifthorse.desk.requests import actor, is_fragment, page_number
from gifthorse.desk.tree_page import tree_page
from gifthorse.desk.verdict import contents_page, verdict_page
from gifthorse.desk.views.answering import said
from gifthorse.model.custody import InspectionState
from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_
from gifthorse.procedures import note_finding, start_inspection
from gifthorse.procedures.compare_inspections import compare as compare_inspections
from gifthorse.procedures.export_inspection import export as export_inspection
from gifthorse.procedures.read_inspection import result

ASKS_FOR_A_LIST = frozenset({"search", "marked", "page"})


@require_POST
def start(request: HttpRequest, exhibit_id: str) -> HttpResponse:
    """The inspection of an exhibit is queued."""
    inspection = start_inspection.start(actor(request), exhibit_id, jobs.enqueue)
    return redirect("inspection", inspection.pk)


@require_POST
def stop(request: HttpRequest, inspection_id: str) -> HttpResponse:
    """The inspection is stopped, or will be within seconds."""
    start_inspection.stop(actor(request), inspection_id)
    said(request, _("The inspection is being stopped."))
    return redirect("inspection", inspection_id)


@require_safe
def inspection(request: HttpRequest, inspection_id: str) -> HttpResponse:
    """The verdict, or how far the inspection has come."""
    record, progress = start_inspection.progress(actor(request), inspection_id)
    if record.state == InspectionState.DONE.value:
        seen = verdict_page(result(actor(request), inspection_id), note_finding.notes_for(actor(request), inspection_id))
        return render(request, "inspection/verdict.html", {"record": record, "note_form": NoteForm(auto_id=False), **seen})
    return render(request, "inspection/progress.html", {"record": record, "progress": progress, "unfinished": _unfinished(record.state)})


@require_safe
def progress(request: HttpRequest, inspection_id: str) -> HttpResponse:
    """The part of the page that moves; once the inspection has ended, the whole page is loaded anew."""
    record, row = start_inspection.progress(actor(request), inspection_id)
    if not is_fragment(request):
        return redirect("inspection", inspection_id)
    response = render(request, "inspection/_moving.html", {"record": record, "progress": row, "unfinished": _unfinished(record.state)})
    if not _unfinished(record.state):
        response.headers["HX-Refresh"] = "true"
    return response


@require_safe
def contents(request: HttpRequest, inspection_id: str) -> HttpResponse:
    """The tree of what is on the medium with the marks of the findings, or a list of what was asked for."""
    record, _progress = start_inspection.progress(actor(request), inspection_id)
    seen = result(actor(request), inspection_id)
    if request.GET.keys().isdisjoint(ASKS_FOR_A_LIST):
        return render(request, "inspection/tree.html", {"record": record, **tree_page(seen, reverse("inspection", args=[record.pk]))})
    return render(request, "inspection/contents.html", {"record": record, **contents_page(seen, request.GET, page_number(request))})


@require_safe
def compare(request: HttpRequest, inspection_id: str, other_id: str) -> HttpResponse:
    """What changed between two inspections of the same item."""
    return render(request, "inspection/compare.html", comparison_page(compare_inspections(actor(request), inspection_id, other_id)))


@require_POST
def export(request: HttpRequest, inspection_id: str, form: str) -> HttpResponse:
    """The result as a file; that it was exported stands in the ledger."""
    name, media_type, content = export_inspection(actor(request), inspection_id, form)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


@require_POST
def note(request: HttpRequest, inspection_id: str, number: int) -> HttpResponse:
    """An officer disagrees with a finding, or explains it."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise NotAccepted(N_("Please give your reason in a sentence. It stays with the finding."), field="text")
    write = note_finding.dispute if form.cleaned_data["kind"] == NoteForm.DISPUTE else note_finding.explain
    place = form.cleaned_data["place"] or number  # one of several places of the same kind
    write(actor(request), inspection_id, place - 1, form.cleaned_data["text"])
    said(request, _("Your note stands with the finding."))
    return redirect("inspection", inspection_id)


def _unfinished(state: str) -> bool:
    return state in start_inspection.UNFINISHED
