"""The desk reminds people: of a debrief on return and 1, 3 and 7 mornings later, of the thirtieth day, and of duties.

A reminder is made when its moment has come, and only when nobody has done the thing by then. When the last was made stands among the
notices themselves, so a restart makes none twice.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db.models import Q

from gifthorse.model.roles import DESK_ITSELF, Procedure, Relation
from gifthorse.model.trips import DutyState
from gifthorse.procedures.acting import act, now
from gifthorse.procedures.debriefs_due import NOT_MADE
from gifthorse.procedures.house_settings import QUIET_HOURS, setting
from gifthorse.procedures.notices import NoticeKind, notify, quiet_hours
from gifthorse.report.answering import REMINDER_DAYS, QuietHours, check_in_at, debrief_reminders
from gifthorse.store.tables.duty import Duty
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.placement import Placement
from gifthorse.store.tables.trip import Traveller

AFTER_RETURN: Final = timedelta(days=max(REMINDER_DAYS) + 14)
AFTER_CHECK_IN: Final = timedelta(days=45)
BEFORE_DUTY: Final = timedelta(days=1)
MOST: Final = 500


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """That *person* is to hear of *subject*."""

    person: str
    kind: NoticeKind
    subject: str


def make_reminders() -> int:
    """How many reminders were made, each on record in an entry of its own."""
    due = list(_due(now()))[:MOST]
    for reminder in due:
        with act(DESK_ITSELF, Procedure.SEND_NOTICES, Relation.OTHERS, subject=reminder.subject) as deed:
            notify(deed, [reminder.person], reminder.kind, reminder.subject)
    return len(due)


def _due(moment: datetime) -> Iterator[Reminder]:
    travellers = list(_travellers(moment))
    duties = list(_duties(moment))
    subjects = {row.trip_id for row in travellers} | {row.pk for row in duties}
    rows = Notice.objects.filter(subject__in=subjects).order_by("created_at").values_list("person_id", "kind", "subject", "created_at")
    made = {(person, kind, subject): at for person, kind, subject, at in rows}
    quiet = _quiet({row.person_id for row in travellers})
    for row in travellers:
        hours = quiet[row.person_id]
        yield from _debrief(row, hours, moment, made.get((row.person_id, NoticeKind.DEBRIEF_DUE.value, row.trip_id)))
        asked = made.get((row.person_id, NoticeKind.CHECK_IN_DUE.value, row.trip_id))
        if row.checked_in_at is None and not asked and check_in_at(row.trip.ends_at.astimezone(hours.zone).date(), hours) <= moment:
            yield Reminder(person=row.person_id, kind=NoticeKind.CHECK_IN_DUE, subject=row.trip_id)
    for duty in duties:
        if not made.get((duty.person_id, NoticeKind.DUTY_DUE.value, duty.pk)):
            yield Reminder(person=duty.person_id, kind=NoticeKind.DUTY_DUE, subject=duty.pk)


def _debrief(row: Traveller, hours: QuietHours, moment: datetime, last: datetime | None) -> Iterator[Reminder]:
    """One reminder when one fell due since the last was made: after a standstill of the desk nobody gets four at once."""
    if row.debriefed_at is None and moment < row.trip.ends_at + AFTER_RETURN:
        fallen = [one for one in debrief_reminders(row.trip.ends_at, hours) if one <= moment]
        if fallen and (last is None or last < fallen[-1]):
            yield Reminder(person=row.person_id, kind=NoticeKind.DEBRIEF_DUE, subject=row.trip_id)


def _travellers(moment: datetime) -> Iterator[Traveller]:
    ended = Traveller.objects.filter(ended=False, trip__ends_at__lte=moment, trip__ends_at__gte=moment - AFTER_CHECK_IN).exclude(
        trip__state__in=NOT_MADE
    )
    owing = ended.filter(Q(debriefed_at__isnull=True) | Q(checked_in_at__isnull=True))
    yield from owing.select_related("trip").order_by("trip__ends_at", "pk")


def _duties(moment: datetime) -> Iterator[Duty]:
    yield from Duty.objects.filter(state=DutyState.OPEN.value, due_at__lte=moment + BEFORE_DUTY, due_at__gte=moment - BEFORE_DUTY).order_by(
        "due_at", "pk"
    )


def _quiet(people: set[str]) -> dict[str, QuietHours]:
    told = setting(QUIET_HOURS)
    zones = dict(Placement.objects.filter(person_id__in=people).values_list("person_id", "zone"))
    return {person: quiet_hours(told, zones.get(person, "")) for person in people}
