"""The house's list of people: shown before it is written, taken over whole, and never more than was shown."""

from datetime import timedelta

import pytest

from gifthorse.desk.readings.people_csv import read_people
from gifthorse.model.errors import NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.register import StaffField
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.procedures import import_people, keep_accounts, keep_people, view_people
from gifthorse.procedures.acting import as_of, now
from gifthorse.procedures.know_by_mail import account_of_mail
from gifthorse.store import search_index, vault
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.placement import Placement, Unit
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.verify import verify

HEAD = "number;name;mail;department;login;last day\n"
ADA = "1;Ada Vell;ada@house.example;Furnaces;ada;\n"
BO = "2;Bo Quist;bo@house.example;Sales;bo;\n"
CY = "3;Cy Marr;cy@house.example;Sales;;\n"


def shown(actors, text):
    return import_people.preview(actors["admin"], read_people(text.encode()))


def taken_over(actors, text, *, close_gone=True):
    found = shown(actors, text)
    return import_people.apply(actors["admin"], read_people(text.encode()), seen=found.digest, close_gone=close_gone)


def person_called(name):
    [one] = [person for person in Person.objects.select_related("identity__key") if vault.open_json(person.identity)["name"] == name]
    return one


def test_looking_writes_nothing(actors):
    before = (LedgerEntry.objects.count(), Sealed.objects.count(), Person.objects.count(), Unit.objects.count())
    found = shown(actors, HEAD + ADA + BO)
    assert [entry.name for entry in found.new] == ["Ada Vell", "Bo Quist"]
    assert (LedgerEntry.objects.count(), Sealed.objects.count(), Person.objects.count(), Unit.objects.count()) == before


def test_a_list_is_one_entry_and_everybody_can_be_found(actors):
    before = LedgerEntry.objects.count()
    done = taken_over(actors, HEAD + ADA + BO + CY)
    assert (done.new, LedgerEntry.objects.count() - before) == (3, 1)
    ada = person_called("Ada Vell")
    assert ada.placement.unit.title == "Furnaces"
    assert search_index.find("ada vel", kinds=["person"]) == [("person", ada.pk)]
    assert not verify().damages


def test_an_account_comes_with_a_login_and_no_password_that_works(actors):
    taken_over(actors, HEAD + ADA + CY)
    account = Account.objects.get(username="ada")
    assert (account.roles, account.has_usable_password(), account.is_active) == (["staff"], False, True)
    assert not Account.objects.filter(person=person_called("Cy Marr")).exists()
    assert account_of_mail("ADA@house.example") == account


def test_the_same_list_again_changes_nothing(actors):
    taken_over(actors, HEAD + ADA + BO)
    found = shown(actors, HEAD + ADA + BO)
    assert (found.new, found.changed, found.gone, found.unchanged) == ((), (), (), 2)


def test_changes_are_shown_field_by_field_and_then_made(actors):
    taken_over(actors, HEAD + ADA + BO)
    new = HEAD + ADA.replace("Ada Vell", "Ada Vell-Brandt").replace("Furnaces", "Kilns") + BO
    [one] = shown(actors, new).changed
    assert {change.field: (change.before, change.after) for change in one.changes} == {
        StaffField.NAME: ("Ada Vell", "Ada Vell-Brandt"),
        StaffField.UNIT: ("Furnaces", "Kilns"),
    }
    taken_over(actors, new)
    ada = person_called("Ada Vell-Brandt")
    assert ada.placement.unit.title == "Kilns"
    assert search_index.find("brandt", kinds=["person"]) == [("person", ada.pk)]
    assert not verify().damages


def test_a_former_name_can_be_read_by_nobody(actors):
    taken_over(actors, HEAD + ADA)
    old = person_called("Ada Vell").identity
    taken_over(actors, HEAD + ADA.replace("Vell", "Brandt"))
    old.refresh_from_db()
    assert old.erased


def test_who_is_gone_leaves_today_and_can_sign_in_no_more(actors):
    taken_over(actors, HEAD + ADA + BO)
    assert [one.told("name") for one in shown(actors, HEAD + ADA).gone] == ["Bo Quist"]
    taken_over(actors, HEAD + ADA)
    assert person_called("Bo Quist").placement.leaving_on == now().date()
    assert not Account.objects.get(username="bo").is_active
    assert shown(actors, HEAD + ADA).gone == ()


