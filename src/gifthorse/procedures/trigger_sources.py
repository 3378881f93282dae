"""The facts that triggers rest on, read off the records: trips, leavers, concerns, and what was observed. Nothing of it is scored."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from gifthorse.assess.passing_along import HANDOVER, Chain, Spell, chains
from gifthorse.assess.silence import Occasions
from gifthorse.assess.triggers import CLOSENESS, PRETEXTS, Concern, LeaverContact, PretextApproach, Relationship, SponsoredTrip
from gifthorse.brief.kinds import Payer
from gifthorse.model.observations import Level, Observation
from gifthorse.model.reports import ReportKind
from gifthorse.model.threads import ThreadState
from gifthorse.model.trips import TripState
from gifthorse.procedures.after_change import ASSESS, TRIGGERS
from gifthorse.procedures.tell import as_told
from gifthorse.procedures.unsealed_reports import in_parts
from gifthorse.store.tables.asset import Holding
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.event import Attendance
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.placement import Placement
from gifthorse.store.tables.report import ObservationRow, Report
from gifthorse.store.tables.thread import Standing, Thread
from gifthorse.store.tables.trip import Traveller

NOTICE_MONTHS: Final = 6
OUTSIDE_PAYERS: Final = frozenset({Payer.HOST, Payer.THIRD_PARTY, Payer.MIXED})
UNDECIDED: Final = frozenset({TripState.DRAFT, TripState.SUBMITTED, TripState.CHANGED, TripState.DEVIATED})


class SeenRow(NamedTuple):
    """One observation with its contact: `thread` is the group and the person, as in its Observation."""

    id: str
    contact: str
    group: str
    person: str
    reporter: str
    month: int
    tactics: tuple[str, ...]

    @property
    def thread(self) -> str:
        """As assessment names it."""
        return f"{self.group}/{self.person}"

    @property
    def observation(self) -> Observation:
        """As far as triggers read it."""
        return Observation(month=float(self.month), thread=self.thread, reporter=self.reporter, tactics=self.tactics)


def observed(people: Collection[str] | None = None) -> list[SeenRow]:
    """Every live observation of a contact that isn't out of a sealed report, oldest first; of *people* alone where they are given."""
    if people is None:
        return _rows(ObservationRow.objects.all())
    found = (row for some in in_parts(people) for row in _rows(ObservationRow.objects.filter(subject__in=some)))
    return sorted(found, key=lambda row: (row.month, row.id))


def _rows(of: QuerySet[ObservationRow]) -> list[SeenRow]:
    rows = of.filter(disputed=False, contact__isnull=False, report__is_sealed=False).order_by("month", "id")
    told = rows.values_list("pk", "contact_id", "contact__joined_to", "subject_id", "report__reporter_id", "month", "tactics")
    return [
        SeenRow(pk, contact or "", group or "", person, reporter, month, tuple(tactics))
        for pk, contact, group, person, reporter, month, tactics in told.iterator(chunk_size=5_000)
    ]


def waiting_people() -> tuple[list[int], set[str]]:
    """The keys of what waits, and those of ours whom it touches.

    What still waits to be assessed comes later, when its threads are there.
    """
    later = Awaiting.objects.filter(kind=ASSESS).values("contact")
    waiting = dict(Awaiting.objects.filter(kind=TRIGGERS).exclude(contact__in=later).values_list("pk", "contact"))
    people = {told for told in waiting.values() if told.startswith(f"{Person.PREFIX}-")}
    for some in in_parts(set(waiting.values()) - people):
        groups = list(Contact.objects.filter(pk__in=some).order_by().values_list("joined_to", flat=True).distinct())
        rows = ObservationRow.objects.filter(contact__joined_to__in=groups).order_by()
        people.update(rows.values_list("subject_id", flat=True).distinct())
    return list(waiting), people


def leaving_people() -> set[str]:
    """Those of ours of whom a last day is known."""
    return set(Placement.objects.filter(leaving_on__isnull=False).values_list("person_id", flat=True))


def sponsored_trips() -> list[SponsoredTrip]:
    """The trips that somebody outside pays and nobody has answered yet, one entry for each traveller."""
    paid = Q(trip__sponsored=True) | Q(trip__payer__in=[payer.value for payer in OUTSIDE_PAYERS])
    rows = Traveller.objects.filter(paid, ended=False, trip__state__in=[state.value for state in UNDECIDED])
    told = list(rows.values_list("pk", "person_id", "trip__starts_at"))
    held: dict[str, list[str]] = defaultdict(list)
    for person, element in Holding.objects.filter(person__in={row[1] for row in told}, ended=False).values_list("person_id", "element_id"):
        held[person].append(element)
    return [
        SponsoredTrip(
            id=pk,
            person=person,
            month=float(_month(starts.date())),
            outside_payer=True,
            elements_held=tuple(sorted(held[person])),
        )
        for pk, person, starts in told
    ]


