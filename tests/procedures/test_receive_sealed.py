"""A report that a phone sealed comes in once, as it was written, and only for whoever is signed in."""

import json
import struct
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from gifthorse.model.errors import NotAccepted, NotFound, Refused
from gifthorse.model.reports import ReportKind
from gifthorse.procedures import receive_sealed, tell
from gifthorse.procedures.inspect_enclosure import waiting
from gifthorse.procedures.pack_for_trip import WITHOUT_A_TRIP, pack
from gifthorse.report.interview import digest, interview_of
from gifthorse.store import intake, vault
from gifthorse.store.tables.report import Enclosure, Report

pytestmark = pytest.mark.django_db


def sealed(**changes: object) -> bytes:
    told = {
        "id": "0b0c",
        "kind": "approach",
        "digest": "",
        "answers": {"touch": ["event"], "words": "He knew my trip"},
        "written_at": datetime.now(UTC).isoformat(),
    } | changes
    return sealed_body(json.dumps(told).encode(), intake.INFO)


def sealed_body(body: bytes, info: bytes) -> bytes:
    padded = (struct.pack(">I", len(body)) + body).ljust(4096, b"\0")
    return intake._suite().encrypt(padded, X25519PublicKey.from_public_bytes(intake.public_key()), info=info)


def photograph(of: bytes, content: bytes = b"a card", **head: object) -> bytes:
    """A photograph as a phone seals it, for the report that was sealed as *of*."""
    told = json.dumps({"report": sha256(of).hexdigest(), "name": "card \U0001f4c7.jpg"} | head).encode()
    return sealed_body(struct.pack(">I", len(told)) + told + content, intake.INFO_OF_PHOTOGRAPHS)


def test_what_was_written_is_on_record_as_the_senders_own(actors):
    report = receive_sealed.receive(actors["staff"], sealed())
    assert (report.reporter_id, report.kind, report.offline) == (actors["staff"].person, "approach", True)
    assert tell.as_told(report).to("words").text == "He knew my trip"


def test_sent_twice_it_is_still_one(actors):
    arrived = sealed()
    first = receive_sealed.receive(actors["staff"], arrived)
    assert receive_sealed.receive(actors["staff"], arrived).pk == first.pk
    assert Report.objects.count() == 1


def test_two_equal_reports_stay_two(actors):
    receive_sealed.receive(actors["staff"], sealed(id="1"))
    receive_sealed.receive(actors["staff"], sealed(id="2"))
    assert Report.objects.count() == 2


def test_a_clock_that_runs_ahead_is_not_believed(actors):
    ahead = (datetime.now(UTC) + timedelta(days=400)).isoformat()
    report = receive_sealed.receive(actors["staff"], sealed(written_at=ahead))
    assert report.observations.get().month == report.created_at.year * 12 + report.created_at.month - 1


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "gossip"},
        {"answers": {"nationality": "x"}},
        {"written_at": "2026-11-22T10:00:00"},
        {"more": 1},
    ],
    ids=["no kind", "a question that isn't asked", "no zone", "a field too many"],
)
def test_anything_else_is_refused(actors, changes):
    with pytest.raises(NotAccepted):
        receive_sealed.receive(actors["staff"], sealed(**changes))
    assert not Report.objects.exists()


def test_a_photograph_comes_with_its_report_once_and_waits_for_its_inspection(actors):
    arrived = sealed()
    report = receive_sealed.receive(actors["staff"], arrived)
    kept = receive_sealed.receive_photograph(actors["staff"], photograph(arrived))
    again = receive_sealed.receive_photograph(actors["staff"], photograph(arrived))
    other = receive_sealed.receive_photograph(actors["staff"], photograph(arrived, b"another card"))
    assert (kept.report_id, kept.pk, kept.verdict) == (report.pk, again.pk, "")
    assert waiting() == [kept.pk, other.pk]
    assert (vault.open_sealed(kept.content), vault.open_text(kept.name)) == (b"a card", "card \U0001f4c7.jpg")


def test_a_photograph_comes_to_no_report_but_ones_own_that_has_come_in(actors):
    arrived = sealed()
    with pytest.raises(NotAccepted, match="has not come in"):
        receive_sealed.receive_photograph(actors["staff"], photograph(arrived))
    receive_sealed.receive(actors["staff"], arrived)
    with pytest.raises(NotAccepted, match="has not come in"):
        receive_sealed.receive_photograph(actors["colleague"], photograph(arrived))
    tell.tell(actors["staff"], ReportKind.IS_THIS_ODD, {"words": "Written at the desk"})
    with pytest.raises(NotAccepted, match="has not come in"):
        receive_sealed.receive_photograph(actors["staff"], photograph(arrived, report=""))
    assert not Enclosure.objects.exists()


@pytest.mark.parametrize(
    "make",
    [
        lambda arrived: arrived,
        lambda arrived: photograph(arrived)[:-1],
        lambda arrived: photograph(arrived, b""),
        lambda arrived: photograph(arrived, more=1),
        lambda arrived: sealed_body(b"\0\0", intake.INFO_OF_PHOTOGRAPHS),
        lambda arrived: sealed_body(b"\xff\xff\xff\xff{}", intake.INFO_OF_PHOTOGRAPHS),
        lambda arrived: b"",
        lambda arrived: bytes(intake.LARGEST_PHOTOGRAPH + 1),
    ],
    ids=["a report", "cut short", "empty", "a field too many", "no head", "a head too long", "nothing", "too large"],
)
def test_no_other_bytes_are_a_photograph(actors, make):
    arrived = sealed()
    receive_sealed.receive(actors["staff"], arrived)
    with pytest.raises(NotAccepted):
        receive_sealed.receive_photograph(actors["staff"], make(arrived))
    assert not Enclosure.objects.exists()


def test_a_trip_that_is_not_ones_own_is_refused(actors):
    with pytest.raises(NotFound):
        receive_sealed.receive(actors["staff"], sealed(trip="trip-0000000000000"))


def test_nobody_without_the_form_sends(actors):
    for name in ("auditor", "custodian", "admin"):
        with pytest.raises(Refused):
            receive_sealed.receive(actors[name], sealed())
        with pytest.raises(Refused):
            receive_sealed.receive_photograph(actors[name], photograph(sealed()))
        with pytest.raises(Refused):
            pack(actors[name])


def test_what_is_packed_holds_the_key_the_forms_and_an_end(actors):
    packed = pack(actors["staff"])
    assert packed.public_key == intake.public_key()
    assert {form.digest for form in packed.forms} >= {digest(interview_of(form.kind)) for form in packed.forms}
    assert packed.until - datetime.now(UTC) <= WITHOUT_A_TRIP
    assert packed.briefs == ()