def test_who_is_gone_stays_where_the_list_is_only_a_part(actors):
    taken_over(actors, HEAD + ADA + BO)
    taken_over(actors, HEAD + ADA.replace("Furnaces", "Kilns"), close_gone=False)
    assert Account.objects.get(username="bo").is_active


def test_people_made_by_hand_are_never_gone(actors):
    taken_over(actors, HEAD + ADA)
    assert shown(actors, HEAD + ADA).gone == ()
    assert Account.objects.get(username="staff").is_active


def test_who_comes_back_may_sign_in_again_but_not_who_was_shut_out(actors):
    taken_over(actors, HEAD + ADA + BO + CY.replace(";;", ";cy;"))
    taken_over(actors, HEAD + ADA + CY.replace(";;", ";cy;"))
    keep_accounts.close(actors["admin"], Account.objects.get(username="cy").pk)
    taken_over(actors, HEAD + ADA + BO + CY.replace(";;", ";cy;"))
    assert Account.objects.get(username="bo").is_active
    assert person_called("Bo Quist").placement.leaving_on is None
    assert not Account.objects.get(username="cy").is_active


def test_a_column_that_the_list_lacks_changes_nothing(actors):
    taken_over(actors, HEAD + ADA)
    assert shown(actors, "number;name\n1;Ada Vell\n").changed == ()


def test_people_are_known_again_by_mail_when_numbers_come_later(actors):
    taken_over(actors, "name;mail\nAda Vell;ada@house.example\n")
    ada = person_called("Ada Vell")
    taken_over(actors, HEAD + ADA)
    assert person_called("Ada Vell").pk == ada.pk
    found = shown(actors, "number;name\n1;Ada Vell\n")
    assert (found.new, found.gone) == ((), ())


def test_nobody_raises_their_own_roles_with_a_list(actors):
    found = shown(actors, "number;name;login;roles\n9;Name of admin;admin;admin officer|custodian\n")
    assert found.changed == ()
    assert len(found.broken) == 1
    found = shown(actors, "number;name;login;roles\n9;Name of admin;admin;admin, custodian\n")
    assert "Nobody changes their own" in found.broken[0].reason.in_english()


def test_a_login_or_a_mail_of_somebody_else_leaves_the_row_out(actors):
    taken_over(actors, HEAD + ADA)
    found = shown(actors, HEAD + ADA + "5;Eve;eve@house.example;;ada;\n6;Fay;ada@house.example;;fay;\n")
    assert [row.row for row in found.broken] == [3, 4] or len(found.broken) == 2
    assert found.new == ()


def test_nothing_is_written_that_was_not_shown(actors):
    staff = read_people((HEAD + ADA).encode())
    seen = import_people.preview(actors["admin"], staff).digest
    taken_over(actors, HEAD + ADA + BO)
    before = LedgerEntry.objects.count()
    with pytest.raises(WrongState, match="changed since"):
        import_people.apply(actors["admin"], staff, seen=seen, close_gone=True)
    assert LedgerEntry.objects.count() == before


def test_a_last_day_closes_the_account_when_it_is_over(actors):
    day = now().date() + timedelta(days=3)
    taken_over(actors, HEAD + ADA.replace("ada;\n", f"ada;{day.isoformat()}\n"))
    assert keep_people.close_leavers(actors["admin"]) == 0
    with as_of(now() + timedelta(days=4)):
        assert view_people.people(actors["admin"]).open_accounts_of_leavers == 1
        assert account_of_mail("ada@house.example") is None
        assert keep_people.close_leavers(actors["admin"]) == 1
    assert not Account.objects.get(username="ada").is_active


def test_who_is_missing_from_the_list_stays_unless_it_is_asked_otherwise(actors):
    taken_over(actors, HEAD + ADA + BO)
    assert [one.told("name") for one in shown(actors, HEAD + ADA).gone] == ["Bo Quist"]
    assert taken_over(actors, HEAD + ADA, close_gone=False).closed == 0
    assert Account.objects.get(username="bo").is_active
    assert person_called("Bo Quist").placement.leaving_on is None
    assert taken_over(actors, HEAD + ADA).closed == 1
    assert not Account.objects.get(username="bo").is_active
    assert person_called("Bo Quist").placement.leaving_on == now().date()
    assert not verify().damages


