"""Two worlds, told apart by a sealed report alone: an officer who may not read it sees the same pages in both, to the last character.

Ids are made of the step at which a record came to be, so that what is open has the same in both worlds and nothing has to be left out.
"""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from gifthorse.model.contacts import ContactFacts
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.model.threads import LinkState
from gifthorse.procedures import acting, decide_link, research_board, sealed_to_me, tell, view_contacts, view_links, workload_figures
from gifthorse.procedures.acting import as_of
from gifthorse.procedures.correct_observation import correct
from gifthorse.procedures.keep_accounts import create
from gifthorse.procedures.keep_contacts import correct_contact
from gifthorse.procedures.raise_triggers import raise_triggers
from gifthorse.procedures.suggest_links import HeldIndex, suggest_all, suggest_waiting
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.contact import Contact, Link
from gifthorse.store.tables.report import ObservationRow, Report
from gifthorse.store.tables.thread import LevelChange, Standing
from tests.samples import register
from tests.samples.people import PASSWORD, actors
from tests.samples.thread_rows import LEE, LEO, assessed, told

__all__ = ["actors"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_files")]
START = datetime(2026, 11, 23, 8, tzinfo=UTC)
LISTS = (
    "home", "threads", "week", "links", "link_graph", "triggers", "interest", "event_patterns", "favour_balances", "cases", "contacts",
    "reports", "report_figures",
)  # fmt: skip
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|X-CSRFToken[^}]+')
HIDDEN = ContactFacts(
    names=("Leo Chang", "Lee Zhang"), mails=("lee@harbour-advisory.example",), phones=("+49 151 0000 8811",), employer=("Harbour Advisory",)
)


@pytest.fixture
def second(actors):
    return create(DESK_ITSELF, "second.officer", PASSWORD, [Role.OFFICER], {"name": "Second Officer"}).as_actor()


@pytest.fixture
def officer(actors):
    return actors["officer"]


@dataclass
class World:
    """A world under way: its officer to whom the report is sealed, and what is known so far."""

    actors: dict
    chosen: object
    step: Callable[[str], None]
    contacts: list = field(default_factory=list)
    sealed: list = field(default_factory=list)
    held: HeldIndex = field(default_factory=HeldIndex)


def open_step(world: World, chance: Random) -> None:
    """Something that everybody may know of."""
    reporter = world.actors[chance.choice(["staff", "colleague"])]
    what = chance.choice(["new", "again", "again", "confirm", "correct", "all"])
    if what == "new" or not world.contacts:
        world.contacts.append((reporter, register.a_contact(reporter, chance.choice([LEE, LEO]))))
        told(reporter, world.contacts[-1][1], chance.choice(["T06", "T33", "T51"]), ask=chance.randrange(3))
    elif what == "again":
        reporter, contact = chance.choice(world.contacts)
        told(reporter, contact, chance.choice(["T50", "T61", "T33"]), ask=chance.randrange(4), favour=chance.choice(["none", "large"]))
    elif what == "correct":
        reporter, contact = chance.choice(world.contacts)
        row = ObservationRow.objects.filter(contact=contact, report__is_sealed=False).order_by("created_at", "pk")[0]
        wanted = {"A1": "C3", "C3": "D4"}.get(row.grade, "A1")
        correct(world.actors["officer"], row.pk, {"grade": wanted}, "Looked closer.")
    elif what == "confirm":
        known = [contact.pk for _, contact in world.contacts]
        link = Link.objects.filter(state__in=["suggested", "queued"], one__in=known, other__in=known).order_by(
            "one__created_at", "other__created_at"
        )
        if found := link.first():
            decide_link.decide(world.actors["officer"], found.pk, LinkState.CONFIRMED, "Same number.")
    else:
        suggest_all(DESK_ITSELF)


