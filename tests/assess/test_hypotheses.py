from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.diagnosticity import WORDS, Bearing, Hypothesis, diagnosticity
from gifthorse.assess.hypotheses import OwnCell, checked_note, compare, missing_hypotheses
from gifthorse.model.errors import NotAccepted
from gifthorse.model.grades import Credibility, Grade, Reliability
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator, Observation
from gifthorse.model.tactics import catalogue

A1, B2, F6 = Grade.read("A1"), Grade.read("B2"), Grade.read("F6")
H = Hypothesis


def weigh(grade: Grade) -> float:
    return {A1: 1.0, B2: 0.72, F6: 0.36}.get(grade, 0.5)


def seen(*tactics: str, reporter: str = "r", **more) -> Observation:
    return Observation(**{"month": 0, "thread": "t", "reporter": reporter, "tactics": tactics} | more)


def standing(matrix, hypothesis):
    return next(s for s in matrix.standings if s.hypothesis is hypothesis)


def line(matrix, evidence):
    return next(found for found in matrix.lines if found.evidence == evidence)


def cell(matrix, evidence, hypothesis):
    return next(c for c in line(matrix, evidence).cells if c.hypothesis is hypothesis)


def test_a_covert_kit_leaves_cultivation_least_contradicted():
    matrix = compare([seen("T52")], weigh)
    (only,) = matrix.lines
    assert (only.evidence, only.weight, only.observations, only.diagnostic, only.fits_all) == ("tactic:T52", 0.72, (0,), True, False)
    assert [(s.hypothesis, s.rank, s.inconsistency, s.against) for s in matrix.standings] == [
        (H.CULTIVATION, 1, 0, ()),
        (H.GRUDGE, 1, 0, ()),
        (H.ORDINARY_BUSINESS, 3, 0.72, ("tactic:T52",)),
        (H.FRIENDSHIP, 3, 0.72, ("tactic:T52",)),
        (H.COMPETITOR, 3, 0.72, ("tactic:T52",)),
    ]
    assert only.sentence.in_english() == "Tells explanations apart. It speaks against 3 of 5."
    assert standing(matrix, H.CULTIVATION).sentence.in_english() == "Cultivation: nothing speaks against it, which does not prove it."
    assert standing(matrix, H.FRIENDSHIP).sentence.in_english() == (
        "An ordinary friendship or relationship. Lines that speak against it: 1."
    )


def test_a_second_reporter_speaks_against_a_grudge_and_removing_one_takes_it_back():
    two = compare([seen("T52"), seen("T30", reporter="s")], weigh)
    assert [s.hypothesis for s in two.standings if s.rank == 1] == [H.CULTIVATION]
    assert line(two, "circumstance:several_reporters").observations == (0, 1)
    assert standing(two, H.GRUDGE).against == ("circumstance:several_reporters",)
    one = compare([seen("T52"), seen("T30")], weigh)
    assert standing(one, H.GRUDGE).against == ()


def test_half_a_year_without_ask_favour_or_secrecy_speaks_against_cultivation():
    matrix = compare([seen("T01", month=month) for month in (0, 3, 6)], weigh)
    assert standing(matrix, H.CULTIVATION).against == (
        "circumstance:no_ask",
        "circumstance:no_favour",
        "circumstance:nothing_hidden",
    )
    assert line(matrix, "circumstance:no_ask").observations == (0, 1, 2)
    assert matrix.standings[-1].hypothesis is H.CULTIVATION
    asked = compare([seen("T01", month=0), seen("T01", month=3), seen("T62", month=6)], weigh)
    assert standing(asked, H.CULTIVATION).against == ("circumstance:no_favour", "circumstance:nothing_hidden")


def test_what_fits_everything_says_so_and_comes_last():
    matrix = compare([seen("T06", "T71")], weigh)
    assert [(found.evidence, found.diagnostic, found.fits_all) for found in matrix.lines] == [
        ("tactic:T71", True, False),
        ("tactic:T06", False, True),
    ]
    assert matrix.lines[1].sentence.in_english() == "Fits every explanation, so it proves none."


def test_lines_are_the_tactics_the_ask_the_favour_and_the_mitigators():
    observed = seen("T30", ask_level=AskLevel.INTERNAL, favour=FavourBand.LARGE, mitigators=(Mitigator.EMPLOYER_PAID,))
    assert {found.evidence for found in compare([observed], weigh).lines} == {
        "tactic:T30",
        "ask:3",
        "favour:large",
        "mitigator:employer_paid",
    }


