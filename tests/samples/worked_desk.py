"""A small desk with something in every table, made through the procedures, for tests that back up, tamper and restore."""

import os
from collections.abc import Callable, Iterator

import msgspec
import pytest
from django.db import connection, transaction

from gifthorse.model.custody import InspectionState, Outcome
from gifthorse.model.roles import DESK_ITSELF, Actor, Procedure, Relation
from gifthorse.procedures import (
    add_photograph,
    answer_reporter,
    attach_exhibit,
    decide_item,
    erase_item,
    note_finding,
    prepare_picture,
    sign_checkpoint,
    withdraw_item,
)
from gifthorse.procedures.acting import act
from gifthorse.procedures.hand_over import hand_over
from gifthorse.procedures.take_custody import take_custody
from gifthorse.store import vault
from gifthorse.store.tables.exhibit import Exhibit
from gifthorse.store.tables.inspection import Inspection
from gifthorse.store.tables.item import Item
from tests.samples.inspections import dangerous_stick
from tests.samples.worked import register, reports, threads, travel

SPOKEN = "Please let us stay in touch, said the man from the fair"
RESULT = msgspec.json.encode(dangerous_stick())
PHOTOGRAPH = os.urandom(2_000_000)


def work(actors: dict[str, Actor], an_item: Callable[..., Item]) -> Item:
    """An item that went all the way to a decision, one that was withdrawn and erased, and a signed checkpoint between."""
    item = an_item("staff", said=SPOKEN)
    take_custody(actors["officer"], item.pk, seal_number="S-1", place="Room 4", seal_intact=True)
    hand_over(actors["officer"], item.pk, outside="Police station, Sgt. Example", seal_number="S-2", seal_intact=False)
    exhibit = attach(actors, item, PHOTOGRAPH)
    inspection = inspected(exhibit, actors["officer"])
    prepare_picture.prepare(exhibit.pk, lambda _fd: b"as it was redrawn")
    note_finding.explain(actors["officer"], inspection.pk, 0, "Our own test stick.")
    sign_checkpoint.sign(actors["auditor"])
    answer_reporter.answer(actors["officer"], item.pk, "Thank you.")
    decide_item.decide(actors["officer"], item.pk, Outcome.DESTROY, "It installs a keyboard.")
    erased(actors, an_item)
    for area in (register, travel, reports, threads):
        area.work(actors)
    return item


def attach(actors: dict[str, Actor], item: Item, content: bytes) -> Exhibit:
    """*content* as an exhibit of the item."""
    arrival = attach_exhibit.begin(actors["officer"], item.pk, "stick.img")
    arrival.write(content)
    return arrival.finish()


def inspected(exhibit: Exhibit, officer: Actor) -> Inspection:
    """An inspection with a result on record, as the background job leaves one."""
    with act(DESK_ITSELF, Procedure.PERFORM_INSPECTION, Relation.OTHERS, subject=exhibit.item_id) as deed:
        return deed.keep(
            Inspection(
                item=exhibit.item,
                exhibit=exhibit,
                state=InspectionState.DONE.value,
                verdict="dangerous",
                result=deed.note(vault.keep(RESULT, moment=deed.moment)),
                requested_by_id=officer.person,
                attempt=1,
                started_at=deed.moment,
                ended_at=deed.moment,
            )
        )


def erased(actors: dict[str, Actor], an_item: Callable[..., Item]) -> Item:
    """An item that was taken back and erased."""
    item = an_item("colleague", said="to be forgotten")
    arrival = add_photograph.begin(actors["colleague"], item.pk, "front.jpg")
    arrival.write(PHOTOGRAPH)
    arrival.finish()
    withdraw_item.withdraw(actors["colleague"], item.pk)
    erase_item.erase(actors["custodian"], item.pk, "retention is over")
    return item


@pytest.fixture
def worked_desk(actors: dict[str, Actor], an_item: Callable[..., Item]) -> Item:
    """The item of `work`, in a desk of its own."""
    return work(actors, an_item)


@pytest.fixture
def tampering(worked_desk: Item) -> Iterator[None]:
    """The guards against changes are off, as for somebody who has the database file in their hands. Undone with the transaction."""
    from gifthorse.store import triggers

    triggers.drop(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA ignore_check_constraints = OFF" if connection.vendor == "sqlite" else "SET session_replication_role = DEFAULT"
        )
    triggers.create(connection)


def undo(change: Callable[[], object]) -> Iterator[None]:
    """Makes *change*, lets the test look, and takes it back."""
    with transaction.atomic():
        change()
        yield
        transaction.set_rollback(True)
