"""The comparison of explanations, and the second officer's answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gifthorse.assess.diagnosticity import Bearing, Hypothesis
from gifthorse.assess.hypotheses import OwnCell
from gifthorse.desk.forms.thread import CellForm, NoteForm, SecondForm
from gifthorse.desk.requests import actor
from gifthorse.desk.templatetags.threads import evidence
from gifthorse.desk.views.answering import accepted, said
from gifthorse.procedures import compare_hypotheses, second_judgement
from gifthorse.store.tables.thread import Judgement

CELL = "cell"


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, thread_id: str) -> HttpResponse:
    """The matrix of explanations, with two forms: one cell, and the note."""
    view = compare_hypotheses.comparison(actor(request), thread_id)
    choices = [(line.evidence, evidence(line.evidence)) for line in view.matrix.lines]
    sent = request.POST if request.method == "POST" else None
    about_cell = sent is not None and sent.get("what") == CELL
    cell = CellForm(sent if about_cell else None, evidence=choices)
    note = NoteForm(
        sent if sent is not None and not about_cell else None, initial={one.value: text for one, text in view.comparison.texts.items()}
    )
    if sent is not None:
        form = cell if about_cell else note
        if accepted(form, lambda: _kept(request, thread_id, cell if about_cell else None, note)) is not None:
            said(request, _("Kept."))
            return redirect("compare_thread", thread_id)
    context = {"view": view, "cell": cell, "note": note, "hypotheses": [one.value for one in Hypothesis]}
    return render(request, "threads/compare.html", context, status=400 if cell.errors or note.errors else 200)


def _kept(request: HttpRequest, thread_id: str, cell: CellForm | None, note: NoteForm) -> object:
    if cell is None:
        return compare_hypotheses.write_note(actor(request), thread_id, note.texts())
    given = cell.cleaned_data
    own = OwnCell(
        evidence=given["evidence"], hypothesis=Hypothesis(given["hypothesis"]), bearing=Bearing(given["bearing"]), reason=given["reason"]
    )
    return compare_hypotheses.judge_cell(actor(request), thread_id, own)


@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest, judgement_id: str) -> HttpResponse:
    """A proposal to act, for another officer."""
    form = SecondForm(request.POST if request.method == "POST" else None)

    def deed() -> Judgement:
        given = form.cleaned_data
        return second_judgement.answer(actor(request), judgement_id, given["reason"], agrees=given["agrees"] == "yes")

    if request.method == "POST" and (made := accepted(form, deed)) is not None:
        said(request, _("Your answer is kept."))
        return redirect("thread", made.thread_id)
    proposal = second_judgement.proposal(actor(request), judgement_id)
    context = {"proposal": proposal, "form": form, "hypotheses": [one.value for one in Hypothesis]}
    return render(request, "threads/second.html", context, status=400 if form.errors else 200)
