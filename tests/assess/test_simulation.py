"""Ordinary life: what the archetypes say is what comes out, and the same generator gives the same threads."""

import json
import random
from importlib.resources import files

import msgspec
import pytest

from gifthorse.assess.archetypes import Kind, ordinary_life, read_archetypes, read_rates
from gifthorse.assess.levels import level_of, standard_thresholds
from gifthorse.assess.score import score, steps
from gifthorse.assess.simulation import ordinary_thread, years_of_life
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import FavourBand, Level
from gifthorse.model.tactics import catalogue

SHIPPED = (files("gifthorse.assess") / "data" / "archetypes.json").read_bytes()
KINDS = {archetype.id: archetype for archetype in ordinary_life().archetypes}
GIVING = {tactic.id for tactic in catalogue().tactics if tactic.group == "favour"} | {"T53"}


def test_the_published_thirteen_kinds_bring_663_threads_a_year_to_sixty_people():
    ordinary = [archetype for archetype in KINDS.values() if archetype.kind is Kind.ORDINARY]
    assert len(ordinary) == 13
    assert sum(archetype.yearly_rate for archetype in ordinary) * 60 == pytest.approx(663)


def test_there_is_a_stress_set_beside_them():
    assert {archetype.id for archetype in KINDS.values() if archetype.kind is Kind.STRESS} >= {
        *("festive_season", "fair_week", "merger", "supervision", "trouble_at_home", "grudge", "flood")
    }


def test_the_same_generator_gives_the_same_life():
    one, other, third = (list(years_of_life(ordinary_life(), 20, 1, random.Random(seed))) for seed in (5, 5, 6))
    assert one == other != third


def test_as_many_threads_begin_as_the_rates_say():
    expected = sum(archetype.yearly_rate for archetype in KINDS.values()) * 60 * 20
    assert len(list(years_of_life(ordinary_life(), 60, 20, random.Random(1)))) == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_reports_what_its_archetype_says(kind):
    archetype = KINDS[kind]
    threads = [ordinary_thread(archetype, random.Random(number)) for number in range(400)]
    for thread in threads:
        assert archetype.encounters.least <= len(thread) <= archetype.encounters.most
        assert [observation.month for observation in thread] == sorted(observation.month for observation in thread)
        assert thread[0].month == 0
        for observation in thread:
            assert str(observation.grade) == archetype.grade
            assert observation.favour is FavourBand.NONE or GIVING & set(observation.tactics)
    for tactic, share in archetype.first.tactics.items():
        assert sum(tactic in thread[0].tactics for thread in threads) / 400 == pytest.approx(share, abs=0.1)


@pytest.mark.parametrize("kind", ["festive_season", "trouble_at_home", "applicant"])
def test_harmless_seasons_and_hard_times_stay_below_watch(kind):
    for number in range(300):
        thread = ordinary_thread(KINDS[kind], random.Random(number))
        assert all(level_of(scored, standard_thresholds()) is Level.NONE for scored in steps(thread))


def test_a_hard_time_without_a_contact_scores_nothing():
    assert all(score(ordinary_thread(KINDS["trouble_at_home"], random.Random(number))).score == 0 for number in range(50))


def test_ten_reports_of_one_angry_person_are_not_acted_on():
    acted = 0
    for number in range(300):
        thread = ordinary_thread(KINDS["grudge"], random.Random(number))
        acted += any(level_of(scored, standard_thresholds()) is Level.ACT for scored in steps(thread))
    assert acted <= 15


def test_a_flood_of_ungraded_inventions_is_not_acted_on():
    for number in range(300):
        thread = ordinary_thread(KINDS["flood"], random.Random(number))
        assert level_of(score(thread), standard_thresholds()) is not Level.ACT


def damaged(change):
    document = json.loads(SHIPPED)
    change(document["archetypes"][0])
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        SHIPPED.replace(b"archetypes/1", b"archetypes/9"),
        damaged(lambda kind: kind.update(id="recruiter")),
        damaged(lambda kind: kind["first"]["tactics"].update(T999=0.5)),
        damaged(lambda kind: kind["first"]["tactics"].update(T01=1.5)),
        damaged(lambda kind: kind["first"].update(ask=[0, 0, 0, 0, 0])),
        damaged(lambda kind: kind.update(yearly_rate=-1)),
        damaged(lambda kind: kind.update(grade="G7")),
        damaged(lambda kind: kind.pop("reason")),
    ],
    ids=lambda body: "",
)
def test_archetypes_that_do_not_hold_together_are_refused(body):
    with pytest.raises(msgspec.DecodeError):
        read_archetypes(body)


def test_rates_replace_assumptions_and_leave_the_rest():
    changed = ordinary_life().with_rates(read_rates(b'{"recruiter": 5, "family": 0}'))
    rates = {archetype.id: archetype.yearly_rate for archetype in changed.archetypes}
    assert (rates["recruiter"], rates["family"], rates["rfi"]) == (5, 0, KINDS["rfi"].yearly_rate)
    assert read_rates(b'{"schema": "mine", "rates": {"recruiter": 5}}') == {"recruiter": 5.0}
    assert not [kind for kind, _ in years_of_life(changed, 60, 2, random.Random(1)) if kind == "family"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no JSON"),
        (b"[1]", "one JSON object"),
        (b'{"recruiter": NaN}', "no JSON"),
        (b'{"recruiter": -1}', "rate of recruiter"),
        (b'{"recruiter": true}', "rate of recruiter"),
        (b'{"recruiter": "2"}', "rate of recruiter"),
        (b'{"recruiter": 1e300}', "rate of recruiter"),
        (b'{"wizard": 1}', "no archetype 'wizard'. Known are: academic"),
        (b"[" * 100_000, "no JSON"),
    ],
    ids=["empty", "list", "nan", "negative", "true", "text", "huge", "unknown", "deep"],
)
def test_rates_without_sense_are_refused_in_one_line(body, said):
    with pytest.raises(NotAccepted, match=said) as refused:
        read_rates(body)
    assert "\n" not in str(refused.value)
