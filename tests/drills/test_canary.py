"""Who reported is found nowhere in the raw bytes: a name, a mail address, a street and a network address are planted and looked for."""

import base64
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
    inspect_enclosure,
    keep_favours,
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
from gifthorse.procedures.take_custody import take_custody
from gifthorse.report.gift import GiftReport
from gifthorse.store.tables.report import ObservationRow, Report
from tests.report.mails import mail
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


def test_the_search_would_find_them(tmp_path):
    for number, form in enumerate(
        (THEY_SAID.encode(), base64.b64encode(b"x" + THEY_SAID.encode()), THEY_SAID.encode("utf-16-le"), THEY_SAID.encode().hex().encode())
    ):
        (tmp_path / str(number)).write_bytes(b"?" * number + form)
    found, _ = found_in([tmp_path])
    assert {name for name, _ in found} == {"0", "1", "2", "3"}


def test_reporters_are_nowhere_in_the_raw_bytes(actors, tmp_path, capfd):
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
    assert {"test.sqlite3", "test.sqlite3-wal", "monday", "gifthorse.keys", "log"} <= contents.keys()
    assert any(name.startswith("sealed-") for name in contents)
    assert sum(map(len, contents.values())) > 5_000_000
    assert found == []
