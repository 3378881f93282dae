"""The words for the values of people, know-how, events, contacts, search, the house's settings, and for what is done with them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.wordings import Words
from gifthorse.model.roles import Procedure

ELEMENTS: Final[Words] = {
    "step": _("Step of the process"),
    "parameter": _("Parameter"),
    "material": _("Material"),
    "supplier": _("Supplier"),
    "tolerance": _("Tolerance"),
    "failure-mode": _("How it fails"),
    "person-who-knows": _("Who knows it"),
}
PROTECTIONS: Final[Words] = {
    "public": _("public"),
    "internal": _("internal"),
    "confidential": _("confidential"),
    "restricted": _("restricted"),
}
PARTIES: Final[Words] = {
    "law-firm": _("Law firm"),
    "pr-agency": _("PR agency"),
    "supplier": _("Supplier"),
    "customer": _("Customer"),
    "partner": _("Partner"),
    "consultancy": _("Consultancy"),
    "certifier": _("Certifier or test house"),
    "service-provider": _("Service provider"),
    "other": _("Another house"),
}
GATHERINGS: Final[Words] = {
    "fair": _("Trade fair"),
    "conference": _("Conference"),
    "visit": _("Visit to us"),
    "delegation": _("Delegation"),
    "meeting": _("Meeting"),
    "other": _("Another event"),
}
DUTY_KINDS: Final[Words] = {
    "engineer": _("Engineering"),
    "researcher": _("Research"),
    "sales": _("Sales"),
    "buyer": _("Purchasing"),
    "executive": _("Management"),
    "administration": _("Administration"),
    "it": _("IT"),
    "legal": _("Legal"),
    "service": _("Service at customers"),
    "other": _("Something else"),
}
VERIFIED: Final[Words] = {
    "unverified": _("not verified"),
    "verified": _("verified"),
    "refuted": _("not who they said"),
}
STANDINGS: Final[Words] = {"here": _("in the house"), "leaving": _("leaving"), "left": _("has left")}
STAFF_FIELDS: Final[Words] = {
    "staff_number": _("Staff number"),
    "name": _("Name"),
    "mail": _("Mail address"),
    "unit": _("Department"),
    "roles": _("Roles"),
    "login": _("Login name"),
    "zone": _("Time zone"),
    "language": _("Language"),
    "leaving_on": _("Last day"),
    "duty_kind": _("What they do"),
    "signs": _("Signs for the house"),
}
CONTACT_FIELDS: Final[Words] = {
    "names": _("Names"),
    "phones": _("Telephone"),
    "mails": _("Mail"),
    "profiles": _("Profiles"),
    "messengers": _("Messengers"),
    "accounts": _("Accounts"),
    "employer": _("Employer, as claimed"),
    "card_text": _("Text of the card"),
    "portrait": _("Portrait"),
    "introduced_by": _("Introduced by"),
    "events": _("Met at"),
    "first_message": _("First message"),
}
SCRIPTS: Final[Words] = {
    "latin": _("Latin"),
    "han": _("Chinese characters"),
    "kana": _("Japanese kana"),
    "hangul": _("Hangul"),
    "cyrillic": _("Cyrillic"),
    "greek": _("Greek"),
    "arabic": _("Arabic"),
    "hebrew": _("Hebrew"),
    "other": _("another script"),
    "none": _("no script"),
}
RECORD_KINDS: Final[Words] = {
    "person": _("People"),
    "contact": _("Contacts"),
    "asset": _("Know-how"),
    "element": _("Elements of know-how"),
    "party": _("Houses outside"),
    "event": _("Events"),
    "item": _("Items"),
    "report": _("Reports"),
    "trip": _("Trips"),
}
WORDS: Final[dict[str, Words]] = {
    "element": ELEMENTS,
    "protection": PROTECTIONS,
    "party": PARTIES,
    "gathering": GATHERINGS,
    "duty_kind": DUTY_KINDS,
    "verified": VERIFIED,
    "standing": STANDINGS,
    "staff_field": STAFF_FIELDS,
    "contact_field": CONTACT_FIELDS,
    "script": SCRIPTS,
    "record_kind": RECORD_KINDS,
}
DEEDS: Final[Words] = {
    Procedure.IMPORT_PEOPLE: _("took over a list of people"),
    Procedure.KEEP_PEOPLE: _("changed a person's place"),
    Procedure.KEEP_KNOW_HOW: _("changed the register of know-how"),
    Procedure.KEEP_EVENTS: _("changed an event"),
    Procedure.VIEW_CONTACT: _("looked at a contact"),
    Procedure.CORRECT_CONTACT: _("corrected a contact"),
    Procedure.KEEP_SETTINGS: _("changed a setting of the house"),
    Procedure.REBUILD_INDEX: _("made the search index anew"),
}


def in_order(kinds: Iterable[StrEnum], words: Words) -> list[tuple[str, str | Promise]]:
    """*words* in the order of *kinds*, as the choices of a form field."""
    return [(kind.value, words[kind.value]) for kind in kinds]
