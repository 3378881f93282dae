from collections.abc import Callable
from datetime import timedelta

import pytest

from gifthorse.model.custody import ItemState, Outcome
from gifthorse.model.errors import KeyMissing, NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.procedures import (
    add_photograph,
    answer_reporter,
    attach_exhibit,
    decide_item,
    erase_item,
    follow_item,
    release_identity,
    view_item,
    withdraw_item,
    write_to_officer,
)
from gifthorse.procedures.acting import now
from gifthorse.procedures.hand_over import hand_over, holder
from gifthorse.procedures.take_custody import take_custody
from gifthorse.store import vault
from gifthorse.store.tables.exhibit import Exhibit
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.sealed import Sealed

Actors = dict[str, Actor]
MakeItem = Callable[..., Item]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reported_gift_is_seen_by_its_reporter_and_by_officers_and_by_nobody_else(actors: Actors, an_item: MakeItem) -> None:
    item = an_item("staff", what="A silver stick")
    assert view_item.item_for(actors["staff"], item.pk).report.what == "A silver stick"
    assert view_item.item_for(actors["officer"], item.pk).report.giver == "A. Nonymous"
    with pytest.raises(NotFound):
        view_item.item_for(actors["colleague"], item.pk)
    for other in ("custodian", "auditor", "admin"):
        with pytest.raises(Refused):
            view_item.item_for(actors[other], item.pk)


def test_the_story_lies_sealed_and_not_in_the_row(actors: Actors, an_item: MakeItem) -> None:
    item = an_item("staff", said="the password of the lab")
    assert "password" not in str(Item.objects.filter(pk=item.pk).values().get())
    assert b"password" not in bytes(item.report.body)


