"""Addresses and sections of trips, briefs, duties and their calendar."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.addresses import record_id
from gifthorse.desk.section import Section
from gifthorse.desk.views import briefs, duties, many_trips, trip, trips
from gifthorse.model.roles import Role

__all__ = ["ADDRESSES", "SECTIONS", "record_id"]

ADDRESSES: list[URLPattern] = [
    path("trips/", trips.trips, name="trips"),
    path("trips/new/", trips.new_trip, name="new_trip"),
    path("trips/booking/", trips.read_booking, name="read_booking"),
    path("trips/calendar/", duties.subscription, name="subscription"),
    path("trips/many/", many_trips.many_trips, name="many_trips"),
    path("trips/many/take-over/", many_trips.apply_trips, name="apply_trips"),
    path("trips/many/not-read/", many_trips.broken_rows, name="broken_rows"),
    path("trips/export/", trip.export, name="export_trips"),
    path("trips/<id:trip_id>/", trip.trip, name="trip"),
    path("trips/<id:trip_id>/change/", trips.change_trip, name="change_trip"),
    path("trips/<id:trip_id>/submit/", trip.submit, name="submit_trip"),
    path("trips/<id:trip_id>/cancel/", trip.cancel, name="cancel_trip"),
    path("trips/<id:trip_id>/another-way/", trip.deviate, name="deviate_from_trip"),
    path("trips/<id:trip_id>/decide/", trip.decide, name="decide_trip"),
    path("trips/<id:trip_id>/ask/", trip.ask, name="ask_about_trip"),
    path("trips/<id:trip_id>/answer/", trip.answer, name="answer_traveller"),
    path("trips/<id:trip_id>/brief/", briefs.brief, name="brief"),
    path("trips/<id:trip_id>/brief/paper/", briefs.brief_pdf, name="brief_pdf"),
    path("trips/<id:trip_id>/brief/read/", briefs.brief_read, name="brief_read"),
    path("trips/<id:trip_id>/brief/<id:person_id>/", briefs.brief, name="brief_of"),
    path("trips/<id:trip_id>/brief/<id:person_id>/paper/", briefs.brief_pdf, name="brief_pdf_of"),
    path("trips/<id:trip_id>/brief/<id:person_id>/compose/", trip.compose, name="compose_brief"),
    path("duties/", duties.duties, name="duties"),
    path("duties/question/", duties.must_report, name="must_report"),
    path("duties/calendar/", duties.calendar, name="calendar"),
    path("duties/<id:duty_id>/done/", duties.discharge, name="discharge_duty"),
    path("calendar/<str:secret>.ics", duties.calendar_feed, name="calendar_feed"),
    path("advice/", many_trips.advice, name="advice"),
]
STAFF, OFFICER, RESEARCH = Role.STAFF, Role.OFFICER, Role.RESEARCH_LEAD
TRIP_PAGES = frozenset({"trips", "trip", "new_trip", "change_trip", "read_booking", "subscription", "many_trips", "brief", "brief_of"})
SECTIONS: tuple[Section, ...] = (
    Section(name=_("Trips"), route="trips", roles=frozenset({STAFF, OFFICER, RESEARCH}), pages=TRIP_PAGES),
    Section(
        name=_("What is due"),
        route="duties",
        roles=frozenset({STAFF, OFFICER, RESEARCH}),
        pages=frozenset({"duties", "must_report", "calendar"}),
    ),
    Section(name=_("Official advice"), route="advice", roles=frozenset({OFFICER}), pages=frozenset({"advice"})),
)
