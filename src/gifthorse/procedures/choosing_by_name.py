"""One of ours, or a contact, that an officer means by a name: who is called so, by opaque id, to choose from when there are several.

A number that stands in what was typed means exactly that record. Nobody is named whom the officer may not see in the lists.
"""

import re
from typing import Final

from gifthorse.model.contacts import ContactFacts
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.kept_people import KeptPerson, kept_by_id
from gifthorse.procedures.unsealed_reports import is_hidden
from gifthorse.procedures.view_contacts import contacts
from gifthorse.procedures.view_people import people
from gifthorse.store.tables.contact import Contact

OFFERED: Final = 12
NUMBER: Final = re.compile(r"\b(?:person|contact)-[0-9A-Z]{13}\b")


def people_called(actor: Actor, untrusted_words: str) -> dict[str, str]:
    """The first dozen of ours whom the words find, with name, unit and staff number. Raises Refused."""
    authorise(actor, Procedure.VIEW_PEOPLE, Relation.NONE)
    if number := NUMBER.search(untrusted_words):
        found = list(kept_by_id([number.group()]).values())
    else:
        found = [row.kept for row in people(actor, search=untrusted_words).rows] if untrusted_words.strip() else []
    return {kept.id: _person(kept) for kept in found[:OFFERED] if not kept.erased}


def contacts_called(actor: Actor, untrusted_words: str) -> dict[str, str]:
    """The first dozen contacts whom the words find, with name and employer as given. Raises Refused."""
    authorise(actor, Procedure.VIEW_CONTACTS, Relation.NONE)
    if number := NUMBER.search(untrusted_words):
        return written_contact(actor, number.group())
    rows = contacts(actor, search=untrusted_words).rows[:OFFERED] if untrusted_words.strip() else ()
    return {row.contact.pk: _contact(row.facts) for row in rows if row.facts is not None}


def written_contact(actor: Actor, contact_id: str) -> dict[str, str]:
    """The contact under this number by its name; empty when it isn't there for the actor. Raises Refused."""
    authorise(actor, Procedure.VIEW_CONTACTS, Relation.NONE)
    row = Contact.objects.select_related("content__key").filter(pk=contact_id).first()
    if row is None or is_hidden(actor, row.pk):
        return {}
    kept = kept_contact(row)
    return {row.pk: _contact(kept.facts) if kept else ""}


def _person(kept: KeptPerson) -> str:
    unit = kept.placement.unit.title if kept.placement and kept.placement.unit else ""
    return " · ".join(part for part in (kept.told("name") or kept.id, unit, kept.told("staff_number")) if part)


def _contact(facts: ContactFacts) -> str:
    name = next(iter((*facts.names, *facts.mails, *facts.phones, *facts.profiles, *facts.messengers)), "")
    return " · ".join(part for part in (name, *facts.employer[:1]) if part)
