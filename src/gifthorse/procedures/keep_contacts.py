"""Contacts come into the register with reports, and are corrected by officers; what was first reported stays on record."""

from typing import Final

import msgspec

from gifthorse.model.contacts import LONGEST_PROSE, LONGEST_VALUE, MOST_VALUES, ContactCorrection, ContactFacts, KeptContact, Verified
from gifthorse.model.errors import KeyMissing, NotAccepted, NotFound
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act, new_id, relation_to
from gifthorse.procedures.after_change import touched
from gifthorse.procedures.keeping_many import sealed_anew
from gifthorse.procedures.unsealed_reports import is_hidden
from gifthorse.resolve import contact as resolve
from gifthorse.resolve.fingerprints import card_hash, text_fingerprint
from gifthorse.store import search_index, vault
from gifthorse.store.tables.contact import Contact

CONTACT: Final = "contact"
LISTS: Final = ("names", "phones", "mails", "profiles", "messengers", "accounts", "employer", "introduced_by", "events")
PROSE: Final = ("card_text", "first_message")


def note_contact(deed: Deed, facts: ContactFacts, reported_by: str) -> Contact:
    """The new contact as *reported_by* (a person id) reported it, within the deed of the report; it stands alone at first.

    Raises NotAccepted for more or longer values than one contact can have, or when nothing is told at all.
    """
    _check(facts)
    sealed = deed.note(vault.keep_json(KeptContact(facts=facts), moment=deed.moment))
    contact_id = new_id(Contact.PREFIX)
    contact = Contact(id=contact_id, joined_to=contact_id, content=sealed, reported_by_id=reported_by)
    _note(contact_id, reported_by, facts)
    return deed.keep(contact)


def correct_contact(actor: Actor, contact_id: str, facts: ContactFacts, verified: Verified, reason: str) -> Contact:
    """The contact as *facts* say, with who changed it, why, and what stood there before, for good. Raises NotAccepted or NotFound."""
    contact = Contact.objects.select_related("content__key").filter(pk=contact_id).first()
    if contact is None or is_hidden(actor, contact_id):
        raise NotFound(NOT_THERE)
    with act(actor, Procedure.CORRECT_CONTACT, relation_to(actor, contact.reported_by_id), subject=contact.pk) as deed:
        _check(facts)
        if not reason.strip() or len(reason) > LONGEST_PROSE:
            raise NotAccepted(N_("Please say why, in a sentence. The reason stays on record."), field="reason")
        kept = kept_contact(contact)
        if kept is None:
            raise KeyMissing(vault.ERASED)
        correction = ContactCorrection(at=deed.moment, by=actor.person, reason=reason.strip(), before=kept.facts)
        contact.content = sealed_anew(deed, contact.content, KeptContact(facts=facts, corrections=(*kept.corrections, correction)))
        contact.verified = verified.value
        _note(contact.pk, contact.reported_by_id, facts)
        touched(contact.pk)
        return deed.keep(contact)


def kept_contact(contact: Contact) -> KeptContact | None:
    """What lies sealed for the contact, None when it was erased. Fetch it with `content__key` where many are opened."""
    told = vault.open_json_or_none(contact.content)
    return None if told is None else msgspec.convert(told, KeptContact)


def as_compared(contact: Contact) -> resolve.Contact | None:
    """The contact as the room `resolve` compares it: names with their scripts, card and first message as fingerprints alone."""
    kept = kept_contact(contact)
    if kept is None:
        return None
    facts = kept.facts
    return resolve.Contact(
        id=contact.pk,
        names=tuple(resolve.name_as_given(name) for name in facts.names),
        phones=facts.phones,
        mails=facts.mails,
        profiles=facts.profiles,
        messengers=facts.messengers,
        accounts=facts.accounts,
        portrait=facts.portrait,
        card=card_hash(facts.card_text),
        employers=facts.employer,
        events=facts.events,
        introducers=facts.introduced_by,
        first_message=text_fingerprint(facts.first_message),
    )


def _check(facts: ContactFacts) -> None:
    for field in LISTS:
        values = getattr(facts, field)
        if len(values) > MOST_VALUES:
            raise NotAccepted(N_("These are too many entries for one contact. Please keep the twelve that matter."), field=field)
        if any(not value.strip() or len(value) > LONGEST_VALUE for value in values):
            raise NotAccepted(N_("An entry is empty or longer than 500 characters."), field=field)
    for field in PROSE:
        if len(getattr(facts, field)) > LONGEST_PROSE:
            raise NotAccepted(N_("Please shorten the text to 4,000 characters."), field=field)
    if facts == ContactFacts():
        raise NotAccepted(N_("Nothing is known about this contact yet: a name, a number or a description is enough."), field="names")


def _note(contact_id: str, owner: str, facts: ContactFacts) -> None:
    search_index.note(CONTACT, contact_id, owner, *contact_words(facts))


def contact_words(facts: ContactFacts) -> tuple[list[str], list[str]]:
    """The texts (found by their beginnings as well) and the prose (found by whole words) by which a contact is found."""
    prose = [*facts.phones, *facts.mails, *facts.profiles, *facts.messengers, *facts.accounts, facts.card_text, facts.first_message]
    return [*facts.names, *facts.employer], prose