def sealed_step(world: World, chance: Random) -> None:
    """Something that nobody but the chosen officer may know of."""
    reporter = world.actors["staff"]
    what = chance.choice(["new", "known", "confirm", "confirm", "correct", "name"])
    more = {"sealed_to": [world.chosen.person], "kind": ReportKind.PRESSURE}
    if what == "new" or not world.sealed:
        contact = register.a_contact(reporter, HIDDEN)
        world.sealed.append(
            (contact, told(reporter, contact, "T71", "T51", ask=3, favour="large", given=[("in", "cash", "large")], **more))
        )
    elif what == "known" and world.contacts:
        told(reporter, chance.choice(world.contacts)[1], "T71", given=[("in", "cash", "large")], **more)
    elif what == "confirm":
        contact = chance.choice(world.sealed)[0]
        for link in [*Link.objects.filter(one=contact), *Link.objects.filter(other=contact)]:
            if link.state in {"suggested", "queued"}:
                decide_link.decide(world.chosen, link.pk, LinkState.CONFIRMED, "It is the same man.")
    elif what == "correct":
        row = chance.choice(world.sealed)[1]
        wanted = ["A1", "C3"][ObservationRow.objects.get(pk=row.pk).grade == "A1"]
        correct(world.chosen, row.pk, {"grade": wanted}, "Sure.")
    else:
        contact = chance.choice(world.sealed)[0]
        facts = ContactFacts(names=(*HIDDEN.names, f"Lee {chance.randrange(10**6)}"), mails=HIDDEN.mails)
        correct_contact(world.chosen, contact.pk, facts, view_contacts.Verified.UNVERIFIED, "Another name.")


def lived(world: World, seed: int, *, sealed: bool) -> None:
    """Some weeks go by; the open part is the same whatever is sealed in between."""
    chance, other = Random(seed), Random(seed + 1000)
    for step in range(10):
        world.step(f"open {step}")
        with as_of(START + timedelta(days=3 * step)):
            open_step(world, chance)
            assessed()
            suggest_waiting(DESK_ITSELF, world.held)
        if sealed:
            world.step(f"sealed {step}")
            with as_of(START + timedelta(days=3 * step, hours=5)):
                sealed_step(world, other)
                assessed()
                suggest_waiting(DESK_ITSELF, world.held)
    world.step("triggers")
    with as_of(START + timedelta(days=31)):
        raise_triggers(DESK_ITSELF)


def shown(person: str) -> dict[str, str]:
    """Every page that an officer can reach, by its address."""
    client = Client()
    client.force_login(Account.objects.get(person=person))
    pages: dict[str, str] = {}
    more = ["/search/?q=lee", "/links/?shown=decided", "/threads/?level=none", "/threads/?state=ordinary"]
    waiting = [*(reverse(name) for name in LISTS), *more]
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        assert answer.status_code == 200, address
        pages[address] = TOKEN.sub("", answer.content.decode())
        found = re.findall(r'href="(/(?:threads|contacts|links|triggers|cases|reports)/[a-z]+-[0-9A-Z]{13}/(?:favours/)?)"', pages[address])
        waiting += [one for one in dict.fromkeys(found) if one not in waiting and one not in pages]
    return pages


@pytest.fixture
def step(monkeypatch):
    """Sets the step that ids are made of."""
    state = {"step": "", "drawn": Counter()}

    def made(prefix: str, _random: object) -> str:
        state["drawn"][prefix] += 1
        drawn = Random(f"{state['step']} {prefix} {state['drawn'][prefix]}")
        return f"{prefix}-" + "".join(drawn.choices(ALPHABET, k=13))

    monkeypatch.setattr(acting, "opaque_id", made)

    def begin(name: str) -> None:
        state.update(step=name, drawn=Counter())

    return begin


@contextmanager
def undone():
    """What happens within never happened."""
    with transaction.atomic():
        mark = transaction.savepoint()
        yield
        transaction.savepoint_rollback(mark)


