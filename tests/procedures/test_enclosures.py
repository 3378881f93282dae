"""What comes with a report is sealed while it arrives, inspected before anyone opens it, and handed to officers alone."""

import pytest

from gifthorse.inspect.photographs import NO_PICTURE
from gifthorse.model.errors import NotAccepted, NotFound, Refused, Unreadable, WrongState
from gifthorse.procedures import enclose, inspect_enclosure
from gifthorse.procedures.view_enclosure import hand_out, picture
from gifthorse.procedures.view_report import report_for
from gifthorse.store import vault
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.report import Enclosure
from tests.samples import reports as samples
from tests.samples.inspections import encrypted_archive

pytestmark = pytest.mark.django_db


def test_a_file_waits_for_its_inspection_and_nobody_opens_it_before(actors):
    report = samples.approach(actors["staff"])
    enclosure = samples.enclosed(actors["staff"], report, b"a card", "Lee Wendt.jpg")
    assert inspect_enclosure.waiting() == [enclosure.pk]
    shown = report_for(actors["staff"], report.pk).enclosures[0]
    assert (shown.untrusted_name, shown.size, shown.state, shown.has_picture) == ("Lee Wendt.jpg", 6, "waiting", False)
    with pytest.raises(WrongState, match="not inspected yet"):
        hand_out(actors["officer"], enclosure.pk)
    with pytest.raises(NotFound):
        picture(actors["officer"], enclosure.pk)


def test_the_real_inspection_and_the_real_redrawing_do_their_work(actors):
    from datetime import UTC, datetime

    from gifthorse.demonstration.documents import photograph

    report = samples.approach(actors["staff"])
    drawn = samples.enclosed(actors["staff"], report, photograph(1, datetime(2026, 11, 3, tzinfo=UTC), width=480, height=320))
    script = samples.enclosed(actors["staff"], report, b"MZ" + bytes(62) + b"PE" + bytes(2000), "holiday.jpg.exe")
    for one in (drawn, script):
        assert inspect_enclosure.inspect_enclosure(one.pk)
        one.refresh_from_db()
    assert drawn.state == script.state == "done"
    assert drawn.verdict in {"clear", "caution"}
    assert picture(actors["staff"], drawn.pk).startswith(b"\xff\xd8")
    assert script.picture_id is None
    assert script.verdict in {"caution", "dangerous", "hostile"}
    assert inspect_enclosure.waiting() == []


def test_verdict_and_result_are_kept_and_the_picture_is_the_redrawn_one(actors):
    report = samples.approach(actors["staff"])
    enclosure = samples.inspected(samples.enclosed(actors["staff"], report), encrypted_archive())
    assert (enclosure.state, enclosure.verdict) == ("done", encrypted_archive().verdict.value)
    assert vault.open_json(enclosure.result)["verdict"] == enclosure.verdict
    before = LedgerEntry.objects.count()
    assert picture(actors["staff"], enclosure.pk) == samples.REDRAWN
    assert LedgerEntry.objects.count() == before
    assert picture(actors["officer"], enclosure.pk) == samples.REDRAWN
    assert LedgerEntry.objects.count() == before + 1


def test_an_officer_fetches_what_is_not_dangerous_and_each_time_is_on_record(actors):
    report = samples.approach(actors["staff"])
    enclosure = samples.inspected(samples.enclosed(actors["staff"], report, b"the file"), encrypted_archive())
    before = LedgerEntry.objects.count()
    handed = hand_out(actors["officer"], enclosure.pk)
    assert (b"".join(handed.chunks), handed.size) == (b"the file", 8)
    entry = LedgerEntry.objects.order_by("-position").first()
    assert (LedgerEntry.objects.count(), entry.procedure, entry.subject) == (before + 1, "view-enclosure", report.pk)


def test_what_was_found_dangerous_is_handed_to_nobody(actors):
    enclosure = samples.inspected(samples.enclosed(actors["staff"], samples.approach(actors["staff"])))
    assert enclosure.verdict in {"dangerous", "hostile"}
    with pytest.raises(WrongState, match="found danger"):
        hand_out(actors["officer"], enclosure.pk)


def test_reporters_see_their_pictures_and_fetch_no_files(actors):
    enclosure = samples.inspected(samples.enclosed(actors["staff"], samples.approach(actors["staff"])), encrypted_archive())
    with pytest.raises(Refused, match="officers alone"):
        hand_out(actors["staff"], enclosure.pk)
    for login in ("colleague", "auditor", "custodian"):
        with pytest.raises((NotFound, Refused)):
            picture(actors[login], enclosure.pk)


def test_only_the_reporter_encloses(actors):
    report = samples.approach(actors["staff"])
    for login in ("colleague", "officer", "custodian"):
        with pytest.raises((NotFound, Refused)):
            enclose.begin(actors[login], report.pk, "x")


def test_an_empty_file_and_the_thirty_first_are_refused(actors, monkeypatch):
    report = samples.approach(actors["staff"])
    with pytest.raises(NotAccepted, match="empty"):
        enclose.begin(actors["staff"], report.pk, "x").finish()
    monkeypatch.setattr(enclose, "MOST", 1)
    samples.enclosed(actors["staff"], report)
    with pytest.raises(WrongState, match="thirty"):
        enclose.begin(actors["staff"], report.pk, "x")
    assert Enclosure.objects.count() == 1


def test_an_inspection_that_breaks_off_is_said_and_the_file_stays_shut(actors):
    enclosure = samples.enclosed(actors["staff"], samples.approach(actors["staff"]))

    def breaks(_fd: int, _name: str) -> object:
        raise RuntimeError("a defect")

    with pytest.raises(RuntimeError):
        inspect_enclosure.inspect_enclosure(enclosure.pk, look=breaks)
    enclosure.refresh_from_db()
    assert (enclosure.state, enclosure.verdict) == ("failed", "")
    with pytest.raises(WrongState):
        hand_out(actors["officer"], enclosure.pk)


def test_a_file_that_is_no_picture_is_inspected_all_the_same(actors):
    enclosure = samples.enclosed(actors["staff"], samples.approach(actors["staff"]))

    def no_picture(_fd: int) -> bytes:
        raise Unreadable(NO_PICTURE)

    inspect_enclosure.inspect_enclosure(enclosure.pk, look=lambda _fd, _name: encrypted_archive(), redraw=no_picture)
    enclosure.refresh_from_db()
    assert (enclosure.state, enclosure.picture_id) == ("done", None)


def test_a_worker_that_dies_is_followed_by_one_more_try_and_no_third(actors):
    enclosure = samples.enclosed(actors["staff"], samples.approach(actors["staff"]))

    def dies(_fd: int, _name: str) -> object:
        raise SystemExit

    for state in ("again", "failed"):
        with pytest.raises(SystemExit):
            inspect_enclosure.inspect_enclosure(enclosure.pk, look=dies)
        assert inspect_enclosure.take_up_again() == 1
        enclosure.refresh_from_db()
        assert enclosure.state == state
    assert not inspect_enclosure.inspect_enclosure(enclosure.pk)
