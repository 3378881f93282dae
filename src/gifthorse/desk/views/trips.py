"""Trips: the list, planning one by hand or from a booking, and changing it."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gifthorse.desk import held_files
from gifthorse.desk.forms import leg as legs_form
from gifthorse.desk.forms import trip as trip_form
from gifthorse.desk.forms.leg import LegForm, Legs
from gifthorse.desk.forms.raw import typed, typed_rows
from gifthorse.desk.forms.trip import FilesForm, TripFilterForm, TripForm
from gifthorse.desk.requests import actor, has_role, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.itineraries import Itinerary, Leg
from gifthorse.model.roles import Procedure, Relation, Role, require
from gifthorse.model.trips import MOST_LEGS, TripContent, TripState
from gifthorse.procedures import plan_trip, read_bookings, trip_choices, trip_to_change, view_trip
from gifthorse.procedures.acting import may
from gifthorse.procedures.trip_choices import Choices

LEGS: Final = "legs"
FEWEST_ROWS: Final = 2


@require_safe
def trips(request: HttpRequest) -> HttpResponse:
    """The trips that whoever asks may see."""
    asker = actor(request)
    of_all = may(asker, Procedure.VIEW_TRIP, Relation.OTHERS)
    own = request.GET.get("own") == "yes" or not of_all
    page = view_trip.trips_for(asker, own=own, show=request.GET.get("show", ""), page=page_number(request))
    context = {
        "page": page,
        "form": TripFilterForm(request.GET),
        "of_all": of_all,
        "own": own,
        "may_plan": may(asker, Procedure.PLAN_TRIP, Relation.NONE),
        "may_export": may(asker, Procedure.EXPORT_TRIPS, Relation.NONE),
        "is_staff": has_role(request, Role.STAFF),
    }
    return render(request, "travel/trips.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def read_booking(request: HttpRequest) -> HttpResponse:
    """Files are read, and what was read and what was not is shown; nothing is kept but for an hour, encrypted."""
    asker = actor(request)
    require(asker, Procedure.IMPORT_TRIPS, Relation.NONE)
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        sent: list[Any] = request.FILES.getlist("bookings")
        read = accepted(form, lambda: read_bookings.read_bookings(asker, [(file.name, file.read()) for file in sent]))
        if read is not None:
            found, refused = read
            token = held_files.hold(asker.person, msgspec.json.encode(found))
            return render(request, "travel/booking_read.html", {"found": found, "refused": refused, "token": token})
    return render(request, "travel/booking.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_trip(request: HttpRequest) -> HttpResponse:
    """A trip is planned. Without a script: a button adds rows, another takes legs out of a booking that was read."""
    asker = actor(request)
    choices = trip_choices.choices_for(asker)
    if request.method != "POST":
        return _form_page(request, TripForm(initial={"regimes": choices.told}, choices=choices), Legs(prefix=LEGS), choices)
    if "take" in request.POST:
        return _from_booking(request, choices)
    if "more" in request.POST:
        return _one_more(request, choices)
    form, rows = TripForm(request.POST, choices=choices), Legs(request.POST, prefix=LEGS)
    draft = "draft" in request.POST
    kept = _held(request)
    if rows.is_valid():
        made = accepted(form, lambda: plan_trip.plan(asker, _content(form, rows, kept), _party(request, form), draft=draft))
        if made is not None:
            said(request, _("The draft is kept.") if draft else _("The trip is handed in. You will hear from the desk."))
            return redirect("trip", made.pk)
    return _form_page(request, form, rows, choices, kept=kept, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def change_trip(request: HttpRequest, trip_id: str) -> HttpResponse:
    """A trip is changed."""
    asker = actor(request)
    was = trip_to_change.trip_to_change(asker, trip_id)
    choices = was.choices
    if request.method != "POST":
        initial = trip_form.shown(was.content, was.others, was.carried, was.event)
        rows = _rows([legs_form.shown(leg) for leg in was.content.legs])
        return _form_page(request, TripForm(initial=initial, choices=choices, changing=True), rows, choices, trip=was)
    if "more" in request.POST:
        return _one_more(request, choices, trip=was)
    form, rows = TripForm(request.POST, choices=choices, changing=True), Legs(request.POST, prefix=LEGS)
    if rows.is_valid():

        def deed() -> object:
            party = trip_to_change.party_as_changed(
                asker, was, _lines(form.cleaned_data["people"]), form.cleaned_data.get("carried"), form.cleaned_data.get("event")
            )
            return plan_trip.change(asker, trip_id, _content(form, rows, None, was.content), party, form.cleaned_data["reason"])

        if accepted(form, deed) is not None:
            draft = was.state is TripState.DRAFT
            said(request, _("The draft is kept.") if draft else _("The change is on record, and the desk will look at it."))
            return redirect("trip", trip_id)
    return _form_page(request, form, rows, choices, trip=was, status=400)


def _from_booking(request: HttpRequest, choices: Choices) -> HttpResponse:
    """The form with the chosen legs of the booking that was read."""
    kept = _held(request)
    chosen = {int(number) for number in request.POST.getlist("leg") if number.isdecimal() and len(number) < 6}
    legs = [leg for number, leg in enumerate(kept.legs) if number in chosen] if kept else []
    title = next((leg.title for leg in legs if leg.title), "")
    form = TripForm(initial={"title": title, "regimes": choices.told}, choices=choices)
    return _form_page(request, form, _rows([legs_form.shown(leg) for leg in legs[:MOST_LEGS]]), choices, kept=kept)


def _one_more(request: HttpRequest, choices: Choices, trip: "trip_to_change.TripToChange | None" = None) -> HttpResponse:
    told = request.POST.get(f"{LEGS}-TOTAL_FORMS", "")
    number = min(int(told[:3]), MOST_LEGS) if told.isdecimal() else FEWEST_ROWS
    blank = TripForm(choices=choices, changing=trip is not None)
    form = TripForm(initial=typed(blank, request.POST), choices=choices, changing=trip is not None)
    rows = typed_rows(LegForm, request.POST, LEGS, number)
    return _form_page(request, form, _rows(rows, extra=1), choices, trip=trip, kept=_held(request) if trip is None else None)


def _rows(told: list[Any] | list[Mapping[str, Any]], extra: int = 0) -> Any:
    """The legs to fill in: those that are known, and blank ones up to two at least."""
    rows = Legs(initial=told, prefix=LEGS)
    rows.extra = extra if told else FEWEST_ROWS
    return rows


def _form_page(
    request: HttpRequest,
    form: TripForm,
    rows: Any,
    choices: Choices,
    *,
    trip: "trip_to_change.TripToChange | None" = None,
    kept: Itinerary | None = None,
    status: int = 200,
) -> HttpResponse:
    for_others = may(actor(request), Procedure.CHANGE_TRIP, Relation.OTHERS)
    context = {
        "for_others": for_others,
        "form": form,
        "legs": rows,
        "choices": choices,
        "trip": trip,
        "kept": kept,
        "token": request.POST.get("token", ""),
    }
    return render(request, "travel/trip_form.html", context, status=status)


def _content(form: TripForm, rows: Any, kept: Itinerary | None, was: TripContent | None = None) -> TripContent:
    legs: tuple[Leg, ...] = tuple(row.cleaned_data["leg"] for row in rows if row.cleaned_data.get("leg") is not None)
    content = form.content(legs, was)
    if kept is None:
        return content
    notes = tuple(f"{note.where}: {note.in_words().in_english()} {note.text}".strip() for note in kept.not_read)
    return msgspec.structs.replace(content, not_read=notes[:200])


def _party(request: HttpRequest, form: TripForm) -> plan_trip.Party:
    """Whoever plans, unless they plan for others alone, and the colleagues they name."""
    asker = actor(request)
    others = trip_choices.people_called(asker, _lines(form.cleaned_data["people"]))
    alone = request.POST.get("without_me") == "yes" and others
    people = others if alone else (asker.person, *others)
    carried = {} if alone else {asker.person: tuple(form.cleaned_data.get("carried") or ())}
    return plan_trip.Party(people=people, carried=carried, event=form.cleaned_data.get("event") or "")


def _held(request: HttpRequest) -> Itinerary | None:
    """The booking that was read before this step, None when there is none."""
    token = request.POST.get("token", "")
    if not token:
        return None
    return msgspec.json.decode(held_files.held(actor(request).person, token), type=Itinerary)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
