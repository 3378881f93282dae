import pytest

from gifthorse.assess.passing_along import Spell, chains
from gifthorse.assess.silence import Occasions, gone_silent
from gifthorse.assess.trigger_steps import TriggerKind, steps
from gifthorse.assess.triggers import (
    PRETEXTS,
    Concern,
    LeaverContact,
    PretextApproach,
    Relationship,
    SponsoredTrip,
    colleague_concerns,
    handovers,
    leavers_contacted,
    repeated_pretexts,
    silent_threads,
    sponsored_trips,
    undeclared_relationships,
)
from gifthorse.model.observations import Level, Observation
from gifthorse.model.tactics import catalogue


def trip(identifier: str = "trip", month: float = 5, **more) -> SponsoredTrip:
    return SponsoredTrip(
        **{"id": identifier, "person": "p", "month": month, "outside_payer": True, "elements_held": ("a", "b", "a")} | more
    )


def seen(thread: str, *tactics: str) -> Observation:
    return Observation(month=1, thread=thread, reporter="r", tactics=tactics)


def facts(triggers):
    return [trigger.facts for trigger in triggers]


@pytest.mark.parametrize("kind", list(TriggerKind))
def test_each_trigger_has_a_short_procedure(kind):
    procedure = [step.in_english() for step in steps(kind)]
    assert 3 <= len(procedure) <= 5
    assert len(set(procedure)) == len(procedure)
    assert not any("suspect" in step.lower() for step in procedure)


def test_every_pretext_is_in_the_catalogue():
    assert {tactic.id for tactic in catalogue().tactics} >= PRETEXTS


def test_an_outside_payer_for_a_holder_of_know_how_is_a_trigger():
    (trigger,) = sponsored_trips([trip()])
    assert (trigger.kind, trigger.facts, trigger.observations) == (TriggerKind.SPONSORED_TRIP, ("trip",), ())
    assert trigger.steps == steps(TriggerKind.SPONSORED_TRIP)
    assert trigger.sentence.in_english() == "Somebody outside pays the trip of a colleague who holds registered know-how. Elements: 2."


@pytest.mark.parametrize(
    "more", [{"outside_payer": False}, {"elements_held": ()}, {"answered": True}], ids=["own payer", "no element", "answered"]
)
def test_no_trigger_for_an_ordinary_or_answered_trip(more):
    assert sponsored_trips([trip(**more)]) == ()


def test_trips_come_in_order_of_time_then_id():
    assert facts(sponsored_trips([trip("b", 2), trip("a", 2), trip("c", 1)])) == [("c",), ("a",), ("b",)]


def leaver(identifier: str = "x", contact: float = 10, left: float | None = None, notice: float = 8) -> LeaverContact:
    return LeaverContact(id=identifier, person="p", notice_month=notice, contact_month=contact, left_month=left)


@pytest.mark.parametrize(
    ("contact", "left", "due"),
    [(7.9, None, False), (8, None, True), (99, None, True), (34, 10, True), (34.1, 10, False), (10, 10, True)],
)
def test_a_leaver_counts_from_the_notice_to_two_years_after(contact, left, due):
    assert bool(leavers_contacted([leaver(contact=contact, left=left)])) is due


def test_who_has_left_is_told_from_who_is_leaving():
    sentences = [t.sentence.in_english() for t in leavers_contacted([leaver("a", 9), leaver("b", 10, 10), leaver("c", 11, 10)])]
    assert sentences == ["A colleague who is leaving was approached."] * 2 + ["A former colleague was approached after they had left."]


def test_leavers_come_in_order_of_time_then_id():
    found = leavers_contacted([leaver("b"), leaver("a"), leaver("c", 9)])
    assert facts(found) == [("c",), ("a",), ("b",)]
    assert {trigger.kind for trigger in found} == {TriggerKind.LEAVER_CONTACTED}
    assert found[0].steps == steps(TriggerKind.LEAVER_CONTACTED)


def relationship(identifier: str = "x", **more) -> Relationship:
    return Relationship(**{"id": identifier, "thread": "t", "person": "p", "told_by": "q", "declared": False} | more)


def test_a_relationship_told_by_another_is_a_trigger_with_what_was_observed():
    observed = [seen("t", "T10"), seen("u", "T10"), seen("t", "T33"), seen("t", "T33", "T38")]
    (trigger,) = undeclared_relationships([relationship()], observed)
    assert (trigger.kind, trigger.facts, trigger.observations) == (TriggerKind.UNDECLARED_RELATIONSHIP, ("x",), (0, 3))
    assert trigger.sentence.in_english() == "A relationship that should be declared was told by somebody else."
    assert trigger.steps == steps(TriggerKind.UNDECLARED_RELATIONSHIP)


@pytest.mark.parametrize(
    "more", [{"declared": True}, {"to_be_declared": False}, {"told_by": "p"}], ids=["declared", "private", "told by themselves"]
)
def test_nobody_is_chased_for_a_relationship_that_is_declared_private_or_told(more):
    assert undeclared_relationships([relationship(**more)]) == ()


def test_relationships_come_by_id():
    assert facts(undeclared_relationships([relationship("b"), relationship("a")])) == [("a",), ("b",)]


def concern(identifier: str = "x", **more) -> Concern:
    return Concern(**{"id": identifier, "person": "p", "told_by": "q", "behaviour_told": True} | more)


