"""Events, and our people at them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk.forms.register import EventFilterForm, EventForm
from gifthorse.desk.requests import actor, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures import keep_events, view_events, view_people
from gifthorse.procedures.acting import may


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The list of events."""
    page = view_events.events(actor(request), kind=request.GET.get("kind", ""), page=page_number(request))
    may_keep = may(actor(request), Procedure.KEEP_EVENTS, Relation.NONE)
    return render(request, "register/events.html", {"page": page, "form": EventFilterForm(request.GET), "may_keep": may_keep})


@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: HttpRequest) -> HttpResponse:
    """A new event."""
    require(actor(request), Procedure.KEEP_EVENTS, Relation.NONE)
    form = EventForm(request.POST or None)
    if request.method == "POST":
        made = accepted(form, lambda: keep_events.add_event(actor(request), form.shape(), form.facts()))
        if made is not None:
            said(request, _("The event is in the register. Who of ours is there?"))
            return redirect("event", made.pk)
    return render(request, "register/event_form.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def event(request: HttpRequest, event_id: str) -> HttpResponse:
    """One event."""
    view = view_events.event(actor(request), event_id)
    who = request.GET.get("who", "")
    offered = view_people.offered(actor(request), who, Procedure.KEEP_EVENTS) if who and view.may_keep else ()
    return render(request, "register/event.html", {"view": view, "who": who, "offered": offered})


@require_http_methods(["GET", "HEAD", "POST"])
def change_event(request: HttpRequest, event_id: str) -> HttpResponse:
    """An event is changed."""
    require(actor(request), Procedure.KEEP_EVENTS, Relation.NONE)
    view = view_events.event(actor(request), event_id)
    told = {"title": view.facts.title, "place": view.facts.place, "organiser": view.facts.organiser}
    told |= {name: getattr(view.event, name) for name in ("kind", "starts_on", "ends_on")}
    form = EventForm(request.POST or None, initial=told)

    def deed() -> object:
        return keep_events.change_event(actor(request), event_id, form.shape(), form.facts())

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The event is changed."))
        return redirect("event", event_id)
    return render(request, "register/event_form.html", {"form": form, "view": view}, status=400 if form.errors else 200)


@require_POST
def attendees(request: HttpRequest, event_id: str) -> HttpResponse:
    """More of our people are there."""
    try:
        number = keep_events.add_attendees(actor(request), event_id, request.POST.getlist("person"))
    except NotAccepted as error:
        said(request, _(str(error)))
        return redirect("event", event_id)
    said(request, ngettext("{number} person more is on the list.", "{number} people more are on the list.", number).format(number=number))
    return redirect("event", event_id)


@require_POST
def not_attending(request: HttpRequest, event_id: str) -> HttpResponse:
    """Some of our people aren't there after all."""
    try:
        number = keep_events.take_off(actor(request), event_id, request.POST.getlist("person"))
    except NotAccepted as error:
        said(request, _(str(error)))
        return redirect("event", event_id)
    words = ngettext("{number} person is off the list.", "{number} people are off the list.", number)
    said(request, words.format(number=number))
    return redirect("event", event_id)
