import pytest

from gifthorse.model.reports import ReportKind
from gifthorse.report.interview import interview_of
from tests.report.effort import effort, talkative_paths

A_GIFT_AT_A_FAIR = {
    "what": ("stick",),
    "worth": ("small",),
    "occasion": ("event",),
    "contact": "Robin Vale, Northlight Optics, stand 4B",
    "with-it": ("questions",),
    "now": ("sealed",),
    "known": ("nobody",),
    "words": "Asked who grinds our lenses",
}


def test_a_debrief_with_nothing_to_report_is_one_tap() -> None:
    least = min(effort(interview_of(ReportKind.DEBRIEF), path).taps for path in talkative_paths(interview_of(ReportKind.DEBRIEF)))
    assert least == 1


def test_nobody_in_touch_after_thirty_days_is_one_tap() -> None:
    assert effort(interview_of(ReportKind.CHECK_IN), {"heard": ("no",)}).taps == 1


def test_a_gift_at_a_fair_takes_twelve_taps_and_eighty_characters_at_most() -> None:
    needed = effort(interview_of(ReportKind.GIFT), A_GIFT_AT_A_FAIR)
    assert needed.taps <= 12
    assert needed.characters <= 80


def test_is_this_odd_is_one_field() -> None:
    needed = effort(interview_of(ReportKind.IS_THIS_ODD), {"words": "A visitor asked me which bus I take home."})
    assert needed.questions == 1
    assert needed.taps == 5  # one on the front page would do; counted as two, then begin, go on, send


@pytest.mark.parametrize("kind", ReportKind)
def test_even_who_leaves_nothing_out_is_done_in_three_minutes(kind: ReportKind) -> None:
    interview = interview_of(kind)
    longest = max((effort(interview, path) for path in talkative_paths(interview)), key=lambda one: one.seconds)
    assert longest.seconds <= 180, longest


@pytest.mark.parametrize("kind", ReportKind)
def test_every_rule_can_ask_its_question(kind: ReportKind) -> None:
    interview = interview_of(kind)
    reached = {question for path in talkative_paths(interview) for question in path}
    assert reached == {question.id for question in interview.questions}


@pytest.mark.parametrize("kind", ReportKind)
def test_every_rule_can_skip_its_question(kind: ReportKind) -> None:
    interview = interview_of(kind)
    paths = list(talkative_paths(interview))
    for question in interview.questions:
        if question.ask_if is not None:
            assert any(question.id not in path for path in paths), question.id
