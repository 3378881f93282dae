"""The standings of a made set are the same, bit for bit, on SQLite and on PostgreSQL: both are held to one stored digest."""

import hashlib
import random

import msgspec
import pytest

from gifthorse.model.roles import DESK_ITSELF
from gifthorse.model.tactics import catalogue
from gifthorse.procedures.assess_everything import assess_everything
from gifthorse.store.tables.report import ObservationRow
from gifthorse.store.tables.thread import Standing
from tests.samples import register
from tests.samples.thread_rows import told

pytestmark = pytest.mark.django_db
MONTH = 24_300
DIGEST = "dcaa10ad4396d38f37833d4fe3fd20b6f47f3b8bc4c383caf7b322ee64b6ccf0"


def made_set(actors):
    """Forty threads of up to six observations, the same at every run but for the ids."""
    draw = random.Random(7)
    tactics = [tactic.id for tactic in catalogue().tactics if tactic.reportable]
    people = [actors[name] for name in ("staff", "colleague", "board")]
    for number in range(40):
        contact = register.a_contact(people[number % 3])
        for _ in range(draw.randrange(1, 7)):
            told(
                people[number % 3], contact, *draw.sample(tactics, draw.randrange(1, 4)), month=MONTH + draw.randrange(36), ask=draw.randrange(5),
                favour=draw.choice(("none", "small", "medium", "large")), grade=draw.choice(("A1", "B2", "C3", "F6")),
                mitigators=draw.choice(((), ("official_channel",), ("colleague_present", "employer_paid"))), about=people[number % 2].person,
            )  # fmt: skip


def digest():
    """Of every standing's score to the last bit, level, state and counts, in an order that ids have no part in."""
    rows = Standing.objects.values_list("score", "level", "state", "observations", "last_month")
    lines = sorted(
        f"{score.hex()} {level} {msgspec.json.encode(state, order='sorted').decode()} {number} {last}"
        for score, level, state, number, last in rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_the_standings_of_a_made_set_are_those_of_every_database(actors):
    made_set(actors)
    assess_everything(DESK_ITSELF)
    assert Standing.objects.count() == 40
    assert digest() == DIGEST, f"Weights changed on purpose? Then store the new digest: {digest()}"


def test_one_changed_observation_changes_the_digest(actors):
    made_set(actors)
    assess_everything(DESK_ITSELF)
    before = digest()
    row = ObservationRow.objects.order_by("id").first()
    ObservationRow.objects.filter(pk=row.pk).update(month=row.month - 1)
    assess_everything(DESK_ITSELF)
    assert digest() != before
