"""Targets: what people hand to the desk about trips and reports: calendars, bookings, passes, tables, mails, advice, contacts, settings."""

import contextlib
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

import msgspec

from gifthorse.assess.case_files import read_cases
from gifthorse.brief.advice import canada, confined, gov_uk, us_state  # noqa: F401 - read_advice imports the readers when it needs them
from gifthorse.brief.advice.reading import read_advice
from gifthorse.brief.blocks import read_library
from gifthorse.brief.duties.bulk_rows import bulk_rows, read_columns
from gifthorse.brief.duties.packs import read_pack
from gifthorse.brief.itinerary import ready
from gifthorse.brief.itinerary.boarding_codes import codes_in, gather_codes
from gifthorse.brief.itinerary.broken_rows import safe_cell
from gifthorse.brief.itinerary.calendar_events import read_calendar
from gifthorse.brief.itinerary.gathering import Around, Gathered
from gifthorse.brief.itinerary.read import _read, read_itinerary
from gifthorse.brief.itinerary.recurrences import rule_in
from gifthorse.brief.itinerary.table import read_table
from gifthorse.brief.itinerary.text import as_text
from gifthorse.brief.itinerary.written_dates import Ambiguous, tells_order, written_date
from gifthorse.brief.itinerary.zones import zone_named
from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.report.answers import ContactGiven
from gifthorse.report.contact_details import contact_facts
from gifthorse.report.favour_policy import read_policy
from gifthorse.report.forwarded_by import is_shown_to_be_from
from gifthorse.report.interview import BadInterview, read_interview
from gifthorse.report.invitation import card
from gifthorse.report.invitation_card import Dealings, Receiving
from gifthorse.report.mail_calendar import calendar_content
from gifthorse.report.mail_reading import read_mail
from gifthorse.report.retention import read_schedule
from tests.brief.itinerary.cases import bookings, calendars, passes, repeating, tables
from tests.brief.itinerary.cases.journeys import HOME, REFERENCE, Case
from tests.fuzz.target import Target, require
from tests.report import mails
from tests.samples.coded_cases import CODED_CASES

AROUND = Around(day=REFERENCE, home_zone=HOME)
FETCHED = datetime(2026, 11, 2, 8, tzinfo=UTC)
KNOWN = {"opticsforum.example": "Optics Forum", "kestrelworks.example": "Kestrel Works"}
RECEIVING = Receiving(servers=frozenset({mails.OURS}), own_domains=frozenset({"kestrelworks.example"}))
REFUSED = (NotAccepted,)
PAGE = (
    '<p>Dear colleague, we pay your fee and your flight. <a href="https://opticsforum.example.evil.test/x">opticsforum.example</a>'
    '<form action="http://192.0.2.7/a"></form><img alt="Register today"><!-- -->'
    '<a href="https://xn--optcs-yqa.example/">now</a></p>'
)


def told(gathered: Gathered, read_as: str) -> None:
    itinerary = gathered.finished(read_as)
    for note in itinerary.not_read:
        note.in_words().in_english()
        safe_cell(note.where)
    msgspec.json.encode(itinerary)


def trip(untrusted_input: bytes) -> None:
    """Any file, by the entry that tells them apart."""
    itinerary = read_itinerary(untrusted_input, "a", reference_day=REFERENCE, home_zone=HOME)
    require(itinerary.legs or itinerary.not_read, "a trip of nothing")


def calendar(untrusted_input: bytes) -> None:
    gathered = Gathered()
    read_calendar(as_text(untrusted_input), AROUND, gathered)
    told(gathered, "calendar")


def table(untrusted_input: bytes) -> None:
    gathered = Gathered()
    read_table(as_text(untrusted_input), gathered)
    told(gathered, "table")


def codes(untrusted_input: bytes) -> None:
    gathered = Gathered()
    gather_codes(codes_in(as_text(untrusted_input).splitlines()), AROUND, gathered, "a")
    told(gathered, "boarding pass")


def wallet(untrusted_input: bytes) -> None:
    """A pass whose `pass.json` and one translation are the input."""
    gathered = Gathered()
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("pass.json", untrusted_input)
        made.writestr("en.lproj/pass.strings", untrusted_input)
    told(gathered, _read(out.getvalue(), AROUND, gathered, "a", 0))


