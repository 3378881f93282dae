"""Bookings in files of any kind, also mails that Outlook saved (.msg), read within the confined process; see `confined_reading`."""

import contextlib
from datetime import date
from typing import Final

from gifthorse.brief.itinerary import ready, refusals
from gifthorse.brief.itinerary.read import Asked, read_itinerary
from gifthorse.inspect.documents.compound import SIGNATURE, compound_from
from gifthorse.inspect.documents.damage import FORMAT_ERRORS
from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.model.itineraries import Itinerary
from gifthorse.procedures import mail_files

REFUSALS: Final = refusals.REFUSALS


def read_with(untrusted_bytes: bytes, asked: Asked) -> Itinerary:
    """`read_itinerary` of the bytes, of an Outlook message as the mail it once was. Raises NotAccepted with one of `REFUSALS`."""
    content = untrusted_bytes
    if untrusted_bytes.startswith(SIGNATURE):
        try:
            content = mail_files.as_mail(compound_from(untrusted_bytes), whole=True)
        except (Unreadable, *FORMAT_ERRORS) as error:
            raise NotAccepted(refusals.BROKEN) from error
    return read_itinerary(content, asked.name, reference_day=asked.reference_day, home_zone=asked.home_zone)


def load() -> None:
    """Everything that reading may use is in memory: a confined process can open no file afterwards."""
    ready.load()
    mail_files.load()
    with contextlib.suppress(NotAccepted):
        read_with(SIGNATURE + bytes(4096), Asked(name="", reference_day=date(2026, 3, 1), home_zone="Europe/Berlin"))
