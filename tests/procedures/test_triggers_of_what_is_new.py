"""Triggers read only what is new; whatever happens in which order, they come out as if everything were read."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gifthorse.model.reports import ReportKind, ReportOutcome
from gifthorse.model.roles import DESK_ITSELF
from gifthorse.model.threads import LinkState
from gifthorse.procedures import close_report, decide_link, raise_triggers, write_letter
from gifthorse.procedures.acting import as_of, now
from gifthorse.procedures.correct_observation import correct
from gifthorse.procedures.erase_reports import erase
from gifthorse.procedures.suggest_links import HeldIndex, suggest_waiting
from gifthorse.store.tables.placement import Placement
from gifthorse.store.tables.report import ObservationRow, Report
from gifthorse.store.tables.thread import Trigger
from tests.samples import register
from tests.samples.thread_rows import LEE, LEO, assessed, told

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
TACTICS = ("T02", "T03", "T10", "T38", "T41", "T85", "T50")
PEOPLE = ("staff", "colleague", "board")


def everything_raised() -> set:
    """What there is on record, but for ids that chance gave."""
    return {
        (row.kind, row.subject, row.person_id, row.state, tuple(row.facts["facts"]), tuple(row.facts["rows"]), row.facts["text"],
         str(sorted(row.facts["values"].items())))
        for row in Trigger.objects.all()
    }  # fmt: skip


def read_whole() -> set:
    """As `everything_raised` after a full reading, which is then undone."""
    with transaction.atomic():
        mark = transaction.savepoint()
        raise_triggers.raise_triggers(DESK_ITSELF, everything=True)
        found = everything_raised()
        transaction.savepoint_rollback(mark)
    return found


def something_happens(actors, chance: Random, contacts: list, held: HeldIndex) -> None:
    what = chance.choice(["told", "told", "told", "told", "dispute", "move", "link", "erase", "leave", "sealed"])
    rows = list(ObservationRow.objects.filter(report__is_sealed=False, contact__isnull=False).order_by("created_at", "pk"))
    reporter = actors[chance.choice(PEOPLE)]
    if what in {"told", "sealed"} or not rows:
        if not contacts or chance.random() < 0.4:
            contacts.append(register.a_contact(reporter, chance.choice([LEE, LEO])))
        about = actors[chance.choice(PEOPLE)].person
        more = {"sealed_to": [actors["officer"].person]} if what == "sealed" and contacts else {}
        month = now().year * 12 + now().month - chance.randrange(20)
        told(reporter, chance.choice(contacts), *chance.sample(TACTICS, 2), month=month, about=about, **more)
    elif what == "dispute":
        row = chance.choice(rows)
        correct(actors["officer"], row.pk, {"disputed": not row.disputed}, "Looked closer.")
    elif what == "move":
        row, other = chance.choice(rows), chance.choice(rows)
        if row.contact_id != other.contact_id:
            correct(actors["officer"], row.pk, {"contact_id": other.contact_id}, "It was him.")
    elif what == "link":
        suggest_waiting(DESK_ITSELF, held)
        for link in decide_link.Link.objects.filter(state__in=["suggested", "queued"])[:1]:
            decide_link.decide(actors["officer"], link.pk, LinkState.CONFIRMED, "Same.", even_so=True)
    elif what == "erase":
        report = chance.choice(rows).report
        write_letter.answer(actors["officer"], report.pk, "Thanks.")
        close_report.close(actors["officer"], report.pk, ReportOutcome.BENIGN)
        erase(actors["custodian"], report.pk, "Past its time.")
    else:
        leaving = {"leaving_on": (now() + timedelta(days=chance.randrange(-40, 90))).date()}
        person = actors[chance.choice(PEOPLE)].person
        placed = Placement.objects.filter(person=person)
        if not placed.update(**leaving):
            Placement.objects.create(id=f"placement-{chance.randrange(10**12):013d}", created_at=now(), person_id=person, **leaving)


@pytest.mark.parametrize("seed", range(8))
def test_reading_what_is_new_raises_what_reading_everything_raises(actors, seed):
    chance, contacts, held = Random(seed), [], HeldIndex()
    raised = set()
    for step in range(30):
        with as_of(START + timedelta(days=9 * step)):
            something_happens(actors, chance, contacts, held)
            assessed()
            if chance.random() < 0.5:
                wanted = read_whole()
                raise_triggers.raise_triggers(DESK_ITSELF)
                assert everything_raised() == wanted
                raised |= {row[0] for row in wanted}
    assert len(raised) >= 2


def test_what_waits_to_be_assessed_keeps_its_triggers_waiting_until_its_thread_is_there(actors):
    told(actors["colleague"], register.a_contact(actors["colleague"]), "T38", about=actors["staff"].person)
    assert raise_triggers.raise_triggers(DESK_ITSELF) == 0
    assessed()
    assert raise_triggers.raise_triggers(DESK_ITSELF) == 1
    assert raise_triggers.raise_triggers(DESK_ITSELF, everything=True) == 0


def test_a_look_at_nothing_new_reads_nobodys_observations(actors):
    told(actors["staff"], register.a_contact(actors["staff"]), "T41", month=date(2026, 2, 1).year * 12)
    assessed()
    raise_triggers.raise_triggers(DESK_ITSELF)
    with CaptureQueriesContext(connection) as queries:
        assert raise_triggers.raise_triggers(DESK_ITSELF) == 0
    assert not [one["sql"] for one in queries if '"observation"' in one["sql"]]
    assert Report.objects.exclude(kind=ReportKind.APPROACH.value).count() == 0