@pytest.mark.parametrize("seed", range(6))
def test_an_officer_who_may_not_read_it_sees_the_world_without_the_sealed_report(actors, second, step, seed):
    worlds = []
    for sealed in (False, True):
        with undone():
            lived(World(actors, second, step), seed, sealed=sealed)
            with as_of(START + timedelta(days=32)):
                worlds.append((shown(actors["officer"].person), beside(actors)))
            assert Report.objects.filter(is_sealed=True).exists() is sealed
    without, with_it = worlds
    assert without[0].keys() == with_it[0].keys()
    for address, page in without[0].items():
        assert with_it[0][address] == page, address
    assert without[1] == with_it[1]


def beside(actors) -> tuple:
    """What others see, and where threads stand."""
    levels = workload_figures.workload_figures(actors["auditor"]).figures.overall
    board = research_board.research_board(actors["research"])
    standings = list(Standing.objects.order_by("pk").values())
    return levels, board.shared, board.interest, standings, list(LevelChange.objects.values("thread", "before", "after", "created_at"))


def test_a_contact_that_a_sealed_report_told_of_joins_once_it_is_told_of_openly(actors, second, officer, step):
    with as_of(START):
        first = register.a_contact(actors["colleague"], LEE)
        told(actors["colleague"], first, "T33")
        hidden = register.a_contact(actors["staff"], HIDDEN)
        row = told(actors["staff"], hidden, "T71", sealed_to=[second.person])
        assessed()
        suggest_waiting(DESK_ITSELF)
    link = Link.objects.get()
    assert view_links.link(second, link.pk).apart
    decide_link.decide(second, link.pk, LinkState.CONFIRMED, "She told me.")
    assert [Contact.objects.get(pk=one.pk).joined_to for one in (first, hidden)] == [first.pk, hidden.pk]
    assert [one.contact.pk for one in view_contacts.contact(second, first.pk).joined] == [hidden.pk]
    assert view_contacts.contact(officer, first.pk).joined == ()
    behind = sealed_to_me.sealed_to_me(second)
    assert [(one.contact.contact.pk, one.reports) for one in behind] == [(first.pk, (row.report_id,))]
    tell.tell(actors["staff"], ReportKind.APPROACH, {"contact": {"known": [hidden.pk]}, "words": "He came again"})
    link.refresh_from_db()
    assert (link.state, link.decided_by, link.reason) == ("queued", None, None)
    assert view_links.link(officer, link.pk).decisions == ()
    decide_link.decide(officer, link.pk, LinkState.CONFIRMED, "The same number.")
    assert {Contact.objects.get(pk=one.pk).joined_to for one in (first, hidden)} <= {first.pk, hidden.pk}
    assert len({Contact.objects.get(pk=one.pk).joined_to for one in (first, hidden)}) == 1


def test_links_kept_apart_contradict_each_other_as_others_do(actors, second, step):
    with as_of(START):
        one, other = register.a_contact(actors["colleague"], LEE), register.a_contact(actors["colleague"], LEO)
        hidden = register.a_contact(actors["staff"], HIDDEN)
        for reporter, contact, more in ((actors["colleague"], one, {}), (actors["colleague"], other, {}), (actors["staff"], hidden, {"sealed_to": [second.person]})):  # fmt: skip
            told(reporter, contact, "T33", **more)
        suggest_waiting(DESK_ITSELF)
    links = {frozenset((link.one_id, link.other_id)): link for link in Link.objects.all()}
    assert len(links) == 3
    decide_link.decide(second, links[frozenset((one.pk, other.pk))].pk, LinkState.CONFIRMED, "Same.")
    decide_link.decide(second, links[frozenset((one.pk, hidden.pk))].pk, LinkState.REFUSED, "Two.")
    last = links[frozenset((other.pk, hidden.pk))].pk
    with pytest.raises(decide_link.Contradicts):
        decide_link.decide(second, last, LinkState.CONFIRMED, "Same.")
    assert decide_link.decide(second, last, LinkState.CONFIRMED, "Same.", even_so=True).state == "confirmed"
