"""One trip: its page, and what is done with it."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gifthorse.desk.forms.trip import ReasonForm, TextForm
from gifthorse.desk.requests import actor
from gifthorse.desk.timeline import timeline
from gifthorse.desk.views.answering import said
from gifthorse.model.errors import NotAccepted
from gifthorse.model.trips import TripState
from gifthorse.procedures import compose_brief, decide_trip, export_trips, plan_trip, view_trip, write_about_trip

A_DAY = timedelta(days=1)
WAITING = frozenset({TripState.SUBMITTED, TripState.CHANGED})
CAN_CHANGE = frozenset({TripState.DRAFT, TripState.SUBMITTED, TripState.APPROVED, TripState.CHANGED, TripState.REFUSED})
CAN_CANCEL = CAN_CHANGE
CAN_DEVIATE = frozenset({TripState.SUBMITTED, TripState.APPROVED, TripState.CHANGED, TripState.DEVIATED, TripState.OVER})


@require_safe
def trip(request: HttpRequest, trip_id: str) -> HttpResponse:
    """The trip's page."""
    return _page(request, trip_id)


@require_POST
def submit(request: HttpRequest, trip_id: str) -> HttpResponse:
    """A draft is handed in."""
    plan_trip.submit(actor(request), trip_id)
    said(request, _("The trip is handed in. You will hear from the desk."))
    return redirect("trip", trip_id)


@require_POST
def cancel(request: HttpRequest, trip_id: str) -> HttpResponse:
    """A trip is called off."""
    plan_trip.cancel(actor(request), trip_id, request.POST.get("reason", ""))
    said(request, _("The trip is called off."))
    return redirect("trip", trip_id)


@require_POST
def deviate(request: HttpRequest, trip_id: str) -> HttpResponse:
    """A trip went another way."""
    try:
        plan_trip.deviate(actor(request), trip_id, request.POST.get("reason", ""))
    except NotAccepted as error:
        return _page(request, trip_id, fault=error)
    said(request, _("It is on record that the trip went another way."))
    return redirect("trip", trip_id)


@require_POST
def decide(request: HttpRequest, trip_id: str) -> HttpResponse:
    """A trip is approved or refused."""
    reason = request.POST.get("reason", "")
    try:
        if request.POST.get("decision") == "approve":
            decide_trip.approve(actor(request), trip_id, reason)
            said(request, _("The trip is approved, and the travellers have their briefs."))
        else:
            decide_trip.refuse(actor(request), trip_id, reason)
            said(request, _("The trip is refused, and the travellers hear why."))
    except NotAccepted as error:
        return _page(request, trip_id, fault=error)
    return redirect("trip", trip_id)


@require_POST
def ask(request: HttpRequest, trip_id: str) -> HttpResponse:
    """A traveller writes to the desk."""
    try:
        write_about_trip.ask(actor(request), trip_id, request.POST.get("text", ""))
    except NotAccepted as error:
        return _page(request, trip_id, fault=error)
    said(request, _("Your question is with the security desk."))
    return redirect("trip", trip_id)


@require_POST
def answer(request: HttpRequest, trip_id: str) -> HttpResponse:
    """An officer answers."""
    try:
        write_about_trip.answer(actor(request), trip_id, request.POST.get("text", ""))
    except NotAccepted as error:
        return _page(request, trip_id, fault=error)
    said(request, _("The answer is sent."))
    return redirect("trip", trip_id)


@require_POST
def compose(request: HttpRequest, trip_id: str, person_id: str) -> HttpResponse:
    """A brief is composed anew."""
    compose_brief.compose_for(actor(request), trip_id, person_id)
    said(request, _("The brief is there."))
    own = person_id == actor(request).person
    return redirect("brief", trip_id) if own else redirect("brief_of", trip_id, person_id)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Trips as a file for an upload in bulk."""
    since, until = _day(request, "since"), _day(request, "until")
    begins = since or datetime.now(UTC) - 30 * A_DAY
    ends = until + A_DAY if until else datetime.now(UTC) + 365 * A_DAY
    file = export_trips.export(actor(request), begins, ends)
    return HttpResponse(file, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="trips.csv"'})


def _day(request: HttpRequest, name: str) -> datetime | None:
    try:
        day = parse_date(request.POST.get(name, ""))
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _page(request: HttpRequest, trip_id: str, fault: NotAccepted | None = None) -> HttpResponse:
    view = view_trip.trip_for(actor(request), trip_id)
    context = {
        "view": view,
        "drawn": timeline(view.content.legs),
        "me": actor(request).person,
        "fault": _(str(fault)) if fault else "",
        "text_form": TextForm(initial={"text": request.POST.get("text", "")}),
        "reason_form": ReasonForm(initial={"reason": request.POST.get("reason", "")}),
        "waits": view.state in WAITING,
        "can_change": view.state in CAN_CHANGE,
        "can_cancel": view.state in CAN_CANCEL,
        "can_deviate": view.state in CAN_DEVIATE,
        "gone": view.state is TripState.CANCELLED,
    }
    return render(request, "travel/trip.html", context, status=400 if fault else 200)
