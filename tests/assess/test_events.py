from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.chance import Rate, predictive_tail
from gifthorse.assess.events import (
    DELEGATION,
    SITE_WEEK,
    Approach,
    Gathering,
    Stay,
    assess_gatherings,
    close_pairs,
    quarter,
    site_weeks,
    week,
)
from gifthorse.model.errors import NotAccepted

DAY = date(2026, 5, 4).toordinal()  # a Monday
NEXT_QUARTER = date(2026, 7, 1).toordinal()


def approaches(people: int, **shared) -> tuple[Approach, ...]:
    return tuple(Approach(id=f"a{n:02}", day=DAY, person=f"p{n}", **shared) for n in range(people))


def fair(identifier: str = "fair", attendees: int = 12, people: int = 0, kind: str = "fair", day: int = DAY, **shared) -> Gathering:
    return Gathering(id=identifier, kind=kind, day=day, attendees=attendees, approaches=approaches(people, **shared))


def only(*gatherings: Gathering):
    (result,) = assess_gatherings(gatherings)
    return result


def test_quarters_and_weeks_follow_the_calendar():
    assert quarter(date(2026, 3, 31).toordinal()) + 1 == quarter(date(2026, 4, 1).toordinal()) == 2026 * 4 + 1
    assert quarter(date(2026, 12, 31).toordinal()) + 1 == quarter(date(2027, 1, 1).toordinal())
    assert week(DAY - 1) + 1 == week(DAY) == week(DAY + 6) == week(DAY + 7) - 1


def test_more_approaches_than_the_size_explains_are_flagged_with_both_numbers():
    result = only(fair(people=5))
    assert (result.seen, result.counted, result.attendees, result.linked_pairs) == (5, 5, 12, ())
    assert result.expected == pytest.approx(0.6)
    assert result.p == pytest.approx(predictive_tail(12, 5, Rate(alpha=1, beta=19)))
    assert result.flagged
    assert result.quarter == 2026 * 4 + 1
    assert result.approaches == ("a00", "a01", "a02", "a03", "a04")
    assert result.sentence.in_english() == "Approached: 5 of 12 colleagues, usual is 0.6: more than chance explains."


def test_the_same_number_at_a_large_event_is_not_unusual():
    result = only(fair(people=5, attendees=90))
    assert not result.flagged
    assert result.sentence.in_english() == "Approached: 5 of 90 colleagues, usual is 4.5: not unusual."


@pytest.mark.parametrize("shared", ["cluster", "wording", "site"])
def test_a_pair_that_shares_something_counts_one_more(shared):
    result = only(fair(people=2, **{shared: "same"}))
    assert result.linked_pairs == (("p0", "p1"),)
    assert (result.seen, result.counted) == (2, 3)
    assert result.flagged
    assert result.sentence.in_english() == (
        "Approached: 2 of 12 colleagues, usual is 0.6; pairs with a contact, phrase, site or pretext in common: 1."
    )


def test_a_pretext_in_common_links_no_pair_at_an_event():
    assert only(fair(people=2, pretext="T03")).linked_pairs == ()


def test_an_id_shared_in_two_senses_links_nobody():
    told = (
        Approach(id="a", day=DAY, person="p", cluster="x"),
        Approach(id="b", day=DAY, person="q", wording="x"),
        Approach(id="c", day=DAY, person="r", site="x"),
    )
    assert only(Gathering(id="e", kind="fair", day=DAY, attendees=12, approaches=told)).linked_pairs == ()


def test_a_pair_that_shares_everything_counts_once_and_three_people_are_three_pairs():
    assert only(fair(people=2, cluster="k", wording="w", site="s")).counted == 3
    assert only(fair(people=3, cluster="k")).counted == 6


def test_never_more_are_counted_than_were_there():
    assert only(fair(people=3, attendees=4, cluster="k")).counted == 4