def dates(untrusted_input: bytes) -> None:
    text = untrusted_input.decode("utf-8", "replace")
    for line in text.splitlines()[:20]:
        for day_first in (None, True, False):
            with contextlib.suppress(Ambiguous):
                written_date(line, day_first=day_first)
        tells_order(line)
        rule_in(line)
        zone_named(line)


def mail(untrusted_input: bytes) -> None:
    """A mail, and the card that a person sees of it."""
    found = read_mail(untrusted_input)
    seen = card(found, RECEIVING, KNOWN, Dealings())
    for line in seen.lines:
        require(line.saw.in_english() and line.reason.in_english(), "a line that says nothing")
    msgspec.json.encode(seen)
    is_shown_to_be_from(found.sender.address, found.authentication, RECEIVING.servers)


def meeting(untrusted_input: bytes) -> None:
    calendar_content(untrusted_input.decode("utf-8", "replace"))


def authentication(untrusted_input: bytes) -> None:
    """A mail whose results of SPF, DKIM and DMARC are the input."""
    mail(b"Authentication-Results: " + untrusted_input + b"\r\n" + mails.mail())


def contact(untrusted_input: bytes) -> None:
    given = untrusted_input.decode("utf-8", "replace")
    found = contact_facts(ContactGiven(name="Ada", reach=given))
    require(found is not None, "a contact without a fact")


def advice(untrusted_input: bytes) -> None:
    read_advice(untrusted_input, FETCHED)


def bundle(untrusted_input: bytes) -> None:
    confined.read_with(untrusted_input, confined.Asked())


def columns(untrusted_input: bytes) -> None:
    text = untrusted_input.decode("utf-8", "replace")
    for line in bulk_rows([{"purpose": text, "places": text[::-1]}]).decode().split("\r\n"):
        require(not line.startswith(('"=', '"+', '"-', '"@')), "a cell that a spreadsheet computes")
    bulk_rows([{"purpose": "a"}], read_columns(untrusted_input))


def settings(untrusted_input: bytes) -> None:
    """Every file of settings that an office may bring; each reader has its own errors, and no others."""
    readers: tuple[tuple[Callable[[bytes], object], tuple[type[Exception], ...]], ...] = (
        (read_pack, (Unreadable,)),
        (lambda body: read_library([body]), (Unreadable,)),
        (read_interview, (BadInterview,)),
        (read_policy, (msgspec.MsgspecError, UnicodeDecodeError)),
        (read_schedule, (msgspec.MsgspecError, UnicodeDecodeError)),
    )
    for read, allowed in readers:
        try:
            read(untrusted_input)
        except allowed:
            continue


def case_file(untrusted_input: bytes) -> None:
    read_cases(untrusted_input)


