"""One field finds all that somebody may see, and nothing else; after a restore as before."""

import pytest

from gifthorse.model.errors import Refused
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.procedures import erase_item, keep_events, rebuild_index, search_records, view_people, withdraw_item
from gifthorse.procedures.found_records import Found
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.search_word import SearchWord
from tests.samples import register as samples


@pytest.fixture
def filled(actors, an_item):
    known = samples.know_how(actors["officer"], actors["staff"].person)
    event = samples.an_event(actors["officer"], [actors["staff"].person])
    return {
        "asset": known.asset.pk,
        "element": known.curve.pk,
        "party": known.party.pk,
        "event": event.pk,
        "contact": samples.a_contact(actors["staff"]).pk,
        "item": an_item("staff", what="Blue stick of the crucible people", giver="Leopold Bluewave").pk,
    }


def found(actor, query):
    return {group.kind: [one.id for one in group.found] for group in search_records.search(actor, query).groups}


def test_an_officer_finds_every_kind_by_its_words(actors, filled):
    officer = actors["officer"]
    assert found(officer, "crucible") == {"asset": [filled["asset"]], "item": [filled["item"]]}
    assert found(officer, "firing cur") == {"element": [filled["element"]]}
    assert found(officer, "2b226") == {"element": [filled["element"]]}
    assert found(officer, "okafor") == {"party": [filled["party"]]}
    assert found(officer, "munich ceram") == {"event": [filled["event"]]}
    assert found(officer, "bluewave") == {"contact": [filled["contact"]], "item": [filled["item"]]}
    assert found(officer, "张伟") == {"contact": [filled["contact"]]}
    assert found(officer, "zhang wei") == {"contact": [filled["contact"]]}
    assert list(found(officer, "name of custodian")) == ["person"]


def test_a_record_is_found_by_its_number_in_any_case(actors, filled):
    assert found(actors["officer"], filled["contact"].lower()) == {"contact": [filled["contact"]]}
    assert found(actors["officer"], filled["item"]) == {"item": [filled["item"]]}


def test_staff_find_their_own_alone(actors, filled, an_item):
    others = an_item("colleague", what="Blue stick, too").pk
    staff = Actor(person=actors["staff"].person, roles=frozenset({Role.STAFF}))
    assert found(staff, "blue stick") == {"item": [filled["item"]]}
    assert found(staff, "bluewave") == {"item": [filled["item"]]}
    assert found(staff, others) == {}
    for query in ("crucible 7", "okafor", "ceramitec", "张伟", "name of custodian", filled["contact"], filled["asset"]):
        assert set(found(staff, query)) <= {"item"}


@pytest.mark.parametrize("name", ["custodian", "auditor", "admin", "research"])
def test_others_search_nothing(actors, name):
    with pytest.raises(Refused):
        search_records.search(actors[name], "crucible")


@pytest.mark.parametrize("query", ["", "   ", "\0", "🂡🂢", "a" * 5000, "item-", "item-nonsense", "person-0000000000000", "-"])
def test_any_query_is_answered(actors, filled, query):
    assert search_records.search(actors["officer"], query).number == 0


def test_searching_leaves_no_entry_and_writes_nothing(actors, filled):
    before = LedgerEntry.objects.count()
    search_records.search(actors["officer"], "crucible")
    assert LedgerEntry.objects.count() == before


def test_every_kind_can_be_described_and_made_anew():
    assert set(search_records.DESCRIBERS) <= set(rebuild_index.INDEXED)


def test_many_results_say_that_there_are_more(actors, monkeypatch):
    def many(_actor, ids):
        return [Found(id=record, title="t", route="item", named=record) for record in ids]

    monkeypatch.setitem(search_records.DESCRIBERS, "item", many)
    monkeypatch.setattr(search_records.search_index, "find_typed", lambda *_args, **_more: [("item", f"item-{n}") for n in range(40)])
    [group] = search_records.search(actors["officer"], "stick").groups
    assert (len(group.found), group.more) == (search_records.SHOWN, True)


def index():
    return sorted((bytes(word.digest), word.kind, word.record, word.owner) for word in SearchWord.objects.all())


def test_the_index_made_anew_is_the_one_that_was(actors, filled):
    before = index()
    SearchWord.objects.all().delete()
    entries = LedgerEntry.objects.count()
    number = rebuild_index.rebuild(DESK_ITSELF)
    assert index() == before
    assert number == len({record for _digest, _kind, record, _owner in before})
    assert LedgerEntry.objects.count() == entries + 1


def test_what_was_erased_is_found_no_more(actors, an_item):
    item = an_item("staff", what="Unrepeatable gadget")
    assert found(actors["officer"], "unrepeatable") == {"item": [item.pk]}
    withdraw_item.withdraw(actors["staff"], item.pk)
    erase_item.erase(actors["custodian"], item.pk, "retention is over")
    assert found(actors["officer"], "unrepeatable") == {}
    rebuild_index.rebuild(DESK_ITSELF)
    assert found(actors["officer"], "unrepeatable") == {}


def test_a_change_of_words_is_found_by_the_new_ones_alone(actors, filled):
    facts = keep_events.EventFacts(title="Hannover Messe", place="Hannover")
    keep_events.change_event(actors["officer"], filled["event"], samples.FAIR, facts)
    assert found(actors["officer"], "ceramitec") == {}
    assert found(actors["officer"], "hannover") == {"event": [filled["event"]]}


def test_people_are_offered_by_their_beginning(actors):
    from gifthorse.model.roles import Procedure

    assert [one.told("name") for one in view_people.offered(actors["research"], "coll", Procedure.KEEP_KNOW_HOW)] == ["Name of colleague"]
    with pytest.raises(Refused):
        view_people.offered(actors["research"], "coll", Procedure.KEEP_EVENTS)


def test_a_restore_brings_the_index_back_within_its_own_entry(actors, filled, tmp_path):
    from gifthorse.procedures import back_up, restore_backup

    before = index()
    back_up.back_up(DESK_ITSELF, tmp_path / "monday")
    SearchWord.objects.all().delete()
    restore_backup.restore(DESK_ITSELF, tmp_path / "monday", keys=tmp_path / "gifthorse.keys", replace=True)
    assert index() == before
    assert found(actors["officer"], "okafor") == {"party": [filled["party"]]}
    assert LedgerEntry.objects.order_by("-position").first().procedure == "restore-backup"


def test_typing_on_never_loses_what_was_found(actors, filled):
    whole = "name of custodian"
    for end in range(3, len(whole) + 1):
        assert "person" in found(actors["officer"], whole[:end]), whole[:end]


def test_others_records_never_crowd_out_ones_own(actors, an_item, monkeypatch):
    own = an_item("staff", what="Blue stick").pk
    for _turn in range(3):
        an_item("colleague", what="Blue stick")
    whole = search_records.search_index.find_typed
    monkeypatch.setattr(search_records.search_index, "find_typed", lambda query, **more: whole(query, **more, most=1))
    assert found(Actor(person=actors["staff"].person, roles=frozenset({Role.STAFF})), "blue stick") == {"item": [own]}
