"""Pages of the register: as quick for many as for few, careful with what came from outside, and lists taken over in two steps."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gifthorse.brief.kinds import ElementKind, Protection, RoleKind
from gifthorse.desk import held_files, labels
from gifthorse.desk.wordings import register as words
from gifthorse.model.contacts import ContactFacts, Verified
from gifthorse.model.errors import WrongState
from gifthorse.model.register import AssetFacts, GatheringKind, PartyKind, StaffField
from gifthorse.procedures import keep_events, keep_know_how
from gifthorse.procedures.view_people import Standing
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.person import Person
from tests.desk.test_pages import client_of, queries_of
from tests.samples import register as samples

LIST = "number;name;mail;department;login\n1;Ada Vell;ada@house.example;Furnaces;ada\n2;;bo@house.example;;\n"


def send(client, text=LIST):
    return client.post("/people/list/", {"file": SimpleUploadedFile("people.csv", text.encode())})


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(token|seen)" value="([^"]+)"', page.content.decode()))


def test_a_list_is_shown_then_taken_over(office):
    client = client_of(office, "adam")
    page = send(client)
    assert page.status_code == 200
    shown = page.content.decode()
    assert "Ada Vell" in shown
    assert "There is no name." in shown
    before = Person.objects.count()
    assert client.post("/people/list/take-over/", hidden(page)).url == "/people/"
    assert Person.objects.count() == before + 1
    assert "Ada Vell" in client.get("/people/?search=vell").content.decode()


def test_a_list_can_be_taken_over_once(office):
    client = client_of(office, "adam")
    told = hidden(send(client))
    client.post("/people/list/take-over/", told)
    assert client.post("/people/list/take-over/", told).status_code == 409


def test_what_another_administrator_held_opens_for_nobody_else(office):
    told = hidden(send(client_of(office, "adam")))
    with pytest.raises(WrongState):
        held_files.held(office.accounts["mara"].person_id, told["token"])


@pytest.mark.parametrize("token", ["", "x", "../../keyring/kek", "a" * 32])
def test_a_made_up_token_opens_nothing(office, token):
    with pytest.raises(WrongState):
        held_files.held("person", token)


def test_what_is_held_lies_encrypted_and_is_gone_after_an_hour(office):
    told = hidden(send(client_of(office, "adam")))
    [path] = settings.GIFTHORSE_SPOOL.glob(f"held-{told['token']}")
    assert b"Vell" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    at = path.stat().st_mtime
    held_files.forget_old(lambda: at + 3599)
    assert path.exists()
    held_files.forget_old(lambda: at + 3601)
    assert not path.exists()


def test_a_file_that_is_no_list_says_so_beside_the_field(office):
    page = send(client_of(office, "adam"), "red;green\n1;2\n")
    assert page.status_code == 400
    assert "no column “name”" in page.content.decode()


def test_a_list_that_is_too_large_is_refused_before_it_is_read(office):
    page = send(client_of(office, "adam"), "number;name\n" + "x" * (3 * 1024 * 1024))
    assert page.status_code == 413


def test_a_small_list_asks_before_it_closes_many(office):
    client = client_of(office, "adam")
    many = "number;name\n" + "".join(f"{n};P{n}\n" for n in range(10))
    client.post("/people/list/take-over/", hidden(send(client, many)))
    page = send(client, "number;name\n0;P0\n").content.decode()
    assert "Is this the whole list?" in page
    assert 'name="close_gone" value="yes">' in page, "offered, and never ticked by itself"
    page = send(client, many.replace("9;P9\n", "")).content.decode()
    assert 'name="close_gone" value="yes">' in page
    assert "Is this the whole list?" not in page
    assert re.search(r"<bdi>P9</bdi>", page), "who would leave is named before"


def test_roles_beyond_staff_are_pointed_out(office):
    page = send(client_of(office, "adam"), "number;name;login;roles\n1;Ada;ada;custodian\n").content.decode()
    assert "brings a role beyond staff" in page


def test_a_first_password_is_shown_and_works(office):
    client = client_of(office, "adam")
    client.post("/people/list/take-over/", hidden(send(client)))
    ada = Account.objects.get(username="ada")
    page = client.post(f"/people/{ada.person_id}/first-password/").content.decode()
    password = re.search(r'class="once" dir="ltr">([^<]+)<', page).group(1)
    ada.refresh_from_db()
    assert ada.check_password(password)


def test_people_are_offered_to_htmx_alone(office):
    client = client_of(office, "ines")
    assert client.get("/people/find/?for=events&who=kessler").status_code == 404
    fragment = client.get("/people/find/?for=events&who=kessler", headers={"HX-Request": "true"}).content.decode()
    assert "Keßler" in fragment
    assert "<html" not in fragment
    assert client_of(office, "rhea").get("/people/find/?for=events&who=k", headers={"HX-Request": "true"}).status_code == 403


def test_without_script_people_are_found_on_the_page_itself(office):
    event = samples.an_event(office.actor("ines"))
    client = client_of(office, "ines")
    page = client.get(f"/events/{event.pk}/?who=kessler").content.decode()
    person = re.search(r'name="person" value="(person-\w+)"', page).group(1)
    client.post(f"/events/{event.pk}/attendees/", {"person": person})
    assert "Keßler" in client.get(f"/events/{event.pk}/").content.decode()


def test_an_event_that_nobody_was_chosen_for_says_what_to_do(office):
    event = samples.an_event(office.actor("ines"))
    page = client_of(office, "ines").post(f"/events/{event.pk}/attendees/", {}, follow=True).content.decode()
    assert "Please choose at least one person" in page


def test_a_correction_through_the_page_leaves_what_it_does_not_show(office):
    facts = ContactFacts(names=("Leo",), portrait="00ff00ff00ff00ff", introduced_by=("contact-0000000000000",))
    contact = samples.a_contact(office.actor("mara"), facts)
    client = client_of(office, "ines")
    sent = {"names": "Leo\nЛев\n", "verified": "verified", "reason": "Seen his passport."}
    assert client.post(f"/contacts/{contact.pk}/correct/", sent).status_code == 302
    from gifthorse.procedures.keep_contacts import kept_contact

    contact.refresh_from_db()
    kept = kept_contact(contact).facts
    assert kept.names == ("Leo", "Лев")
    assert (kept.portrait, kept.introduced_by) == (facts.portrait, facts.introduced_by)


def test_names_from_outside_turn_nothing_around(office):
    contact = samples.a_contact(office.actor("mara"), ContactFacts(names=("\u202egreL<b>",), employer=("<script>",)))
    client = client_of(office, "ines")
    for address in ("/contacts/", f"/contacts/{contact.pk}/", f"/search/?q={contact.pk}"):
        page = client.get(address).content.decode()
        assert "\u202e" not in page
        assert "<b>" not in page.split("<main", 1)[1].split("whoami")[0]
        assert "<script>" not in page.split("<main", 1)[1]


def test_a_setting_is_kept_and_a_wrong_one_comes_back_with_its_words(office):
    client = client_of(office, "ines")
    good = {"title": "whom-to-call", "whom-to-call-text": "Desk: +49 1\nNight: +49 2"}
    assert client.post("/house/", good).status_code == 302
    assert "Desk: +49 1\nNight: +49 2" in client.get("/house/").content.decode()
    page = client.post("/house/", {"title": "mail-domains", "mail-domains-text": "no domain here"})
    assert page.status_code == 400
    assert "no domain here" in page.content.decode()
    assert "A domain looks like example.org" in page.content.decode()
    assert client.post("/house/", {"title": "another"}).status_code == 404


def many(office, number):
    """*number* of everything."""
    officer = office.actor("ines")
    person = office.accounts["mara"].person_id
    for n in range(number):
        asset = keep_know_how.add_asset(officer, AssetFacts(title=f"Asset {n}"))
        element = keep_know_how.add_element(
            officer, asset.pk, keep_know_how.ElementShape(kind=ElementKind.STEP), keep_know_how.ElementFacts(title=f"E{n}")
        )
        keep_know_how.set_holders(officer, element.pk, [person])
        keep_know_how.add_party(officer, PartyKind.SUPPLIER, keep_know_how.PartyFacts(name=f"House {n}"), [element.pk])
        keep_events.add_event(officer, samples.FAIR, keep_events.EventFacts(title=f"Fair {n}", place="Munich"))
        samples.a_contact(office.actor("mara"), ContactFacts(names=(f"Leo {n}",)))


@pytest.mark.parametrize(
    "address", ["/people/", "/know-how/", "/know-how/houses/new/", "/events/", "/contacts/", "/search/?q=leo", "/search/?q=fair"]
)
def test_a_page_asks_as_often_for_many_as_for_few(office, address):
    many(office, 3)
    few = queries_of(client_of(office, "ines"), address)
    many(office, 9)
    assert queries_of(client_of(office, "ines"), address) == few


def test_a_grid_asks_as_often_for_many_elements_and_holders_as_for_few(office):
    officer = office.actor("ines")
    known = samples.know_how(officer, office.accounts["mara"].person_id)
    address = f"/know-how/{known.asset.pk}/"
    few = queries_of(client_of(office, "ines"), address)
    everybody = [account.person_id for account in office.accounts.values()]
    for n in range(10):
        element = keep_know_how.add_element(
            officer, known.asset.pk, keep_know_how.ElementShape(kind=ElementKind.STEP), keep_know_how.ElementFacts(title=f"E{n}")
        )
        keep_know_how.set_holders(officer, element.pk, everybody)
        keep_know_how.add_party(officer, PartyKind.SUPPLIER, keep_know_how.PartyFacts(name=f"House {n}"), [element.pk])
    assert queries_of(client_of(office, "ines"), address) == few


@pytest.mark.parametrize(
    ("kinds", "wording"),
    [
        (PartyKind, words.PARTIES),
        (GatheringKind, words.GATHERINGS),
        (Verified, words.VERIFIED),
        (Standing, words.STANDINGS),
        (StaffField, words.STAFF_FIELDS),
    ],
    ids=["party", "gathering", "verified", "standing", "field"],
)
def test_every_value_has_its_words(kinds, wording):
    assert set(wording) == set(kinds)


def test_every_kind_of_the_brief_and_of_names_has_its_words():
    from gifthorse.resolve.names.scripts import Script

    for kinds, wording in ((ElementKind, "element"), (Protection, "protection"), (RoleKind, "duty_kind"), (Script, "script")):
        assert set(labels.ALL[wording]) == set(kinds)
    assert set(labels.ALL["contact_field"]) == set(ContactFacts.__struct_fields__)


def test_the_rail_leads_each_to_their_own(office):
    def rail(login):
        return set(re.findall(r'href="(/(?:people|know-how|events|contacts|search|house)/)"', page_of(office, login)))

    assert rail("ines") == {"/people/", "/know-how/", "/events/", "/contacts/", "/search/", "/house/"}
    assert rail("adam") == {"/people/", "/house/"}
    assert rail("rhea") == {"/know-how/", "/events/"}
    assert rail("mara") == {"/search/"}


def page_of(office, login):
    client = Client()
    client.force_login(office.accounts[login])
    return client.get("/account/second-step/").content.decode()
