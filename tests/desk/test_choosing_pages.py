"""Officers name people as people do: by typing a name; the desk asks back when several fit, and never shows whom they may not see."""

import pytest
from django.test import Client
from django.urls import reverse

from gifthorse.model.contacts import ContactFacts
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.procedures import house_settings, keep_accounts, tell
from gifthorse.procedures.held_mails import hold
from gifthorse.store.tables.report import FavourEntry, ObservationRow, Report
from tests.report.mails import forwarded, mail
from tests.samples import reports as samples
from tests.samples.people import PASSWORD
from tests.samples.register import a_contact

pytestmark = pytest.mark.django_db
FAVOUR = {"direction": "out", "kind": "hospitality", "band": "small", "month": "2026-11"}
CORRECTION = {"tactics": ["T06"], "month": "2026-11", "ask_level": "1", "favour": "small", "grade": "C3", "reason": "It was public."}


@pytest.fixture
def officer(office):
    browser = Client()
    browser.force_login(office.accounts["ines"])
    return browser


@pytest.fixture
def reported(office):
    report = samples.approach(office.actor("mara"))
    return report, ObservationRow.objects.get(report=report)


def newcomer(login: str, name: str) -> str:
    return keep_accounts.create(DESK_ITSELF, login, PASSWORD, [Role.STAFF], {"name": name}).person_id


def entries() -> set[str]:
    return set(FavourEntry.objects.filter(kind="hospitality", direction="out").values_list("person_id", flat=True))


def test_a_part_of_a_name_is_enough_where_one_fits(officer, reported):
    report, _row = reported
    person = newcomer("ottoline", "Ottoline Vandersteen")
    page = reverse("favours_of_contact", args=[report.contact_id])
    assert officer.post(page, {**FAVOUR, "person": "vandersteen ott"}).status_code == 302
    assert entries() == {person}


def test_where_several_fit_they_are_offered_and_the_chosen_one_is_meant(officer, reported):
    report, _row = reported
    one, other = newcomer("ott1", "Ottoline Vandersteen"), newcomer("ott2", "Ottoline Vandersteen-Wu")
    page = reverse("favours_of_contact", args=[report.contact_id])
    asked = officer.post(page, {**FAVOUR, "person": "ottoline", "what": "Dinner"})
    assert asked.status_code == 400
    told = asked.content.decode()
    assert "Several fit. Please choose one." in told
    assert one in told
    assert "Ottoline Vandersteen-Wu" in told
    assert "Dinner" in told
    assert not entries()
    assert officer.post(page, {**FAVOUR, "person": "ottoline", "person-chosen": other}).status_code == 302
    assert entries() == {other}


@pytest.mark.parametrize("typed", ["Nobody Atall", "person-0000000000000", "  "])
def test_a_name_that_fits_nobody_is_said_and_nothing_is_kept(officer, reported, typed):
    report, _row = reported
    asked = officer.post(reverse("favours_of_contact", args=[report.contact_id]), {**FAVOUR, "person": typed, "person-chosen": typed})
    assert asked.status_code == 400
    assert "error" in asked.content.decode()
    assert not entries()


def test_a_correction_names_its_contact_as_it_was_reported_and_another_by_typing_one(officer, reported, office):
    _report, row = reported
    page = reverse("correct_observation", args=[row.pk])
    shown = officer.get(page).context["form"]["contact_id"].value()
    assert row.contact_id in shown
    assert shown != row.contact_id
    assert officer.post(page, {**CORRECTION, "contact_id": shown}).status_code == 302
    assert ObservationRow.objects.get(pk=row.pk).contact_id == row.contact_id
    other = a_contact(office.actor("mara"), ContactFacts(names=("Odile Brandt-Okoro",), employer=("Fjord Analytics",)))
    assert officer.post(page, {**CORRECTION, "contact_id": "brandt"}).status_code == 302
    assert ObservationRow.objects.get(pk=row.pk).contact_id == other.pk
    assert officer.post(page, {**CORRECTION, "contact_id": ""}).status_code == 302
    assert ObservationRow.objects.get(pk=row.pk).contact_id is None


