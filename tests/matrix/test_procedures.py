"""Every procedure × every role × {own, other's} against one table, by really doing it."""

import importlib
import inspect
import pkgutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Model

from gifthorse import procedures
from gifthorse.model.custody import InspectionState, ItemKind, ItemState, Outcome
from gifthorse.model.errors import NotFound, Refused, WrongState
from gifthorse.model.roles import PERMISSIONS, Actor, Procedure, Relation, Role
from gifthorse.procedures import (
    add_photograph,
    answer_reporter,
    attach_exhibit,
    back_up,
    decide_item,
    erase_item,
    export_inspection,
    follow_item,
    hand_over,
    keep_accounts,
    note_finding,
    read_ledger,
    release_identity,
    report_gift,
    restore_backup,
    sign_checkpoint,
    start_inspection,
    take_custody,
    verify_records,
    view_figures,
    view_item,
    withdraw_item,
    write_to_officer,
)
from gifthorse.procedures.acting import act
from gifthorse.report.gift import GiftReport
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.exhibit import Exhibit
from gifthorse.store.tables.inspection import Inspection
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.ledger_entry import LedgerEntry
from tests.matrix.areas import AREAS
from tests.matrix.who_may import table
from tests.samples.people import PASSWORD

pytestmark = pytest.mark.django_db


def test_the_table_of_permissions_is_the_one_that_was_agreed() -> None:
    granted: dict[Procedure, set[tuple[Role, Relation]]] = {procedure: set() for procedure in Procedure}
    for role, procedure, relation in PERMISSIONS:
        granted[procedure].add((role, relation))
    assert granted == table()


@dataclass
class World:
    """One item of *owner* in custody, with content, a queued inspection and an account to change."""

    owner: Actor
    item: Item
    exhibit: Exhibit
    inspection: Inspection
    account: Account


@pytest.fixture
def world(actors: dict[str, Actor], an_item: Callable[..., Item]) -> Callable[[Actor, ItemState], World]:
    def make(owner: Actor, state: ItemState) -> World:
        desk = Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER, Role.STAFF}))
        item = report_gift.report_gift(Actor(person=owner.person, roles=frozenset({Role.STAFF})), GiftReport(kind=ItemKind.DISK))
        take_custody.take_custody(desk, item.pk, seal_number="S-1")
        arrival = attach_exhibit.begin(desk, item.pk, "a.img")
        arrival.write(b"content")
        exhibit = arrival.finish()
        inspection = start_inspection.start(desk, exhibit.pk, lambda _: None)
        Item.objects.filter(pk=item.pk).update(state=state.value)
        item.refresh_from_db()
        return World(owner, item, exhibit, inspection, Account.objects.get(person_id=owner.person))

    return make


def _attach_folder(actor: Actor, world: World) -> object:
    return attach_exhibit.attach_folder(actor, world.item.pk, "/")


def _start(actor: Actor, world: World) -> object:
    Inspection.objects.filter(pk=world.inspection.pk).update(state=InspectionState.DONE.value)
    return start_inspection.start(actor, world.exhibit.pk, lambda _: None)


def _perform(actor: Actor, world: World) -> object:
    with act(actor, Procedure.PERFORM_INSPECTION, Relation.OTHERS, subject=world.item.pk):
        return None


def _prepare(actor: Actor, world: World) -> object:
    with act(actor, Procedure.PREPARE_PICTURE, Relation.OTHERS, subject=world.item.pk):
        return None


def _create(actor: Actor, world: World) -> object:
    return keep_accounts.create(actor, "somebody.new", PASSWORD, [Role.STAFF], {"name": "N"})


