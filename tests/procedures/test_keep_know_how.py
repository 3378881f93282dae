"""Know-how: what is written down, who holds it, how much of it, and what of it lies where."""

import pytest

from gifthorse.brief.kinds import ElementKind, Protection
from gifthorse.model.errors import NotAccepted, NotFound
from gifthorse.model.register import AssetFacts, ElementFacts, PartyFacts, PartyKind
from gifthorse.procedures import keep_know_how, view_know_how
from gifthorse.procedures.keep_know_how import ElementShape
from gifthorse.store.tables.asset import Holding
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.verify import verify
from tests.samples import register as samples

STEP = ElementShape(kind=ElementKind.STEP, weight=3)


@pytest.fixture
def known(actors):
    return samples.know_how(actors["officer"], actors["staff"].person)


def row_of(view, title):
    return next(row for row in (*view.rows, *view.retired) if row.facts.title == title)


def test_the_grid_shows_who_holds_what_inside_and_outside(actors, known):
    view = view_know_how.asset(actors["research"], known.asset.pk)
    assert [row.facts.title for row in view.rows] == ["Firing curve", "Who mills the powder"], "the heaviest first"
    curve = row_of(view, "Firing curve")
    assert [holder.name for holder in curve.held] == ["Name of staff"]
    assert [party.facts.name for party in curve.outside] == ["Okafor & Lindt"]
    assert row_of(view, "Who mills the powder").held == ()


def test_a_holders_share_is_that_of_the_weight(actors, known):
    [holder] = view_know_how.asset(actors["officer"], known.asset.pk).holders
    assert holder.share == 71  # 5 of 7
    keep_know_how.set_holders(actors["officer"], known.powder.pk, [actors["staff"].person, actors["colleague"].person])
    shares = {holder.name: holder.share for holder in view_know_how.asset(actors["officer"], known.asset.pk).holders}
    assert shares == {"Name of staff": 100, "Name of colleague": 29}


def test_a_retired_element_counts_no_more(actors, known):
    facts = ElementFacts(title="Firing curve")
    keep_know_how.change_element(actors["officer"], known.curve.pk, STEP, facts, retired=True)
    view = view_know_how.asset(actors["officer"], known.asset.pk)
    assert [row.facts.title for row in view.rows] == ["Who mills the powder"]
    assert [row.facts.title for row in view.retired] == ["Firing curve"]
    assert view.holders == ()
    assert view_know_how.held_by(actors["officer"], actors["staff"].person) == ()


def test_who_holds_it_no_more_stays_on_record(actors, known):
    keep_know_how.set_holders(actors["officer"], known.curve.pk, [actors["colleague"].person])
    ended = dict(Holding.objects.filter(element=known.curve).values_list("person", "ended"))
    assert ended == {actors["staff"].person: True, actors["colleague"].person: False}
    keep_know_how.set_holders(actors["officer"], known.curve.pk, [actors["staff"].person])
    assert dict(Holding.objects.filter(element=known.curve).values_list("person", "ended")) == {
        actors["staff"].person: False,
        actors["colleague"].person: True,
    }
    assert not verify().damages


def test_what_is_no_secret_stands_in_clear_and_the_rest_does_not(actors, known):
    known.curve.refresh_from_db()
    assert (known.curve.kind, known.curve.weight, known.curve.protection, known.curve.lead_years) == ("parameter", 5, "restricted", 4)
    assert known.curve.export_controlled
    assert b"Firing" not in known.curve.canonical()
    assert not known.powder.export_controlled


def test_a_change_leaves_no_older_text_behind(actors, known):
    before = known.asset.content
    keep_know_how.change_asset(actors["officer"], known.asset.pk, AssetFacts(title="Crucible 8"))
    before.refresh_from_db()
    assert before.erased
    assert view_know_how.asset(actors["officer"], known.asset.pk).facts.title == "Crucible 8"


def test_every_change_is_one_entry(actors, known):
    before = LedgerEntry.objects.count()
    keep_know_how.change_asset(actors["officer"], known.asset.pk, AssetFacts(title="B"), retired=True)
    keep_know_how.change_element(actors["officer"], known.curve.pk, STEP, ElementFacts(title="E"))
    keep_know_how.change_party(actors["officer"], known.party.pk, PartyKind.SUPPLIER, PartyFacts(name="P"), [known.powder.pk])
    assert LedgerEntry.objects.count() == before + 3
    assert [row.facts.title for row in view_know_how.assets(actors["officer"], retired=True)] == ["B"]


@pytest.mark.parametrize(
    ("shape", "facts", "field"),
    [
        (STEP, ElementFacts(title=" "), "title"),
        (STEP, ElementFacts(title="t" * 201), "title"),
        (ElementShape(kind=ElementKind.STEP, weight=0), ElementFacts(title="t"), "weight"),
        (ElementShape(kind=ElementKind.STEP, weight=6), ElementFacts(title="t"), "weight"),
        (ElementShape(kind=ElementKind.STEP, lead_years=51), ElementFacts(title="t"), "lead_years"),
        (STEP, ElementFacts(title="t", export_reference="2" * 201), "export_reference"),
    ],
    ids=["empty", "long", "too light", "too heavy", "too far ahead", "no number"],
)
def test_what_does_not_fit_says_where(actors, known, shape, facts, field):
    before = LedgerEntry.objects.count()
    with pytest.raises(NotAccepted) as caught:
        keep_know_how.add_element(actors["officer"], known.asset.pk, shape, facts)
    assert caught.value.field == field
    assert LedgerEntry.objects.count() == before


def test_nobody_unknown_holds_anything(actors, known):
    with pytest.raises(NotAccepted):
        keep_know_how.set_holders(actors["officer"], known.curve.pk, ["person-0000000000000"])
    with pytest.raises(NotAccepted):
        keep_know_how.add_party(actors["officer"], PartyKind.OTHER, PartyFacts(name="P"), ["element-0000000000000"])
    with pytest.raises(NotFound):
        keep_know_how.add_element(actors["officer"], "asset-0000000000000", STEP, ElementFacts(title="t"))


def test_protection_is_kept(actors, known):
    shape = ElementShape(kind=ElementKind.MATERIAL, protection=Protection.CONFIDENTIAL)
    assert keep_know_how.add_element(actors["research"], known.asset.pk, shape, ElementFacts(title="Binder")).protection == "confidential"