def test_mitigators_speak_against_cultivation():
    matrix = compare([seen("T30", mitigators=(Mitigator.OFFICIAL_CHANNEL, Mitigator.CONTRACT_COUNTERVALUE))], weigh)
    assert standing(matrix, H.CULTIVATION).inconsistency == pytest.approx(1.44)
    assert standing(matrix, H.CULTIVATION).rank == 5
    assert matrix.standings[0].hypothesis is H.ORDINARY_BUSINESS


def test_a_line_weighs_as_its_best_observation_and_repeats_add_nothing():
    matrix = compare([seen("T52", grade=F6), seen("T52", grade=A1), seen("T52", grade=B2)], weigh)
    assert line(matrix, "tactic:T52").weight == 1.0
    assert line(matrix, "tactic:T52").observations == (0, 1, 2)
    assert standing(matrix, H.FRIENDSHIP).inconsistency == 1.0


def test_the_most_contradicting_lines_come_first():
    matrix = compare([seen("T60", "T51"), seen("T52", grade=F6)], weigh)
    assert [found.evidence for found in matrix.lines] == ["tactic:T51", "tactic:T52", "tactic:T60"]  # 2 * .72, 3 * .36, 1 * .72


def test_every_prefilled_cell_carries_the_reason_of_its_row():
    matrix = compare([seen("T52")], weigh)
    row = diagnosticity()["tactic:T52"]
    for found in matrix.lines[0].cells:
        assert (found.bearing, found.reason, found.by_officer) == (row.bearing(found.hypothesis), row.reason, False)
    assert [found.hypothesis for found in matrix.lines[0].cells] == list(Hypothesis)


def test_the_officers_own_cell_overrules_the_table_and_is_marked():
    own = OwnCell(evidence="tactic:T52", hypothesis=H.COMPETITOR, bearing=Bearing.CONSISTENT, reason=" A rival did this in 2019. ")
    matrix = compare([seen("T52")], weigh, [own])
    assert standing(matrix, H.COMPETITOR).inconsistency == 0
    assert standing(matrix, H.FRIENDSHIP).inconsistency == 0.72
    overruled = cell(matrix, "tactic:T52", H.COMPETITOR)
    assert (overruled.bearing, overruled.by_officer, overruled.reason) == (Bearing.CONSISTENT, True, "A rival did this in 2019.")
    assert not cell(matrix, "tactic:T52", H.FRIENDSHIP).by_officer


def test_a_line_that_the_officer_finds_against_everything_is_not_diagnostic():
    own = [OwnCell(evidence="tactic:T52", hypothesis=h, bearing=Bearing.INCONSISTENT, reason="no") for h in Hypothesis]
    (only,) = compare([seen("T52")], weigh, own).lines
    assert (only.diagnostic, only.fits_all) == (False, False)
    assert only.sentence.in_english().startswith("Fits no explanation: please check")


@pytest.mark.parametrize(
    ("cells", "field", "message"),
    [
        ([("tactic:T52", "  ")], "reason", "Your own judgement has no reason yet. Please write one."),
        ([("tactic:T30", "because")], "evidence", "Nothing in this thread shows this evidence. Please choose one of the lines."),
        (
            [("tactic:T52", "because"), ("tactic:T52", "again")],
            "hypothesis",
            "This cell was judged twice. Please keep one judgement.",
        ),
    ],
    ids=["no reason", "not in this thread", "judged twice"],
)
def test_an_own_cell_needs_a_reason_evidence_and_no_double(cells, field, message):
    own = [OwnCell(evidence=e, hypothesis=H.GRUDGE, bearing=Bearing.NEUTRAL, reason=r) for e, r in cells]
    with pytest.raises(NotAccepted) as caught:
        compare([seen("T52")], weigh, own)
    assert caught.value.field == field
    assert str(caught.value) == message


def test_a_tactic_that_the_table_does_not_know_speaks_neither_way():
    matrix = compare([seen("T52", "T99")], weigh)
    assert line(matrix, "tactic:T99").fits_all
    assert {c.bearing for c in line(matrix, "tactic:T99").cells} == {Bearing.NEUTRAL}
    assert line(matrix, "tactic:T99").cells[0].reason == "Not in the reviewed table yet: please judge it yourself."
    assert standing(matrix, H.FRIENDSHIP).against == ("tactic:T52",)


