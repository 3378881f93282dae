"""Who reported is found nowhere in the raw bytes: a name, a mail address, a street and a network address are planted and looked for."""

import base64
import logging.config
import re
import sys
from itertools import product

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from gifthorse.inspect.report import forms
from gifthorse.model.custody import ItemKind
from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import FavourBand
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.procedures import (
    add_photograph,
    answer_reporter,
    correct_observation,
    enclose,
    export_inspection,
    house_settings,
    inspect_enclosure,
    keep_favours,
    receive_sealed,
    release_identity,
    report_gift,
    sign_checkpoint,
    tell,
    view_item,
    view_report,
    write_letter,
    write_to_officer,
)
from gifthorse.procedures.back_up import back_up
from gifthorse.procedures.keep_accounts import create
from gifthorse.procedures.kept_people import kept_people
from gifthorse.procedures.take_custody import take_custody
from gifthorse.procedures.take_mail import Senders, Taken, take_mail
from gifthorse.report.gift import GiftReport
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.report import Enclosure, ObservationRow, Report
from tests.desk.test_house_sign_in import go_through
from tests.procedures.test_receive_sealed import photograph, sealed
from tests.report.mails import OURS, authenticated, mail
from tests.samples.house_provider import CLIENT, SECRET, provider
from tests.samples.inspections import dangerous_stick
from tests.samples.people import PASSWORD
from tests.samples.worked_desk import attach, inspected

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill, pytest.mark.slow]
REPORTERS, REPORTS_EACH = 10, 10
NAME, MAIL, STREET, NETWORK = "Quillwort Zanderkopf", "q.zanderkopf@lanternfish.example", "77 Murmelbach Alley", "203.0.113.77"
WORDS = ("quillwort", "zanderkopf", "lanternfish", "murmelbach", NETWORK)
THEY_SAID = f"I am {NAME}, write to {MAIL} or come to {STREET}; they knew all that."


def disguises(word):
    """The bytes that *word* may hide behind."""
    for spelling, encoding in product((word, word.upper(), word.title()), ("utf-8", "utf-16-le", "utf-16-be")):
        raw = spelling.encode(encoding)
        yield raw
        yield raw.hex().encode()
        yield from (base64.b64encode(b"\0" * shift + raw)[shift + (shift > 0) : -4] for shift in range(3))


NEEDLES = sorted({needle for word in WORDS for needle in disguises(word) if len(needle) > 6})


def found_in(folders):
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    contents = {path.name: path.read_bytes() for path in files}
    return sorted({(name, needle) for name, content in contents.items() for needle in NEEDLES if needle in content}), contents


def report(number, actors):
    """Everything that one reporter does and what is done about it."""
    identity = {"name": NAME, "mail": MAIL, "address": STREET, "phone": "+00 77 203 113", "unit": "Murmelbach"}
    account = create(DESK_ITSELF, f"reporter{number}", PASSWORD, [Role.STAFF], identity)
    reporter, officer = account.as_actor(), actors["officer"]
    for _ in range(REPORTS_EACH):
        item = report_gift.report_gift(reporter, GiftReport(kind=ItemKind.MEMORY_STICK, said=THEY_SAID, what=NAME, place=STREET))
    arrival = add_photograph.begin(reporter, item.pk, f"{NAME}.jpg")
    arrival.write(THEY_SAID.encode() * 50_000)
    arrival.finish()
    take_custody(officer, item.pk, seal_number=f"S-{number}")
    write_to_officer.write(reporter, item.pk, THEY_SAID)
    answer_reporter.answer(officer, item.pk, f"Dear {NAME}")
    release_identity.release(actors["custodian"], account.person_id, f"{NAME} asked for it")
    assert view_item.item_for(officer, item.pk).report.said == THEY_SAID
    tell_us(reporter, actors)
    return item


def tell_us(reporter, actors):
    """Everything that one reporter tells of approaches, and what is written, enclosed, corrected and noted about it."""
    contact = {"name": NAME, "employer": "Lanternfish", "role": "Zanderkopf & Sons", "reach": f"{MAIL}, {STREET}"}
    for _ in range(REPORTS_EACH):
        answers = {"touch": ["event"], "wanted": ["how"], "contact": contact, "words": THEY_SAID, "where": STREET, "offered": ["travel"]}
        told = tell.tell(reporter, ReportKind.APPROACH, answers)
    arrival = enclose.begin(reporter, told.pk, f"{NAME}.pdf")
    arrival.write(THEY_SAID.encode() * 30_000)
    enclosure = arrival.finish()
    inspect_enclosure.inspect_enclosure(enclosure.pk, look=lambda _fd, _name: dangerous_stick(), redraw=lambda _fd: THEY_SAID.encode())
    write_letter.write_about(reporter, told.pk, THEY_SAID)
    write_letter.answer(actors["officer"], told.pk, f"Dear {NAME}")
    write_letter.note(actors["officer"], told.pk, THEY_SAID)
    row = ObservationRow.objects.get(report=told)
    correct_observation.correct(actors["officer"], row.pk, {"ask_level": 1}, THEY_SAID)
    wine = keep_favours.FavourFacts(direction=Direction.IN, kind=FavourKind.GIFT, band=FavourBand.SMALL, month=row.month, what=THEY_SAID)
    keep_favours.add_favour(actors["officer"], told.contact_id, reporter.person, wine)
    assert view_report.report_for(actors["officer"], told.pk).contact.names == (NAME,)