DO: dict[Procedure, Callable[[Actor, World], object]] = {
    Procedure.REPORT_GIFT: lambda a, w: report_gift.report_gift(a, GiftReport(kind=ItemKind.DISK)),
    Procedure.ADD_PHOTOGRAPH: lambda a, w: add_photograph.begin(a, w.item.pk, "p.jpg").abandon(),
    Procedure.VIEW_ITEM: lambda a, w: view_item.item_for(a, w.item.pk),
    Procedure.FOLLOW_ITEM: lambda a, w: follow_item.trail(a, w.item.pk),
    Procedure.WITHDRAW_ITEM: lambda a, w: withdraw_item.withdraw(a, w.item.pk),
    Procedure.TAKE_CUSTODY: lambda a, w: take_custody.take_custody(a, w.item.pk, seal_number="S"),
    Procedure.HAND_OVER: lambda a, w: hand_over.hand_over(a, w.item.pk, outside="Police"),
    Procedure.ATTACH_EXHIBIT: lambda a, w: attach_exhibit.begin(a, w.item.pk, "x").abandon(),
    Procedure.READ_SERVER_FOLDER: _attach_folder,
    Procedure.START_INSPECTION: _start,
    Procedure.STOP_INSPECTION: lambda a, w: start_inspection.stop(a, w.inspection.pk),
    Procedure.PERFORM_INSPECTION: _perform,
    Procedure.PREPARE_PICTURE: _prepare,
    Procedure.VIEW_INSPECTION: lambda a, w: start_inspection.progress(a, w.inspection.pk),
    Procedure.EXPORT_INSPECTION: lambda a, w: export_inspection.export(a, w.inspection.pk, "json"),
    Procedure.DISPUTE_FINDING: lambda a, w: note_finding.dispute(a, w.inspection.pk, 0, "wrong"),
    Procedure.EXPLAIN_FINDING: lambda a, w: note_finding.explain(a, w.inspection.pk, 0, "harmless"),
    Procedure.DECIDE_ITEM: lambda a, w: decide_item.decide(a, w.item.pk, Outcome.RETURN, "reason"),
    Procedure.ANSWER_REPORTER: lambda a, w: answer_reporter.answer(a, w.item.pk, "thanks"),
    Procedure.WRITE_TO_OFFICER: lambda a, w: write_to_officer.write(a, w.item.pk, "hello"),
    Procedure.ERASE_ITEM: lambda a, w: erase_item.erase(a, w.item.pk, "reason"),
    Procedure.RELEASE_IDENTITY: lambda a, w: release_identity.release(a, w.owner.person, "reason"),
    Procedure.VIEW_LEDGER: lambda a, w: read_ledger.entries(a),
    Procedure.VIEW_FIGURES: lambda a, w: view_figures.figures(a),
    Procedure.VERIFY_RECORDS: lambda a, w: verify_records.verify(a),
    Procedure.SIGN_CHECKPOINT: lambda a, w: sign_checkpoint.sign(a),
    Procedure.BACK_UP: lambda a, w: back_up.back_up(a, Path(tempfile.mkdtemp()) / "backup"),
    Procedure.RESTORE_BACKUP: lambda a, w: restore_backup.restore(a, Path("backup")),
    Procedure.CREATE_ACCOUNT: _create,
    Procedure.CHANGE_ROLES: lambda a, w: keep_accounts.change_roles(a, w.account.pk, [Role.STAFF]),
    Procedure.CLOSE_ACCOUNT: lambda a, w: keep_accounts.close(a, w.account.pk),
    Procedure.VIEW_ACCOUNTS: lambda a, w: keep_accounts.accounts(a),
}
READS = {
    Procedure.ADD_PHOTOGRAPH,  # begun and abandoned: nothing is on record before it is finished
    Procedure.ATTACH_EXHIBIT,
    Procedure.VIEW_ITEM,
    Procedure.FOLLOW_ITEM,
    Procedure.VIEW_INSPECTION,
    Procedure.VIEW_LEDGER,
    Procedure.VIEW_FIGURES,
    Procedure.VERIFY_RECORDS,
    Procedure.VIEW_ACCOUNTS,
}
# permitted, but the inspection of this world is still waiting, and a desk in use is not overwritten
NEEDS_A_RESULT = {Procedure.EXPORT_INSPECTION, Procedure.DISPUTE_FINDING, Procedure.EXPLAIN_FINDING, Procedure.RESTORE_BACKUP}
STATE_FOR = {
    Procedure.WITHDRAW_ITEM: ItemState.REPORTED,
    Procedure.TAKE_CUSTODY: ItemState.REPORTED,
    Procedure.ERASE_ITEM: ItemState.CLOSED,
}


