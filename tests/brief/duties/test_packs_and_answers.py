"""Rule packs and the answer to "do I have to report this?"."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from gifthorse.brief.duties.calendar import DeadlineKind, OfficeDays
from gifthorse.brief.duties.deciding import MISSING, Reply, duties_for, duties_for_trip, must_i_report
from gifthorse.brief.duties.events import VOCABULARY, Answer, DutyFacts, EventType, Regime
from gifthorse.brief.duties.packs import SCHEMA, chosen_packs, packs, read_pack
from gifthorse.brief.kinds import Payer
from gifthorse.model.errors import Unreadable

ALL = tuple(packs().values())
OFFICE = OfficeDays()
HOUSE = chosen_packs(["house"])
CLEARED = frozenset({Regime.CLEARED})
LEAVES, BACK = datetime(2026, 12, 22, 6, tzinfo=UTC), datetime(2026, 12, 30, 18, tzinfo=UTC)


def facts(event: EventType, **given_facts) -> DutyFacts:
    usual = {"departs": LEAVES, "returns": BACK, "happened": datetime(2026, 12, 23, 9, tzinfo=UTC), "home_zone": "Europe/Lisbon"}
    return DutyFacts(event=event, **{**usual, **given_facts})


def said(event: EventType, pack_ids: list[str], **given_facts) -> str:
    return must_i_report(facts(event, **given_facts), chosen_packs(pack_ids), OFFICE).sentence.in_english()


def test_four_packs_come_along_and_every_event_is_in_some_rule():
    assert set(packs()) == {"sead-3", "nspm-33", "phs-sponsored-travel", "house"}
    assert {event for pack in ALL for rule in pack.rules for event in rule.events} == set(EventType)


def test_every_rule_has_a_source_with_clause_and_a_review():
    for pack in ALL:
        assert pack.limits
        for rule in pack.rules:
            assert rule.source.document, rule.id
            assert rule.source.clause, rule.id
            assert rule.reviewed.year >= 2026


def test_answers_name_their_source_and_the_number_of_their_deadline():
    for pack in ALL:
        for rule in pack.rules:
            assert re.search(r"\(.+\)\.?( |$)", rule.answer), rule.id
            if rule.deadline.count and not rule.hinges_on and rule.deadline.kind is not DeadlineKind.ANY_TIME:
                assert re.search(rf"\b{rule.deadline.count}\b", rule.answer), rule.id
            if rule.hinges_on:
                assert rule.hinges_on.startswith("Can't tell: "), rule.id
            elif rule.invites:
                assert rule.answer.startswith("No"), rule.id
            else:
                assert rule.answer.startswith("Yes: "), rule.id


def test_pressure_never_has_a_mandatory_field():
    for pack in ALL:
        for rule in pack.rules:
            if EventType.COERCION in rule.events:
                assert rule.fields == ()


def test_a_changed_plan_under_clearance_is_reported_within_five_business_days():
    answer = said(EventType.TRIP_DEVIATION, ["sead-3"], regimes=CLEARED, abroad=Answer.YES, official=Answer.NO)
    assert answer == "Yes: report the change within 5 business days of your return (SEAD 3, F.1)."
    duty = duties_for(
        facts(EventType.TRIP_DEVIATION, regimes=CLEARED, abroad=Answer.YES, official=Answer.NO), chosen_packs(["sead-3"]), OFFICE
    )[0]
    assert duty.due == datetime(2027, 1, 6, 23, 59, tzinfo=ZoneInfo("Europe/Lisbon"))
    assert duty.fields


def test_what_no_rule_asks_for_may_still_be_told():
    assert said(EventType.GIFT, ["sead-3"], regimes=CLEARED) == "No rule of your packs asks for it. You may still tell us."


def test_a_fact_that_is_not_known_is_named_instead_of_guessed():
    answer = said(EventType.TRIP_PLANNED, ["sead-3"], regimes=CLEARED, official=Answer.NO)
    assert answer == "Can't tell: we don't know whether the trip goes abroad (SEAD 3). You may always tell us."


def test_one_condition_that_fails_settles_it_whatever_else_is_unknown():
    assert said(EventType.TRIP_PLANNED, ["sead-3"], regimes=frozenset({Regime.HOUSE})).startswith("No rule")


def test_a_rule_that_hinges_on_what_the_desk_does_not_read_says_so():
    answer = must_i_report(facts(EventType.CONTACT_CONTINUING, regimes=CLEARED), chosen_packs(["sead-3"]), OFFICE)
    assert answer.reply is Reply.CANT_TELL
    assert "does not read" in answer.sentence.in_english()
    assert [duty.certain for duty in answer.duties] == [False]


def test_a_certain_rule_of_another_pack_decides_where_one_hinges():
    regimes = frozenset({Regime.CLEARED, Regime.HOUSE})
    answer = must_i_report(facts(EventType.MEDIA_REQUEST, regimes=regimes), chosen_packs(["sead-3", "house"]), OFFICE)
    assert answer.reply is Reply.YES
    assert len(answer.duties) == 2


def test_pressure_under_the_house_alone_is_an_offer_and_no_duty():
    answer = must_i_report(facts(EventType.COERCION), HOUSE, OFFICE)
    assert answer.reply is Reply.NO
    assert "nobody blames you" in answer.sentence.in_english()
    assert duties_for(facts(EventType.COERCION), HOUSE, OFFICE) == ()


def test_without_a_pack_nothing_is_claimed():
    assert must_i_report(facts(EventType.GIFT), (), OFFICE).reply is Reply.CANT_TELL


@pytest.mark.parametrize(
    ("usd", "exempt", "payer", "reply"),
    [
        (5_001, Answer.NO, Payer.HOST, Reply.YES),
        (5_000, Answer.NO, Payer.HOST, Reply.NO),
        (9_000, Answer.YES, Payer.THIRD_PARTY, Reply.NO),
        (9_000, Answer.NO, Payer.OWN_HOUSE, Reply.NO),
        (None, Answer.NO, Payer.MIXED, Reply.CANT_TELL),
        (9_000, None, Payer.HOST, Reply.CANT_TELL),
        (9_000, Answer.NO, Payer.UNKNOWN, Reply.CANT_TELL),
        (None, None, Payer.OWN_HOUSE, Reply.NO),
    ],
    ids=[
        "above",
        "at the limit",
        "exempt sponsor",
        "own house pays",
        "sum unknown",
        "sponsor unknown",
        "payer unknown",
        "decided by the payer",
    ],
)
def test_sponsored_travel_counts_by_sum_sponsor_and_payer(usd, exempt, payer, reply):
    given_facts = facts(
        EventType.TRAVEL_SPONSORED, regimes=frozenset({Regime.PHS}), payer=payer, sponsor_exempt=exempt, sponsor_usd_12_months=usd
    )
    assert must_i_report(given_facts, chosen_packs(["phs-sponsored-travel"]), OFFICE).reply is reply


def test_a_trip_has_its_duties_in_the_order_of_their_dates():
    duties = duties_for_trip(facts(EventType.TRIP_PLANNED, payer=Payer.HOST), HOUSE, OFFICE)
    assert [duty.rule for duty in duties] == ["sponsored", "trip", "debrief"]
    assert [duty.due for duty in duties] == sorted(duty.due for duty in duties)
    assert [duty.rule for duty in duties_for_trip(facts(EventType.TRIP_PLANNED, payer=Payer.OWN_HOUSE), HOUSE, OFFICE)] == [
        "trip",
        "debrief",
    ]


def test_travel_reporting_binds_where_an_award_asks_for_it_and_hinges_elsewhere():
    asks = frozenset({Regime.FEDERAL_RESEARCH, Regime.AWARD_ASKS_TRAVEL})
    bound = must_i_report(facts(EventType.TRIP_PLANNED, regimes=asks, abroad=Answer.YES), chosen_packs(["nspm-33"]), OFFICE)
    free = must_i_report(
        facts(EventType.TRIP_PLANNED, regimes=frozenset({Regime.FEDERAL_RESEARCH}), abroad=Answer.YES), chosen_packs(["nspm-33"]), OFFICE
    )
    assert bound.reply is Reply.YES
    assert [duty.rule for duty in bound.duties] == ["trip-registered", "trip-briefed"]
    assert free.reply is Reply.CANT_TELL


def test_every_rule_is_reached_by_some_facts():
    reached = set()
    for event in EventType:
        for official in Answer:
            for emergency in Answer:
                for regimes in (frozenset(Regime), frozenset(Regime) - {Regime.AWARD_ASKS_TRAVEL}):
                    given_facts = facts(
                        event, regimes=regimes, official=official, emergency=emergency, abroad=Answer.YES, payer=Payer.HOST,
                        sponsor_exempt=Answer.NO, sponsor_usd_12_months=6_000, bulk_upload=Answer.YES,
                    )  # fmt: skip
                    reached |= {(duty.pack, duty.rule) for duty in duties_for(given_facts, ALL, OFFICE)}
    wanted = {(pack.id, rule.id) for pack in ALL for rule in pack.rules if not rule.invites}
    assert reached == wanted


def test_every_fact_that_can_be_missing_has_its_sentence():
    assert set(MISSING) == set(VOCABULARY) - {"event"}


RULE = {
    "id": "r", "events": ["gift"], "title": "T", "answer": "Yes: now (A, 1).", "why": "w", "fields": [], "deadline": {"kind": "same-day"},
    "source": {"document": "A", "clause": "1", "date": "2020"}, "reviewed": "2026-01-01",
}  # fmt: skip


def pack_of(*rules: dict, schema: str = SCHEMA) -> bytes:
    return msgspec.json.encode({"schema": schema, "id": "p", "title": "P", "limits": "none", "rules": list(rules)})


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (pack_of({**RULE, "events": []}), "names no event"),
        (pack_of({**RULE, "events": ["party"]}), "party"),
        (pack_of({**RULE, "when": [{"fact": "citizenship", "any_of": ["x"]}]}), "can't hold"),
        (pack_of({**RULE, "when": [{"fact": "abroad", "any_of": ["perhaps"]}]}), "can't hold"),
        (pack_of({**RULE, "deadline": {"kind": "soon"}}), "soon"),
        (pack_of(RULE, RULE), "same id"),
        (pack_of(RULE, schema="other/1"), "other/1"),
        (b"{", "does not fit"),
    ],
    ids=["no event", "unknown event", "unknown fact", "unknown word", "unknown deadline", "doubled", "schema", "cut"],
)
def test_a_pack_with_an_error_is_refused_and_the_error_named(body, told):
    with pytest.raises(Unreadable, match=re.escape(told)):
        read_pack(body)


def test_a_pack_that_does_not_exist_is_named():
    with pytest.raises(Unreadable, match="moon-base"):
        chosen_packs(["house", "moon-base"])
