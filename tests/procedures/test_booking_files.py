"""Bookings in mails that Outlook saved: in the page, in files attached to it, in mails attached to it; read in the confined process."""

import json
from datetime import date

import pytest

from gifthorse.brief.itinerary.read import Asked
from gifthorse.brief.itinerary.refusals import BROKEN, NO_BOOKING
from gifthorse.model.errors import NotAccepted
from gifthorse.procedures import mail_files
from gifthorse.procedures.booking_files import REFUSALS, read_with
from gifthorse.procedures.confined_reading import read_confined
from tests.brief.itinerary.cases.bookings import flight_thing, mail
from tests.brief.itinerary.cases.calendars import calendar, entry
from tests.brief.itinerary.cases.journeys import HOME, REFERENCE, flights
from tests.samples.documents import compound_file, outlook_message

ASKED = {"name": "trip.msg", "reference_day": REFERENCE, "home_zone": HOME}
HEAD = "From: Ida <ida@works.example>\r\nSubject: Buchung\r\nDate: Mon, 23 Nov 2026 09:12:00 +0100\r\nContent-Type: text/plain\r\n"
FLIGHT = flights()[0]
PAGE = f'<html><script type="application/ld+json">{json.dumps(flight_thing(FLIGHT))}</script></html>'
INVITED = calendar(entry("a", f"DTSTART:{FLIGHT.departs.strftime('%Y%m%dT%H%M%SZ')}", "SUMMARY:Besuch"))


def embedded() -> bytes:
    """A message with another one attached to it, as Outlook keeps it: a storage in a storage."""
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D/"
    texts = {
        "__substg1.0_0037001F": "WG: Buchung",
        "__attach_version1.0_#00000000/__substg1.0_3001001F": "Buchung",
        inner + "__substg1.0_007D001F": HEAD,
    }
    streams = {"__properties_version1.0": bytes(32), inner + "__substg1.0_10130102": PAGE.encode()}
    return compound_file(streams | {name: text.encode("utf-16-le") for name, text in texts.items()})


@pytest.mark.parametrize(
    "content",
    [
        outlook_message(html=PAGE, headers=HEAD),
        outlook_message(html=PAGE),
        outlook_message(html="<p>x</p>", headers=HEAD, attachments=[("visit.ics", INVITED)]),
        outlook_message(html="<p>x</p>", headers=HEAD, attachments=[("booking.eml", mail(flight_thing(FLIGHT)))]),
        embedded(),
    ],
    ids=["page", "no-head", "calendar", "eml", "embedded"],
)
def test_a_booking_in_an_outlook_file_is_read(content):
    told = read_confined("itinerary", content, ASKED)
    assert [leg.departs.at for leg in told.legs] == [FLIGHT.departs]
    assert (told.read_as, told.not_read) == ("mail", ())


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(outlook_message(html="<p>x</p>", headers=HEAD), NO_BOOKING), (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(700), BROKEN)],
)
def test_an_outlook_file_without_a_booking_is_refused_in_words(content, refusal):
    assert refusal in REFUSALS
    with pytest.raises(NotAccepted, match=refusal[:30]):
        read_with(content, Asked(name="", reference_day=date(2026, 11, 23), home_zone=HOME))


def test_an_invitation_attached_in_outlook_is_the_mail_that_is_read():
    found = mail_files.read_with(embedded(), mail_files.Asked())
    assert (found.sender.address, found.within, mail_files.OUTLOOK in found.not_read) == ("ida@works.example", True, True)
