"""Reports among the results of a search: those that somebody may know of, without a word of what was told."""

import msgspec
import pytest

from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Role
from gifthorse.procedures.found_reports import reports
from gifthorse.procedures.tellers_lists import lists_for
from tests.samples import register
from tests.samples import reports as samples

pytestmark = pytest.mark.django_db


def test_officers_find_all_but_what_is_sealed_to_others_and_staff_their_own(actors):
    told, own = samples.approach(actors["staff"]), samples.odd(actors["colleague"])
    sealed = samples.pressure(actors["staff"], (actors["officer"].person,))
    ids = [told.pk, own.pk, sealed.pk]
    assert {found.id for found in reports(actors["officer"], ids)} == set(ids)
    assert {found.id for found in reports(actors["colleague"], ids)} == {own.pk}
    second = Actor(person=actors["board"].person, roles=frozenset({Role.OFFICER}))
    assert {found.id for found in reports(second, ids)} == {told.pk, own.pk}


def test_a_result_says_the_kind_and_nothing_that_was_told(actors):
    (found,) = reports(actors["officer"], [samples.approach(actors["staff"]).pk])
    assert (found.value, found.words, found.route, found.title) == ("approach", "report_kind", "report_page", "")
    assert "glaze" not in msgspec.json.encode(found).decode()


def test_somebody_chooses_from_their_own_know_how_and_contacts_and_finds_colleagues_by_name(actors):
    known = register.know_how(Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER})), actors["staff"].person)
    contact = samples.approach(actors["staff"]).contact_id
    lists = lists_for(actors["staff"], ReportKind.APPROACH)
    assert known.curve.pk in lists.elements
    assert lists.contacts == {contact: "Lee Wendt"}
    assert lists.people == {}
    assert lists_for(actors["colleague"], ReportKind.APPROACH).elements == {}
    found = lists_for(actors["staff"], ReportKind.COLLEAGUE_CONCERN, sought="colleague")
    assert found.people == {actors["colleague"].person: "Name of colleague"}
    assert lists_for(actors["staff"], ReportKind.PRESSURE).people == {actors["officer"].person: "Name of officer"}
