"""The words for the values of trips, briefs, duties and their calendar, and for what is done with them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gifthorse.desk.wordings import Words
from gifthorse.model.roles import Procedure

TRIP_STATES: Final[Words] = {
    "draft": _("Draft"),
    "submitted": _("Handed in"),
    "approved": _("Approved"),
    "refused": _("Refused"),
    "changed": _("Changed, to be looked at again"),
    "deviated": _("Went another way"),
    "cancelled": _("Called off"),
    "over": _("Over"),
}
TRIP_STEPS: Final[Words] = {
    "drafted": _("put it down"),
    "submitted": _("handed it in"),
    "approved": _("approved it"),
    "refused": _("refused it"),
    "changed": _("changed it"),
    "deviated": _("said that it went another way"),
    "cancelled": _("called it off"),
}
LEG_KINDS: Final[Words] = {
    "flight": _("Flight"),
    "train": _("Train"),
    "bus": _("Bus"),
    "boat": _("Boat"),
    "car": _("Car"),
    "hotel": _("Stay overnight"),
    "event": _("Meeting or event"),
    "other": _("Another way"),
}
VENUES: Final[Words] = {
    "trade-fair": _("Trade fair"),
    "conference": _("Conference"),
    "customer-site": _("At a customer's"),
    "university": _("University"),
    "hotel-meeting": _("Meeting in a hotel"),
    "private-invitation": _("Private invitation"),
    "delegation": _("With a delegation"),
    "government-office": _("Government office"),
    "online": _("Online"),
}
EVENT_KINDS: Final[Words] = {
    "stand": _("Work on a stand"),
    "visit": _("Visit"),
    "lecture": _("Give a talk"),
    "negotiation": _("Negotiate"),
    "installation": _("Install or repair"),
    "job-interview": _("Talk about a post"),
    "research-stay": _("Research stay"),
    "training": _("Training"),
    "reception": _("Reception"),
    "other": _("Something else"),
}
HOST_KINDS: Final[Words] = {
    "customer": _("Customer"),
    "supplier": _("Supplier"),
    "partner": _("Partner"),
    "competitor": _("Competitor"),
    "university": _("University"),
    "public-body": _("Public body"),
    "organiser": _("Organiser"),
    "consultancy": _("Consultancy"),
    "private-person": _("Private person"),
    "unknown": _("I don't know"),
}
PAYERS: Final[Words] = {
    "own-house": _("we do"),
    "host": _("the host"),
    "third-party": _("somebody else"),
    "mixed": _("several"),
    "unknown": _("not known yet"),
}
INVITATIONS: Final[Words] = {
    "none": _("Nobody invited me: our own plan"),
    "known-host": _("A host I know"),
    "cold-mail": _("A mail from somebody I don't know"),
    "introduction": _("Somebody introduced me"),
    "organiser": _("The organiser of the event"),
    "unknown": _("I don't know"),
}
SOCIAL: Final[Words] = {
    "dinner": _("Dinner"),
    "drinks": _("Drinks"),
    "excursion": _("Excursion"),
    "private-home": _("At somebody's home"),
    "night-out": _("A night out"),
}
DATA: Final[Words] = {
    "none": _("No data"),
    "slides": _("Slides"),
    "drawings": _("Drawings"),
    "source-code": _("Source code"),
    "samples": _("Samples"),
    "papers": _("Papers"),
    "personal-data": _("Data about people"),
    "full-mailbox": _("My whole mailbox"),
}
DEVICES: Final[Words] = {
    "laptop": _("Laptop"),
    "phone": _("Phone"),
    "tablet": _("Tablet"),
    "memory-stick": _("Memory stick"),
    "camera": _("Camera"),
    "instrument": _("Instrument"),
}
REGIMES: Final[Words] = {
    "house": _("I work for the house"),
    "cleared": _("I hold a security clearance"),
    "federal-research": _("I work on a US federal research award"),
    "award-asks-travel": _("The terms of my award ask for travel reports"),
    "phs": _("I am an investigator of the US Public Health Service"),
}
PARTS_PAID: Final[Words] = {"travel": _("Travel"), "lodging": _("Nights"), "meals": _("Meals"), "fees": _("Fees and entry")}
DUTY_EVENTS: Final[Words] = {
    "trip.planned": _("I plan a trip"),
    "trip.deviation": _("A trip went another way than planned"),
    "trip.debrief": _("I am back from a trip"),
    "travel.sponsored": _("Somebody else pays for a trip"),
    "contact.continuing": _("I stay in touch with somebody I met"),
    "contact.suspicious": _("A contact seemed odd"),
    "contact.intelligence-service": _("Somebody may work for an intelligence service"),
    "elicitation.attempt": _("Somebody tried to draw something out of me"),
    "information.request": _("Somebody asked for information"),
    "media.request": _("A journalist or the media asked me"),
    "gift": _("I was given something"),
    "hospitality": _("I was invited to a meal or an outing"),
    "fee": _("I was offered a fee"),
    "device.offered": _("I was given a device or a stick"),
    "device.out-of-sight": _("A device was out of my sight"),
    "room.intrusion": _("Somebody was in my room"),
    "search.border": _("I was searched at a border"),
    "coercion": _("Somebody puts me under pressure"),
    "visit.incident": _("Something happened on a visit to us"),
    "colleague.concern": _("I worry about a colleague"),
}
RULE_PACKS: Final[Words] = {
    "house": _("house"),
    "sead-3": _("SEAD 3"),
    "nspm-33": _("NSPM-33"),
    "phs-sponsored-travel": _("PHS"),
}
BRIEF_STATES: Final[Words] = {"none": _("no brief"), "unread": _("brief not read"), "read": _("brief read")}
ZONES_FROM: Final[Words] = {
    "stated": _("as stated"),
    "airport": _("by the place"),
    "calendar": _("by the calendar"),
    "unknown": _("not known"),
}
WORDS: Final[dict[str, Words]] = {
    "trip_state": TRIP_STATES,
    "trip_step": TRIP_STEPS,
    "leg_kind": LEG_KINDS,
    "venue": VENUES,
    "trip_event": EVENT_KINDS,
    "host_kind": HOST_KINDS,
    "payer": PAYERS,
    "invitation": INVITATIONS,
    "social": SOCIAL,
    "trip_data": DATA,
    "device": DEVICES,
    "regime": REGIMES,
    "part_paid": PARTS_PAID,
    "duty_event": DUTY_EVENTS,
    "rule_pack": RULE_PACKS,
    "brief_state": BRIEF_STATES,
    "zone_from": ZONES_FROM,
}
DEEDS: Final[Words] = {
    Procedure.PLAN_TRIP: _("planned a trip"),
    Procedure.IMPORT_TRIPS: _("took over a table of trips"),
    Procedure.VIEW_TRIP: _("looked at a trip"),
    Procedure.CHANGE_TRIP: _("changed or handed in a trip"),
    Procedure.CANCEL_TRIP: _("called a trip off"),
    Procedure.DEVIATE_FROM_TRIP: _("said that a trip went another way"),
    Procedure.DECIDE_TRIP: _("decided about a trip"),
    Procedure.EXPORT_TRIPS: _("exported trips"),
    Procedure.COMPOSE_BRIEF: _("composed a brief"),
    Procedure.READ_BRIEF: _("looked at a brief or said that it was read"),
    Procedure.ASK_ABOUT_TRIP: _("asked about a trip"),
    Procedure.ANSWER_TRAVELLER: _("answered a traveller"),
    Procedure.DISCHARGE_DUTY: _("said that a duty is done"),
    Procedure.KEEP_CALENDAR: _("changed the address of a calendar"),
    Procedure.REFRESH_ADVICE: _("read official advice"),
}
