"""The register of know-how as it is read: the list of assets, and the grid of one asset's elements and who holds them."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec
from django.db.models import Count, Q

from gifthorse.model.errors import KeyMissing, NotFound
from gifthorse.model.register import AssetFacts, ElementFacts, PartyFacts
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, authorise, may, now
from gifthorse.procedures.kept_people import kept_by_id
from gifthorse.procedures.people import ERASED
from gifthorse.store import vault
from gifthorse.store.tables.asset import Asset, Element, Holding, ThirdParty
from gifthorse.store.tables.placement import Unit
from gifthorse.store.tables.sealed import Sealed

Facts = TypeVar("Facts", AssetFacts, ElementFacts, PartyFacts)
ERASED_ASSET = AssetFacts(title=ERASED)
ERASED_ELEMENT = ElementFacts(title=ERASED)
ERASED_PARTY = PartyFacts(name=ERASED)


class AssetRow(msgspec.Struct, frozen=True, kw_only=True):
    """One asset of the list, with how many elements it has, and how many of ours hold any."""

    asset: Asset
    facts: AssetFacts
    elements: int
    holders: int


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """One of ours who holds something; `share` is how much of the asset's weight, in percent; `gone` when their last day is over."""

    id: str
    name: str
    unit: str = ""
    gone: bool = False
    share: int = 0


class PartyView(msgspec.Struct, frozen=True, kw_only=True):
    """A house outside with the elements (ids) that it holds."""

    party: ThirdParty
    facts: PartyFacts
    elements: frozenset[str]


class ElementRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the grid: the element, and for each holder and each house outside whether they hold it."""

    element: Element
    facts: ElementFacts
    holders: tuple[tuple[Holder, bool], ...]
    parties: tuple[tuple[PartyView, bool], ...]

    @property
    def held(self) -> tuple[Holder, ...]:
        """Who of ours holds it."""
        return tuple(holder for holder, holds in self.holders if holds)

    @property
    def outside(self) -> tuple[PartyView, ...]:
        """Which houses outside hold it."""
        return tuple(party for party, holds in self.parties if holds)


class AssetView(msgspec.Struct, frozen=True, kw_only=True):
    """One asset with its grid, heaviest element first; retired elements last, on their own."""

    asset: Asset
    facts: AssetFacts
    rows: tuple[ElementRow, ...]
    retired: tuple[ElementRow, ...]
    holders: tuple[Holder, ...]
    parties: tuple[PartyView, ...]
    may_keep: bool


class HeldElement(msgspec.Struct, frozen=True, kw_only=True):
    """An element that somebody holds, with its asset's title."""

    element: Element
    facts: ElementFacts
    asset_title: str


def assets(actor: Actor, *, retired: bool = False) -> list[AssetRow]:
    """All assets by title; *retired* shows those that count no more. Raises Refused."""
    authorise(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE)
    living = Q(elements__retired=False)
    rows = (
        Asset.objects.filter(retired=retired)
        .select_related("content__key", "unit")
        .annotate(
            number=Count("elements", filter=living, distinct=True),
            holders=Count("elements__holdings__person", filter=living & Q(elements__holdings__ended=False), distinct=True),
        )
    )
    listed = [AssetRow(asset=row, facts=opened(row.content, ERASED_ASSET), elements=row.number, holders=row.holders) for row in rows]
    return sorted(listed, key=lambda row: row.facts.title.casefold())


def asset(actor: Actor, asset_id: str) -> AssetView:
    """The asset with its grid. Raises NotFound or Refused."""
    authorise(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE)
    row = Asset.objects.select_related("content__key", "unit").filter(pk=asset_id).first()
    if row is None:
        raise NotFound(NOT_THERE)
    elements = list(Element.objects.filter(asset=row).select_related("content__key").prefetch_related("holdings"))
    ids = {element.pk for element in elements}
    outside = tuple(party for party in all_parties() if party.elements & ids)
    holders = _holders(_shares([element for element in elements if not element.retired]))
    rows = [_element_row(element, holders, outside) for element in elements]
    rows.sort(key=lambda one: (-one.element.weight, one.facts.title.casefold()))
    return AssetView(
        asset=row,
        facts=opened(row.content, ERASED_ASSET),
        rows=tuple(one for one in rows if not one.element.retired),
        retired=tuple(one for one in rows if one.element.retired),
        holders=holders,
        parties=outside,
        may_keep=may(actor, Procedure.KEEP_KNOW_HOW, Relation.NONE),
    )


