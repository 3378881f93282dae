"""Everything that reading needs is in memory: a confined process can open no file afterwards."""

import codecs
import contextlib
import io
import zipfile
import zoneinfo
from datetime import date
from typing import Final

from gifthorse.brief.itinerary import airports, zones
from gifthorse.brief.itinerary.read import read_itinerary
from gifthorse.brief.itinerary.text import TEXT_ENCODINGS
from gifthorse.model.errors import NotAccepted

# One small sample of each kind: what a library imports or looks up only when it is used, it does now.
_CALENDAR: Final = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Asia/Kathmandu:20260301T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
_PAGE: Final = (
    b'<html><div itemscope itemtype="http://schema.org/FlightReservation"></div><script type="application/ld+json">'
    b'{"@type":"FlightReservation","reservationFor":{"departureTime":"2026-03-01T10:00:00+01:00"}}</script></html>'
)
_MAIL: Final = (
    b"From: a@example.org\r\nDate: Sun, 01 Mar 2026 10:00:00 +0100\r\nSubject: =?utf-8?q?a?=\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%b\r\n"
    b'--b\r\nContent-Type: text/calendar\r\nContent-Disposition: attachment; filename="=?utf-8?q?a=2Eics?="\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\nQQ==\r\n--b--\r\n" % _PAGE
)
_TABLE: Final = b"from;to;departure\r\nFRA;KTM;2026-03-01 10:00\r\n"
_CODE: Final = b"M1DOE/JO              EABC123 FRAKTMZZ 0834 060J001A0025 100"


def load() -> None:
    """Every zone, airport, encoding and library that reading may use has been loaded and used once."""
    for name in zoneinfo.available_timezones():
        with contextlib.suppress(ValueError):  # a file among the zones that is none
            _KEPT.append(zoneinfo.ZoneInfo(name))
    zones.zone_named("Europe/Berlin")
    airports.is_airport("FRA")
    for name in TEXT_ENCODINGS:
        codecs.lookup(name)
        b"a".decode(name, "replace")
    for sample in (_CALENDAR, _PAGE, _MAIL, _TABLE, _CODE, _wallet(), _pdf()):
        with contextlib.suppress(NotAccepted):
            read_itinerary(sample, "", reference_day=date(2026, 3, 1), home_zone="Europe/Berlin")


_KEPT: Final[list[zoneinfo.ZoneInfo]] = []  # a zone that nobody holds may be dropped from memory and would have to be read again


def _wallet() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "pass.json", '{"formatVersion":1,"boardingPass":{"transitType":"PKTransitTypeAir"},"relevantDate":"2026-03-01T10:00Z"}'
        )
    return out.getvalue()


def _pdf() -> bytes:
    """A page with a line of text, as the library itself makes it."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
