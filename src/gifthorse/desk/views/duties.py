"""What is due, the question "do I have to report this?", and one's calendar."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.brief.output.wording import Wording
from gifthorse.desk import held_files
from gifthorse.desk.forms.duty import MustReportForm, SubscriptionForm
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures import discharge_duty, keep_calendar, keep_subscription, trip_choices, view_duties
from gifthorse.procedures.acting import NOT_THERE, may


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """One's own duties; officers see everybody's about trips as well."""
    asker = actor(request)
    of_all = may(asker, Procedure.VIEW_TRIP, Relation.OTHERS)
    own = may(asker, Procedure.VIEW_DUTIES, Relation.NONE)
    context = {
        "mine": view_duties.my_duties(asker) if own else (),
        "done": view_duties.my_duties(asker, done=True)[:20] if own else (),
        "own": own,
        "all": view_duties.duties_of_all(asker) if of_all or not own else None,
        "may_discharge": may(asker, Procedure.DISCHARGE_DUTY, Relation.OTHERS),
        "me": asker.person,
    }
    return render(request, "travel/duties.html", context)


@require_POST
def discharge(request: HttpRequest, duty_id: str) -> HttpResponse:
    """A duty is done."""
    discharge_duty.discharge(actor(request), duty_id)
    said(request, _("It is on record as done."))
    return redirect("duties")


@require_safe
def must_report(request: HttpRequest) -> HttpResponse:
    """Do I have to report this? One question, one sentence."""
    asker = actor(request)
    require(asker, Procedure.VIEW_DUTIES, Relation.NONE)
    asked = "event" in request.GET
    choices = trip_choices.choices_for(asker)
    form = MustReportForm(request.GET if asked else None, initial={"regimes": choices.told}, regimes=choices.regimes)
    answer = accepted(form, lambda: view_duties.must_i_report(asker, form.asked())) if asked else None
    return render(request, "travel/must_report.html", {"form": form, "answer": answer}, status=400 if asked and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar's address, shown once when it is made."""
    asker = actor(request)
    address = ""
    there = keep_calendar.has_calendar(asker)
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("calendar_feed", args=[keep_calendar.renew(asker)]))
        there = True
    return render(request, "travel/calendar.html", {"address": address, "there": there})


@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest) -> HttpResponse:
    """The calendar that the desk may look into, and what it holds that is no trip yet."""
    asker = actor(request)
    told = keep_subscription.subscription(asker)
    form = SubscriptionForm(request.POST or None)
    if request.method == "POST":

        def deed() -> bool:
            keep_subscription.subscribe(asker, "" if "end" in request.POST else form.cleaned_data["address"])
            return True

        if accepted(form, deed):
            said(
                request,
                _("The desk doesn't look into it any more.") if "end" in request.POST else _("The desk will read it within minutes."),
            )
            return redirect("subscription")
    found = keep_subscription.to_plan(asker)
    token = held_files.hold(asker.person, msgspec.json.encode(found)) if found and found.legs else ""
    context = {"form": form, "told": told, "found": found, "token": token}
    return render(request, "travel/subscription.html", context, status=400 if form.errors else 200)


@require_safe
def calendar_feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself, to whoever has its address: that something is due, never what."""
    try:
        body = keep_calendar.feed(secret, Wording(translate=_).say)
    except NotFound:
        return HttpResponse(_(NOT_THERE) + "\n", status=404, content_type="text/plain; charset=utf-8")
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