def test_a_line_against_one_hypothesis_alone_is_diagnostic():
    (only,) = compare(
        [seen("T30", ask_level=AskLevel.NONE), seen("T01")],
        weigh,
        rows={
            "tactic:T30": diagnosticity()["tactic:T90"],
            "tactic:T01": msgspec.structs.replace(diagnosticity()["tactic:T90"], grudge=Bearing.INCONSISTENT),
        },
    ).lines[:1]
    assert (only.diagnostic, only.fits_all) == (True, False)
    assert only.sentence.in_english() == "Tells explanations apart. It speaks against 1 of 5."


def test_rows_can_be_given():
    row = diagnosticity()["tactic:T06"]
    assert compare([seen("T52")], weigh, rows={"tactic:T52": row}).lines[0].fits_all


def test_each_standing_says_what_speaks_against_it():
    own = [OwnCell(evidence="tactic:T52", hypothesis=h, bearing=Bearing.INCONSISTENT, reason="no") for h in Hypothesis]
    against = [s.sentence.in_english() for s in compare([seen("T52")], weigh, own).standings]
    assert against == [f"{words}. Lines that speak against it: 1." for words in WORDS.values()]
    nothing = [s.sentence.in_english() for s in compare([], weigh).standings]
    assert [text.split(":")[0] for text in nothing] == list(WORDS.values())


def test_no_observations_rank_nobody():
    matrix = compare([], weigh)
    assert matrix.lines == ()
    assert [(s.hypothesis, s.rank) for s in matrix.standings] == [(hypothesis, 1) for hypothesis in Hypothesis]


OBSERVATIONS = st.lists(
    st.builds(
        Observation,
        month=st.integers(0, 9),
        thread=st.just("t"),
        reporter=st.sampled_from("rs"),
        tactics=st.lists(st.sampled_from([t.id for t in catalogue().tactics]), max_size=3).map(tuple),
        ask_level=st.sampled_from(AskLevel),
        favour=st.sampled_from(FavourBand),
        grade=st.builds(Grade, st.sampled_from(Reliability), st.sampled_from(Credibility)),
        mitigators=st.lists(st.sampled_from(list(Mitigator)), max_size=2).map(tuple),
    ),
    max_size=6,
)


@given(OBSERVATIONS)
def test_the_ranking_is_explained_line_by_line(observations):
    matrix = compare(observations, weigh)
    for found in matrix.standings:
        weights = [ln.weight for ln in matrix.lines if cell(matrix, ln.evidence, found.hypothesis).bearing is Bearing.INCONSISTENT]
        assert found.inconsistency == pytest.approx(sum(weights), abs=1e-12)
        assert len(found.against) == len(weights)
    assert all(one.inconsistency <= other.inconsistency and one.rank <= other.rank for one, other in pairwise(matrix.standings))


@given(OBSERVATIONS.flatmap(lambda o: st.tuples(st.just(o), st.permutations(o))))
def test_no_order_of_observations_changes_the_ranking(both):
    observations, shuffled = both
    assert compare(observations, weigh).standings == compare(shuffled, weigh).standings


@given(OBSERVATIONS)
def test_removing_an_observation_never_adds_an_inconsistency_but_by_what_is_then_missing(observations):
    observations = [msgspec.structs.replace(observation, month=observation.month / 2) for observation in observations]  # under six months
    whole = {s.hypothesis: s.inconsistency for s in compare(observations, weigh).standings}
    for index in range(len(observations)):
        for left in compare(observations[:index] + observations[index + 1 :], weigh).standings:
            assert left.inconsistency <= whole[left.hypothesis]


NOTE = dict.fromkeys(Hypothesis, "Weighed and ruled out.")


def test_a_note_about_every_hypothesis_is_complete_and_trimmed():
    assert missing_hypotheses(NOTE) == ()
    note = checked_note({**dict(reversed(NOTE.items())), H.GRUDGE: "  No sign of it. \n"})
    assert list(note) == list(Hypothesis)
    assert note[H.GRUDGE] == "No sign of it."


@pytest.mark.parametrize(("text", "missing"), [("", True), (" \n ", True), ("ruled out", True), ("I think not", False)])
def test_too_little_about_a_hypothesis_is_nothing(text, missing):
    assert (missing_hypotheses({**NOTE, H.COMPETITOR: text}) == (H.COMPETITOR,)) is missing


def test_an_incomplete_note_is_not_accepted_and_the_first_gap_is_named():
    with pytest.raises(NotAccepted, match=r"^Please write a sentence about each explanation, also about those you rule out\.$") as caught:
        checked_note({H.CULTIVATION: "Many signs of it."})
    assert caught.value.field == "ordinary_business"
    assert missing_hypotheses({}) == tuple(Hypothesis)
