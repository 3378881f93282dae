"""Links as officers see them: the list, one link with both contacts side by side and its waterfall, and the graph of all that is joined."""

from datetime import datetime
from typing import Any, Final

import msgspec
from django.db.models import QuerySet

from gifthorse.model import moments
from gifthorse.model.contacts import ContactFacts
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import DECIDED, WAITING, LinkState
from gifthorse.procedures.acting import act, authorise
from gifthorse.procedures.decide_link import groups_of, link_for, reason_of, relation_to_link
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.links_apart import is_apart, reached_by
from gifthorse.procedures.people import names_of
from gifthorse.procedures.unsealed_reports import hidden_contacts
from gifthorse.resolve.clusters import Conflict
from gifthorse.resolve.waterfall import Waterfall
from gifthorse.store import vault
from gifthorse.store.tables.contact import Contact, Link

PAGE_LENGTH: Final = 30
SHOWN: Final = {
    "waiting": WAITING,
    "decided": DECIDED | {LinkState.UNDONE},
    "suggested": {LinkState.SUGGESTED},
    "queued": {LinkState.QUEUED},
}


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One contact of a link; `facts` is None when it was erased."""

    contact: Contact
    facts: ContactFacts | None
    reported_by: str = ""

    @property
    def title(self) -> str:
        """The first name, or nothing."""
        return self.facts.names[0] if self.facts and self.facts.names else ""


class LinkRow(msgspec.Struct, frozen=True, kw_only=True):
    """One link of the list; `percent` is how likely it is."""

    link: Link
    one: Side
    other: Side
    percent: float


class LinkPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of links, the likeliest first."""

    rows: tuple[LinkRow, ...]
    number: int
    more: bool


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decided about the pair."""

    state: str
    by: str
    at: datetime
    text: str


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    """One link: both sides, the waterfall (None when erased), what was decided, and the refusals that its group contradicts.

    `apart` says that it joins nobody, see links_apart.py.
    """

    row: LinkRow
    waterfall: Waterfall | None
    decisions: tuple[Decision, ...]
    conflicts: tuple[Conflict, ...]
    apart: bool


def links(actor: Actor, *, shown: str = "waiting", page: int = 1) -> LinkPage:
    """A page of the links that the actor may decide: of contacts that they reported themselves somebody else does. Raises Refused."""
    authorise(actor, Procedure.DECIDE_LINK, Relation.OTHERS)
    others = visible_links(actor).exclude(one__reported_by=actor.person).exclude(other__reported_by=actor.person)
    rows = others.filter(state__in=[state.value for state in SHOWN.get(shown, WAITING)])
    start = (max(page, 1) - 1) * PAGE_LENGTH
    found = [link_row(link) for link in rows[start : start + PAGE_LENGTH + 1]]
    return LinkPage(rows=tuple(found[:PAGE_LENGTH]), number=max(page, 1), more=len(found) > PAGE_LENGTH)


def visible_links(actor: Actor) -> QuerySet[Link]:
    """All links of which the actor may know both contacts, the contacts' sealed texts fetched with them."""
    hidden = hidden_contacts(actor)
    return Link.objects.exclude(one__in=hidden).exclude(other__in=hidden).select_related("one__content__key", "other__content__key")


def link_row(link: Link) -> LinkRow:
    """The link with both contacts opened (their `content__key` fetched with them)."""
    return LinkRow(link=link, one=side(link.one), other=side(link.other), percent=percent(link))


def percent(link: Link) -> float:
    """How likely it is; never more than 99.9, since nothing here is certain."""
    return min(link.posterior / 10_000, 99.9)


def side(contact: Contact, names: dict[str, str] | None = None) -> Side:
    """The contact opened."""
    kept = kept_contact(contact)
    return Side(contact=contact, facts=kept.facts if kept else None, reported_by=(names or {}).get(contact.reported_by_id, ""))


def link(actor: Actor, link_id: str) -> LinkView:
    """The link with all its reasons; that the actor looked is in the ledger. Raises NotFound or Refused."""
    found = link_for(actor, link_id)
    with act(actor, Procedure.DECIDE_LINK, relation_to_link(actor, found), subject=found.pk):
        told = vault.open_json_or_none(found.waterfall)
    contacts = Contact.objects.select_related("content__key").in_bulk([found.one_id, found.other_id])
    one, other = contacts[found.one_id], contacts[found.other_id]
    members = sorted(reached_by(actor, [one.pk, other.pk]))
    decisions = _decisions(found)
    names = names_of({one.reported_by_id, other.reported_by_id, *(str(decision["by"]) for decision in decisions)})
    return LinkView(
        row=LinkRow(link=found, one=side(one, names), other=side(other, names), percent=percent(found)),
        waterfall=None if told is None else msgspec.convert(told, Waterfall),
        decisions=tuple(Decision(state=d["state"], by=names.get(d["by"], ""), at=d["at"], text=d["text"]) for d in decisions),
        conflicts=tuple(conflict for group in groups_of(members) for conflict in group.conflicts),
        apart=is_apart(found),
    )


def _decisions(found: Link) -> list[dict[str, Any]]:
    told = reason_of(found)
    if told is None:
        return []
    last = {"state": found.state, "by": found.decided_by_id, "at": found.decided_at, "text": told["text"]}
    earlier = [{**one, "at": moments.read(one["at"])} for one in told["earlier"]]
    return [*earlier, last]
