"""Cases of our own making, replayed with the shipped thresholds."""

import json
import math

import msgspec
import pytest

from gifthorse.assess.case_files import read_cases
from gifthorse.assess.levels import standard_thresholds
from gifthorse.assess.replay import SCHEMA, replay
from gifthorse.assess.scale import standard_scale
from gifthorse.model.observations import Level
from tests.samples.coded_cases import CODED_CASES, DOCUMENT

CASES = {case.id: replay(case, standard_thresholds()) for case in read_cases(CODED_CASES)}


def test_a_foreman_is_offered_a_talk_before_the_recipe_goes():
    first = CASES["glassworks"].first
    assert first.watch is not None
    assert first.talk < 11
    assert first.act < 11


def test_a_harmless_choir_stays_below_watch():
    assert CASES["choir"].highest is Level.NONE


def test_an_open_offer_for_restricted_things_is_acted_on_at_once():
    assert CASES["tram"].first.act == 0


def test_pressure_is_talked_about_at_once():
    assert CASES["boathouse"].first.talk == 1


def test_a_campaign_is_watched_as_soon_as_a_colleague_reports_it():
    assert CASES["seedbank"].first.watch == 1


def test_where_nothing_was_reported_nothing_can_be_said():
    assert CASES["silence"].highest is Level.NONE
    assert CASES["silence"].first.watch is None


def test_a_case_that_calms_down_keeps_its_highest_level():
    pressed = {"m": 0, "tactics": ["T53"], "ask_level": 4, "favour": "large"}
    calm = {"m": 400, "tactics": [], "ask_level": 0, "favour": "none"}
    body = {"schema": "gifthorse.cases/1", "cases": [{"id": "calm", "timeline": [pressed, calm]}]}
    case = replay(read_cases(json.dumps(body).encode())[0], standard_thresholds())
    assert [step.level for step in case.steps] == [Level.ACT, Level.NONE]
    assert case.highest is Level.ACT
    assert (case.first.watch, case.first.talk, case.first.act) == (0, 0, 0)


def test_a_house_that_does_not_count_official_covers_replays_without_them():
    case = read_cases(CODED_CASES)[0]
    told = msgspec.structs.replace(case, thread=tuple(msgspec.structs.replace(one, tactics=(*one.tactics, "T07")) for one in case.thread))
    off = standard_scale(frozenset({"T07"}))
    assert [step.score for step in replay(told, standard_thresholds(), off).steps] == [step.score for step in CASES["glassworks"].steps]
    assert replay(told, standard_thresholds()).steps[0].score > CASES["glassworks"].steps[0].score


def test_replays_say_which_format_they_have():
    assert SCHEMA == "gifthorse.replay/1"


@pytest.mark.parametrize("case_id", sorted(CASES))
def test_every_step_adds_up_and_firsts_follow_the_levels(case_id):
    case = CASES[case_id]
    for step in case.steps:
        assert math.isclose(sum(reason.points for reason in step.reasons), step.score, abs_tol=1e-9)
    for level in ("watch", "talk", "act"):
        months = [step.month for step in case.steps if step.level.rank >= Level(level).rank]
        assert getattr(case.first, level) == (months[0] if months else None)


def test_reasons_point_into_the_timeline_as_the_file_has_it():
    document = json.loads(json.dumps(DOCUMENT))
    document["cases"][0]["timeline"].reverse()
    turned = replay(read_cases(json.dumps(document).encode())[0], standard_thresholds())
    straight = CASES["glassworks"]
    assert [step.score for step in turned.steps] == [step.score for step in straight.steps]
    last = len(straight.steps) - 1
    for one, other in zip(straight.steps[-1].reasons, turned.steps[-1].reasons, strict=True):
        assert other.observations == tuple(sorted(last - place for place in one.observations))