def test_no_officer_closes_accounts_neither_with_a_list_nor_without(actors):
    taken_over(actors, HEAD + ADA + BO)
    staff = read_people((HEAD + ADA).encode())
    seen = shown(actors, HEAD + ADA).digest
    for name in ("officer", "custodian", "auditor", "staff"):
        with pytest.raises(Refused):
            import_people.apply(actors[name], staff, seen=seen, close_gone=True)
        with pytest.raises((Refused, NotFound)):
            keep_people.close_leavers(actors[name])
    assert Account.objects.get(username="bo").is_active


def test_the_desk_itself_closes_an_account_the_day_after_its_last_day(actors):
    day = now().date() + timedelta(days=3)
    taken_over(actors, HEAD + ADA.replace("ada;\n", f"ada;{day.isoformat()}\n") + BO)
    before = LedgerEntry.objects.count()
    with as_of(now() + timedelta(days=3)):
        assert keep_people.close_leavers_today() == 0, "on the last day itself people still tell and hand in"
    assert LedgerEntry.objects.count() == before, "nothing is written when there is nobody"
    with as_of(now() + timedelta(days=4)):
        assert keep_people.close_leavers_today() == 1
        assert keep_people.close_leavers_today() == 0
    last = LedgerEntry.objects.order_by("-position")[0]
    assert (last.actor, last.procedure, last.position) == (DESK_ITSELF.person, "keep-people", before + 1)
    assert not Account.objects.get(username="ada").is_active
    assert Account.objects.get(username="bo").is_active


def test_a_first_password_is_given_once_and_replaces_none(actors):
    taken_over(actors, HEAD + ADA)
    ada = Account.objects.get(username="ada")
    password = keep_people.give_first_password(actors["admin"], ada.person_id)
    ada.refresh_from_db()
    assert ada.check_password(password)
    with pytest.raises(WrongState, match="its owner alone"):
        keep_people.give_first_password(actors["admin"], ada.person_id)
    with pytest.raises(WrongState):
        keep_people.give_first_password(actors["admin"], actors["custodian"].person)


def test_a_place_is_kept_with_a_new_unit_and_bad_values_say_where(actors):
    facts = keep_people.PlaceFacts(name="Name of staff", unit="New  unit", duty_kind="sales", zone="Asia/Tokyo")
    placed = keep_people.place(actors["admin"], actors["staff"].person, facts)
    assert (placed.unit.title, placed.duty_kind) == ("New unit", "sales")
    for field, value in (("name", " "), ("duty_kind", "spy"), ("zone", "Mars/Olympus"), ("unit", "u" * 121)):
        with pytest.raises(NotAccepted) as caught:
            keep_people.place(actors["admin"], actors["staff"].person, keep_people.PlaceFacts(**{"name": "N", field: value}))
        assert caught.value.field == field


def test_nobody_closes_their_own_account_by_a_last_day(actors):
    with pytest.raises(NotAccepted, match="own account"):
        keep_people.place(actors["admin"], actors["admin"].person, keep_people.PlaceFacts(name="A", leaving_on=now().date()))


def test_no_question_is_asked_for_each_person(actors):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(number):
        text = HEAD + "".join(f"{start}{n};P{n};p{start}{n}@house.example;U;l{start}{n};\n" for n in range(number))
        found = shown(actors, text)
        with CaptureQueriesContext(connection) as captured:
            import_people.apply(actors["admin"], read_people(text.encode()), seen=found.digest, close_gone=False)
        return len(captured)

    start = "a"
    few = asked(100)
    start = "b"
    assert asked(500) - few < 40, "SQLite takes about a hundred rows in one statement; anything more is a question per person"


def test_an_administrator_alone_takes_lists_over(actors):
    both = Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER, Role.CUSTODIAN}))
    from gifthorse.model.errors import Refused

    with pytest.raises(Refused):
        import_people.preview(both, read_people((HEAD + ADA).encode()))
    assert Placement.objects.count() == 0
