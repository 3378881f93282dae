"""The one entry: any file that may hold a trip, told apart by its content and never by its name."""

import json
import re
from datetime import date
from functools import partial
from typing import Any, Final

import msgspec

from gifthorse.brief.itinerary.boarding_codes import codes_in, gather_codes
from gifthorse.brief.itinerary.calendar_events import read_calendar
from gifthorse.brief.itinerary.embedded import objects_in
from gifthorse.brief.itinerary.gathering import MOST_LEGS, Around, Gathered
from gifthorse.brief.itinerary.mail import is_mail, read_mail
from gifthorse.brief.itinerary.pdf_text import pdf_lines
from gifthorse.brief.itinerary.refusals import BROKEN, EMPTY, NO_BOOKING, NO_CODE_IN_PDF, NO_ZONE, NOT_A_TRIP, TOO_LARGE
from gifthorse.brief.itinerary.reservations import gather_reservations
from gifthorse.brief.itinerary.table import is_table, read_table
from gifthorse.brief.itinerary.text import as_text
from gifthorse.brief.itinerary.wallet_pass import gather_pass, read_wallet
from gifthorse.brief.itinerary.zones import zone_named
from gifthorse.model.errors import NotAccepted
from gifthorse.model.itineraries import Itinerary

LARGEST: Final = 10 * 1024 * 1024
_DEEPEST: Final = 3  # mails within mails, as files
_CALENDAR: Final = re.compile(r"^\s*BEGIN:(?:VCALENDAR|VEVENT)\b", re.IGNORECASE | re.MULTILINE)
_HTML: Final = re.compile(r"<(?:!doctype html|html|head|body|script|div|table)\b", re.IGNORECASE)


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `read_itinerary` is told beside the bytes."""

    name: str
    reference_day: date
    home_zone: str


def read_with(untrusted_bytes: bytes, asked: Asked) -> Itinerary:
    """`read_itinerary` with its keywords as one fact, for the confined process."""
    return read_itinerary(untrusted_bytes, asked.name, reference_day=asked.reference_day, home_zone=asked.home_zone)


def read_itinerary(untrusted_bytes: bytes, untrusted_name: str, *, reference_day: date, home_zone: str) -> Itinerary:
    """The trip in the file: its legs, and a note for everything that was not read. At most 2,000 legs of at most 10 MB.

    *reference_day* settles the year of boarding passes and the window of entries that repeat for ever; *home_zone* (IANA name) is the
    organisation's, to know the day a mail was sent: no time of a trip is ever put into it. *untrusted_name* only serves the notes.
    Raises NotAccepted with what to do next when the file holds nothing of the kind or is damaged.
    """
    if zone_named(home_zone) != home_zone:
        raise NotAccepted(NO_ZONE, field="home_zone")
    if not untrusted_bytes.strip(b" \t\r\n\0"):
        raise NotAccepted(EMPTY)
    if len(untrusted_bytes) > LARGEST:
        raise NotAccepted(TOO_LARGE)
    around, gathered = Around(day=reference_day, home_zone=home_zone), Gathered()
    try:
        read_as = _read(untrusted_bytes, around, gathered, untrusted_name[:200], 0)
    except NotAccepted:
        raise
    except Exception as error:
        raise NotAccepted(BROKEN) from error
    itinerary = gathered.finished(read_as)
    if not itinerary.legs and not itinerary.not_read:
        raise NotAccepted(NO_BOOKING if read_as == "mail" else NOT_A_TRIP)
    return itinerary


def _read(untrusted_bytes: bytes, around: Around, gathered: Gathered, where: str, depth: int) -> str:
    """What kind of file it is; its legs are gathered."""
    if b"%PDF-" in untrusted_bytes[:1024]:
        codes = codes_in(pdf_lines(untrusted_bytes))
        if not codes:
            raise NotAccepted(NO_CODE_IN_PDF)
        gather_codes(codes, around, gathered, where)
        return "pdf"
    if untrusted_bytes.startswith(b"PK\x03\x04"):
        read_wallet(untrusted_bytes, around, gathered)
        return "pass"
    if depth < _DEEPEST and is_mail(untrusted_bytes):
        read_mail(untrusted_bytes, around, gathered, partial(_attached, depth=depth + 1))
        return "mail"
    return _read_text(as_text(untrusted_bytes), around, gathered, where)


def _read_text(text: str, around: Around, gathered: Gathered, where: str) -> str:
    if _CALENDAR.search(text[:200_000]):
        read_calendar(text.lstrip("\ufeff"), around, gathered)
        return "calendar"
    if text.lstrip()[:1] in {"{", "["}:
        return _read_json(text, around, gathered, where)
    if _HTML.search(text[:20_000]):
        gather_reservations(objects_in(text, gathered, where), gathered, where)
        return "page"
    codes = codes_in(text[:200_000].splitlines())
    if codes:
        gather_codes(codes, around, gathered, where)
        return "boarding pass"
    if "," in text or ";" in text or "\t" in text or "|" in text or is_table(text):
        read_table(text, gathered)
        return "table"
    raise NotAccepted(NOT_A_TRIP)


def _read_json(text: str, around: Around, gathered: Gathered, where: str) -> str:
    try:
        told = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        told = _by_lines(text, error)
    if isinstance(told, dict) and "formatVersion" in told:
        gather_pass(told, [], around, gathered, where)
        return "pass"
    gather_reservations([told], gathered, where)
    return "booking"


def _by_lines(text: str, error: Exception) -> list[Any]:
    """The objects of a file that holds one on each line; raises NotAccepted where a line is none."""
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        return [json.loads(line, strict=False) for line in lines[:MOST_LEGS]] if len(lines) > 1 else [json.loads(text)]
    except (ValueError, RecursionError):
        raise NotAccepted(BROKEN) from error


def _attached(untrusted_bytes: bytes, around: Around, gathered: Gathered, where: str, *, depth: int) -> None:
    """A file in a mail, which may be a mail itself; raises NotAccepted when it holds nothing about a trip."""
    try:
        _read(untrusted_bytes, around, gathered, where, depth)
    except NotAccepted:
        raise
    except Exception as error:
        raise NotAccepted(BROKEN) from error