def leavers(seen: Sequence[SeenRow], today: date) -> list[LeaverContact]:
    """The approaches to people who are leaving or have left; one entry for each observation."""
    leaving = Placement.objects.filter(leaving_on__isnull=False).values_list("person_id", "leaving_on")
    last_days = {person: day for person, day in leaving if day is not None}
    return [
        LeaverContact(
            id=row.id,
            person=row.person,
            notice_month=float(_month(last_days[row.person]) - NOTICE_MONTHS),
            contact_month=float(row.month),
            left_month=float(_month(last_days[row.person])) if last_days[row.person] <= today else None,
        )
        for row in seen
        if row.person in last_days
    ]


def relationships(seen: Sequence[SeenRow]) -> list[Relationship]:
    """Closeness that somebody else told of; what the colleague told themselves counts as declared."""
    told: dict[str, list[SeenRow]] = defaultdict(list)
    for row in seen:
        if CLOSENESS.intersection(row.tactics):
            told[row.thread].append(row)
    threads = thread_ids(row for rows in told.values() for row in rows)
    found = []
    for thread, rows in told.items():
        others = [row for row in rows if row.reporter != row.person]
        if others and thread in threads:
            declared = len(others) < len(rows)
            found.append(
                Relationship(id=threads[thread], thread=thread, person=others[0].person, told_by=others[0].reporter, declared=declared)
            )
    return found


def close_rows(seen: Sequence[SeenRow]) -> dict[str, tuple[str, ...]]:
    """The ids of the observations of closeness in each thread that has some, as assessment names it."""
    told: dict[str, list[str]] = defaultdict(list)
    for row in seen:
        if CLOSENESS.intersection(row.tactics):
            told[row.thread].append(row.id)
    return {thread: tuple(rows) for thread, rows in told.items()}


def concerns(known: Mapping[str, str] | None = None) -> list[Concern]:
    """What colleagues worry about; the report was only taken because it names a behaviour.

    Reports in *known*, with whom each is about, needn't be opened again.
    """
    of_kind = Report.objects.filter(kind=ReportKind.COLLEAGUE_CONCERN.value, is_sealed=False, answers__erased=False)
    seen = {pk: told_by for pk, told_by in of_kind.order_by().values_list("pk", "reporter_id") if pk in (known or {})}
    found = [Concern(id=pk, person=(known or {})[pk], told_by=told_by, behaviour_told=True) for pk, told_by in seen.items()]
    for report in of_kind.exclude(pk__in=seen).select_related("answers__key"):
        told = as_told(report)
        people = [person for answer in told.given for person in answer.chosen if person.startswith(f"{Person.PREFIX}-")] if told else []
        if people:
            found.append(Concern(id=report.pk, person=people[0], told_by=report.reporter_id, behaviour_told=True))
    return found


def occasions(today: date) -> tuple[list[Occasions], dict[str, str]]:
    """The threads worth watching with the months in which both could have met again, and whom each is about."""
    rows = Standing.objects.exclude(level=Level.NONE.value).filter(thread__state=ThreadState.OPEN.value)
    told = list(rows.values_list("thread_id", "thread__person_id", "level", "last_month"))
    months: dict[str, set[float]] = defaultdict(set)
    people = {row[1] for row in told}
    for person, ends in Traveller.objects.filter(person__in=people, ended=False).values_list("person_id", "trip__ends_at"):
        months[person].add(float(_month(ends.date())))
    visits = Attendance.objects.filter(person__in=people, ended=False, event__ends_on__lte=today)
    for person, day in visits.values_list("person_id", "event__ends_on"):
        months[person].add(float(_month(day)))
    return [
        Occasions(thread=thread, level=Level(level), last_report_month=float(last), occasion_months=tuple(sorted(months[person])))
        for thread, person, level, last in told
    ], {row[0]: row[1] for row in told}


def pretexts(seen: Sequence[SeenRow]) -> list[PretextApproach]:
    """Every approach under a pretext; contacts that are joined are one."""
    return [
        PretextApproach(id=row.id, person=row.person, month=float(row.month), pretext=tactic, contact=row.group)
        for row in seen
        for tactic in row.tactics
        if tactic in PRETEXTS
    ]


def chains_of(seen: Sequence[SeenRow]) -> tuple[Chain, ...]:
    """Contacts of one of ours that took over from each other."""
    spells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(seen):
        spells[row.contact, row.person].append(place)
    return chains(
        Spell(
            thread=seen[places[0]].thread,
            person=person,
            contact=contact,
            first_month=float(seen[places[0]].month),
            last_month=float(seen[places[-1]].month),
            cluster=seen[places[0]].group,
            handed_over=any(HANDOVER in seen[place].tactics for place in places),
            observations=tuple(places),
        )
        for (contact, person), places in spells.items()
    )


def thread_ids(seen: Iterable[SeenRow]) -> dict[str, str]:
    """The id of each thread, by how assessment names it."""
    return {
        f"{contact}/{person}": pk
        for some in in_parts({row.group for row in seen})
        for contact, person, pk in Thread.objects.filter(contact__in=some).values_list("contact_id", "person_id", "pk")
    }


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