def through_the_web(number):
    """The same person signs in and reports with a browser."""
    browser = Client(REMOTE_ADDR=NETWORK, HTTP_USER_AGENT="Mozilla/5.0")
    signed_in = browser.post(reverse("account_login"), {"login": f"reporter{number}", "password": PASSWORD})
    assert signed_in.status_code == 302, signed_in.content[:500]
    sent = browser.post(reverse("report"), {"kind": "memory-stick", "said": THEY_SAID, "value_band": "unknown", "plugged_in": ""})
    assert sent.status_code == 302, sent.content[:2000]
    assert browser.get(reverse("my_items")).status_code == 200
    told = browser.post(reverse("tell_kind", args=["is-this-odd"]), {"q-words": THEY_SAID, "shown": "words"})
    assert told.status_code == 302, told.content[:2000]
    assert THEY_SAID[:20] in browser.get(told["Location"].replace("sent/", "")).content.decode()
    invitation = SimpleUploadedFile(f"{NAME}.eml", mail(sender=f"{NAME} <{MAIL}>", subject=NAME, text=THEY_SAID))
    assert browser.post(reverse("invitation"), {"file": invitation}).status_code == 302
    assert browser.post(reverse("my_data"), {"form": "json"}).status_code == 200
    assert Client(REMOTE_ADDR=NETWORK).post(reverse("account_login"), {"login": NAME, "password": "wrong"}).status_code == 200


def by_the_list(actors):
    """Somebody comes in by the house's list, is renamed by the next one, is looked for while typing, and is left out with a wrong row."""
    admin = Client(REMOTE_ADDR=NETWORK)
    admin.force_login(Account.objects.get(person_id=actors["admin"].person))
    officer = Client(REMOTE_ADDR=NETWORK)
    officer.force_login(Account.objects.get(person_id=actors["officer"].person))
    for name in ("Somebody Else", NAME):
        told = f"number;name;mail;login;last day\n77;{name};{MAIL};canary;\n78;{NAME};{MAIL};;{STREET}\n"
        page = admin.post(reverse("import_people"), {"file": SimpleUploadedFile(f"{NAME}.csv", told.encode())})
        assert name in page.content.decode()
        hidden = dict(re.findall(r'name="(token|seen)" value="([^"]+)"', page.content.decode()))
        assert admin.post(reverse("apply_people"), hidden).status_code == 302
    assert NAME in admin.get(reverse("people"), {"search": NAME}).content.decode()
    found = officer.get(reverse("find_people"), {"for": "events", "who": NAME}, headers={"HX-Request": "true"})
    assert NAME in found.content.decode()
    assert [kept for kept in kept_people() if kept.told("name") == NAME]
    assert admin.post(reverse("import_people"), {"file": SimpleUploadedFile(f"{NAME}.csv", THEY_SAID.encode())}).status_code == 400
    looked_at = f"number;name\n99;{NAME} the Younger\n"
    assert admin.post(reverse("import_people"), {"file": SimpleUploadedFile("people.csv", looked_at.encode())}).status_code == 200


