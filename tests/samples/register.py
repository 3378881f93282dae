"""Records of the register for tests: an asset with its grid, a house outside, events, contacts, units."""

from dataclasses import dataclass
from datetime import date

from gifthorse.brief.kinds import ElementKind, Protection
from gifthorse.model.contacts import ContactFacts
from gifthorse.model.register import AssetFacts, ElementFacts, EventFacts, GatheringKind, PartyFacts, PartyKind
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.procedures import keep_events, keep_know_how
from gifthorse.procedures.acting import act
from gifthorse.procedures.keep_contacts import note_contact
from gifthorse.store.tables.asset import Asset, Element, ThirdParty
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.event import Event

SECRET_LINE = "We fire in a kiln, like everybody; ask our sales people for the brochure."
KNOWN = ContactFacts(
    names=("Zhāng Wěi", "张伟", "Leo"),
    phones=("+49 151 0000 4711",),
    mails=("leo@bluewave-advisory.example",),
    messengers=("signal:leo.77",),
    employer=("Bluewave Advisory",),
    card_text="Bluewave Advisory\nPrincipal\nLevel 12, Harbour Tower",
    first_message="I came across your talk and would value an hour of your time, honorarium included.",
)
FAIR = keep_events.EventShape(kind=GatheringKind.FAIR, starts_on=date(2026, 11, 17), ends_on=date(2026, 11, 20))


@dataclass(frozen=True)
class Knowledge:
    """An asset with two elements that somebody holds, one of them also a house outside."""

    asset: Asset
    curve: Element
    powder: Element
    party: ThirdParty


def know_how(officer: Actor, holder: str) -> Knowledge:
    """Know-how that the person *holder* holds, written down by *officer*."""
    asset = keep_know_how.add_asset(officer, AssetFacts(title="Crucible 7", what="Melts at 1,900 degrees without cracking."))
    curve = keep_know_how.add_element(
        officer,
        asset.pk,
        keep_know_how.ElementShape(kind=ElementKind.PARAMETER, weight=5, protection=Protection.RESTRICTED, lead_years=4),
        ElementFacts(title="Firing curve", line=SECRET_LINE, export_reference="2B226"),
    )
    powder = keep_know_how.add_element(
        officer, asset.pk, keep_know_how.ElementShape(kind=ElementKind.SUPPLIER, weight=2), ElementFacts(title="Who mills the powder")
    )
    keep_know_how.set_holders(officer, curve.pk, [holder])
    party = keep_know_how.add_party(officer, PartyKind.LAW_FIRM, PartyFacts(name="Okafor & Lindt", note="Patents"), [curve.pk])
    return Knowledge(asset, curve, powder, party)


def an_event(officer: Actor, attendees=()) -> Event:
    """A fair with *attendees*."""
    event = keep_events.add_event(officer, FAIR, EventFacts(title="Ceramitec", place="Munich, hall A3", organiser="Messe München"))
    if attendees:
        keep_events.add_attendees(officer, event.pk, attendees)
    return event


def a_contact(reporter: Actor, facts: ContactFacts = KNOWN) -> Contact:
    """A contact that *reporter* met, as a report would bring it in: within a deed of its own."""
    staff = Actor(person=reporter.person, roles=frozenset({Role.STAFF}))
    with act(staff, Procedure.TELL, Relation.NONE) as deed:
        contact = note_contact(deed, facts, reporter.person)
        deed.subject = contact.pk
        return contact