def contents(cases: list[Case], most: int = 12) -> list[bytes]:
    """A few of *cases*, spread over them, none of them long."""
    short = [case.content for case in cases if len(case.content) < 8000]
    return short[:: max(1, len(short) // most)]


@cache
def trips() -> list[bytes]:
    return [
        *contents(calendars.of_writing(), 4),
        *contents(bookings.of_flights(), 6),
        *contents(bookings.of_shapes(), 60),
        *contents(bookings.other_kinds(), 20),
        *contents(passes.of_codes(), 4),
        *contents(passes.of_pdfs(), 3),
        *contents(passes.of_passes(), 8),
        *contents(tables.of_habits(), 4),
    ]


@cache
def calendar_files() -> list[bytes]:
    made = (calendars.by_zone(), calendars.of_flights(), calendars.of_days(), calendars.of_own_zones(), calendars.of_writing())
    return [seed for cases in (*made, repeating.cases()) for seed in contents(cases, 8)]


def passes_inside() -> list[bytes]:
    opened = (zipfile.ZipFile(BytesIO(case.content)) for case in passes.of_passes() if case.content.startswith(b"PK"))
    strings = b'"gate" = "Gate";\n"name" = "Name \\"x\\"";\n'
    return [*(made.read("pass.json") for made in opened if "pass.json" in made.namelist()), strings]


def written() -> list[bytes]:
    return [
        b"3 March 2026 14:05\n2026-03-01T10:00:00+05:45\n03/04/26 7:30 pm",
        b"FREQ=WEEKLY;BYDAY=MO,-1FR;UNTIL=20270101T000000Z;INTERVAL=2\nEurope/Berlin\nMo., 2. Okt. 2026 um 9 Uhr",
    ]


def mail_files() -> list[bytes]:
    one = mails.mail(html=PAGE, headers=(mails.authenticated(), ("Reply-To", "Ada <a@other.example>")), attachments=(("a.exe", "a/b"),))
    other = mails.mail(sender="=?utf-8?q?Ada?= <a@opticsf0rum.example>", headers=(mails.authenticated("fail"),), html=PAGE)
    return [one, other, mails.forwarded(one), mails.mail()]


def meetings() -> list[bytes]:
    lines = (
        "BEGIN:VEVENT",
        'ORGANIZER;CN="Ada, Lind";X=1:mailto:ada@opticsforum.example',
        "SUMMARY;LANGUAGE=en:A talk\\, paid\\nfor",
        "URL:https://opticsforum.example/",
        "  x",
        "END:VEVENT",
    )
    return ["\r\n".join(lines).encode()]


def results() -> list[bytes]:
    told_by_others = b"mx.other.example/1; none, x; dkim=pass (a (b) c) header.i=@opticsforum.example; iprev=fail"
    return [mails.authenticated()[1].encode(), mails.authenticated("softfail")[1].encode(), told_by_others]


def reached() -> list[bytes]:
    return [b"+49 30 1234567, ada@opticsforum.example or Signal: @ada\nhttps://social.example/ada; wechat ada_lind; by the door"]


def fetched() -> list[bytes]:
    folder = Path(__file__).parents[1] / "samples" / "advice"
    return [file.read_bytes() for file in sorted(folder.iterdir()) if file.stat().st_size < 1 << 16]


def bundles() -> list[bytes]:
    return [msgspec.json.encode([confined.AdviceFile(name="a", retrieved=FETCHED, body=body) for body in fetched()[:2]])]


def column_files() -> list[bytes]:
    return [b'[{"heading":"Name","field":"family_name"},{"heading":"Office","always":"=1"}]', "＝1+1\t@SUM(A1)\n-2".encode()]


def setting_files() -> list[bytes]:
    report, brief = files("gifthorse.report") / "data", files("gifthorse.brief") / "data"
    few = [entry for folder in (brief / "duties", brief / "blocks", report / "interviews") for entry in by_name(folder)[:3]]
    bodies = [(report / name).read_bytes() for name in ("favour_policy.json", "retention.json")]
    return [body for body in (*bodies, *(entry.read_bytes() for entry in few)) if len(body) < 1 << 15]


def by_name(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)


ready.load()  # zones and encodings are in memory, as they are in the confined process
TARGETS = (
    Target(name="brief.trip", parse=trip, seeds=trips, allowed=REFUSED, tries=300),
    Target(name="brief.calendar", parse=calendar, seeds=calendar_files, allowed=REFUSED, tries=300),
    Target(
        name="brief.table", parse=table, seeds=lambda: contents([*tables.of_flights(), *tables.of_habits()]), allowed=REFUSED, tries=300
    ),
    Target(name="brief.boarding-codes", parse=codes, seeds=lambda: contents(passes.of_codes()), allowed=REFUSED, tries=300),
    Target(name="brief.wallet", parse=wallet, seeds=passes_inside, allowed=REFUSED, tries=300),
    Target(name="brief.dates", parse=dates, seeds=written),
    Target(name="brief.advice", parse=advice, seeds=fetched, allowed=(Unreadable,), tries=200),
    Target(name="brief.advice-bundle", parse=bundle, seeds=bundles, allowed=REFUSED, tries=200),
    Target(name="brief.columns", parse=columns, seeds=column_files, allowed=(NotAccepted, Unreadable)),
    Target(name="assess.case-file", parse=case_file, seeds=lambda: [CODED_CASES], allowed=(NotAccepted,)),
    Target(name="rooms.settings", parse=settings, seeds=setting_files, tries=200),
    Target(name="report.mail", parse=mail, seeds=mail_files, allowed=(Unreadable,), tries=300),
    Target(name="report.mail-authentication", parse=authentication, seeds=results, allowed=(Unreadable,), tries=300),
    Target(name="report.meeting", parse=meeting, seeds=meetings),
    Target(name="report.contact", parse=contact, seeds=reached),
)
