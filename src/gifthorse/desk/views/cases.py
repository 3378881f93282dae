"""Cases: the list, one case, and what goes out of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk.forms.case import AddToCaseForm, CaseNoteForm, CaseTurnForm, NewCaseForm
from gifthorse.desk.requests import actor, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.model.threads import CaseState, NoteKind
from gifthorse.procedures import export_case, keep_cases, view_cases
from gifthorse.store.tables.case import Case

TYPES = {"pdf": "application/pdf", "stix.json": "application/stix+json;version=2.1", "misp.json": "application/json"}


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The list of cases."""
    state = request.GET.get("state", CaseState.OPEN.value)
    page = view_cases.cases(actor(request), state=state, page=page_number(request))
    return render(request, "threads/cases.html", {"page": page, "state": state})


@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """A new case, with the thread that it was opened from, if any."""
    require(actor(request), Procedure.OPEN_CASE, Relation.NONE)
    form = NewCaseForm(request.POST) if request.method == "POST" else NewCaseForm(initial={"thread": request.GET.get("thread", "")[:40]})

    def deed() -> Case:
        given = form.cleaned_data
        return keep_cases.open_case(actor(request), given["title"], filter(None, [given["thread"]]), given["marking"])

    if request.method == "POST" and (made := accepted(form, deed)) is not None:
        said(request, _("The case is open."))
        return redirect("case", made.pk)
    return render(request, "threads/new_case.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case."""
    return _page(request, case_id)


@require_POST
def write_in_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """A note, a task or a hand-over."""
    view = view_cases.case(actor(request), case_id)
    form = CaseNoteForm(request.POST, officers=view.officers)

    def deed() -> object:
        given = form.cleaned_data
        return keep_cases.write(actor(request), case_id, NoteKind(given["kind"]), given["text"], to=given["to"], due_on=given["due_on"])

    if accepted(form, deed) is not None:
        said(request, _("Kept in the case."))
        return redirect("case", case_id)
    return _page(request, case_id, note=form)


@require_POST
def turn_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """The case is closed, or opened again."""
    form = CaseTurnForm(request.POST)
    turn = keep_cases.reopen_case if request.POST.get("to") == CaseState.OPEN.value else keep_cases.close_case
    if accepted(form, lambda: turn(actor(request), case_id, form.cleaned_data["text"])) is not None:
        said(request, _("Done."))
        return redirect("case", case_id)
    return _page(request, case_id, turn=form)


@require_POST
def add_to_case(request: HttpRequest) -> HttpResponse:
    """A thread into a case."""
    case_id = request.POST.get("case", "")[:40]
    form = AddToCaseForm(request.POST, cases=[(case_id, case_id)])
    made = accepted(form, lambda: keep_cases.add_thread(actor(request), case_id, form.cleaned_data["thread"]))
    if made is None:
        return redirect("cases")
    said(request, _("The thread is in the case."))
    return redirect("case", made.pk)


@require_POST
def remove_from_case(request: HttpRequest, case_id: str, thread_id: str) -> HttpResponse:
    """A thread out of a case."""
    keep_cases.remove_thread(actor(request), case_id, thread_id)
    said(request, _("Taken out; that it was in the case stays on record."))
    return redirect("case", case_id)


@require_POST
def finish_task(request: HttpRequest, note_id: str) -> HttpResponse:
    """A task is done."""
    note = keep_cases.finish_task(actor(request), note_id)
    said(request, _("Done."))
    return redirect("case", note.case_id)


@require_POST
def send_case(request: HttpRequest, case_id: str, form: str) -> HttpResponse:
    """The case as a file, without names unless chosen."""
    with_names = request.POST.get("with_names") == "yes"
    body = export_case.export(actor(request), case_id, form, with_names=with_names, translate=gettext, language=get_language() or "en")
    response = HttpResponse(body, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{case_id}.{form}"'
    return response


def _page(request: HttpRequest, case_id: str, note: CaseNoteForm | None = None, turn: CaseTurnForm | None = None) -> HttpResponse:
    view = view_cases.case(actor(request), case_id)
    context = {
        "view": view,
        "note": note or CaseNoteForm(officers=view.officers),
        "turn": turn or CaseTurnForm(auto_id="turn_%s"),
        "forms": export_case.FORMS,
    }
    return render(request, "threads/case.html", context, status=400 if note or turn else 200)