def through_the_house(settings):
    """The same person signs in through the house's own provider, which says who they are; a stranger with the same name doesn't get in."""
    with provider() as house:
        app = {
            "provider_id": "house",
            "name": "the house",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": house.address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True, "SCOPE": ["openid", "email"]}}
        house.userinfo |= {"sub": f"{NAME} of {STREET}", "email": MAIL, "name": NAME, "preferred_username": NAME}
        browser = Client(REMOTE_ADDR=NETWORK)
        assert go_through(browser).redirect_chain[-1][0] == "/"
        assert browser.get(reverse("my_items")).status_code == 200
        house.userinfo |= {"email": f"other.{MAIL}"}
        assert go_through(Client(REMOTE_ADDR=NETWORK)).redirect_chain[-1][0] == reverse("account_login")
        house.broken = True
        Client(REMOTE_ADDR=NETWORK).get(f"{reverse('openid_connect_callback')}?code={NAME}&state={MAIL}")
    browser.get(f"/people/{NAME}/{MAIL}/")
    browser.post(f"/calendar/{NAME}.ics")


def from_the_road(reporter):
    """They seal a report and a photograph on their phone, which come in later."""
    arrived = sealed(answers={"touch": ["event"], "words": THEY_SAID})
    report = receive_sealed.receive(reporter, arrived)
    receive_sealed.receive_photograph(reporter, photograph(arrived, THEY_SAID.encode() * 20, name=f"{NAME}.jpg"))
    assert Report.objects.get(pk=report.pk).offline
    assert Enclosure.objects.filter(report=report).count() == 1


def by_mail(actors):
    """They forward an invitation to the desk's mailbox: shown to be theirs, merely said to be, and of a stranger."""
    house_settings.set_setting(actors["officer"], house_settings.MAIL_SERVERS, [OURS])
    invitation = mail(sender=f"{NAME} <talks@{WORDS[2]}.example>", subject=THEY_SAID, text=THEY_SAID)
    for headers, became in (((authenticated(domain="lanternfish.example"),), Taken.CHECKED), ((), Taken.HELD)):
        forwarding = mail(sender=f"{NAME} <{MAIL}>", subject=f"Fwd: {NAME}", text=THEY_SAID, headers=headers)
        assert take_mail(forwarding + invitation, Senders()) is became
    assert take_mail(mail(sender=f"other.{MAIL}", subject=NAME), Senders()) is Taken.STRANGER


@pytest.fixture
def log(tmp_path, monkeypatch):
    """What the desk logs, by its own configuration, lies where it is looked for."""
    with (tmp_path / "desk.log").open("w", buffering=1) as file:
        with monkeypatch.context() as patched:
            patched.setattr("sys.stderr", file)
            logging.config.dictConfig(settings.LOGGING)
        yield tmp_path / "desk.log"
        logging.config.dictConfig(settings.LOGGING)


def test_the_search_would_find_them(tmp_path):
    for number, form in enumerate(
        (THEY_SAID.encode(), base64.b64encode(b"x" + THEY_SAID.encode()), THEY_SAID.encode("utf-16-le"), THEY_SAID.encode().hex().encode())
    ):
        (tmp_path / str(number)).write_bytes(b"?" * number + form)
    found, _ = found_in([tmp_path])
    assert {name for name, _ in found} == {"0", "1", "2", "3"}


def test_reporters_are_nowhere_in_the_raw_bytes(actors, tmp_path, capfd, log):
    if connection.vendor != "sqlite":
        pytest.skip("looks into SQLite's own files")
    items = [report(number, actors) for number in range(REPORTERS)]
    assert Report.objects.count() >= 100
    through_the_web(0)
    inspection = inspected(attach(actors, items[0], b"content"), actors["officer"])
    for form in forms.FORMS:
        name, _, content = export_inspection.export(actors["officer"], inspection.pk, form)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "checkpoint.json").write_bytes(sign_checkpoint.sign(DESK_ITSELF))
    back_up(DESK_ITSELF, tmp_path / "monday")
    sys.stdout.flush()
    out, err = capfd.readouterr()
    (tmp_path / "log").write_text(out + err)
    found, contents = found_in([settings.GIFTHORSE_DATA, tmp_path])
    assert log.is_file()
    assert {"test.sqlite3", "test.sqlite3-wal", "monday", "gifthorse.keys", "log", "desk.log"} <= contents.keys()
    assert any(name.startswith("sealed-") for name in contents)
    assert sum(map(len, contents.values())) > 5_000_000
    assert found == []


@pytest.mark.enable_socket
def test_people_of_the_list_of_the_houses_sign_in_and_of_the_road_are_nowhere_in_the_raw_bytes(actors, tmp_path, log, settings):
    if connection.vendor != "sqlite":
        pytest.skip("looks into SQLite's own files")
    by_the_list(actors)
    through_the_house(settings)
    from_the_road(Account.objects.get(username="canary").as_actor())
    by_mail(actors)
    back_up(DESK_ITSELF, tmp_path / "monday")
    (tmp_path / "own.json").write_bytes(sign_checkpoint.sign(DESK_ITSELF))
    assert "Not Found: /people/[hidden]" in log.read_text(), "the log is looked into"
    found, contents = found_in([settings.GIFTHORSE_DATA, tmp_path])
    assert {"test.sqlite3", "test.sqlite3-wal", "monday", "gifthorse.keys", "desk.log"} <= contents.keys()
    assert any(name.startswith("held-") for name in contents), "a list that was looked at and not taken over waits, encrypted"
    assert found == []
