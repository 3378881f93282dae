"""What the worker does for travellers: advice when its folder has changed, calendars when they are due, each trouble by itself."""

import os
import threading
import time

import pytest

from gifthorse.desk import travel_jobs
from gifthorse.model.errors import Unreadable
from gifthorse.model.roles import DESK_ITSELF
from gifthorse.procedures import keep_subscription, refresh_advice
from tests.procedures.test_advice_comes_in import item
from tests.samples import travel as samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings):
    settings.GIFTHORSE_ADVICE = tmp_path
    settings.GIFTHORSE_ADVICE_ADDRESSES = []
    return tmp_path


def put(folder, name: str, ahead: float) -> None:
    path = folder / f"{name.lower()}.json"
    path.write_bytes(item(name.lower(), name, "Carry your passport."))
    os.utime(path, (time.time() + ahead, time.time() + ahead))


def places() -> list[str]:
    return [one.place for one in refresh_advice.held(DESK_ITSELF).places]


def test_advice_is_read_when_its_folder_has_changed_and_only_then(folder):
    assert travel_jobs._advice(0.0) == 0.0
    assert refresh_advice.held(DESK_ITSELF).read_at is None
    put(folder, "France", 10)
    seen = travel_jobs._advice(0.0)
    assert places() == ["FR"]
    read_at = refresh_advice.held(DESK_ITSELF).read_at
    assert travel_jobs._advice(seen) == seen
    assert refresh_advice.held(DESK_ITSELF).read_at == read_at
    put(folder, "Japan", 20)
    travel_jobs._advice(seen)
    assert places() == ["FR", "JP"]


def test_advice_that_can_not_be_read_is_tried_again(folder, monkeypatch):
    def fails(*_args, **_more):
        raise Unreadable("no process could be locked in")

    put(folder, "France", 10)
    monkeypatch.setattr(refresh_advice, "read_confined", fails)
    assert travel_jobs._advice(0.0) == 0.0
    monkeypatch.undo()
    assert places() == []


def test_one_calendar_in_trouble_keeps_no_other_waiting(office, monkeypatch):
    read = keep_subscription.read_calendar
    mara, idris = (office.actor(login) for login in ("mara", "idris"))
    for one in (mara, idris):
        keep_subscription.subscribe(one, "https://calendar.example.org/mine.ics")

    def reading(person: str):
        if person == mara.person:
            raise Unreadable("gone")
        return read(person, fetch=lambda _address: samples.CALENDAR)

    monkeypatch.setattr(keep_subscription, "read_calendar", reading)
    travel_jobs._calendars()
    assert keep_subscription.subscription(idris).found is not None
    assert keep_subscription.subscription(mara).found is None


def test_the_worker_stops_when_it_is_told_to_without_beginning_anything(monkeypatch):
    begun = []
    monkeypatch.setattr(travel_jobs, "_advice", begun.append)
    over = threading.Event()
    over.set()
    travel_jobs.look_after_travellers(over)
    assert begun == []
