"""The house's own levels: asked for by an officer, computed apart, taken knowingly."""

from datetime import timedelta

import pytest

from gifthorse.assess.levels import standard_thresholds
from gifthorse.model.errors import NotAccepted, Refused, WrongState
from gifthorse.model.observations import Thresholds
from gifthorse.procedures import calibrate_house
from gifthorse.procedures.acting import as_of, now
from gifthorse.procedures.levels import thresholds
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.setting import HouseSetting
from tests.samples import register
from tests.samples.thread_rows import told

pytestmark = pytest.mark.django_db
FOUND = {"schema": "gifthorse.calibration/1", "thresholds": {"watch": 1.0, "talk": 2.0, "act": 3.0}, "threads_per_year": 10.0,
         "false_alerts_per_year": {"watch": 24.0, "talk": 4.0, "act": 0.5}, "budget_per_year": {"watch": 24.0, "talk": 4.0, "act": 0.5},
         "staff": 200, "exposed": 60, "seed": 1, "years": 40, "threads_simulated": 5, "rates": {}, "by_archetype": {}}  # fmt: skip


def computed(actor):
    row = calibrate_house.ask(actor, 200, 60, with_own_rates=False, enqueue=lambda: None)
    row.value = {**row.value, "result": FOUND}
    HouseSetting.objects.filter(pk=row.pk).update(value=row.value)


def test_levels_hold_once_an_officer_takes_them_and_can_go_back(actors):
    officer = actors["officer"]
    assert thresholds() == standard_thresholds()
    with pytest.raises(WrongState):
        calibrate_house.take(officer)
    computed(officer)
    assert calibrate_house.levels(officer).result.thresholds == Thresholds(watch=1.0, talk=2.0, act=3.0)
    assert thresholds() == standard_thresholds()
    calibrate_house.take(officer)
    assert thresholds() == Thresholds(watch=1.0, talk=2.0, act=3.0)
    assert Awaiting.objects.filter(kind="all").count() == 1
    calibrate_house.take_shipped(officer)
    assert thresholds() == standard_thresholds()
    with pytest.raises(WrongState):
        calibrate_house.take_shipped(officer)


def test_sizes_without_sense_are_refused_and_own_rates_need_a_year(actors):
    with pytest.raises(NotAccepted):
        calibrate_house.ask(actors["officer"], 10, 60, with_own_rates=False, enqueue=lambda: None)
    with pytest.raises(NotAccepted, match="full year"):
        calibrate_house.ask(actors["officer"], 200, 60, with_own_rates=True, enqueue=lambda: None)


def test_own_rates_count_first_reports_by_kind_and_name_what_stays_assumed(actors):
    with as_of(now() - timedelta(days=400)):
        told(actors["staff"], register.a_contact(actors["staff"]), "T02")
    for _ in range(6):
        contact = register.a_contact(actors["staff"])
        told(actors["staff"], contact, "T01", "T02")
        told(actors["staff"], contact, "T06")
    told(actors["staff"], register.a_contact(actors["staff"]), "T09")
    rates = calibrate_house.own_rates(60)
    assert rates.enough
    assert rates.counted == {"recruiter": 0.1}
    assert rates.contacts == {"recruiter": 6, "rfi": 1}
    assert "rfi" in rates.assumed
    assert "recruiter" not in rates.assumed


@pytest.mark.slow
def test_the_worker_computes_what_was_asked_once(actors):
    asked = []
    calibrate_house.ask(actors["officer"], 200, 60, with_own_rates=False, enqueue=lambda: asked.append(1))
    assert asked == [1]
    assert calibrate_house.perform()
    assert not calibrate_house.perform()
    result = calibrate_house.levels(actors["officer"]).result
    assert 0 < result.thresholds.watch < result.thresholds.talk < result.thresholds.act


def test_only_officers_set_levels(actors):
    for name in ("staff", "admin", "auditor", "research"):
        with pytest.raises(Refused):
            calibrate_house.levels(actors[name])
        with pytest.raises(Refused):
            calibrate_house.take(actors[name])
