"""The ledger of favours: both directions, what the policy says, and corrections that keep what stood there before."""

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gifthorse.model.errors import NotAccepted, NotFound, Refused
from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import FavourBand
from gifthorse.procedures.keep_favours import FavourFacts, FavourHandling, add_favour, correct_favour
from gifthorse.procedures.view_favours import favour_of, favours_of_contact, own_favours
from gifthorse.report.favour_policy import packaged_policy, says
from gifthorse.store.tables.ledger_entry import LedgerEntry
from tests.samples import reports as samples

pytestmark = pytest.mark.django_db
WINE = FavourFacts(direction=Direction.OUT, kind=FavourKind.GIFT, band=FavourBand.SMALL, month=2026 * 12 + 10, what="A bottle of wine")


def test_both_directions_stand_in_the_ledger_with_what_the_policy_says(actors):
    contact = samples.approach(actors["staff"]).contact_id
    add_favour(actors["officer"], contact, actors["staff"].person, WINE)
    ledger = favours_of_contact(actors["officer"], contact)
    assert (ledger.received, ledger.given) == (2, 1)
    travel = next(row for row in ledger.rows if row.facts.kind is FavourKind.TRAVEL)
    assert travel.says == says(FavourKind.TRAVEL, FavourBand.MEDIUM, packaged_policy())
    wine = next(row for row in ledger.rows if row.facts.direction is Direction.OUT)
    assert (wine.facts.what, wine.year, wine.month, wine.person) == ("A bottle of wine", 2026, 11, "Name of staff")


def test_a_look_at_the_ledger_is_on_record_and_ones_own_is_not(actors):
    contact = samples.approach(actors["staff"]).contact_id
    before = LedgerEntry.objects.count()
    own = own_favours(actors["staff"])
    assert LedgerEntry.objects.count() == before
    favours_of_contact(actors["officer"], contact)
    assert LedgerEntry.objects.order_by("-position").first().procedure == "view-favours"
    assert [row.contact for row in own.rows] == ["Lee Wendt", "Lee Wendt"]
    assert own_favours(actors["colleague"]).rows == ()


def test_a_correction_keeps_what_stood_there_before(actors):
    contact = samples.approach(actors["staff"]).contact_id
    entry = add_favour(actors["officer"], contact, actors["staff"].person, WINE)
    better = msgspec.structs.replace(WINE, band=FavourBand.LARGE, handling=FavourHandling.RETURNED, what="A case of wine")
    correct_favour(actors["officer"], entry.pk, better, "The bill turned up.")
    contact_id, row = favour_of(actors["officer"], entry.pk)
    assert (contact_id, row.facts) == (contact, better)
    assert [(one.before, one.reason, one.by) for one in row.corrections] == [(WINE, "The bill turned up.", actors["officer"].person)]


def test_a_told_favour_without_words_can_be_corrected_too(actors):
    contact = samples.approach(actors["staff"]).contact_id
    row = favours_of_contact(actors["officer"], contact).rows[0]
    correct_favour(actors["officer"], row.id, msgspec.structs.replace(row.facts, handling=FavourHandling.DECLINED), "She said so.")
    assert favour_of(actors["officer"], row.id)[1].facts.handling is FavourHandling.DECLINED


@pytest.mark.parametrize(
    ("changes", "field"), [({"band": FavourBand.NONE}, "band"), ({"month": 5}, "month"), ({"what": "x" * 2001}, "what")]
)
def test_an_entry_that_does_not_fit_names_its_field(actors, changes, field):
    contact = samples.approach(actors["staff"]).contact_id
    with pytest.raises(NotAccepted) as refused:
        add_favour(actors["officer"], contact, actors["staff"].person, msgspec.structs.replace(WINE, **changes))
    assert refused.value.field == field


def test_an_entry_needs_somebody_and_a_correction_a_reason(actors):
    contact = samples.approach(actors["staff"]).contact_id
    with pytest.raises(NotAccepted):
        add_favour(actors["officer"], contact, "person-0000000000000", WINE)
    entry = add_favour(actors["officer"], contact, actors["staff"].person, WINE)
    with pytest.raises(NotAccepted):
        correct_favour(actors["officer"], entry.pk, WINE, " ")
    with pytest.raises(NotFound):
        correct_favour(actors["officer"], "favour-0000000000000", WINE, "Why not.")


@pytest.mark.parametrize("login", ["staff", "colleague", "custodian", "auditor", "research"])
def test_nobody_but_officers_keeps_or_reads_the_ledger_of_a_contact(actors, login):
    contact = samples.approach(actors["staff"]).contact_id
    with pytest.raises((Refused, NotFound)):
        favours_of_contact(actors[login], contact)
    with pytest.raises((Refused, NotFound)):
        add_favour(actors[login], contact, actors["board"].person, WINE)


def test_an_officer_writes_no_entry_about_themselves(actors):
    contact = samples.approach(actors["staff"]).contact_id
    with pytest.raises(Refused):
        add_favour(actors["officer"], contact, actors["officer"].person, WINE)


def test_a_contact_out_of_somebody_elses_sealed_report_has_no_ledger(actors):
    from gifthorse.model.roles import DESK_ITSELF, Role
    from gifthorse.procedures import keep_accounts
    from tests.samples.people import PASSWORD

    second = keep_accounts.create(DESK_ITSELF, "second", PASSWORD, [Role.OFFICER], {"name": "Second"}).as_actor()
    contact = samples.pressure(actors["staff"], (actors["officer"].person,)).contact_id
    assert favours_of_contact(actors["officer"], contact).rows == ()
    with pytest.raises(NotFound):
        favours_of_contact(second, contact)


def test_a_longer_ledger_asks_the_database_no_more_often(actors):
    contact = samples.approach(actors["staff"]).contact_id
    counts = []
    for number in (1, 9):
        for _ in range(number):
            add_favour(actors["officer"], contact, actors["staff"].person, WINE)
        with CaptureQueriesContext(connection) as seen:
            favours_of_contact(actors["officer"], contact)
        counts.append(len(seen))
    assert counts[0] == counts[1]
