"""A calendar that somebody lets the desk look into: sealed, read by the desk, and no trip by itself."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from gifthorse.model.errors import NotAccepted, NotFound, Unreadable
from gifthorse.procedures import keep_accounts, keep_subscription, verify_records
from gifthorse.procedures.acting import now
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.tables.setting import HouseSetting
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db
ADDRESS = "https://calendar.example.org/private-4711/mine.ics"
BEFORE = datetime(2027, 3, 1, tzinfo=UTC)


def fetch(_address: str) -> bytes:
    return samples.CALENDAR


def test_the_desk_reads_it_and_shows_what_may_be_a_trip(actors):
    keep_subscription.subscribe(actors["staff"], ADDRESS)
    assert keep_subscription.due(now()) == [actors["staff"].person]
    with time_machine.travel(BEFORE, tick=False):
        told = keep_subscription.read_calendar(actors["staff"].person, fetch=fetch)
        assert (told.problem, told.read_at) == ("", BEFORE)
        assert keep_subscription.due(BEFORE + timedelta(hours=5)) == []
        assert keep_subscription.due(BEFORE + timedelta(hours=6)) == [actors["staff"].person]
        found = keep_subscription.to_plan(actors["staff"])
        assert [leg.title for leg in found.legs] == ["Kiln fair"]
        assert found.not_read


def test_what_is_planned_already_is_not_offered_again(actors):
    with time_machine.travel(BEFORE, tick=False):
        keep_subscription.subscribe(actors["staff"], ADDRESS)
        keep_subscription.read_calendar(actors["staff"].person, fetch=fetch)
        legs = keep_subscription.to_plan(actors["staff"]).legs
        samples.a_trip(actors["staff"], samples.a_content(legs=legs))
        assert keep_subscription.to_plan(actors["staff"]).legs == ()


def test_what_is_over_is_not_offered(actors):
    keep_subscription.subscribe(actors["staff"], ADDRESS)
    keep_subscription.read_calendar(actors["staff"].person, fetch=fetch)
    with time_machine.travel(datetime(2027, 6, 1, tzinfo=UTC), tick=False):
        assert keep_subscription.to_plan(actors["staff"]).legs == ()


def test_a_calendar_that_does_not_answer_says_why_and_keeps_what_was_read_before(actors):
    def silent(_address: str) -> bytes:
        raise Unreadable("The address did not answer as it should. Please check it, or upload the file instead.")

    keep_subscription.subscribe(actors["staff"], ADDRESS)
    keep_subscription.read_calendar(actors["staff"].person, fetch=fetch)
    told = keep_subscription.read_calendar(actors["staff"].person, fetch=silent)
    assert "did not answer" in told.problem
    assert told.found.legs
    assert "calendar" in keep_subscription.read_calendar(actors["staff"].person, fetch=lambda _address: b"<html>").problem


def test_address_and_content_lie_sealed_and_an_end_erases_them(actors):
    keep_subscription.subscribe(actors["staff"], ADDRESS)
    keep_subscription.read_calendar(actors["staff"].person, fetch=fetch)
    value = HouseSetting.objects.get(title__startswith="calendar of").value
    assert "calendar.example.org" not in json.dumps(value)
    keep_subscription.subscribe(actors["staff"], "")
    assert Sealed.objects.get(pk=value["sealed"]).erased
    assert keep_subscription.subscription(actors["staff"]) is None
    assert keep_subscription.due(now()) == []
    assert verify_records.verify(actors["auditor"]).damages == ()
    with pytest.raises(NotFound):
        keep_subscription.read_calendar(actors["staff"].person, fetch=fetch)


def test_nobody_elses_calendar_is_shown(actors):
    keep_subscription.subscribe(actors["staff"], ADDRESS)
    assert keep_subscription.subscription(actors["colleague"]) is None
    assert keep_subscription.to_plan(actors["colleague"]) is None


def test_the_calendar_of_somebody_who_has_left_is_read_no_more(actors):
    keep_subscription.subscribe(actors["staff"], ADDRESS)
    keep_accounts.close(actors["admin"], Account.objects.get(person_id=actors["staff"].person).pk)
    assert keep_subscription.due(now()) == []


@pytest.mark.parametrize("address", ["http://calendar.example.org/", "file:///etc/passwd", "calendar"])
def test_only_addresses_that_lead_out_are_kept(actors, address):
    with pytest.raises(NotAccepted):
        keep_subscription.subscribe(actors["staff"], address)
    assert keep_subscription.subscription(actors["staff"]) is None