def test_each_procedure_writes_exactly_one_entry_that_names_what_it_wrote(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    before = LedgerEntry.objects.count()
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    entry = LedgerEntry.objects.latest("position")
    assert LedgerEntry.objects.count() == before + 1
    assert (entry.actor, entry.procedure, entry.subject) == (actors["officer"].person, "take-custody", item.pk)
    assert item.pk.encode() in bytes(entry.body)
    assert b'"custody_step"' in bytes(entry.body)


def test_what_is_refused_or_fails_leaves_no_trace(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    before = (LedgerEntry.objects.count(), Sealed.objects.count())
    with pytest.raises(NotFound):
        withdraw_item.withdraw(actors["colleague"], item.pk)
    with pytest.raises(WrongState):
        decide_item.decide(actors["officer"], item.pk, Outcome.RETURN, "too early")
    with pytest.raises(NotAccepted):
        answer_reporter.answer(actors["officer"], item.pk, "   ")
    assert (LedgerEntry.objects.count(), Sealed.objects.count()) == before


def test_the_chain_of_custody_names_both_sides_of_each_hand_over(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    take_custody(actors["officer"], item.pk, seal_number="S-1", place="Room 4")
    hand_over(actors["officer"], item.pk, receiver=actors["board"].person, seal_number="S-1", seal_intact=True)
    hand_over(actors["officer"], item.pk, outside="Police station, Sgt. Example", seal_number="S-2")
    steps = view_item.item_for(actors["officer"], item.pk).custody
    assert [(step.giver, step.receiver) for step in steps] == [
        ("Name of staff", "Name of officer"),
        ("Name of officer", "Name of board"),
        ("Name of board", "Police station, Sgt. Example"),
    ]
    assert [step.position for step in steps] == [0, 1, 2]
    assert holder(item.pk) is None


def test_an_item_is_taken_in_once(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    with pytest.raises(WrongState):
        take_custody(actors["officer"], item.pk, seal_number="S-2")


def test_a_hand_over_to_nobody_to_two_or_in_the_future_is_sent_back(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    for receivers in ({}, {"receiver": actors["board"].person, "outside": "Police"}, {"receiver": "person-unknown"}):
        with pytest.raises(NotAccepted):
            hand_over(actors["officer"], item.pk, **receivers)
    with pytest.raises(NotAccepted, match="still to come"):
        hand_over(actors["officer"], item.pk, outside="Police", happened_at=now() + timedelta(hours=1))


def test_a_report_is_taken_back_only_while_the_item_is_still_held(actors: Actors, an_item: MakeItem) -> None:
    first, second = an_item(), an_item()
    assert withdraw_item.withdraw(actors["staff"], first.pk).state == ItemState.WITHDRAWN
    take_custody(actors["officer"], second.pk, seal_number="S-1")
    with pytest.raises(WrongState):
        withdraw_item.withdraw(actors["staff"], second.pk)


def test_content_streams_in_sealed_and_comes_out_the_same(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    arrival = attach_exhibit.begin(actors["officer"], item.pk, "stick.img")
    for chunk in (b"first ", b"", b"second" * 400_000):
        arrival.write(chunk)
    exhibit = arrival.finish()
    assert exhibit.size == 6 + 6 * 400_000
    assert vault.open_sealed(Sealed.objects.get(pk=exhibit.content_id)).startswith(b"first second")
    assert view_item.item_for(actors["officer"], item.pk).exhibits[0].untrusted_name == "stick.img"


def test_nothing_comes_in_before_custody_and_nothing_empty(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    with pytest.raises(WrongState):
        attach_exhibit.begin(actors["officer"], item.pk, "stick.img")
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    with pytest.raises(NotAccepted, match="empty"):
        attach_exhibit.begin(actors["officer"], item.pk, "stick.img").finish()
    assert not Exhibit.objects.exists()


def test_a_folder_outside_the_allowed_ones_is_not_read(actors: Actors, an_item: MakeItem, settings, tmp_path) -> None:
    item = an_item()
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    inside = tmp_path / "kiosk" / "stick"
    inside.mkdir(parents=True)
    (tmp_path / "kiosk" / "way-out").symlink_to("/etc")
    settings.GIFTHORSE_SERVER_FOLDERS = [tmp_path / "kiosk"]
    assert attach_exhibit.attach_folder(actors["officer"], item.pk, str(inside)).kind == "folder"
    for path in ("/etc", str(tmp_path / "kiosk" / "way-out"), f"{inside}/../../..", "no\0thing", str(tmp_path / "kiosk-2")):
        with pytest.raises(NotAccepted):
            attach_exhibit.attach_folder(actors["officer"], item.pk, path)


def test_photographs_come_from_the_reporter_at_any_time(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    arrival = add_photograph.begin(actors["staff"], item.pk, "front.jpg")
    arrival.write(b"\xff\xd8\xff")
    arrival.finish()
    seen = view_item.item_for(actors["officer"], item.pk)
    assert [photograph.untrusted_name for photograph in seen.photographs] == ["front.jpg"]
    assert seen.exhibits == ()


def test_an_item_is_closed_only_when_decided_and_answered(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    with pytest.raises(WrongState):
        decide_item.close(actors["officer"], item.pk)
    decide_item.decide(actors["officer"], item.pk, Outcome.RETURN, "Nothing found as far as could be seen.")
    with pytest.raises(WrongState, match="answer the person"):
        decide_item.close(actors["officer"], item.pk)
    answer_reporter.answer(actors["officer"], item.pk, "Thank you. You can have it back.")
    assert decide_item.close(actors["officer"], item.pk).state == ItemState.CLOSED


def test_the_reporter_reads_the_answer_but_not_the_reason(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    decide_item.decide(actors["officer"], item.pk, Outcome.DESTROY, "an internal reason")
    answer_reporter.answer(actors["officer"], item.pk, "Thank you.")
    write_to_officer.write(actors["staff"], item.pk, "Gladly.")
    seen = view_item.item_for(actors["staff"], item.pk)
    assert [message.text for message in seen.messages] == ["Thank you.", "Gladly."]
    assert [(decision.outcome, decision.reason) for decision in seen.decisions] == [("destroy", "")]


def test_nobody_decides_about_what_they_were_given_themselves(actors: Actors, an_item: MakeItem) -> None:
    item = an_item("officer")
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    with pytest.raises(Refused):
        decide_item.decide(actors["officer"], item.pk, Outcome.RETURN, "it is mine")


def test_an_auditor_follows_the_item_to_its_end_without_its_content(actors: Actors, an_item: MakeItem) -> None:
    item = an_item("staff", said="a secret sentence")
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    decide_item.decide(actors["officer"], item.pk, Outcome.DESTROY, "another secret sentence")
    seen = follow_item.trail(actors["auditor"], item.pk)
    assert [step.procedure for step in seen.steps] == ["report-gift", "take-custody", "decide-item"]
    assert "secret" not in repr(seen)
    assert "Name of" not in repr(seen)


def test_a_name_is_released_by_the_custodian_with_a_reason_that_stays(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    with pytest.raises(NotAccepted):
        release_identity.release(actors["custodian"], item.reporter_id, " ")
    assert release_identity.release(actors["custodian"], item.reporter_id, "Police request 12/26")["name"] == "Name of staff"
    entry = LedgerEntry.objects.latest("position")
    assert (entry.procedure, entry.subject) == ("release-identity", item.reporter_id)
    with pytest.raises(Refused):
        release_identity.release(actors["officer"], item.reporter_id, "curious")


def test_an_erased_item_can_not_be_read_by_anybody_and_its_trail_stays(actors: Actors, an_item: MakeItem) -> None:
    item = an_item("staff", said="to be forgotten")
    arrival = add_photograph.begin(actors["staff"], item.pk, "front.jpg")
    arrival.write(b"\xff\xd8\xff")
    photograph = arrival.finish()
    with pytest.raises(WrongState):
        erase_item.erase(actors["custodian"], item.pk, "retention is over")
    withdraw_item.withdraw(actors["staff"], item.pk)
    assert erase_item.erase(actors["custodian"], item.pk, "retention is over") == 3
    with pytest.raises(KeyMissing):
        vault.open_sealed(Sealed.objects.get(pk=photograph.content_id))
    seen = view_item.item_for(actors["officer"], item.pk)
    assert seen.report is None
    assert [step.procedure for step in follow_item.trail(actors["auditor"], item.pk).steps][-1] == "erase-item"


def test_the_page_offers_only_what_the_actor_may_do_now(actors: Actors, an_item: MakeItem) -> None:
    item = an_item()
    assert Procedure.WITHDRAW_ITEM in view_item.item_for(actors["staff"], item.pk).may
    assert Procedure.TAKE_CUSTODY in view_item.item_for(actors["officer"], item.pk).may
    take_custody(actors["officer"], item.pk, seal_number="S-1")
    assert Procedure.WITHDRAW_ITEM not in view_item.item_for(actors["staff"], item.pk).may
    offered = view_item.item_for(actors["officer"], item.pk).may
    assert Procedure.TAKE_CUSTODY not in offered
    assert {Procedure.DECIDE_ITEM, Procedure.ATTACH_EXHIBIT, Procedure.ANSWER_REPORTER} <= offered


def test_lists_show_staff_their_own_and_officers_all_and_find_by_label(actors: Actors, an_item: MakeItem) -> None:
    mine, other = an_item("staff"), an_item("colleague")
    assert [item.pk for item in view_item.items_for(actors["staff"]).items] == [mine.pk]
    assert {item.pk for item in view_item.items_for(actors["officer"]).items} == {mine.pk, other.pk}
    assert [item.pk for item in view_item.items_for(actors["officer"], search=other.pk.lower()).items] == [other.pk]
    assert [item.pk for item in view_item.items_for(actors["officer"], search=other.pk[:9]).items] == [other.pk]
    assert view_item.items_for(actors["staff"], search=other.pk).items == ()