def test_reports_of_one_person_are_one_and_link_nobody():
    same = tuple(Approach(id=f"a{n}", day=DAY, person="p", cluster="k") for n in range(3))
    result = only(Gathering(id="e", kind="fair", day=DAY, attendees=12, approaches=same))
    assert (result.seen, result.counted, result.linked_pairs) == (1, 1, ())


def test_an_incomplete_list_of_attendees_is_raised_to_who_reported():
    assert only(fair(people=3, attendees=1)).attendees == 3


def test_an_event_without_reports_is_sure_to_happen():
    result = only(fair())
    assert (result.p, result.flagged, result.seen) == (1.0, False, 0)


def test_a_quarter_is_judged_by_the_quarters_before_it_and_not_by_itself():
    busy = [fair(f"past{n:02}", attendees=12, people=5, day=DAY - 200) for n in range(30)]
    results = {result.gathering: result for result in assess_gatherings([*busy, fair("now", people=5)])}
    assert results["past00"].expected == pytest.approx(0.6)
    assert results["now"].expected > 4
    assert not results["now"].flagged


def test_what_happens_later_changes_nothing_about_an_earlier_quarter():
    first = only(fair(people=5))
    later = assess_gatherings([fair(people=5), fair("later", people=2, day=NEXT_QUARTER)])
    assert later[0] == first
    assert [result.gathering for result in later] == ["fair", "later"]


def test_all_earlier_quarters_count_and_a_kind_has_its_own_rate():
    past = [fair("old", attendees=40, people=10, day=DAY - 400), fair("recent", attendees=40, people=6, day=DAY - 200)]
    results = {r.gathering: r for r in assess_gatherings([*past, fair("now", attendees=10)])}
    mean = (1 + 16) / (20 + 80)
    assert results["now"].kind == "fair"
    assert results["now"].expected == pytest.approx(10 * (20 * mean + 16) / (20 + 80))


def test_another_kind_leans_on_all_kinds():
    past = [fair(f"past{n}", attendees=40, people=10, day=DAY - 200) for n in range(5)]
    results = {r.gathering: r for r in assess_gatherings([*past, fair("visit", kind=DELEGATION, attendees=10)])}
    assert results["visit"].expected == pytest.approx(10 * (1 + 50) / (20 + 200))


def test_many_ordinary_events_in_the_quarter_ask_for_more():
    marginal = fair("x", people=3)
    assert only(marginal).flagged
    crowd = [fair(f"y{n:02}") for n in range(20)]
    assert not any(result.flagged for result in assess_gatherings([marginal, *crowd]))


def test_flagged_events_come_first_then_the_least_likely():
    results = assess_gatherings([fair("a"), fair("b", people=1), fair("c", people=6), fair("d", people=7), fair("e", people=1)])
    assert [result.gathering for result in results] == ["d", "c", "b", "e", "a"]
    assert [result.flagged for result in results] == [True, True, False, False, False]


@given(st.permutations([fair("a"), fair("b", people=3, site="s"), fair("c", people=6, day=NEXT_QUARTER), fair("d", people=1)]))
def test_no_order_of_input_changes_a_result(shuffled):
    expected = assess_gatherings([fair("a"), fair("b", people=3, site="s"), fair("c", people=6, day=NEXT_QUARTER), fair("d", people=1)])
    assert assess_gatherings(shuffled) == expected


def test_removing_reports_removes_the_conclusion():
    flags = [only(fair(people=people)).flagged for people in range(8)]
    assert flags == sorted(flags)
    assert (flags[0], flags[7]) == (False, True)


def test_a_negative_number_of_attendees_is_not_accepted():
    with pytest.raises(NotAccepted, match=r"^The number of attendees can't be negative\. Please correct it\.$") as caught:
        assess_gatherings([fair(attendees=-1)])
    assert caught.value.field == "attendees"
    assert only(fair(attendees=0)).expected == 0


