"""Links of contacts that sealed reports alone tell of: decided by those who may know of them, and kept apart from every group.

Groups make threads, and threads are everybody's: a contact that joined one would move what officers see who must not learn of it. So such
a link says what it says to those who may read the report, and joins nobody. When the contact is told of openly, the link is put up for
decision anew: what was decided, and why, was said behind closed doors.
"""

from collections.abc import Iterable

from django.db.models import Q

from gifthorse.model.roles import Actor
from gifthorse.model.threads import DECIDED, LinkState
from gifthorse.procedures.acting import Deed
from gifthorse.procedures.unsealed_reports import apart_contacts, hidden_contacts
from gifthorse.store.tables.contact import Contact, Link


def is_apart(link: Link) -> bool:
    """Whether the link joins nobody, since sealed reports alone tell of one of its contacts."""
    return bool(apart_contacts([link.one_id, link.other_id]))


def reached_by(actor: Actor, contacts: Iterable[str]) -> set[str]:
    """The contacts that confirmed links, also those kept apart that the actor may know of, lead to from *contacts*; these among them."""
    apart = apart_that_may_be_known(actor)
    return _reached(contacts, apart)


def apart_that_may_be_known(actor: Actor) -> set[str]:
    """The contacts that sealed reports alone tell of, and the actor may know of."""
    apart = apart_contacts()
    return apart - hidden_contacts(actor, apart)


def reached_from_each(actor: Actor, contacts: Iterable[str]) -> dict[str, set[str]]:
    """As `reached_by`, from each of *contacts* by itself."""
    apart = apart_that_may_be_known(actor)
    found: dict[str, set[str]] = {}
    for contact in contacts:
        known = next((reached for reached in found.values() if contact in reached), None)
        found[contact] = _reached([contact], apart) if known is None else known
    return found


def _reached(contacts: Iterable[str], apart: set[str]) -> set[str]:
    found: set[str] = set()
    new = set(contacts)
    while new:
        found |= new
        groups = Contact.objects.filter(pk__in=new).values_list("joined_to", flat=True)
        new |= set(Contact.objects.filter(joined_to__in=list(groups)).values_list("pk", flat=True))
        found |= new
        new = _linked(new, apart) - found
    return found


def _linked(contacts: set[str], apart: set[str]) -> set[str]:
    """The other ends of the confirmed links of *contacts* of which one end is in *apart*."""
    if not apart:
        return set()
    rows = Link.objects.filter(Q(one__in=apart) | Q(other__in=apart), state=LinkState.CONFIRMED.value)
    pairs = rows.filter(Q(one__in=contacts) | Q(other__in=contacts)).values_list("one_id", "other_id")
    return {end for pair in pairs for end in pair}


def open_up(deed: Deed, contact: Contact) -> None:
    """Every decided link of *contact* waits for a decision again, within the deed that tells of the contact openly for the first time."""
    if not apart_contacts([contact.pk]):
        return
    for link in Link.objects.filter(Q(one=contact) | Q(other=contact), state__in=[state.value for state in {*DECIDED, LinkState.UNDONE}]):
        link.state, link.decided_by, link.decided_at, link.reason = LinkState.QUEUED.value, None, None, None
        deed.keep(link)
