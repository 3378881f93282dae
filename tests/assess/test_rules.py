"""Each rule by itself: when it applies, when not, and what it is worth."""

import pytest

from gifthorse.assess.score import score
from tests.samples.threads import seen


def rule(thread, rule_id, moment=None):
    """Points and observations of the rule; nothing where it doesn't apply."""
    return next(((r.points, r.observations) for r in score(thread, moment).reasons if r.rule == rule_id), None)


@pytest.mark.parametrize(
    ("rule_id", "thread", "carriers"),
    [
        ("ask.protected", [seen(0, "T01"), seen(1, ask=3), seen(2, ask=4)], (1, 2)),
        ("ask.after_favour", [seen(0, favour="large"), seen(1, ask=1), seen(2, ask=3)], (0, 2)),
        ("ask.after_favour", [seen(0, ask=3, favour="small")], (0,)),
        ("ask.after_affection", [seen(0, "T10"), seen(3, ask=3)], (0, 1)),
        ("ask.after_closeness", [seen(0, "T38"), seen(3, ask=3)], (0, 1)),
        ("ask.after_hiding", [seen(0, "T51"), seen(3, ask=4)], (0, 1)),
        ("task.after_favour", [seen(0, "T30", favour="small"), seen(3, "T24")], (0, 1)),
        ("debt.after_favour", [seen(0, "T30", favour="small"), seen(30, "T40")], (0, 1)),
        ("secrecy.after_favour", [seen(0, favour="small"), seen(1, "T53")], (0, 1)),
        ("weakness.answered", [seen(0, "T53"), seen(1, "T06"), seen(4, "T21")], (0, 2)),
        ("travel.private_line", [seen(0, "T33"), seen(4, "T52")], (0, 1)),
        ("handling", [seen(0, "T06"), seen(4, "T64")], (1,)),
        ("pressure", [seen(0, "T73"), seen(4, "T06")], (0,)),
        ("contact.several", [seen(0, "T01"), seen(1, "T13")], (1,)),
        ("ask.ladder", [seen(0, ask=1), seen(1), seen(2, ask=3)], (0, 2)),
        ("reporters", [seen(0, "T01"), seen(1, "T01", reporter="r2")], (0, 1)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_applies_and_names_its_observations(rule_id, thread, carriers):
    points, observations = rule(thread, rule_id)
    assert points > 0
    assert observations == carriers


@pytest.mark.parametrize(
    ("rule_id", "thread"),
    [
        ("ask.protected", [seen(0, "T62", ask=2)]),
        ("ask.after_favour", [seen(0, ask=4), seen(1, favour="large")]),  # the favour came after
        ("ask.after_favour", [seen(0, favour="large"), seen(30, ask=4)]),  # too long after
        ("ask.after_affection", [seen(0, "T10"), seen(1, ask=2)]),
        ("secrecy.after_favour", [seen(0, "T53", favour="large")]),  # at once is not after
        ("secrecy.after_favour", [seen(0, "T53"), seen(1, favour="large")]),
        ("task.after_favour", [seen(0, "T24"), seen(1, favour="small")]),
        ("weakness.answered", [seen(0, "T21"), seen(1, "T30")]),
        ("ask.ladder", [seen(0, ask=3), seen(1, ask=1), seen(2, ask=1)]),
        ("reporters", [seen(0, "T01"), seen(1, reporter="r2")]),  # the second reported nothing
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_does_not_apply_where_its_order_or_parts_are_missing(rule_id, thread):
    assert rule(thread, rule_id) is None


def test_a_larger_favour_before_the_same_ask_counts_more():
    small, medium, large = (rule([seen(0, favour=band), seen(2, ask=4)], "ask.after_favour", 2)[0] for band in ("small", "medium", "large"))
    assert small < medium < large == pytest.approx(1.0)


def test_the_best_favour_within_the_window_counts():
    thread = [seen(0, favour="large"), seen(20, favour="small"), seen(30, ask=4)]
    assert rule(thread, "ask.after_favour")[0] == pytest.approx(0.35)
    assert rule(thread, "ask.after_favour")[1] == (1, 2)


def test_a_favour_counts_for_two_years_and_not_a_month_longer():
    assert rule([seen(0, favour="large"), seen(24, ask=4)], "ask.after_favour") is not None
    assert rule([seen(0, favour="large"), seen(25, ask=4)], "ask.after_favour") is None
    assert rule([seen(0, favour="large"), seen(3, favour="small"), seen(25, ask=4)], "ask.after_favour")[0] == pytest.approx(0.35)


@pytest.mark.parametrize(
    ("rule_id", "thread"),
    [
        ("ask.after_affection", [seen(0, "T10"), seen(3, ask=3), seen(5, "T10")]),
        ("secrecy.after_favour", [seen(0, favour="small"), seen(3, "T52"), seen(3, favour="large")]),
        ("debt.after_favour", [seen(0, favour="small"), seen(3, "T40"), seen(90, favour="large")]),
    ],
    ids=["affection", "favour in the same month", "favour"],
)
def test_what_came_after_the_last_ask_carries_nothing_however_far_the_rule_reaches(rule_id, thread):
    assert rule(thread, rule_id)[1] == (0, 1)


def test_moving_to_a_messenger_is_a_fifth_of_hiding():
    messenger, hidden = (rule([seen(0, favour="small"), seen(1, tactic)], "secrecy.after_favour")[0] for tactic in ("T50", "T52"))
    assert messenger == pytest.approx(hidden * 0.2083)


def test_each_step_of_the_ladder_counts_and_falling_asks_do_not():
    climbing = [seen(0, ask=1), seen(0, ask=2), seen(0, ask=3), seen(0, ask=4)]
    assert rule(climbing, "ask.ladder")[0] == pytest.approx(0.9)
    assert rule([seen(0, ask=4), seen(0, ask=4)], "ask.ladder") is None
    assert rule([seen(0, ask=1), seen(1, ask=4), seen(2, ask=2), seen(3, ask=3)], "ask.ladder", 3)[0] == pytest.approx(0.6, abs=0.03)


def test_a_third_reporter_adds_nothing_and_a_doubtful_second_little():
    two = [seen(0, "T01"), seen(0, "T01", reporter="r2")]
    assert rule([*two, seen(0, "T01", reporter="r3")], "reporters")[0] == rule(two, "reporters")[0] == pytest.approx(0.5)
    assert rule([seen(0, "T01"), seen(0, "T01", reporter="r2", grade="E5")], "reporters")[0] < 0.1


def test_a_contract_softens_the_ask_that_it_covers_and_not_secrecy():
    def evidence(group, *mitigators):
        return rule([seen(0, "T62", "T52", ask=4, mitigators=mitigators)], f"evidence.{group}")[0]

    assert evidence("ask", "contract_countervalue") < 0.7 * evidence("ask")
    assert evidence("secrecy", "contract_countervalue") == evidence("secrecy")


@pytest.mark.slow
def test_a_long_thread_is_scored_in_time_that_grows_with_its_length():
    thread = [seen(month / 100, "T30", "T53", "T61", ask=month % 5, favour="small", reporter=f"r{month % 7}") for month in range(20_000)]
    assert len(rule(thread, "ask.after_favour")[1]) == 20_000
