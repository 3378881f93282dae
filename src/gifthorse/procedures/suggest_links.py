"""The desk compares contacts and suggests which may be one person, with its reasons; it never joins any.

Hard identifiers come first, then names in all scripts, then circumstances; a common name in any language weighs little (`resolve`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import msgspec
from django.db import transaction

from gifthorse.model.errors import KeyMissing, NotAccepted
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import WAITING, LinkState
from gifthorse.procedures.acting import Deed, act, authorise
from gifthorse.procedures.after_change import LINK
from gifthorse.procedures.house_settings import setting
from gifthorse.procedures.keep_contacts import as_compared
from gifthorse.procedures.keeping_many import all_sealed_anew, change_all, keep_all
from gifthorse.procedures.unsealed_reports import apart_contacts
from gifthorse.resolve.linking import ContactIndex, Suggestion, candidates_for, explained, linked
from gifthorse.resolve.prepared import Prepared, prepared
from gifthorse.resolve.waterfall import Standing, Waterfall
from gifthorse.resolve.weights import posterior
from gifthorse.store.sealing_many import keep_many_json
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.contact import Contact, Link
from gifthorse.store.tables.sealed import Sealed

REGION: Final = "phone-region"  # setting: two capitals, where numbers without a country code are read as of
NO_REGION: Final = "ZZ"  # of no country: only numbers with a country code are compared
AT_ONCE: Final = 400
MANY: Final = 10_000
SUBJECT: Final = "links"
Pair = tuple[str, str]


class HeldIndex:
    """The contacts as they are compared, kept between looks by a process that looks often.

    Those that sealed reports alone tell of lie `apart`: how common a name or a number is must not tell of them, so they count among the
    others only while they themselves are compared.
    """

    def __init__(self) -> None:
        self.index = ContactIndex()
        self.apart: dict[str, Prepared] = {}
        self._known: set[str] = set()

    def bring_up_to_date(self, changed: Iterable[str] = ()) -> None:
        """Contacts that are new or among *changed* are taken in; erased ones are out."""
        apart = apart_contacts()
        there = set(Contact.objects.values_list("pk", flat=True)) - apart
        for gone in self._known - there:
            self.index.discard(gone)
        self._known &= there
        for pk, contact in _prepared((there - self._known) | (there & set(changed))):
            self._known.add(pk)
            if contact is None:
                self.index.discard(pk)
            else:
                self.index.add(contact)
        self.apart = {pk: contact for pk, contact in _prepared(apart) if contact is not None}

    @contextmanager
    def with_apart(self) -> Iterator[ContactIndex]:
        """Within, the contacts that lie apart count among the others."""
        for contact in self.apart.values():
            self.index.add(contact)
        try:
            yield self.index
        finally:
            for pk in self.apart:
                self.index.discard(pk)


def _prepared(wanted: Iterable[str]) -> Iterator[tuple[str, Prepared | None]]:
    """These contacts as they are compared, None for one that can't be read any more."""
    ids = sorted(wanted)
    region = setting(REGION, NO_REGION)
    for start in range(0, len(ids), AT_ONCE):
        for row in Contact.objects.filter(pk__in=ids[start : start + AT_ONCE]).select_related("content__key"):
            try:
                contact = as_compared(row)
            except KeyMissing:  # the keyring is another one: `verify` says so
                contact = None
            yield row.pk, None if contact is None else prepared(contact, region)


def suggest_waiting(actor: Actor, held: HeldIndex | None = None) -> int:
    """How many contacts that waited were compared with all others; what came of it is suggested. Raises Refused."""
    authorise(actor, Procedure.SUGGEST_LINKS, Relation.OTHERS)
    with transaction.atomic():
        waiting = list(Awaiting.objects.filter(kind=LINK).order_by("pk")[:AT_ONCE])
        if not waiting:
            return 0
        held = held or HeldIndex()
        changed = [row.contact for row in waiting]
        held.bring_up_to_date(changed)
        _write_down(actor, _found(changed, held.index), [contact for contact in changed if contact not in held.apart], held.index)
        _compare_apart(actor, held, changed)
        Awaiting.objects.filter(pk__in=[row.pk for row in waiting]).delete()
        return len(waiting)


def suggest_all(actor: Actor) -> int:
    """How many pairs are worth a look among all contacts, compared from nothing; above 10,000 by Splink where it is installed."""
    authorise(actor, Procedure.SUGGEST_LINKS, Relation.OTHERS)
    held = HeldIndex()
    held.bring_up_to_date()
    found = {one.pair: one for one in _all_pairs(held.index)}
    with transaction.atomic():
        _write_down(actor, found, sorted(held.index.population.contacts), held.index)
        apart = _compare_apart(actor, held, sorted(held.apart))
        Awaiting.objects.filter(kind=LINK).delete()
    return len(found) + apart


