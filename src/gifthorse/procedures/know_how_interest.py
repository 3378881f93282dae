"""Which know-how outsiders ask about, put together across colleagues: the mosaic of each asset, and who to brief next."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import msgspec

from gifthorse.assess.mosaic import Ask, Element, Mosaic, mosaics
from gifthorse.assess.mosaic_grid import Grid, grid
from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, authorise, now
from gifthorse.procedures.people import names_of
from gifthorse.procedures.view_know_how import ERASED_ASSET, ERASED_ELEMENT, opened
from gifthorse.procedures.view_links import Side, side
from gifthorse.procedures.visible_threads import hidden_groups
from gifthorse.store.tables import asset as tables
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.report import ObservationRow

RECENT_MONTHS: Final = 3
MOST_CLUSTERS: Final = 12


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """One asset that was asked about: how many of its elements, by how many clusters, how often lately, and which gaps remain."""

    asset: str
    title: str
    asked: int
    whole: int
    clusters: int
    people: int
    lately: int
    flagged: bool
    missing: tuple[str, ...]


class ClusterView(msgspec.Struct, frozen=True, kw_only=True):
    """What one cluster asked about the asset, with its grid; names of the missing elements and of those who hold them."""

    mosaic: Mosaic
    grid: Grid
    contact: Side | None
    missing: tuple[str, ...]
    brief_next: tuple[str, ...]


class MosaicView(msgspec.Struct, frozen=True, kw_only=True):
    """One asset's mosaic: all asks in one grid, then each cluster's; titles and names by id."""

    asset: str
    title: str
    everything: Grid
    clusters: tuple[ClusterView, ...]
    more: int
    titles: dict[str, str]
    names: dict[str, str]


def know_how_under_interest(actor: Actor) -> tuple[Interest, ...]:
    """The assets that were asked about, those with a flag first, then by how much lately. Raises Refused."""
    authorise(actor, Procedure.VIEW_PATTERNS, Relation.NONE)
    return interests(asks_by_asset(hidden_groups(actor)))


def mosaic(actor: Actor, asset_id: str) -> MosaicView:
    """The asset's mosaic. Raises NotFound or Refused."""
    authorise(actor, Procedure.VIEW_PATTERNS, Relation.NONE)
    row = tables.Asset.objects.filter(pk=asset_id).select_related("content__key").first()
    if row is None:
        raise NotFound(NOT_THERE)
    elements, titles = _elements([asset_id])
    asks = asks_by_asset(hidden_groups(actor)).get(asset_id, ())
    found = mosaics_of(asset_id, tuple(elements[asset_id]), asks)
    names = names_of({ask.person for ask in asks} | {holder for element in elements[asset_id] for holder in element.holders})
    contacts = Contact.objects.select_related("content__key").in_bulk([one.cluster for one in found[:MOST_CLUSTERS]])
    return MosaicView(
        asset=asset_id,
        title=opened(row.content, ERASED_ASSET).title,
        everything=grid(elements[asset_id], asks),
        clusters=tuple(
            ClusterView(
                mosaic=one,
                grid=grid(elements[asset_id], asks, one.cluster),
                contact=side(contacts[one.cluster]) if one.cluster in contacts else None,
                missing=tuple(titles[element.id] for element in one.missing),
                brief_next=tuple(names.get(person, "") for person in one.brief_next),
            )
            for one in found[:MOST_CLUSTERS]
        ),
        more=max(0, len(found) - MOST_CLUSTERS),
        titles=titles,
        names=names,
    )


def interests(asks: dict[str, tuple[Ask, ...]]) -> tuple[Interest, ...]:
    """As `know_how_under_interest`, for procedures that asked for permission."""
    elements, titles = _elements(asks)
    rows = tables.Asset.objects.select_related("content__key").in_bulk(list(asks))
    found = [
        _interest(opened(rows[asset].content, ERASED_ASSET).title, asset, told, elements[asset], titles) for asset, told in asks.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.flagged, -one.lately, -one.asked, one.title.casefold())))


def _interest(title: str, asset: str, asks: tuple[Ask, ...], elements: list[Element], titles: dict[str, str]) -> Interest:
    this_month = now().year * 12 + now().month - 1
    asked = {ask.element for ask in asks}
    missing = sorted((element for element in elements if element.id not in asked), key=lambda element: (-element.weight, element.id))
    return Interest(
        asset=asset,
        title=title,
        asked=len(asked),
        whole=len(elements),
        clusters=len({ask.cluster for ask in asks}),
        people=len({ask.person for ask in asks}),
        lately=sum(ask.month > this_month - RECENT_MONTHS for ask in asks),
        flagged=any(one.flagged for one in mosaics_of(asset, tuple(elements), asks)),
        missing=tuple(titles[element.id] for element in missing),
    )


def asks_by_asset(hidden: Iterable[str]) -> dict[str, tuple[Ask, ...]]:
    """Every ask about registered know-how that counts, by asset; those of *hidden* groups are left out."""
    asset_of = dict(tables.Element.objects.filter(retired=False, asset__retired=False).values_list("pk", "asset_id"))
    rows = ObservationRow.objects.filter(disputed=False, report__is_sealed=False, contact__isnull=False).exclude(elements=[])
    out = set(hidden)
    found: dict[str, list[Ask]] = defaultdict(list)
    for month, elements, group, person in rows.values_list("month", "elements", "contact__joined_to", "subject_id").iterator(
        chunk_size=5_000
    ):
        for element in elements:
            if group not in out and (asset := asset_of.get(element)):
                found[asset].append(Ask(month=float(month), element=element, cluster=group, person=person))
    return {asset: tuple(sorted(asks)) for asset, asks in sorted(found.items())}


@lru_cache(maxsize=64)
def mosaics_of(asset: str, elements: tuple[Element, ...], asks: tuple[Ask, ...]) -> tuple[Mosaic, ...]:
    """The mosaics of one asset, remembered as long as nothing was asked; the same asks give the same shuffles everywhere."""
    seed = int.from_bytes(blake2b(asset.encode(), digest_size=4).digest(), "big")
    return mosaics(elements, asks, seed)


def _elements(assets: Iterable[str]) -> tuple[dict[str, list[Element]], dict[str, str]]:
    rows = tables.Element.objects.filter(asset__in=list(assets), retired=False).select_related("content__key").prefetch_related("holdings")
    elements: dict[str, list[Element]] = defaultdict(list)
    titles = {}
    for row in rows:
        holders = tuple(sorted(holding.person_id for holding in row.holdings.all() if not holding.ended))
        elements[row.asset_id].append(Element(id=row.pk, weight=float(row.weight), holders=holders))
        titles[row.pk] = opened(row.content, ERASED_ELEMENT).title
    return elements, titles