AREA_OF = {procedure: area for area in AREAS for procedure in area.DO}
ONLY_THE_DESK = {Procedure.PERFORM_INSPECTION, Procedure.PREPARE_PICTURE}.union(*(area.ONLY_THE_DESK for area in AREAS))


def test_every_procedure_has_a_row_that_does_it() -> None:
    assert set(DO) | set(AREA_OF) == set(Procedure)
    assert not set(DO) & set(AREA_OF)


@pytest.mark.parametrize("procedure", list(Procedure), ids=str)
@pytest.mark.parametrize("own", [True, False], ids=["own", "others"])
def test_a_role_does_what_the_table_says_and_nothing_else(actors, world, settings, procedure: Procedure, own: bool) -> None:
    settings.GIFTHORSE_SERVER_FOLDERS = ["/"]
    owner = Actor(person=actors["colleague" if own else "staff"].person, roles=frozenset({Role.STAFF}))
    area = AREA_OF.get(procedure)
    made = area.world(actors, owner) if area else world(owner, STATE_FOR.get(procedure, ItemState.IN_CUSTODY))
    for role in Role:
        with transaction.atomic():
            do_as(actors, made, procedure, role, own=own)
            transaction.set_rollback(True)
        for record in vars(made).values() if hasattr(made, "__dict__") else ():
            if isinstance(record, Model) and record.pk:
                record.refresh_from_db()


def do_as(actors, made, procedure: Procedure, role: Role, *, own: bool) -> None:
    """*role* tries the procedure on the world, and what the table says happens."""
    area = AREA_OF.get(procedure)
    do = area.DO[procedure] if area else DO[procedure]
    reads, no_result = READS.union(*(one.READS for one in AREAS)), NEEDS_A_RESULT.union(*(one.NEEDS_A_RESULT for one in AREAS))
    actor = Actor(person=actors["colleague"].person, roles=frozenset({role}))
    granted = table()[procedure]
    allowed = (role, Relation.NONE) in granted or (role, Relation.OWN if own else Relation.OTHERS) in granted
    if procedure in ONLY_THE_DESK:
        allowed = role is Role.DESK
    before = LedgerEntry.objects.count()
    if not allowed:
        with pytest.raises((Refused, NotFound)):
            do(actor, made)
        assert LedgerEntry.objects.count() == before, role
        return
    try:
        do(actor, made)
    except WrongState:
        assert procedure in no_result, role
        return
    except (Refused, NotFound) as error:
        raise AssertionError(f"{role} may not, though the table says so") from error
    assert LedgerEntry.objects.count() == before + (procedure not in reads), role


# functions that take an actor and are reached through another procedure of the table, or only ask
REACHED_THROUGH = {
    ("acting", "act"),
    ("acting", "authorise"),
    ("acting", "may"),
    ("acting", "relation_to"),
    ("answer_reporter", "write_message"),
    ("compare_inspections", "compare"),
    ("decide_item", "close"),
    ("finding_records", "exhibit_and_relation"),
    ("finding_records", "inspection_and_relation"),
    ("finding_records", "item_and_relation"),
    ("needs_today", "officer_board"),
    ("note_finding", "notes_for"),
    ("people", "colleagues"),
    ("read_inspection", "result"),
    ("view_item", "items_for"),
    ("view_picture", "picture"),
}


def test_every_function_that_takes_an_actor_has_a_row() -> None:
    source = inspect.getsource(importlib.import_module(__name__)) + "".join(inspect.getsource(area) for area in AREAS)
    through = REACHED_THROUGH.union(*(area.REACHED_THROUGH for area in AREAS))
    for module_info in pkgutil.iter_modules(procedures.__path__):
        module = importlib.import_module(f"gifthorse.procedures.{module_info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_") or "actor" not in inspect.signature(function).parameters:
                continue
            assert (module_info.name, name) in through or f"{module_info.name}.{name}(" in source, f"{module_info.name}.{name} has no row"
