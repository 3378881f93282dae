"""Checkpoints: what a chain alone can't show, they do."""

import json

import pytest
from django.db import connection

from gifthorse.model.errors import NotAccepted, Refused
from gifthorse.model.roles import DESK_ITSELF, Actor, Procedure, Relation
from gifthorse.procedures import sign_checkpoint
from gifthorse.procedures.acting import act, now
from gifthorse.store import checkpoint, keyring, triggers
from gifthorse.store.chain import GENESIS, seal
from gifthorse.store.keyring import Keyring
from gifthorse.store.ledger import Body
from gifthorse.store.tables.ledger_entry import Checkpoint, LedgerEntry
from gifthorse.store.verify import verify

pytestmark = pytest.mark.django_db


def deed(subject="item-1", actor=DESK_ITSELF):
    with act(actor, Procedure.VERIFY_RECORDS, Relation.NONE, subject=subject):
        pass


@pytest.fixture
def kept_elsewhere(worked_desk):
    """A checkpoint that was taken off the machine, after which the desk was used."""
    document = sign_checkpoint.sign(DESK_ITSELF)
    for _ in range(3):
        deed()
    return document


def texts(document):
    return [damage.what.text for damage in checkpoint.check_against(document)]


def rewrite(entries):
    """Writes the whole ledger anew from *entries* (bodies), as somebody with the database and the keyring could."""
    triggers.drop(connection)
    LedgerEntry.objects.all()._raw_delete(using="default")
    Checkpoint.objects.all()._raw_delete(using="default")
    previous = GENESIS
    for position, body in enumerate(entries, start=1):
        old = keyring.keyring().ledger_key
        new = Body(**{**json.loads(body), "position": position, "previous": previous.hex(), "records": ()}).authentic(old)
        encoded = new.encoded()
        previous = seal(previous, encoded)
        LedgerEntry(
            position=position,
            body=encoded,
            digest=previous,
            at=checkpoint.moments.read(new.at),
            actor=new.actor,
            procedure=new.procedure,
            subject=new.subject,
        ).save(force_insert=True)
    triggers.create(connection)


def test_a_ledger_that_only_grew_agrees_with_its_checkpoint(kept_elsewhere):
    assert texts(kept_elsewhere) == []


def test_an_end_that_was_cut_off_is_found(kept_elsewhere):
    state = json.loads(json.loads(kept_elsewhere)["body"])
    rewrite([bytes(body) for body in LedgerEntry.objects.values_list("body", flat=True)][: state["position"] - 1])
    (text,) = texts(kept_elsewhere)
    assert "its end was cut off" in text


def test_a_ledger_that_was_rewritten_by_somebody_with_all_keys_is_found_by_the_checkpoint_alone(kept_elsewhere):
    bodies = [bytes(body) for body in LedgerEntry.objects.values_list("body", flat=True)]
    del bodies[4]
    rewrite(bodies)
    assert [damage for damage in verify().damages if damage.table == "ledger_entry"] == []
    (text,) = texts(kept_elsewhere)
    assert "was rewritten" in text


def test_a_checkpoint_that_was_changed_is_found(kept_elsewhere):
    document = json.loads(kept_elsewhere)
    document["body"] = document["body"].replace('"records":', '"records":1')
    (text,) = texts(json.dumps(document).encode())
    assert "changed after it was signed" in text


def test_a_checkpoint_of_another_desk_is_told(kept_elsewhere, monkeypatch, tmp_path):
    stranger = Keyring.create(tmp_path)
    monkeypatch.setattr(checkpoint, "keyring", lambda: stranger)
    (text,) = texts(kept_elsewhere)
    assert "another key" in text


@pytest.mark.parametrize("document", [b"", b"{}", b"\xff", b'{"schema":1}', b"[1]"])
def test_a_file_that_is_no_checkpoint_is_sent_back(document):
    with pytest.raises(NotAccepted, match="not a checkpoint"):
        checkpoint.check_against(document)


def test_signing_twice_at_the_same_place_gives_the_same_checkpoint(worked_desk):
    assert checkpoint.sign(at=now()).body == checkpoint.sign(at=now()).body


def test_a_checkpoint_that_was_removed_is_missed(worked_desk):
    triggers.drop(connection)
    position = Checkpoint.objects.get().position
    Checkpoint.objects.all()._raw_delete(using="default")
    triggers.create(connection)
    (damage,) = verify().damages
    assert (damage.table, damage.id) == ("checkpoint", str(position))


def test_an_empty_ledger_is_not_signed():
    with pytest.raises(NotAccepted):
        sign_checkpoint.sign(DESK_ITSELF)
    assert not Checkpoint.objects.exists()


def test_only_those_who_may_sign_a_checkpoint(worked_desk):
    with pytest.raises(Refused):
        sign_checkpoint.sign(Actor(person="person-1", roles=frozenset()))
