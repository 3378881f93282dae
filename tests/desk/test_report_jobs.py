"""The reports' jobs go on whatever happens to one of their parts, and end when the worker does."""

import imaplib
from datetime import timedelta

import pytest
from django.db import OperationalError

from gifthorse.desk import mailbox, outgoing, report_jobs
from gifthorse.procedures import inspect_enclosure
from gifthorse.procedures.acting import now
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.placement import Placement
from gifthorse.store.tables.report import Enclosure
from tests.desk.test_jobs import Turns
from tests.report.mails import mail
from tests.samples import reports as samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keep_the_connection(monkeypatch):
    monkeypatch.setattr(report_jobs.connection, "close", lambda: None)
    monkeypatch.setattr(report_jobs, "close_old_connections", lambda: None)


def test_an_enclosure_that_breaks_the_work_keeps_no_other_waiting_and_is_not_tried_again(monkeypatch):
    tried = []

    def inspect(enclosure_id):
        tried.append(enclosure_id)
        if enclosure_id == "broken":
            raise RuntimeError("a defect of ours")

    monkeypatch.setattr(inspect_enclosure, "waiting", lambda: ["broken", "good"])
    monkeypatch.setattr(inspect_enclosure, "inspect_enclosure", inspect)
    report_jobs.inspect_enclosures(Turns(2))
    assert tried == ["broken", "good", "good"]


def test_what_a_killed_worker_had_begun_is_begun_again_at_the_start_and_only_then(office, monkeypatch):
    enclosure = samples.enclosed(office.actor("mara"), samples.approach(office.actor("mara")))
    Enclosure.objects.filter(pk=enclosure.pk).update(state="running")
    seen = []
    monkeypatch.setattr(inspect_enclosure, "inspect_enclosure", lambda one: seen.append(Enclosure.objects.get(pk=one).state))
    report_jobs.inspect_enclosures(Turns(1))
    assert seen == ["again"]


def test_a_database_that_is_away_for_a_moment_does_not_end_the_work(monkeypatch):
    answers = [OperationalError("away"), ["good"]]
    tried = []

    def waiting():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(inspect_enclosure, "waiting", waiting)
    monkeypatch.setattr(inspect_enclosure, "inspect_enclosure", tried.append)
    report_jobs.inspect_enclosures(Turns(2))
    assert tried == ["good"]


def test_a_look_sends_what_waits_and_leaves_out_who_could_not_be_reached_just_now(office, monkeypatch):
    tried = []

    def refuses(one):
        tried.append(one.to)
        raise OSError("no route")

    monkeypatch.setattr(outgoing, "sender", lambda: refuses)
    samples.pressure(office.actor("mara"), (office.accounts["ines"].person_id,))
    report_jobs.remind_and_tell(Turns(4))
    assert tried == ["ines@example.org"]
    assert not Notice.objects.get().gave_up


def test_without_a_server_notices_are_laid_into_the_folder(office, settings, tmp_path):
    settings.GIFTHORSE_DATA = tmp_path
    samples.pressure(office.actor("mara"), (office.accounts["ines"].person_id,))
    report_jobs.remind_and_tell(Turns(1))
    (written,) = (tmp_path / "outgoing").iterdir()
    text = written.read_text()
    assert "ines@example.org" in text
    assert "mara" not in text.lower()
    assert "pressure" not in text.lower()


def test_a_mailbox_that_is_not_there_is_looked_at_again(office, monkeypatch):
    looks = []

    def fetch(_mailbox, take, _left):
        looks.append(take(mail(sender="Mara <mara@example.org>")))
        raise imaplib.IMAP4.abort("gone")

    monkeypatch.setenv("GIFTHORSE_IMAP_HOST", "127.0.0.1")
    monkeypatch.setattr(mailbox, "fetch", fetch)
    report_jobs.read_mailbox(Turns(2))
    assert [look.value for look in looks] == ["held", "held"]


def test_without_a_mailbox_nothing_is_looked_at(monkeypatch):
    monkeypatch.setattr(mailbox, "fetch", lambda *_: pytest.fail("there is none"))
    report_jobs.read_mailbox(Turns(2))


def test_all_that_is_due_is_erased_however_much_it_is(monkeypatch):
    from gifthorse.procedures import erase_reports

    answers = [["a"], ["b"], [], []]
    monkeypatch.setattr(erase_reports, "erase_due", lambda: answers.pop(0))
    report_jobs.erase_what_is_due(Turns(2))
    assert answers == []


def test_the_worker_closes_the_account_of_somebody_whose_last_day_is_over(office):
    mara = office.accounts["mara"]
    Placement.objects.update_or_create(
        person_id=mara.person_id,
        defaults={"id": "placement-0123456789ABC", "created_at": now(), "leaving_on": now().date() - timedelta(days=1)},
    )
    report_jobs.close_accounts_of_leavers(Turns(1))
    mara.refresh_from_db()
    assert not mara.is_active
    assert office.accounts["idris"].is_active
