"""Notices: that something waits, never what. They keep the quiet hours of whoever gets them, unless somebody is in danger."""

from collections.abc import Iterable
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from gifthorse.model.reports import ReportKind
from gifthorse.procedures.acting import Deed
from gifthorse.procedures.house_settings import QUIET_HOURS, setting
from gifthorse.procedures.tellers import officers
from gifthorse.report.answering import QuietHours, clock_of, rings_at
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.placement import Placement
from gifthorse.store.tables.report import Report


class NoticeKind(StrEnum):
    """What a notice says, in one neutral sentence each."""

    NEW_REPORT = "new-report"
    SEALED_REPORT = "sealed-report"
    STAND_IN = "stand-in"
    ANSWER = "answer"
    WRITTEN = "written"  # the reporter or traveller wrote
    TRIP_TO_DECIDE = "trip-to-decide"
    TRIP_DECIDED = "trip-decided"
    BRIEF_READY = "brief-ready"
    DEBRIEF_DUE = "debrief-due"
    CHECK_IN_DUE = "check-in-due"
    DUTY_DUE = "duty-due"
    DIGEST = "digest"
    MAIL_TAKEN = "mail-taken"  # a mail from their address became a report of theirs
    MAIL_HELD = "mail-held"  # a mail in their name waits for their word
    ERASURE_ASKED = "erasure-asked"  # to the custodian


def notify(
    deed: Deed, people: Iterable[str], kind: NoticeKind, subject: str, *, ready_at: datetime | None = None, urgent: bool = False
) -> None:
    """A notice waits for each of *people*, until *ready_at* (now, unless given) and the end of their quiet hours."""
    told = sorted(set(people))
    zones = dict(Placement.objects.filter(person_id__in=told).values_list("person_id", "zone"))
    hours = setting(QUIET_HOURS)
    for person in told:
        quiet = quiet_hours(hours, zones.get(person, ""))
        moment = rings_at(ready_at or deed.moment, quiet, urgent=urgent)
        deed.keep(Notice(person_id=person, kind=kind.value, subject=subject, not_before=moment))


def notify_officers(deed: Deed, report: Report) -> None:
    """Every officer but the reporter hears that a report came in; at night only when it can't wait."""
    urgent = clock_of(ReportKind(report.kind), urgent=False).around_the_clock
    notify(deed, officers() - {report.reporter_id}, NoticeKind.NEW_REPORT, report.pk, urgent=urgent)


def notify_sealed(deed: Deed, report: Report) -> None:
    """Those who alone may read it hear of it at once, day or night; nobody else does."""
    notify(deed, set(report.sealed_to) - {report.reporter_id}, NoticeKind.SEALED_REPORT, report.pk, urgent=True)


def quiet_hours(told: dict[str, Any], zone: str) -> QuietHours:
    """The house's quiet hours in the zone of one person, UTC where none is known."""
    return QuietHours(zone=ZoneInfo(zone or "UTC"), begins=time.fromisoformat(told["starts"]), ends=time.fromisoformat(told["ends"]))
