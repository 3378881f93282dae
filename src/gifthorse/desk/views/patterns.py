"""Patterns across threads: know-how under interest, the balance of favours, events; and triggers with their steps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gifthorse.desk.drawings import balance as balance_drawing
from gifthorse.desk.forms.thread import CloseTriggerForm, TriggerFilterForm
from gifthorse.desk.requests import actor, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.threads import TriggerState
from gifthorse.procedures import event_patterns as events
from gifthorse.procedures import favour_patterns, handle_trigger, know_how_interest
from gifthorse.store.tables.thread import Trigger

STEPS = "steps"


@require_safe
def interest(request: HttpRequest) -> HttpResponse:
    """Which know-how is asked about."""
    return render(request, "threads/interest.html", {"interest": know_how_interest.know_how_under_interest(actor(request))})


@require_safe
def mosaic(request: HttpRequest, asset_id: str) -> HttpResponse:
    """The mosaic of one asset."""
    return render(request, "threads/mosaic.html", {"view": know_how_interest.mosaic(actor(request), asset_id)})


@require_safe
def favour_balances(request: HttpRequest) -> HttpResponse:
    """The balance of favours of each thread."""
    rows = [(row, balance_drawing.drawn(row.balance)) for row in favour_patterns.favour_patterns(actor(request))]
    return render(request, "threads/balances.html", {"rows": rows})


@require_safe
def event_patterns(request: HttpRequest) -> HttpResponse:
    """Events with the numbers that are usual and those that were seen."""
    return render(request, "threads/event_patterns.html", {"found": events.event_patterns(actor(request))})


@require_safe
def triggers(request: HttpRequest) -> HttpResponse:
    """The list of triggers."""
    asked = {"state": request.GET.get("state", "open"), "kind": request.GET.get("kind", "")}
    page = handle_trigger.triggers(actor(request), **asked, page=page_number(request))
    return render(request, "threads/triggers.html", {"page": page, "form": TriggerFilterForm(request.GET or None)})


@require_http_methods(["GET", "HEAD", "POST"])
def trigger(request: HttpRequest, trigger_id: str) -> HttpResponse:
    """One trigger: its steps are ticked, or it is closed."""
    if request.method == "POST" and request.POST.get("what") == STEPS:
        done = {int(number) for number in request.POST.getlist("done") if number.isdecimal() and len(number) < 4}
        handle_trigger.tick(actor(request), trigger_id, done)
        said(request, _("Kept."))
        return redirect("trigger", trigger_id)
    form = CloseTriggerForm(request.POST if request.method == "POST" else None)

    def deed() -> Trigger:
        return handle_trigger.close(actor(request), trigger_id, TriggerState(form.cleaned_data["state"]), form.cleaned_data["reason"])

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("Closed."))
        return redirect("triggers")
    view = handle_trigger.trigger(actor(request), trigger_id)
    return render(request, "threads/trigger.html", {"view": view, "form": form}, status=400 if form.errors else 200)
