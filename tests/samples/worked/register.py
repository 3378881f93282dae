"""Something in every table of the register, made through the procedures."""

from gifthorse.desk.readings.people_csv import read_people
from gifthorse.model.contacts import Verified
from gifthorse.model.roles import Actor, Role
from gifthorse.procedures import house_settings, import_people, keep_contacts
from tests.samples import register as samples

LIST = b"staff number;name;mail;department;login\n1;Ada Vell;ada@example.org;Furnaces;ada\n2;Bo Quist;bo@example.org;Sales;\n"


def work(actors: dict[str, Actor]) -> None:
    """The tables of the register hold something: people of a list, know-how with its holders, an event, a contact, a setting."""
    people = read_people(LIST)
    import_people.apply(actors["admin"], people, seen=import_people.preview(actors["admin"], people).digest, close_gone=False)
    officer = Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))
    samples.know_how(officer, actors["staff"].person)
    samples.an_event(officer, [actors["staff"].person])
    contact = samples.a_contact(actors["staff"])
    keep_contacts.correct_contact(officer, contact.pk, samples.KNOWN, Verified.VERIFIED, "The firm knows him.")
    house_settings.set_setting(officer, house_settings.QUIET_HOURS, {"starts": "20:00", "ends": "08:00"})
