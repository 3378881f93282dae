"""The register of the office that the browser visits: records, and the pages to look at."""

from datetime import date

from gifthorse.brief.kinds import ElementKind, Protection
from gifthorse.desk.readings.people_csv import read_people
from gifthorse.model.contacts import ContactFacts, Verified
from gifthorse.model.register import AssetFacts, ElementFacts, EventFacts, GatheringKind
from gifthorse.procedures import house_settings, import_people, keep_contacts, keep_events, keep_know_how, keep_people
from gifthorse.procedures.keep_know_how import ElementShape
from gifthorse.store.tables.placement import Placement
from tests.samples import register as samples
from tests.samples.office import Office

# login: addresses, with {names} out of `fill`
PAGES: dict[str, list[str]] = {
    "mara": ["/search/?q=stick"],
    "ines": [
        "/search/", "/search/?q=ceramitec", "/people/", "/people/?search=nobody", "/people/{holder}/", "/people/{leaver}/",
        "/know-how/", "/know-how/new/", "/know-how/{asset}/", "/know-how/{asset}/change/", "/know-how/{asset}/elements/new/",
        "/know-how/elements/{element}/", "/know-how/elements/{element}/?who=vell", "/know-how/houses/new/", "/know-how/houses/{party}/",
        "/events/", "/events/new/", "/events/{event}/", "/events/{event}/change/", "/contacts/", "/contacts/{contact}/",
        "/contacts/{contact}/correct/", "/house/",
    ],
    "adam": ["/people/", "/people/list/", "/people/{holder}/", "/house/"],
    "rhea": ["/know-how/", "/know-how/{asset}/", "/events/{event}/"],
}  # fmt: skip
LIST = """Personalnummer;Vorname;Nachname;E-Mail;Abteilung;Anmeldename;Tätigkeit;Austritt
2001;Ada;Vell;ada.vell@haus.example;Öfen;ada.vell;Ingenieurin;
2002;Bo;Quist;bo.quist@haus.example;Vertrieb;bo.quist;Vertrieb;
2003;Mélanie;Dufour-Sørensen;m.dufour@haus.example;Pulver;m.dufour;Forscherin;2027-01-15
2004;Тарас;Шевчук;t.shevchuk@haus.example;Öfen;t.shevchuk;Ingenieur;
2005;小林;美咲;m.kobayashi@haus.example;Patente;m.kobayashi;Recht;
2006;عمر;الفاروق;o.alfaruq@haus.example;Pulver;;Forschung;
"""


def fill(office: Office) -> dict[str, str]:
    """The ids of the records, by the names that PAGES and journeys use."""
    people = read_people(LIST.encode())
    import_people.apply(office.actor("adam"), people, seen=import_people.preview(office.actor("adam"), people).digest, close_gone=True)
    ids = list(Placement.objects.exclude(staff_mark="").order_by("created_at", "id").values_list("person_id", flat=True))
    leaver = Placement.objects.get(leaving_on=date(2027, 1, 15)).person_id
    officer = office.actor("ines")
    known = samples.know_how(officer, office.accounts["mara"].person_id)
    more = (
        ("Particle size of the second batch", ElementKind.TOLERANCE, 4, Protection.CONFIDENTIAL, ids[:3]),
        ("Why the rim cracks at 1,740 °C", ElementKind.FAILURE_MODE, 3, Protection.RESTRICTED, [*ids[1:4], leaver]),
        ("Order of the three coats", ElementKind.STEP, 4, Protection.CONFIDENTIAL, ids[3:4]),
        ("Binder", ElementKind.MATERIAL, 2, Protection.INTERNAL, []),
    )
    for title, kind, weight, protection, holders in more:
        element = keep_know_how.add_element(
            officer, known.asset.pk, ElementShape(kind=kind, weight=weight, protection=protection), ElementFacts(title=title)
        )
        keep_know_how.set_holders(officer, element.pk, set(holders))
    keep_know_how.add_asset(officer, AssetFacts(title="Glaze for medical parts"))
    event = samples.an_event(officer, [*ids[:3], office.accounts["mara"].person_id])
    shape = keep_events.EventShape(kind=GatheringKind.DELEGATION, starts_on=date(2026, 11, 18), ends_on=date(2026, 11, 18))
    keep_events.add_event(officer, shape, EventFacts(title="Visit of a ministry", place="Munich, hall A3"))
    contact = samples.a_contact(office.actor("mara"))
    samples.a_contact(office.actor("idris"), ContactFacts(names=("Dr. Hélène \u202eGreif",), employer=("Institut für Zukunft",)))
    corrected = ContactFacts(names=("Zhang Wei", "张伟"), mails=samples.KNOWN.mails, employer=("Bluewave Advisory Ltd",))
    keep_contacts.correct_contact(officer, contact.pk, corrected, Verified.REFUTED, "The firm has nobody of this name.")
    house_settings.set_setting(officer, house_settings.WHOM_TO_CALL, [{"what": "Security desk, day and night", "number": "+49 89 5550 1"}])
    keep_people.place(
        office.actor("adam"),
        ids[0],
        keep_people.PlaceFacts(name="Ada Vell", mail="ada.vell@haus.example", unit="Öfen", zone="Europe/Berlin", stands_in=True),
    )
    return {
        "holder": office.accounts["mara"].person_id, "leaver": leaver, "asset": known.asset.pk, "element": known.curve.pk,
        "party": known.party.pk, "event": event.pk, "contact": contact.pk,
    }  # fmt: skip