def test_two_gatherings_with_one_id_are_not_accepted():
    with pytest.raises(NotAccepted, match=r"^Two gatherings have the same id\. Please list each once\.$") as caught:
        assess_gatherings([fair(), fair()])
    assert caught.value.field == "id"


def test_a_site_week_gathers_who_was_there_and_what_they_reported():
    stays = [Stay(person=f"p{n}", site="s", day=DAY + n) for n in range(8)]
    told = [
        Approach(id="b", day=DAY + 2, person="p1", site="s"),
        Approach(id="a", day=DAY, person="guest", site="s"),
        Approach(id="c", day=DAY, person="p1", site=None),
        Approach(id="d", day=DAY, person="p1", site="alone"),
    ]
    (gathering,) = site_weeks(stays, told)  # the eighth day is another week, with one person
    assert gathering.id == f"site-week:s:{week(DAY)}"
    assert (gathering.kind, gathering.day, gathering.attendees) == (SITE_WEEK, DAY, 8)
    assert [approach.id for approach in gathering.approaches] == ["a", "b"]


def test_a_site_week_takes_two_people_and_a_report_shows_that_somebody_was_there():
    told = Approach(id="a", day=DAY, person="q", site="s")
    assert [gathering.attendees for gathering in site_weeks([Stay(person="p", site="s", day=DAY)], [told])] == [2]
    assert site_weeks([Stay(person="q", site="s", day=DAY)], [told]) == ()


def test_in_a_site_week_the_pretext_links_and_the_site_does_not():
    def linked(**shared):
        told = [Approach(id=f"a{n}", day=DAY, person=f"p{n}", site="s", **shared) for n in range(2)]
        return only(*site_weeks([Stay(person=f"p{n}", site="s", day=DAY) for n in range(10)], told)).linked_pairs

    assert linked() == ()
    assert linked(pretext="T03") == (("p0", "p1"),)
    assert linked(cluster="k") == (("p0", "p1"),)


def close(*told: Approach):
    return [(pair.first, pair.second, pair.days) for pair in close_pairs(told)]


def test_linked_contacts_within_a_fortnight_are_a_pair():
    first = Approach(id="x", day=DAY, person="p", contact="c", cluster="k")
    second = Approach(id="y", day=DAY + 14, person="q", contact="c", cluster="k")
    assert close(second, first) == [("x", "y", 14)]
    (pair,) = close_pairs([first, second])
    assert pair.cluster == "k"
    assert pair.sentence.in_english() == "Linked contacts approached two colleagues. Days between: 14."


def test_two_linked_contacts_on_one_colleague_are_a_pair():
    (pair,) = close_pairs(
        [
            Approach(id="x", day=DAY, person="p", contact="c", cluster="k"),
            Approach(id="y", day=DAY, person="p", contact="d", cluster="k"),
        ]
    )
    assert pair.sentence.in_english() == "Two linked contacts approached one colleague. Days between: 0."


@pytest.mark.parametrize(
    "other",
    [
        {"day": DAY + 15},
        {"cluster": "another"},
        {"cluster": None},
        {"person": "p"},
    ],
    ids=["later", "not linked", "of no cluster", "the same two again"],
)
def test_what_is_no_close_pair(other):
    first = Approach(id="x", day=DAY, person="p", contact="c", cluster="k")
    second = Approach(**{"id": "y", "day": DAY, "person": "q", "contact": "c", "cluster": "k"} | other)
    assert close(first, second) == []


def test_approaches_of_no_cluster_are_not_linked_to_each_other():
    assert close(Approach(id="x", day=DAY, person="p"), Approach(id="y", day=DAY, person="q")) == []


def test_three_in_a_row_are_all_pairs_within_reach():
    told = [Approach(id=i, day=DAY + d, person=i, cluster="k") for i, d in (("x", 0), ("y", 10), ("z", 20))]
    assert close(*told) == [("x", "y", 10), ("y", "z", 10)]
