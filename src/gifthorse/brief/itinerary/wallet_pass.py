"""Wallet passes (pkpass: a zip with pass.json): the bar code, the fields on its front, and its semantic tags."""

import io
import json
import re
import zipfile
import zlib
from typing import Any, Final

import msgspec

from gifthorse.brief.itinerary.boarding_codes import boarding_code
from gifthorse.brief.itinerary.gathering import Around, Gathered
from gifthorse.brief.itinerary.pass_fields import Fields, fields_of, journey_of
from gifthorse.brief.itinerary.refusals import BROKEN_PASS, OTHER_ZIP
from gifthorse.brief.itinerary.text import as_text
from gifthorse.brief.itinerary.written_dates import Ambiguous, written_date
from gifthorse.brief.itinerary.zones import as_day
from gifthorse.model.errors import NotAccepted
from gifthorse.model.itineraries import Day, Instant, Leg, LegKind, Moment, Reason

MOST_ENTRIES: Final = 500
MOST_PASSES: Final = 20
LARGEST_PASS: Final = 1_000_000
LARGEST_STRINGS: Final = 256_000
LARGEST_INNER: Final = 3_000_000
_LANGUAGES: Final = ("en", "de")
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.){0,500})"\s{0,20}=\s{0,20}"((?:[^"\\]|\\.){0,2000})"\s{0,20};', re.DOTALL)
_TRANSIT: Final = {
    "PKTransitTypeAir": LegKind.FLIGHT,
    "PKTransitTypeTrain": LegKind.TRAIN,
    "PKTransitTypeBus": LegKind.BUS,
    "PKTransitTypeBoat": LegKind.BOAT,
}
_STYLES: Final = ("boardingPass", "eventTicket", "generic", "storeCard", "coupon")
_BROKEN_ZIP: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, OverflowError)


def read_wallet(untrusted_zip: bytes, around: Around, gathered: Gathered) -> None:
    """Every pass in the file is gathered (several lie in a .pkpasses file); raises NotAccepted when there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(untrusted_zip)) as opened:
            names = [entry.filename for entry in opened.infolist()[:MOST_ENTRIES]]
            if "pass.json" in names:
                _read_pass(opened, names, around, gathered, "pass.json")
                return
            inner = [name for name in names if name.lower().endswith(".pkpass")][:MOST_PASSES]
            if not inner:
                raise NotAccepted(OTHER_ZIP)
            for name in inner:
                _read_inner(_content(opened, name, LARGEST_INNER), around, gathered, name)
    except _BROKEN_ZIP as error:
        raise NotAccepted(BROKEN_PASS) from error


def _read_inner(untrusted_zip: bytes | None, around: Around, gathered: Gathered, where: str) -> None:
    try:
        if untrusted_zip is None:
            gathered.note(where, Reason.TOO_LARGE)
            return
        with zipfile.ZipFile(io.BytesIO(untrusted_zip)) as opened:
            _read_pass(opened, [entry.filename for entry in opened.infolist()[:MOST_ENTRIES]], around, gathered, where)
    except (*_BROKEN_ZIP, NotAccepted, KeyError):
        gathered.note(where, Reason.BROKEN_PART)


def _content(opened: zipfile.ZipFile, name: str, most: int) -> bytes | None:
    """The file *name*, None when it unpacks to more than *most* bytes, whatever its header says."""
    with opened.open(name) as file:
        content = file.read(most + 1)
    return content if len(content) <= most else None


def _read_pass(opened: zipfile.ZipFile, names: list[str], around: Around, gathered: Gathered, where: str) -> None:
    content = _content(opened, "pass.json", LARGEST_PASS)
    if content is None:
        raise NotAccepted(BROKEN_PASS)
    try:
        told = json.loads(as_text(content), strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAccepted(BROKEN_PASS) from error
    if not isinstance(told, dict):
        raise NotAccepted(BROKEN_PASS)
    gather_pass(told, _strings(opened, names), around, gathered, where)


def _strings(opened: zipfile.ZipFile, names: list[str]) -> list[dict[str, str]]:
    """The pass's words in our languages, each by its key."""
    found = []
    for language in _LANGUAGES:
        name = next((name for name in names if name.lower() == f"{language}.lproj/pass.strings"), "")
        content = _content(opened, name, LARGEST_STRINGS) if name else None
        if content:
            pairs = _STRING.findall(as_text(content))
            found.append({_unescaped(key): _unescaped(value) for key, value in pairs})
    return found


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda mark: {"n": "\n", "t": "\t"}.get(mark[1], mark[1]), text, flags=re.DOTALL)


def gather_pass(told: dict[str, Any], strings: list[dict[str, str]], around: Around, gathered: Gathered, where: str) -> None:
    """The legs of the pass that pass.json *told* about are gathered: by its bar code, completed by its tags and fields."""
    style = next((name for name in _STYLES if isinstance(told.get(name), dict)), "")
    if style not in {"boardingPass", "eventTicket", "generic"}:
        gathered.note(where, Reason.UNKNOWN_KIND, what=style or "pass")
        return
    kind = _TRANSIT.get(str(told[style].get("transitType", "")), LegKind.OTHER) if style == "boardingPass" else LegKind.EVENT
    relevant = _relevant(told, gathered, where)
    near = Around(day=as_day(relevant) if relevant else around.day, home_zone=around.home_zone)
    fields = fields_of(told, style, strings)
    coded = _coded(told, near, gathered, where) if kind in {LegKind.FLIGHT, LegKind.OTHER} else []
    own = journey_of(kind, fields, gathered, where)
    if style == "generic" and not coded and own.departs is None:
        gathered.note(where, Reason.NO_TRIP)
        return
    first = _joined(coded[0], own) if coded else own
    for leg in (_timed(first, relevant, fields, gathered, where), *coded[1:]):
        gathered.add(msgspec.structs.replace(leg, cancelled=told.get("voided") is True), where)


def _relevant(told: dict[str, Any], gathered: Gathered, where: str) -> Moment | None:
    dates = told.get("relevantDates")
    first = dates[0] if isinstance(dates, list) and dates and isinstance(dates[0], dict) else {}
    text = told.get("relevantDate") or first.get("date") or first.get("startDate")
    if not isinstance(text, str):
        return None
    try:
        written = written_date(text)
    except Ambiguous:
        written = None
    moment = written.moment() if written else None
    if moment is None:
        gathered.note(where, Reason.BROKEN_TIME, what=text)
    return moment


def _coded(told: dict[str, Any], near: Around, gathered: Gathered, where: str) -> list[Leg]:
    """The legs of the first bar code that is a boarding pass."""
    codes = told.get("barcodes")
    for code in [*(codes if isinstance(codes, list) else []), told.get("barcode")]:
        message = code.get("message") if isinstance(code, dict) else None
        found = boarding_code(message, near.day) if isinstance(message, str) else None
        if found:
            if found.missing:
                gathered.note(where, Reason.BROKEN_PART, text=str(message))
            return list(found.legs)
    return []


def _joined(coded: Leg, own: Leg) -> Leg:
    """The bar code's leg, with the times and names that only the pass's face tells.

    A time of the pass is taken only where both mean the same flight.
    """
    same = own.origin.code in {"", coded.origin.code} and own.destination.code in {"", coded.destination.code}
    if not same:
        return coded
    departs = own.departs if own.departs and not isinstance(own.departs, Day) else coded.departs
    return msgspec.structs.replace(coded, departs=departs, arrives=own.arrives, carrier=own.carrier, seat=coded.seat or own.seat)


def _timed(leg: Leg, relevant: Moment | None, fields: Fields, gathered: Gathered, where: str) -> Leg:
    """A ticket begins when it is relevant. A boarding pass may be relevant long before it departs: that gives its day and no time."""
    if relevant is None or (leg.departs is not None and not isinstance(leg.departs, Day)):
        return leg
    if leg.kind is LegKind.EVENT:
        return msgspec.structs.replace(leg, departs=leg.departs or relevant)
    gathered.note(where, Reason.RELEVANT_ONLY, what=_shown(relevant), text=fields.as_text())
    return msgspec.structs.replace(leg, departs=leg.departs or Day(on=as_day(relevant)))


def _shown(moment: Moment) -> str:
    return moment.local.isoformat() if isinstance(moment, Instant) else moment.on.isoformat()
