"""A report that a phone sealed comes in once, as it was written, and only for whoever is signed in."""

import json
import struct
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from gifthorse.model.errors import NotAccepted, NotFound, Refused
from gifthorse.procedures import receive_sealed, tell
from gifthorse.procedures.pack_for_trip import WITHOUT_A_TRIP, pack
from gifthorse.report.interview import digest, interview_of
from gifthorse.store import intake
from gifthorse.store.tables.report import Report

pytestmark = pytest.mark.django_db


def sealed(**changes: object) -> bytes:
    told = {
        "id": "0b0c",
        "kind": "approach",
        "digest": "",
        "answers": {"touch": ["event"], "words": "He knew my trip"},
        "written_at": datetime.now(UTC).isoformat(),
    } | changes
    body = json.dumps(told).encode()
    padded = (struct.pack(">I", len(body)) + body).ljust(4096, b"\0")
    return intake._suite().encrypt(padded, X25519PublicKey.from_public_bytes(intake.public_key()), info=intake.INFO)


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


def test_a_trip_that_is_not_ones_own_is_refused(actors):
    with pytest.raises(NotFound):
        receive_sealed.receive(actors["staff"], sealed(trip="trip-0000000000000"))


def test_nobody_without_the_form_sends(actors):
    for name in ("auditor", "custodian", "admin"):
        with pytest.raises(Refused):
            receive_sealed.receive(actors[name], sealed())
        with pytest.raises(Refused):
            pack(actors[name])


def test_what_is_packed_holds_the_key_the_forms_and_an_end(actors):
    packed = pack(actors["staff"])
    assert packed.public_key == intake.public_key()
    assert {form.digest for form in packed.forms} >= {digest(interview_of(form.kind)) for form in packed.forms}
    assert packed.until - datetime.now(UTC) <= WITHOUT_A_TRIP
    assert packed.briefs == ()