def test_a_contact_of_a_report_sealed_to_others_is_not_found_by_name_or_number(officer, reported, office):
    _report, row = reported
    sealed = tell.tell(office.actor("idris"), ReportKind.PRESSURE, {"contact": {"name": "Sealed Zanzibar"}})
    Report.objects.filter(pk=sealed.pk).update(sealed_to=[office.actor("tomo").person], is_sealed=True)
    assert sealed.contact_id
    for typed in ("zanzibar", sealed.contact_id):
        asked = officer.post(reverse("correct_observation", args=[row.pk]), {**CORRECTION, "contact_id": typed})
        assert asked.status_code == 400
        assert "Sealed Zanzibar" not in asked.content.decode()


def test_a_mail_in_somebodys_name_is_asked_about_on_their_first_screen_and_answered_there(office):
    mara = Client()
    mara.force_login(office.accounts["mara"])
    assert "Mails in your name" not in mara.get("/").content.decode()
    hold(office.actor("mara").person, forwarded(mail(text="Come soon.")))
    hold(office.actor("mara").person, b"From: mara@x.example\r\nSubject: \xe2\x80\xaeevil <b> \xc3\xa4\r\n\r\n" + b"boundary " * 200)
    assert "2 came to the desk. Are they from you?" in mara.get("/").content.decode()
    page = mara.get("/mails/")
    told = page.content.decode()
    assert "Fwd: look" in told
    assert "\u202e" not in told
    assert "ä</bdi>" in told
    assert "<b>" not in told.split("<main", 1)[1].split("whoami")[0]
    first, second = page.context["mails"]
    assert mara.post("/mails/", {"mail": first.id, "said": "mine"}).status_code == 302
    refused = mara.post("/mails/", {"mail": second.id, "said": "mine"})
    assert (refused.status_code, "could not be read as a mail" in refused.content.decode()) == (400, True)
    assert mara.post("/mails/", {"mail": second.id, "said": "not-mine"}).status_code == 302
    assert sorted(Report.objects.values_list("kind", flat=True)) == ["invitation", "something-else"]
    assert mara.post("/mails/", {"mail": second.id, "said": "mine"}).status_code == 404
    assert "No mail waits for your word." in mara.get("/mails/").content.decode()


def test_officers_see_how_many_mails_are_held_and_no_word_of_them(office, officer):
    hold(office.actor("mara").person, forwarded(mail(text="Come soon.")))
    told = officer.get("/figures/reports/").content.decode()
    assert "whose sender is not verified" in told
    assert "Fwd: look" not in told
    auditor = Client()
    auditor.force_login(office.accounts["aud"])
    assert "not verified" not in auditor.get("/figures/reports/").content.decode()


def test_the_settings_of_the_desks_mail_and_hours_have_forms(officer):
    posts = {
        "mail-servers": {"mail-servers-text": "MX.House.example\n"},
        "official-invitations": {"official-invitations-organisation": "The House", "official-invitations-address": "ask@house.example"},
        "desk-hours": {"desk-hours-zone": "Asia/Dubai", "desk-hours-days_off": ["5", "6"], "desk-hours-holidays": "2026-12-02\n2026-12-01"},
        "phone-region": {"phone-region-region": "ae"},
    }
    for title, sent in posts.items():
        assert officer.post("/house/", {"title": title, **sent}).status_code == 302, title
    assert house_settings.setting("mail-servers") == ["mx.house.example"]
    assert house_settings.setting("desk-hours") == {"zone": "Asia/Dubai", "days_off": [5, 6], "holidays": ["2026-12-01", "2026-12-02"]}
    assert house_settings.setting("phone-region") == "AE"
    page = officer.post("/house/", {"title": "desk-hours", "desk-hours-zone": "UTC", "desk-hours-holidays": "25.12.2026"})
    assert page.status_code == 400
    assert "write each holiday as 2026-12-25" in page.content.decode()
    assert "25.12.2026" in page.content.decode()