def _compare_apart(actor: Actor, held: HeldIndex, compared: Sequence[str]) -> int:
    """How many pairs with a contact that lies apart are worth a look; they are written down by themselves."""
    if not held.apart:
        return 0
    with held.with_apart() as index:
        found = {pair: one for pair, one in _found(compared, index).items() if not held.apart.keys().isdisjoint(pair)}
        _write_down(actor, found, compared, index, apart=held.apart.keys())
    return len(found)


def _found(contacts: Iterable[str], index: ContactIndex) -> dict[Pair, Suggestion]:
    known = (index.population.contacts.get(contact) for contact in contacts)
    return {one.pair: one for contact in known if contact is not None for one in candidates_for(contact, index)}


def _all_pairs(index: ContactIndex) -> list[Suggestion]:
    if len(index) > MANY:
        from gifthorse.resolve.at_scale import linked_at_scale  # needs the optional part "large"

        try:
            return linked_at_scale(index)
        except NotAccepted:
            return linked(index)
    return linked(index)


def _write_down(
    actor: Actor, found: dict[Pair, Suggestion], compared: Sequence[str], index: ContactIndex, apart: Collection[str] | None = None
) -> None:
    """What was *found* about the contacts *compared*; with *apart* about pairs with one of these, without it about all that are open."""
    hidden = set(apart_contacts() if apart is None else apart)
    known = {pair: link for pair, link in _links_of(compared).items() if hidden.isdisjoint(pair) == (apart is None)}
    joined = _joined({contact for pair in found for contact in pair})
    new = [one for pair, one in found.items() if pair not in known and joined.get(pair[0]) != joined.get(pair[1])]
    changed = [known[pair] for pair in known if _differs(known[pair], found.get(pair))]
    if not new and not changed:
        return
    with act(actor, Procedure.SUGGEST_LINKS, Relation.OTHERS, subject=SUBJECT) as deed:
        _keep_new(deed, new, index)
        _keep_changed(deed, changed, found, index)


def _links_of(contacts: Sequence[str]) -> dict[Pair, Link]:
    known: dict[Pair, Link] = {}
    for start in range(0, len(contacts), AT_ONCE):
        some = contacts[start : start + AT_ONCE]
        rows = Link.objects.select_related("waterfall__key")
        for link in rows.filter(one__in=some) | rows.filter(other__in=some):
            known[link.one_id, link.other_id] = link
    return known


def _joined(contacts: set[str]) -> dict[str, str]:
    ids = sorted(contacts)
    return {
        contact: root
        for start in range(0, len(ids), AT_ONCE)
        for contact, root in Contact.objects.filter(pk__in=ids[start : start + AT_ONCE]).values_list("pk", "joined_to")
    }


def _differs(link: Link, found: Suggestion | None) -> bool:
    """Whether a link that nobody decided says something else now."""
    if LinkState(link.state) not in WAITING | {LinkState.FADED}:
        return False
    if found is None:
        return link.state != LinkState.FADED.value
    return (link.state, link.posterior) != (_state(found).value, _millionths(found.total))


def _keep_new(deed: Deed, new: Sequence[Suggestion], index: ContactIndex) -> None:
    sealed = [deed.note(one) for one in keep_many_json([_told(explained(one.pair, index)) for one in new], moment=deed.moment)]
    keep_all(deed, [new_link(one.pair, _state(one), one.total, told) for one, told in zip(new, sealed, strict=True)])


def _keep_changed(deed: Deed, changed: Sequence[Link], found: dict[Pair, Suggestion], index: ContactIndex) -> None:
    living = [link for link in changed if (link.one_id, link.other_id) in found]
    told = [_told(explained((link.one_id, link.other_id), index)) for link in living]
    for link, sealed in zip(living, all_sealed_anew(deed, [link.waterfall for link in living], told), strict=True):
        one = found[link.one_id, link.other_id]
        link.waterfall, link.state, link.posterior = sealed, _state(one).value, _millionths(one.total)
    for link in changed:
        if (link.one_id, link.other_id) not in found:
            link.state = LinkState.FADED.value
    change_all(deed, changed, "waterfall", "state", "posterior")


def new_link(pair: Pair, state: LinkState, total: float, told: Sealed) -> Link:
    """A link not saved yet."""
    return Link(one_id=pair[0], other_id=pair[1], state=state.value, posterior=_millionths(total), waterfall=told)


def _told(told: Waterfall) -> object:
    return msgspec.to_builtins(told)


def _state(one: Suggestion) -> LinkState:
    return LinkState.SUGGESTED if one.standing is Standing.SUGGEST else LinkState.QUEUED


def _millionths(total: float) -> int:
    return round(posterior(total) * 1_000_000)