def test_a_concern_about_a_behaviour_is_a_trigger():
    (trigger,) = colleague_concerns([concern()])
    assert (trigger.kind, trigger.facts, trigger.steps) == (TriggerKind.COLLEAGUE_CONCERN, ("x",), steps(TriggerKind.COLLEAGUE_CONCERN))
    assert trigger.sentence.in_english() == "A colleague told what they saw or heard and is concerned."


@pytest.mark.parametrize("more", [{"behaviour_told": False}, {"told_by": "p"}], ids=["no behaviour", "about oneself"])
def test_a_concern_without_a_behaviour_is_no_ground_for_anything(more):
    assert colleague_concerns([concern(**more)]) == ()


def test_ten_concerns_of_one_person_are_one_voice():
    (trigger,) = colleague_concerns([concern(f"x{n}") for n in range(9, -1, -1)])
    assert trigger.facts == tuple(f"x{n}" for n in range(10))
    assert trigger.sentence.in_english().startswith("A colleague told")


def test_two_people_are_two_voices_and_colleagues_are_kept_apart():
    found = colleague_concerns([concern("c", person="z"), concern("a"), concern("b", told_by="r")])
    assert facts(found) == [("a", "b"), ("c",)]
    assert found[0].sentence.in_english() == "2 colleagues told what they saw or heard and are concerned."


def test_a_silent_thread_is_a_trigger():
    silences = gone_silent([Occasions(thread="t", level=Level.TALK, last_report_month=1, occasion_months=(3,))], 6)
    (trigger,) = silent_threads(silences)
    assert (trigger.kind, trigger.facts, trigger.sentence) == (TriggerKind.GONE_SILENT, ("t",), silences[0].sentence)
    assert trigger.steps == steps(TriggerKind.GONE_SILENT)


def approach(identifier: str, month: float = 0, **more) -> PretextApproach:
    return PretextApproach(**{"id": identifier, "person": "p", "month": month, "pretext": "T03"} | more)


def test_a_second_approach_under_the_same_pretext_is_a_trigger():
    (trigger,) = repeated_pretexts([approach("b", 24), approach("a", 0)])
    assert (trigger.kind, trigger.facts, trigger.steps) == (TriggerKind.SAME_PRETEXT, ("a", "b"), steps(TriggerKind.SAME_PRETEXT))
    assert trigger.sentence.in_english() == "The same colleague was approached 2 times under the same pretext."


@pytest.mark.parametrize(
    "second",
    [{"month": 24.1}, {"person": "q"}, {"pretext": "T04"}],
    ids=["after two years", "another colleague", "another pretext"],
)
def test_what_is_no_second_approach(second):
    assert repeated_pretexts([approach("a"), approach("b", **second)]) == ()


def test_what_is_not_a_pretext_is_not_compared():
    assert repeated_pretexts([approach("a", pretext="T33"), approach("b", pretext="T33")]) == ()


def test_the_same_contact_coming_back_is_one_approach_and_another_is_two():
    assert repeated_pretexts([approach("a", contact="c"), approach("b", 1, contact="c")]) == ()
    assert facts(repeated_pretexts([approach("a", contact="c"), approach("b", 1, contact="d")])) == [("a", "b")]
    assert facts(repeated_pretexts([approach("a", contact="c"), approach("b", 1)])) == [("a", "b")]


def test_the_same_wording_on_anybody_is_a_trigger():
    told = [approach("a", wording="w", contact="c"), approach("b", person="q", pretext="T04", wording="w", contact="c")]
    (trigger,) = repeated_pretexts(told)
    assert trigger.facts == ("a", "b")
    assert trigger.sentence.in_english() == "The same wording was used in 2 approaches."


def test_approaches_without_a_known_wording_have_none_in_common():
    assert repeated_pretexts([approach("a"), approach("b", person="q")]) == ()


def test_a_long_break_starts_a_new_run():
    told = [approach("a", 0), approach("b", 10), approach("c", 35), approach("d", 50)]
    assert facts(repeated_pretexts(told)) == [("a", "b"), ("c", "d")]
    assert repeated_pretexts(told[::-1]) == repeated_pretexts(told)


def test_one_pair_with_pretext_and_wording_in_common_is_one_trigger():
    (trigger,) = repeated_pretexts([approach("a", wording="w"), approach("b", wording="w")])
    assert trigger.sentence.in_english() == "The same wording was used in 2 approaches."


def test_a_chain_and_a_lone_handover_are_triggers():
    linked = chains(
        [
            Spell(thread="t", person="p", contact="a", first_month=1, last_month=2, handed_over=True, observations=(0,)),
            Spell(thread="u", person="p", contact="b", first_month=3, last_month=4, observations=(1,)),
        ]
    )
    observed = [seen("t", "T41"), seen("u", "T30"), seen("w", "T41"), seen("v", "T33", "T41"), seen("w", "T41")]
    found = handovers(linked, observed)
    assert facts(found) == [("t", "u"), ("v",), ("w",)]
    assert [trigger.observations for trigger in found] == [(0, 1), (3,), (2, 4)]
    assert {trigger.kind for trigger in found} == {TriggerKind.PASSED_ON}
    assert found[0].sentence == linked[0].sentence
    assert found[1].sentence.in_english() == "A contact passed a colleague on to a successor."
    assert found[1].steps == steps(TriggerKind.PASSED_ON)


def test_without_the_handover_nothing_is_triggered():
    assert handovers([], [seen("t", "T30")]) == ()
