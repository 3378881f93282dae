"""The lists that somebody chooses from while they tell: their own know-how, contacts they told of before, colleagues, officers."""

from collections.abc import Mapping

import msgspec

from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.people import names_of
from gifthorse.procedures.person_words import PERSON
from gifthorse.procedures.shown_answers import element_titles
from gifthorse.procedures.tellers import allowed_for, colleagues_of
from gifthorse.store import search_index
from gifthorse.store.tables.contact import Contact

MOST_FOUND = 8
MOST_CONTACTS = 6


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """What is offered: words by id."""

    elements: Mapping[str, str]
    people: Mapping[str, str]
    contacts: Mapping[str, str]


def lists_for(actor: Actor, kind: ReportKind, *, sought: str = "", chosen: frozenset[str] = frozenset()) -> Lists:
    """What the actor chooses from in a report of this kind.

    In a sealed one the people are the officers; else colleagues, who are found by a name or mail (*sought*), beside those *chosen*.
    Raises Refused.
    """
    authorise(actor, Procedure.TELL, Relation.NONE)
    allowed = allowed_for(actor, kind, now().date())
    people = allowed.people if kind is ReportKind.PRESSURE else _found(actor, sought) | (chosen & allowed.people)
    return Lists(elements=_sorted(element_titles(allowed.elements)), people=_sorted(names_of(people)), contacts=_latest_contacts(actor))


def _found(actor: Actor, sought: str) -> frozenset[str]:
    if not sought.strip():
        return frozenset()
    found = [record for _kind, record in search_index.find(sought[:200], kinds=[PERSON])]
    if not found:
        return frozenset()
    colleagues = colleagues_of(actor)
    return frozenset([one for one in found if one in colleagues][:MOST_FOUND])


def _latest_contacts(actor: Actor) -> dict[str, str]:
    rows = Contact.objects.filter(reported_by_id=actor.person).select_related("content__key").order_by("-created_at", "pk")[:MOST_CONTACTS]
    return {row.pk: name for row in rows if (name := _name(row))}


def _name(contact: Contact) -> str:
    kept = kept_contact(contact)
    return "" if kept is None else next(iter((*kept.facts.names, *kept.facts.mails, *kept.facts.employer)), "")


def _sorted(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda one: one[1].casefold()))
