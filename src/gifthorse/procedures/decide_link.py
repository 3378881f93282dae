"""An officer confirms that two contacts are one person, refuses it, or takes either back; nothing is merged, so all of it can be undone."""

from typing import Any, Final

from gifthorse.model import moments
from gifthorse.model.errors import KeyMissing, NotAccepted, NotFound, WrongState
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import DECIDED, LinkState
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act, authorise
from gifthorse.procedures.after_change import only_assess
from gifthorse.procedures.house_settings import setting
from gifthorse.procedures.keep_contacts import as_compared
from gifthorse.procedures.keeping_many import change_all
from gifthorse.procedures.links_apart import is_apart, reached_by
from gifthorse.procedures.suggest_links import NO_REGION, REGION, new_link
from gifthorse.procedures.unsealed_reports import hidden_contacts
from gifthorse.resolve.clusters import Cluster, Conflict, Decided, Decision, clusters
from gifthorse.resolve.linking import ContactIndex, explained
from gifthorse.resolve.prepared import prepared
from gifthorse.store import vault
from gifthorse.store.tables.contact import Contact, Link

LONGEST: Final = 4000
_DECISIONS: Final = {LinkState.CONFIRMED.value: Decision.CONFIRMED, LinkState.REFUSED.value: Decision.REFUSED}


class Contradicts(NotAccepted):
    """The link would join a pair that was refused; `conflicts` says which. It can be confirmed all the same, knowingly."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(
            N_("This would join contacts that somebody said are two people. Look at that first, or tick that you know."), field="even_so"
        )
        self.conflicts = conflicts


def decide(actor: Actor, link_id: str, state: LinkState, reason: str, *, even_so: bool = False) -> Link:
    """The link confirmed, refused or undone, with the reason; the threads follow, unless a sealed report alone tells of one contact.

    Raises NotAccepted without a reason, Contradicts when a refused pair would be joined and not *even_so*, WrongState for what stands so
    already, NotFound.
    """
    link = link_for(actor, link_id)
    with act(actor, Procedure.DECIDE_LINK, relation_to_link(actor, link), subject=link.pk) as deed:
        _require(link, state, reason)
        link.reason = deed.note(vault.keep_json({"text": reason.strip(), "earlier": _earlier(link)}, moment=deed.moment))
        link.state, link.decided_by_id, link.decided_at = state.value, actor.person, deed.moment
        deed.keep(link)
        _require_no_conflict(actor, link, even_so=even_so or state is not LinkState.CONFIRMED)
        if not is_apart(link):
            _join(deed, link)
        return link


def link_by_hand(actor: Actor, one_id: str, other_id: str) -> Link:
    """The link of two contacts that nobody suggested, waiting for a decision, with what speaks for and against it."""
    authorise(actor, Procedure.DECIDE_LINK, Relation.OTHERS)
    pair = tuple(sorted((one_id, other_id)))
    rows = Contact.objects.filter(pk__in=set(pair) - hidden_contacts(actor, pair)).select_related("content__key")
    contacts = [contact for row in rows if (contact := as_compared(row)) is not None]
    if len(contacts) != 2:
        raise NotAccepted(N_("There is no other contact under this number. Please copy it from the contact's page."), field="other")
    known = Link.objects.filter(one_id=pair[0], other_id=pair[1]).first()
    if known is not None:
        return known
    region = setting(REGION, NO_REGION)
    index = ContactIndex(prepared(contact, region) for contact in contacts)
    with act(actor, Procedure.DECIDE_LINK, Relation.OTHERS) as deed:
        told = explained((pair[0], pair[1]), index)
        sealed = deed.note(vault.keep_json(told, moment=deed.moment))
        link = deed.keep(new_link((pair[0], pair[1]), LinkState.QUEUED, told.total, sealed))
        deed.subject = link.pk
        return link


def link_for(actor: Actor, link_id: str) -> Link:
    """The link, where the actor may know of both contacts. Raises NotFound."""
    link = Link.objects.select_related("waterfall__key", "reason__key", "one", "other").filter(pk=link_id).first()
    if link is None or hidden_contacts(actor, [link.one_id, link.other_id]):
        raise NotFound(NOT_THERE)
    return link


def relation_to_link(actor: Actor, link: Link) -> Relation:
    """Their own when they reported one of the contacts: then somebody else decides."""
    return Relation.OWN if actor.person in {link.one.reported_by_id, link.other.reported_by_id} else Relation.OTHERS


def reason_of(link: Link) -> dict[str, Any] | None:
    """The reason of the last decision (`text`) and what was decided `earlier`, None where there was none or it was erased."""
    if link.reason is None:
        return None
    try:
        told: dict[str, Any] = vault.open_json(link.reason)
    except KeyMissing:
        return None
    return told


def _require(link: Link, state: LinkState, reason: str) -> None:
    if not reason.strip() or len(reason) > LONGEST:
        raise NotAccepted(N_("Please say why, in a sentence. The reason stays on record."), field="reason")
    if link.state == state.value:
        raise WrongState(N_("This was decided so already. Nothing was changed."))
    if state is LinkState.UNDONE and LinkState(link.state) not in DECIDED:
        raise WrongState(N_("There is no decision to take back."))
    if state not in {LinkState.CONFIRMED, LinkState.REFUSED, LinkState.UNDONE}:
        raise NotAccepted(N_("Please confirm, refuse or take back."), field="state")


def _earlier(link: Link) -> list[dict[str, Any]]:
    told = reason_of(link)
    if told is None or link.decided_at is None:
        return []
    last = {"state": link.state, "by": link.decided_by_id, "at": moments.written(link.decided_at), "text": told["text"]}
    return [*told["earlier"], last]


def _require_no_conflict(actor: Actor, link: Link, *, even_so: bool) -> None:
    if even_so:
        return
    found = groups_of(sorted(reached_by(actor, [link.one_id, link.other_id])))
    if conflicts := tuple(conflict for group in found for conflict in group.conflicts):
        raise Contradicts(conflicts)


def _join(deed: Deed, link: Link) -> None:
    """The groups of both contacts, read anew from all decisions."""
    roots = Contact.objects.filter(pk__in=[link.one_id, link.other_id]).values_list("joined_to", flat=True)
    contacts = list(Contact.objects.filter(joined_to__in=list(roots)).order_by("created_at", "id"))
    found = groups_of([contact.pk for contact in contacts])
    root = {contact.pk: contact.pk for contact in contacts}
    for group in found:
        first = next(contact.pk for contact in contacts if contact.pk in group.members)
        root |= dict.fromkeys(group.members, first)
    changed = [contact for contact in contacts if contact.joined_to != root[contact.pk]]
    for contact in changed:
        contact.joined_to = root[contact.pk]
    change_all(deed, changed, "joined_to")
    only_assess(contact.pk for contact in contacts)


def groups_of(contacts: list[str]) -> tuple[Cluster, ...]:
    """The groups that decisions among *contacts* make, with the refusals that they contradict."""
    rows = Link.objects.filter(one__in=contacts, other__in=contacts, state__in=_DECISIONS)
    return clusters(
        Decided(pair=(one, other), decision=_DECISIONS[state], order=0)
        for one, other, state in rows.values_list("one_id", "other_id", "state")
    )
