"""The register of know-how is kept: assets, their elements, who holds which, and which houses outside hold them too."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import msgspec
from django.db.models import Model, QuerySet

from gifthorse.brief.kinds import ElementKind, Protection
from gifthorse.model.errors import NotAccepted, NotFound
from gifthorse.model.register import (
    GREATEST_WEIGHT,
    LEAST_WEIGHT,
    LONGEST_PROSE,
    LONGEST_TITLE,
    AssetFacts,
    ElementFacts,
    PartyFacts,
    PartyKind,
)
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, act
from gifthorse.procedures.keeping_many import sealed_anew
from gifthorse.store import search_index, vault
from gifthorse.store.tables.asset import Asset, Element, Holding, ThirdParty
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.placement import Unit

ASSET: Final = "asset"
ELEMENT: Final = "element"
PARTY: Final = "party"
LONGEST_LEAD: Final = 50
Found = TypeVar("Found", bound=Model)


class ElementShape(msgspec.Struct, frozen=True, kw_only=True):
    """What of an element is no secret of its own: kind, weight 1 to 5, protection, years of lead over others."""

    kind: ElementKind
    weight: int = 1
    protection: Protection = Protection.INTERNAL
    lead_years: int | None = None


def add_asset(actor: Actor, facts: AssetFacts, *, unit: str = "") -> Asset:
    """The new asset of the unit with the id *unit*. Raises NotAccepted or Refused."""
    with act(actor, Procedure.KEEP_KNOW_HOW, Relation.NONE) as deed:
        _check_texts(facts.title, facts.what)
        asset = deed.keep(Asset(content=deed.note(vault.keep_json(facts, moment=deed.moment)), unit=_unit(unit)))
        deed.subject = asset.pk
        search_index.note(ASSET, asset.pk, "", [facts.title], [facts.what])
        return asset


def change_asset(actor: Actor, asset_id: str, facts: AssetFacts, *, unit: str = "", retired: bool = False) -> Asset:
    """The asset as *facts* say; a retired one counts no more but stays on record."""
    asset = _one(Asset.objects.select_related("content"), asset_id)
    with act(actor, Procedure.KEEP_KNOW_HOW, Relation.NONE, subject=asset.pk) as deed:
        _check_texts(facts.title, facts.what)
        asset.content = sealed_anew(deed, asset.content, facts)
        asset.unit, asset.retired = _unit(unit), retired
        deed.keep(asset)
        search_index.note(ASSET, asset.pk, "", [facts.title], [facts.what])
        return asset


def add_element(actor: Actor, asset_id: str, shape: ElementShape, facts: ElementFacts) -> Element:
    """The new element of the asset."""
    asset = _one(Asset.objects.all(), asset_id)
    with act(actor, Procedure.KEEP_KNOW_HOW, Relation.NONE, subject=asset.pk) as deed:
        _check_element(shape, facts)
        content = deed.note(vault.keep_json(facts, moment=deed.moment))
        element = deed.keep(_shaped(Element(asset=asset, content=content), shape, facts))
        search_index.note(ELEMENT, element.pk, "", [facts.title, facts.export_reference], [facts.line])
        return element


def change_element(actor: Actor, element_id: str, shape: ElementShape, facts: ElementFacts, *, retired: bool = False) -> Element:
    """The element as *shape* and *facts* say."""
    element = _one(Element.objects.select_related("content", "asset"), element_id)
    with act(actor, Procedure.KEEP_KNOW_HOW, Relation.NONE, subject=element.asset_id) as deed:
        _check_element(shape, facts)
        element.content = sealed_anew(deed, element.content, facts)
        element.retired = retired
        deed.keep(_shaped(element, shape, facts))
        search_index.note(ELEMENT, element.pk, "", [facts.title, facts.export_reference], [facts.line])
        return element


def set_holders(actor: Actor, element_id: str, people: Iterable[str]) -> Element:
    """The element, held by exactly *people* (ids) from now on; who held it before stays on record as ended."""
    element = _one(Element.objects.all(), element_id)
    with act(actor, Procedure.KEEP_KNOW_HOW, Relation.NONE, subject=element.asset_id) as deed:
        wanted = _people(people)
        known = {holding.person_id: holding for holding in Holding.objects.filter(element=element)}
        for person in wanted - known.keys():
            deed.keep(Holding(element=element, person_id=person))
        for person, holding in known.items():
            if holding.ended is (person in wanted):
                holding.ended = person not in wanted
                deed.keep(holding)
        return element


def add_party(actor: Actor, kind: PartyKind, facts: PartyFacts, elements: Sequence[str] = ()) -> ThirdParty:
    """The new house outside that holds *elements* (ids)."""
    with act(actor, Procedure.KEEP_KNOW_HOW, Relation.NONE) as deed:
        _check_texts(facts.name, facts.note, field="name")
        content = deed.note(vault.keep_json(facts, moment=deed.moment))
        party = deed.keep(ThirdParty(kind=kind.value, content=content, elements=_elements(elements)))
        deed.subject = party.pk
        search_index.note(PARTY, party.pk, "", [facts.name], [facts.note])
        return party


def change_party(actor: Actor, party_id: str, kind: PartyKind, facts: PartyFacts, elements: Sequence[str]) -> ThirdParty:
    """The house outside as *facts* say, holding exactly *elements*."""
    party = _one(ThirdParty.objects.select_related("content"), party_id)
    with act(actor, Procedure.KEEP_KNOW_HOW, Relation.NONE, subject=party.pk) as deed:
        _check_texts(facts.name, facts.note, field="name")
        party.content = sealed_anew(deed, party.content, facts)
        party.kind, party.elements = kind.value, _elements(elements)
        deed.keep(party)
        search_index.note(PARTY, party.pk, "", [facts.name], [facts.note])
        return party


def _one(rows: QuerySet[Found], record: str) -> Found:
    found = rows.filter(pk=record).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def _unit(unit: str) -> Unit | None:
    return Unit.objects.filter(pk=unit).first() if unit else None


def _people(ids: Iterable[str]) -> set[str]:
    wanted = set(ids)
    if Person.objects.filter(pk__in=wanted).count() != len(wanted):
        raise NotAccepted(N_("Somebody on this list is not in the register. Please choose them again."), field="person")
    return wanted


def _elements(ids: Sequence[str]) -> list[str]:
    known = set(Element.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if known != set(ids):
        raise NotAccepted(N_("One of these elements is not in the register. Please choose them again."), field="elements")
    return sorted(known)


def _shaped(element: Element, shape: ElementShape, facts: ElementFacts) -> Element:
    element.kind, element.weight = shape.kind.value, shape.weight
    element.protection, element.lead_years = shape.protection.value, shape.lead_years
    element.export_controlled = bool(facts.export_reference.strip())
    return element


def _check_texts(title: str, prose: str, *, field: str = "title") -> None:
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise NotAccepted(N_("Please write between 1 and 200 characters."), field=field)
    if len(prose) > LONGEST_PROSE:
        raise NotAccepted(N_("Please shorten the text to 4,000 characters."))


def _check_element(shape: ElementShape, facts: ElementFacts) -> None:
    _check_texts(facts.title, facts.line)
    if not LEAST_WEIGHT <= shape.weight <= GREATEST_WEIGHT:
        raise NotAccepted(N_("The weight goes from 1 to 5."), field="weight")
    if shape.lead_years is not None and not 0 <= shape.lead_years <= LONGEST_LEAD:
        raise NotAccepted(N_("The lead is given in whole years, up to 50."), field="lead_years")
    if len(facts.export_reference) > LONGEST_TITLE:
        raise NotAccepted(N_("Please write at most 200 characters."), field="export_reference")
