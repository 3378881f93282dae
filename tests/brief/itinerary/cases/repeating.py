"""Entries that repeat: rules, exceptions, extra dates, single changes, across changes of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.brief.itinerary.cases.calendars import calendar, entry, event
from tests.brief.itinerary.cases.journeys import Case, TrueLeg, When, at

ZONE = "Australia/Lord_Howe"


def on_clock(*days: str, clock: str = "10:15", zone: str = ZONE, minutes: int = 60) -> tuple[TrueLeg, ...]:
    """The truth: an hour from *clock* on each of *days*, by the clocks of the zone."""
    legs = []
    for day in days:
        begin = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        legs.append(event("Jour fixe", at(begin, zone), at(begin + timedelta(minutes=minutes), zone)))
    return tuple(legs)


def series(day: str, *rules: str) -> str:
    start = day.replace("-", "")
    return entry("s", f"DTSTART;TZID={ZONE}:{start}T101500", f"DTEND;TZID={ZONE}:{start}T111500", *rules, "SUMMARY:Jour fixe")


def changed(day: str, *lines: str) -> str:
    return entry("s", f"RECURRENCE-ID;TZID={ZONE}:{day.replace('-', '')}T101500", *lines, "SUMMARY:Jour fixe")


def cases() -> list[Case]:
    """Each rule with the days it means, written down by hand."""
    weekly = series("2026-09-20", "RRULE:FREQ=WEEKLY;COUNT=4")
    four = ("2026-09-20", "2026-09-27", "2026-10-04", "2026-10-11")  # clocks go forward there on 4 October
    moved = changed(four[1], "DTSTART:20260928T000000Z", "DURATION:PT1H")
    moved_leg = event("Jour fixe", at(datetime(2026, 9, 28, tzinfo=UTC), "UTC"), at(datetime(2026, 9, 28, 1, tzinfo=UTC), "UTC"))
    gone = changed(four[1], f"DTSTART;TZID={ZONE}:20260927T101500", "DURATION:PT1H", "STATUS:CANCELLED")
    gone_leg = TrueLeg(fields=on_clock(four[1])[0].fields | {"cancelled": True})
    by_rule = {
        "weekly": ("2026-09-20", "FREQ=WEEKLY;COUNT=4", four),
        "until-utc": ("2026-09-20", "FREQ=WEEKLY;UNTIL=20261010T231500Z", four),
        "until-day": ("2026-09-20", "FREQ=WEEKLY;UNTIL=20261010", four[:3]),
        "two-days": ("2026-12-01", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", ("2026-12-01", "2026-12-03", "2026-12-08")),
        "every-other": ("2026-12-01", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=3", ("2026-12-01", "2026-12-13", "2026-12-15")),
        "last-friday": ("2026-11-27", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ("2026-11-27", "2026-12-25", "2027-01-29")),
        "day-31": ("2026-12-31", "FREQ=MONTHLY;COUNT=3", ("2026-12-31", "2027-01-31", "2027-03-31")),
        "last-day": ("2026-12-31", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ("2026-12-31", "2027-01-31", "2027-02-28")),
        "last-workday": ("2026-11-30", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ("2026-11-30", "2026-12-31")),
        "leap-day": ("2024-02-29", "FREQ=YEARLY;COUNT=2", ("2024-02-29", "2028-02-29")),
        "third-days": ("2026-12-30", "FREQ=DAILY;INTERVAL=3;COUNT=3", ("2026-12-30", "2027-01-02", "2027-01-05")),
        "yearly-nth": ("2026-10-25", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;COUNT=2", ("2026-10-25", "2027-10-31")),
    }
    made = [Case(f"rule-{name}", calendar(series(day, f"RRULE:{rule}")), on_clock(*days)) for name, (day, rule, days) in by_rule.items()]
    without = series(four[0], "RRULE:FREQ=WEEKLY;COUNT=4", f"EXDATE;TZID={ZONE}:20260927T101500", "EXDATE:20261003T231500Z")
    extra = series("2026-09-20", f"RDATE;TZID={ZONE}:20261001T101500,20261105T101500")
    day = When(day=date(2026, 12, 24)), When(day=date(2027, 12, 24))
    yearly = entry("d", "DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=YEARLY;COUNT=2", "SUMMARY:Jour fixe")
    hourly = series("2026-12-01", "RRULE:FREQ=HOURLY;COUNT=3")
    night = entry("n", "DTSTART;TZID=Europe/London:20261024T233000", "DTEND;TZID=Europe/London:20261025T003000")
    return [
        *made,
        Case("without", calendar(without), on_clock(four[0], four[3])),
        Case("extra", calendar(extra), on_clock("2026-09-20", "2026-10-01", "2026-11-05")),
        Case("moved", calendar(weekly, moved), (*on_clock(four[0], four[2], four[3]), moved_leg)),
        Case("moved-first-in-file", calendar(moved, weekly), (*on_clock(four[0], four[2], four[3]), moved_leg)),
        Case("one-cancelled", calendar(weekly, gone), (*on_clock(four[0], four[2], four[3]), gone_leg)),
        Case("yearly-day", calendar(yearly), tuple(event("Jour fixe", one, one) for one in day)),
        Case("hourly-is-not-followed", calendar(hourly), on_clock("2026-12-01"), 1),
        Case("newer-version", calendar(series("2026-12-01"), series("2026-12-08", "SEQUENCE:2")), on_clock("2026-12-08")),
        Case(
            "over-midnight",
            calendar(night),
            (
                event(
                    "",
                    at(datetime(2026, 10, 24, 22, 30, tzinfo=UTC), "Europe/London"),
                    at(datetime(2026, 10, 24, 23, 30, tzinfo=UTC), "Europe/London"),
                ),
            ),
        ),
    ]
