"""Threads for officers: the list, the week, one thread with its what-if, and what is decided about it."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gifthorse.desk.drawings import balance as balance_drawing
from gifthorse.desk.drawings.timeline import timeline
from gifthorse.desk.forms.case import AddToCaseForm
from gifthorse.desk.forms.thread import LETTERS, CorrectForm, JudgeForm, ThreadFilterForm
from gifthorse.desk.requests import actor, is_fragment, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.errors import NotAccepted
from gifthorse.model.threads import JudgementKind, ThreadState
from gifthorse.procedures import correct_in_thread as correcting
from gifthorse.procedures import judge_thread as judging
from gifthorse.procedures import read_thread, sealed_to_me, view_cases, view_threads, weekly_half_hour
from gifthorse.procedures.read_thread import ThreadView
from gifthorse.store.tables.report import ObservationRow

JUDGED = {
    JudgementKind.TALK: gettext_lazy("Noted. If you wrote a letter, your colleague has it."),
    JudgementKind.ASK: gettext_lazy("Noted. If you wrote a letter, your colleague has it."),
    JudgementKind.ORDINARY: gettext_lazy("Closed as ordinary business. It opens again by itself if it comes to more."),
}


@require_safe
def threads(request: HttpRequest) -> HttpResponse:
    """The list of threads."""
    asked = {"level": request.GET.get("level", ""), "state": request.GET.get("state", "open")}
    page = view_threads.threads(actor(request), **asked, page=page_number(request))
    moved = view_threads.threads_moved(actor(request)) if page.number == 1 else ()
    behind = sealed_to_me.sealed_to_me(actor(request)) if page.number == 1 else ()
    context = {"page": page, "form": ThreadFilterForm(request.GET or None), "moved": moved, "behind": behind}
    return render(request, "threads/threads.html", context)


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """The weekly half-hour: what to sort, to decide and to answer."""
    return render(request, "threads/week.html", {"week": weekly_half_hour.week(actor(request))})


@require_safe
def thread(request: HttpRequest, thread_id: str) -> HttpResponse:
    """One thread, without the observations that the query leaves out; htmx gets the part that this changes."""
    view = read_thread.thread(actor(request), thread_id, request.GET.getlist("without"))
    context: dict[str, Any] = {"view": view, "drawing": timeline(view), "numbers": numbers(view)}
    if is_fragment(request):
        return render(request, "threads/_weighing.html", context)
    return render(request, "threads/thread.html", context | _forms(request, view))


def numbers(view: ThreadView) -> dict[str, int]:
    """The number under which each observation stands on the page."""
    return {one.row.pk: number for number, one in enumerate(view.seen, 1)}


@require_POST
def judge_thread(request: HttpRequest, thread_id: str) -> HttpResponse:
    """A judgement."""
    form = JudgeForm(request.POST)

    def deed() -> object:
        given = form.cleaned_data
        if given["kind"] not in set(JudgementKind):
            raise NotAccepted(_("Please choose what you decide."), field="kind")
        return judging.judge(actor(request), thread_id, JudgementKind(given["kind"]), given["reason"], given.get("letter", ""))

    if accepted(form, deed) is None:
        return _again(request, thread_id, form, form.data.get("kind", ""))
    said(request, JUDGED.get(JudgementKind(form.cleaned_data["kind"]), _("Noted.")))
    return redirect("thread", thread_id)


@require_POST
def correct_in_thread(request: HttpRequest, thread_id: str, observation_id: str) -> HttpResponse:
    """An observation is disputed, graded or mitigated."""
    form = CorrectForm(request.POST, auto_id=f"{observation_id}_%s")

    def deed() -> object:
        given = dict(form.cleaned_data)
        why = given.pop("reason")
        return correcting.correct_in_thread(actor(request), thread_id, observation_id, given, why)

    if accepted(form, deed) is None:
        return _again(request, thread_id, form, observation_id)
    said(request, _("Corrected. What stood there before is kept."))
    return redirect("thread", thread_id)


def _again(request: HttpRequest, thread_id: str, form: BaseForm, place: str) -> HttpResponse:
    """The thread's page with the form that didn't fit, open at its *place*."""
    view = read_thread.thread(actor(request), thread_id)
    context = {"view": view, "drawing": timeline(view), "numbers": numbers(view), "faulty": form, "faulty_at": place}
    return render(request, "threads/thread.html", context | _forms(request, view, {place: form}), status=400)


def _forms(request: HttpRequest, view: ThreadView, filled: dict[str, BaseForm] | None = None) -> dict[str, Any]:
    given = filled or {}
    if not view.may_judge:
        return {"background": None}
    thread_id = view.named.thread.pk
    kinds: tuple[JudgementKind, ...] = (
        JudgementKind.TALK,
        JudgementKind.ASK,
        JudgementKind.CONFIRM,
        JudgementKind.ORDINARY,
        JudgementKind.ACT,
    )
    if view.named.thread.state == ThreadState.ORDINARY.value:
        kinds = (JudgementKind.REOPEN,)
    cases = [(row.case.pk, row.title) for row in view_cases.cases_of(actor(request), thread_id)]
    return {
        "judging": [(kind.value, given.get(kind.value) or _judge_form(kind)) for kind in kinds],
        "correcting": {one.row.pk: given.get(one.row.pk) or _correct_form(one.row) for one in view.seen},
        "correcting_disputed": {row.pk: given.get(row.pk) or _correct_form(row) for row in view.disputed},
        "add_to_case": AddToCaseForm(cases=cases, initial={"thread": thread_id}) if cases else None,
        "balance_drawing": balance_drawing.drawn(view.balance) if view.balance else None,
    }


def _judge_form(kind: JudgementKind) -> JudgeForm:
    with_letter = kind.value in LETTERS
    initial = {"kind": kind.value, "letter": LETTERS.get(kind.value, "")}
    return JudgeForm(initial=initial, with_letter=with_letter, auto_id=f"{kind.value}_%s")


def _correct_form(row: ObservationRow) -> CorrectForm:
    told = {"disputed": row.disputed, "grade": row.grade, "mitigators": row.mitigators}
    return CorrectForm(initial=told, auto_id=f"{row.pk}_%s")
