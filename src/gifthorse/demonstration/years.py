"""Two years of the fictional organisation's life, played through the same procedures as everybody's, in the order in which they happen."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Final

from django.db import transaction

from gifthorse.demonstration import journeys, know_how, told
from gifthorse.demonstration.colleagues import colleagues
from gifthorse.model.register import EventFacts, StaffField, StaffList
from gifthorse.model.reports import ReportKind, ReportOutcome
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.model.threads import LinkState
from gifthorse.procedures import (
    close_report,
    decide_link,
    decide_trip,
    import_people,
    keep_events,
    keep_know_how,
    plan_trip,
    suggest_links,
    tell,
    view_brief,
    write_letter,
)
from gifthorse.procedures.acting import as_of
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.contact import Link

SEED: Final = 20261128
YEARS: Final = 2
PEOPLE: Final = 191  # beside the nine who have accounts with a password
TRIPS: Final = 460
REPORTS: Final = 330
DEBRIEFED: Final = 0.86
ABOUT_KNOW_HOW: Final = frozenset({"how", "documents", "pictures"})
Deed = Callable[[], object]


@dataclass
class Life:
    """What is to happen, and who is there."""

    draw: random.Random
    now: datetime
    officers: tuple[Actor, ...]
    admin: Actor
    staff: list[Actor] = field(default_factory=list)
    elements: dict[str, str] = field(default_factory=dict)
    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    deeds: list[tuple[datetime, int, Deed]] = field(default_factory=list)

    def at(self, moment: datetime, deed: Deed) -> None:
        """*deed* happens at *moment*, unless that is still to come."""
        if moment < self.now:
            self.deeds.append((moment, len(self.deeds), deed))

    @property
    def start(self) -> datetime:
        """When the two years begin."""
        return self.now - timedelta(days=365 * YEARS)


def live(
    now: datetime, *, officers: tuple[Actor, ...], admin: Actor, people: int = PEOPLE, trips: int = TRIPS, reports: int = REPORTS
) -> int:
    """How many deeds were done; the organisation looks like one that has used the desk for two years."""
    life = Life(random.Random(SEED), now, officers, admin)  # noqa: S311 - a story, not a secret
    with as_of(life.start):
        _hire(life, people)
        _learn(life)
    _gather(life)
    _travel(life, trips)
    _tell(life, reports)
    _grow_acquaintances(life)
    return _play(life)


def _play(life: Life) -> int:
    """The deeds in their order; those of one day share a transaction, since each would wait for the disk."""
    ordered = sorted(life.deeds, key=lambda deed: deed[:2])
    for day, deeds in groupby(ordered, key=lambda deed: deed[0].date()):
        # what follows a commit, such as assessing what was told, happens in the evening of that day
        with as_of(min(datetime.combine(day, time(23, 30), UTC), life.now)), transaction.atomic():
            for moment, _number, deed in deeds:
                with as_of(moment):
                    deed()
    return len(ordered)


def _hire(life: Life, people: int) -> None:
    staff = StaffList(columns=frozenset(StaffField), entries=colleagues(life.draw, people, life.now.date()))
    preview = import_people.preview(life.admin, staff)
    import_people.apply(life.admin, staff, seen=preview.digest, close_gone=False)
    known = Account.objects.exclude(person_id__in=[actor.person for actor in (*life.officers, life.admin)]).order_by("username")
    life.staff = [Actor(person=account.person_id, roles=frozenset({Role.STAFF})) for account in known if Role.STAFF.value in account.roles]


def _learn(life: Life) -> None:
    officer = life.officers[0]
    for facts, elements in know_how.ASSETS:
        asset = keep_know_how.add_asset(officer, facts)
        for title, kind, protection, weight, line, reference in elements:
            shape = know_how.shape_of(kind, protection, weight)
            element = keep_know_how.add_element(officer, asset.pk, shape, know_how.facts_of(title, line, reference))
            life.elements[title] = element.pk
            held_by = [actor.person for actor in life.draw.sample(life.staff, 4)] + [actor.person for actor in life.staff[:5]]
            keep_know_how.set_holders(officer, element.pk, held_by)
            life.holders[element.pk] = tuple(held_by)
    for party, about, held in know_how.PARTIES:
        keep_know_how.add_party(officer, party, about, [life.elements[title] for title in held if title in life.elements])


def _gather(life: Life) -> None:
    for shape, facts in journeys.gatherings(life.start.date(), YEARS):
        people = [actor.person for actor in life.draw.sample(life.staff, life.draw.randint(4, 14))]
        moment = _moment(life, shape.starts_on - timedelta(days=30))

        def gather(shape: keep_events.EventShape = shape, facts: EventFacts = facts, people: list[str] = people) -> None:
            event = keep_events.add_event(life.officers[0], shape, facts)
            keep_events.add_attendees(life.officers[0], event.pk, people)

        life.at(moment, gather)


def _travel(life: Life, trips: int) -> None:
    days = 365 * YEARS + 20
    for _number in range(trips):
        traveller = life.draw.choice(life.staff)
        starts_on = life.start.date() + timedelta(days=life.draw.randrange(40, days))
        _one_trip(life, traveller, starts_on)


def _one_trip(life: Life, traveller: Actor, starts_on: date) -> None:
    content = journeys.trip(life.draw, starts_on)
    planned = _moment(life, starts_on - timedelta(days=life.draw.randint(5, 35)))
    elements = tuple(element for element, people in life.holders.items() if traveller.person in people)[:2]
    officer, kept = life.draw.choice(life.officers), {}

    def plan() -> None:
        party = plan_trip.Party(people=(traveller.person,), carried={traveller.person: elements} if elements else {})
        kept["trip"] = plan_trip.plan(traveller, content, party).pk

    life.at(planned, plan)
    if life.draw.random() < 0.04:
        life.at(planned + timedelta(days=1), lambda: plan_trip.cancel(traveller, kept["trip"], "The meeting moved online."))
        return
    life.at(planned + timedelta(hours=life.draw.randint(3, 60)), lambda: decide_trip.approve(officer, kept["trip"]))
    if life.draw.random() < 0.85:
        life.at(planned + timedelta(days=3), lambda: view_brief.acknowledge(traveller, kept["trip"]))
    returned = content.legs[-1].arrives
    assert returned is not None
    ended = datetime.combine(starts_on, time(18), UTC) + timedelta(days=7)
    if life.draw.random() < DEBRIEFED:
        answers = _debrief(life)
        moment = ended + timedelta(hours=life.draw.randint(6, 90))
        quiet = answers["anything"] == ["nothing"]
        _one_report(life, traveller, moment, ReportKind.DEBRIEF, answers, kept=kept, answered=not quiet)


def _debrief(life: Life) -> told.Answers:
    if life.draw.random() < 0.82:
        return {"anything": ["nothing"]}
    return {
        "anything": ["something"],
        "avoided": [life.draw.choice(("no", "event", "pushy"))],
        "paid": [life.draw.choice(("no", "meal", "meal", "gift"))],
        "worth": ["small"],
        "things": ["no"],
        "again": [life.draw.choice(("no", "maybe", "yes"))],
        "wanted": [life.draw.choice(("nothing", "public", "public", "me"))],
        "private": ["no"],
        "known": ["present"],
        "contact": told.outsider(life.draw),
    }


def _tell(life: Life, reports: int) -> None:
    for _number in range(reports):
        day = life.start.date() + timedelta(days=life.draw.randrange(5, 365 * YEARS))
        kind, answers = told.ordinary(life.draw)
        _one_report(life, life.draw.choice(life.staff), _moment(life, day), kind, answers, benign=True)


def _one_report(
    life: Life,
    reporter: Actor,
    moment: datetime,
    kind: ReportKind,
    answers: told.Answers,
    *,
    benign: bool = True,
    answered: bool = True,
    kept: dict[str, str] | None = None,
) -> None:
    """Somebody tells, is answered and, when it was nothing, it is closed; *kept* knows the trip that it belongs to."""
    officer, known = life.draw.choice(life.officers), {} if kept is None else kept
    thanks, hours = life.draw.choice(told.stories().thanks), life.draw.choice((1, 2, 3, 5, 8, 20, 26))

    def first() -> None:
        known["report"] = tell.tell(reporter, kind, answers, tell.About(trip=known.get("trip", ""))).pk

    life.at(moment, first)
    if not answered:
        return
    life.at(moment + timedelta(hours=hours), lambda: write_letter.answer(officer, known["report"], thanks))
    if benign and life.draw.random() < 0.95:
        closed = moment + timedelta(hours=hours, minutes=30)
        life.at(closed, lambda: close_report.close(officer, known["report"], ReportOutcome.BENIGN))


def _grow_acquaintances(life: Life) -> None:
    """Three contacts whom several colleagues know; the last step of each is some weeks old."""
    for number, known in enumerate(told.stories().acquaintances):
        contacts: dict[int, str] = {}
        for step in known.steps:
            day = (life.now - timedelta(days=12 + 9 * number + 30 * (known.steps[-1].month - step.month))).date()
            asked_about = life.elements["Soak times" if number == 1 else "Furnace curve"]
            _one_step(life, known, step, _moment(life, day), contacts=contacts, element=asked_about)
        if number == 1:  # the officer has joined these two; of the others the desk's suggestion waits
            life.at(life.now - timedelta(days=9), lambda contacts=contacts: _join(life, contacts))  # type: ignore[misc]


def _one_step(life: Life, known: told.Acquaintance, step: told.Step, moment: datetime, *, contacts: dict[int, str], element: str) -> None:
    """A colleague tells of the acquaintance: the second time as somebody whom they told of before."""
    officer, reporter = life.draw.choice(life.officers), life.staff[step.who]
    thanks, kept = life.draw.choice(told.stories().thanks), {}

    def first() -> None:
        answers: told.Answers = {**step.answers, "words": step.words}
        before = contacts.get(step.who)
        answers["contact"] = {"known": [before]} if before else known.contact(step.who + step.month)
        if set(step.answers.get("wanted", ())) & ABOUT_KNOW_HOW:
            answers["elements"] = [element]
        report = tell.tell(reporter, step.kind, answers)
        kept["report"] = report.pk
        if report.contact_id:
            contacts[step.who] = report.contact_id

    life.at(moment, first)
    life.at(moment + timedelta(hours=4), lambda: write_letter.answer(officer, kept["report"], thanks))


def _join(life: Life, contacts: dict[int, str]) -> None:
    suggest_links.suggest_waiting(DESK_ITSELF)
    for link in Link.objects.filter(one__in=contacts.values(), other__in=contacts.values(), state=LinkState.SUGGESTED.value):
        decide_link.decide(life.officers[0], link.pk, LinkState.CONFIRMED, "The same mail address, and both describe the same man.")


def _moment(life: Life, day: date) -> datetime:
    return datetime.combine(day, time(life.draw.randint(7, 17), life.draw.randint(0, 59)), UTC)
