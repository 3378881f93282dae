"""Many trips out of one table, looked at first; and the official advice that briefs quote."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from gifthorse.brief.itinerary.broken_rows import unread_rows
from gifthorse.desk import held_files
from gifthorse.desk.forms.trip import FilesForm
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.errors import NotAccepted
from gifthorse.model.itineraries import Itinerary
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.model.words import N_
from gifthorse.procedures import import_trips, read_bookings, refresh_advice


@require_http_methods(["GET", "HEAD", "POST"])
def many_trips(request: HttpRequest) -> HttpResponse:
    """The table is chosen, then what it would bring is shown."""
    asker = actor(request)
    require(asker, Procedure.IMPORT_TRIPS, Relation.NONE)
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":

        def look() -> tuple[Itinerary, import_trips.FoundTrips]:
            sent = request.FILES.get("bookings")
            if sent is None:
                raise NotAccepted(N_("Please choose a file."), field="bookings")
            read = read_bookings.read_booking(asker, sent.read(), sent.name or "")
            return read, import_trips.preview(asker, read)

        seen = accepted(form, look)
        if seen is not None:
            read, found = seen
            token = held_files.hold(asker.person, msgspec.json.encode(read))
            context = {"read": read, "found": found, "token": token, "unread": [note for note in read.not_read if note.row]}
            return render(request, "travel/many_found.html", context)
    return render(request, "travel/many.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def apply_trips(request: HttpRequest) -> HttpResponse:
    """What was shown is written."""
    asker = actor(request)
    require(asker, Procedure.IMPORT_TRIPS, Relation.NONE)
    number = import_trips.apply(asker, _held(request), seen=request.POST.get("seen", ""))
    held_files.drop(request.POST.get("token", ""))
    said(request, ngettext("{number} trip is handed in.", "{number} trips are handed in.", number).format(number=number))
    return redirect("trips")


@require_POST
def broken_rows(request: HttpRequest) -> HttpResponse:
    """The rows that were not read, as a table to be mended and sent again."""
    require(actor(request), Procedure.IMPORT_TRIPS, Relation.NONE)
    read = _held(request)
    of_nobody = request.POST.get("what") == "left-out"
    body = import_trips.left_out_rows(import_trips.preview(actor(request), read)) if of_nobody else unread_rows(read)
    return HttpResponse(
        "\ufeff" + body, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="not-read.csv"'}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: HttpRequest) -> HttpResponse:
    """Official advice: what is there, how old it is, and reading it anew."""
    asker = actor(request)
    held = refresh_advice.held(asker)
    if request.method == "POST":
        refresh_advice.refresh(asker)
        said(request, _("The official advice was read anew."))
        return redirect("advice")
    return render(request, "travel/advice.html", {"held": held})


def _held(request: HttpRequest) -> Itinerary:
    return msgspec.json.decode(held_files.held(actor(request).person, request.POST.get("token", "")), type=Itinerary)