def element(actor: Actor, element_id: str) -> tuple[AssetView, ElementRow]:
    """The element in its asset's grid. Raises NotFound or Refused."""
    authorise(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE)
    asset_id = Element.objects.filter(pk=element_id).values_list("asset_id", flat=True).first()
    if asset_id is None:
        raise NotFound(NOT_THERE)
    view = asset(actor, asset_id)
    return view, next(row for row in (*view.rows, *view.retired) if row.element.pk == element_id)


def units(actor: Actor) -> tuple[Unit, ...]:
    """All units of the house, to which assets belong. Raises Refused."""
    authorise(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE)
    return tuple(Unit.objects.all())


def parties(actor: Actor) -> list[PartyView]:
    """All houses outside that hold know-how, by name. Raises Refused."""
    authorise(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE)
    return all_parties()


def party(actor: Actor, party_id: str) -> PartyView:
    """One house outside. Raises NotFound or Refused."""
    found = next((one for one in parties(actor) if one.party.pk == party_id), None)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def elements(actor: Actor) -> list[HeldElement]:
    """Every element that counts, by asset and title. Raises Refused."""
    authorise(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE)
    return _listed(Element.objects.filter(retired=False, asset__retired=False).select_related("content__key", "asset__content__key"))


def held_by(actor: Actor, person_id: str) -> tuple[HeldElement, ...]:
    """What the person holds, by asset and title. Raises Refused."""
    authorise(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE)
    holdings = Holding.objects.filter(person=person_id, ended=False, element__retired=False, element__asset__retired=False)
    return tuple(_listed(one.element for one in holdings.select_related("element__content__key", "element__asset__content__key")))


def all_parties() -> list[PartyView]:
    """As `parties`, for procedures that have asked for permission."""
    rows = ThirdParty.objects.select_related("content__key")
    views = [PartyView(party=row, facts=opened(row.content, ERASED_PARTY), elements=frozenset(row.elements)) for row in rows]
    return sorted(views, key=lambda view: view.facts.name.casefold())


def opened(sealed: Sealed, erased: Facts) -> Facts:
    """The facts that lie in *sealed*, or *erased* when they were erased."""
    try:
        return msgspec.convert(vault.open_json(sealed), type(erased))
    except KeyMissing:
        return erased


def _listed(rows: Iterable[Element]) -> list[HeldElement]:
    titles: dict[str, str] = {}
    listed = []
    for row in rows:
        if row.asset_id not in titles:
            titles[row.asset_id] = opened(row.asset.content, ERASED_ASSET).title
        listed.append(HeldElement(element=row, facts=opened(row.content, ERASED_ELEMENT), asset_title=titles[row.asset_id]))
    return sorted(listed, key=lambda one: (one.asset_title.casefold(), one.facts.title.casefold()))


def _shares(living: list[Element]) -> dict[str, int]:
    """How much of the weight of *living* each holder (an id) holds, in whole percent."""
    held: dict[str, int] = {}
    for row in living:
        for holding in row.holdings.all():
            if not holding.ended:
                held[holding.person_id] = held.get(holding.person_id, 0) + row.weight
    whole = sum(row.weight for row in living) or 1
    return {person: round(100 * weight / whole) for person, weight in held.items()}


def _holders(shares: dict[str, int]) -> tuple[Holder, ...]:
    today = now().date()
    found = []
    for kept in kept_by_id(shares).values():
        place = kept.placement
        gone = place is not None and place.leaving_on is not None and place.leaving_on <= today
        unit = place.unit.title if place and place.unit else ""
        name = ERASED if kept.erased else kept.told("name")
        found.append(Holder(id=kept.id, name=name, unit=unit, gone=gone, share=shares[kept.id]))
    return tuple(sorted(found, key=lambda holder: (-holder.share, holder.name.casefold())))


def _element_row(row: Element, holders: tuple[Holder, ...], outside: tuple[PartyView, ...]) -> ElementRow:
    held = {holding.person_id for holding in row.holdings.all() if not holding.ended}
    return ElementRow(
        element=row,
        facts=opened(row.content, ERASED_ELEMENT),
        holders=tuple((holder, holder.id in held) for holder in holders),
        parties=tuple((party, row.pk in party.elements) for party in outside),
    )
