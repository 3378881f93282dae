import ast
import inspect
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.errors import NotAccepted
from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.grades import Grade
from gifthorse.model.observations import DEFAULT_GRADE, AskLevel, FavourBand, Mitigator
from gifthorse.model.reports import ReportKind
from gifthorse.report import observing
from gifthorse.report.answers import Allowed, checked
from gifthorse.report.interview import interview_of
from gifthorse.report.observing import HEARSAY, Correction, Draft, DraftFavour, checked_correction, corrected, draft, history
from gifthorse.report.questions import PICKED, Interview, QuestionType
from tests.report.many_tellers import NAMES, PLACES, REACH, TEXTS

TODAY = date(2026, 11, 22)
ALLOWED = Allowed(today=TODAY, elements=frozenset({"element-a", "element-b"}))
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def drafted(kind: ReportKind, **untrusted: object) -> Draft:
    interview = interview_of(kind)
    given_answers = {name.replace("_", "-"): value for name, value in untrusted.items()}
    return draft(interview, checked(interview, given_answers, ALLOWED, complete=False), TODAY)


def everything_tapped(interview: Interview) -> dict[str, object]:
    tapped: dict[str, object] = {}
    for question in interview.questions:
        ids = [option.id for option in question.options]
        if question.type is QuestionType.CHOICES:
            tapped[question.id] = ids
        elif question.type in PICKED:
            tapped[question.id] = next((option.id for option in question.options if option.tactics), ids[-1])
    return tapped


def told_by(interview: Interview, number: int, language: str) -> dict[str, object]:
    words: dict[str, object] = {}
    name, employer = NAMES[number]
    for question in interview.questions:
        if question.type is QuestionType.CONTACT:
            words[question.id] = {"name": name, "employer": employer, "reach": REACH[number % len(REACH)]}
        elif question.type is QuestionType.PLACE:
            words[question.id] = PLACES[number % len(PLACES)]
        elif question.type in (QuestionType.TEXT, QuestionType.SHORT):
            words[question.id] = TEXTS[language]
    return words


@pytest.mark.parametrize("kind", ReportKind)
def test_who_it_was_where_and_in_which_words_changes_nothing(kind: ReportKind) -> None:
    interview = interview_of(kind)
    tapped = everything_tapped(interview)
    without_words = draft(interview, checked(interview, tapped, ALLOWED, complete=False), TODAY)
    for number in range(len(NAMES)):
        for language in TEXTS:
            answers = checked(interview, {**tapped, **told_by(interview, number, language)}, ALLOWED)
            assert draft(interview, answers, TODAY) == without_words


def test_there_are_forty_names_and_twelve_languages() -> None:
    assert (len(set(NAMES)), len(TEXTS)) == (40, 12)


def test_the_code_that_suggests_cannot_reach_a_word_a_name_or_a_place() -> None:
    read = {node.attr for node in ast.walk(ast.parse(inspect.getsource(observing))) if isinstance(node, ast.Attribute)}
    assert not read & {"text", "contact", "name", "employer", "role", "reach", "known", "passed_over", "help"}


def test_a_gift_device_at_a_fair_becomes_its_tactics_and_a_favour() -> None:
    found = drafted(ReportKind.GIFT, what="stick", worth="medium", occasion="event", with_it=["how"], known=["present"])
    assert found.tactics == ("T06", "T32", "T61")
    assert found.ask_level is AskLevel.INTERNAL
    assert found.favour is FavourBand.MEDIUM
    assert found.mitigators == (Mitigator.COLLEAGUE_PRESENT,)
    observation = found.observation("thread-1", "person-1")
    assert (observation.month, observation.tactics, observation.favour) == (2026 * 12 + 10, found.tactics, FavourBand.MEDIUM)
    assert [(entry.kind, entry.direction, entry.band) for entry in found.ledger("thread-1")] == [
        (FavourKind.GIFT, Direction.IN, FavourBand.MEDIUM)
    ]


def test_the_month_is_that_of_the_day_told() -> None:
    assert drafted(ReportKind.GIFT, what="stick", when="2025-01-31").month == 2025 * 12
    assert drafted(ReportKind.GIFT, what="stick").month == 2026 * 12 + 10


def test_a_favour_of_unknown_worth_counts_as_the_least_and_says_so() -> None:
    assert drafted(ReportKind.GIFT, what="stick", worth="unknown").favours == (DraftFavour(kind=FavourKind.GIFT, worth_told=False),)


def test_what_was_declined_is_a_tactic_but_no_favour_received() -> None:
    found = drafted(ReportKind.GIFT, what="personal", worth="large", now="declined")
    assert (found.tactics, found.favours, found.favour) == (("T31",), (), FavourBand.NONE)


def test_what_we_gave_is_entered_but_not_received() -> None:
    found = drafted(ReportKind.GIFT, what="given", worth="large")
    assert found.favours[0].direction is Direction.OUT
    assert found.favour is FavourBand.NONE


def test_ways_of_elicitation_are_kept_beside_the_tactic() -> None:
    found = drafted(ReportKind.APPROACH, wanted=["public"], drawn_out="yes", drawn_how=["doubt", "range"])
    assert (found.tactics, found.drawn_out_by) == (("T22",), ("bracketing", "disbelief"))


def test_what_somebody_else_told_is_graded_lower() -> None:
    assert drafted(ReportKind.COLLEAGUE_CONCERN, saw="others", words="It was copied at night.").grade == HEARSAY
    assert drafted(ReportKind.COLLEAGUE_CONCERN, saw="saw", words="It was copied at night.").grade == DEFAULT_GRADE


def test_elements_are_those_picked_and_only_where_they_were_asked() -> None:
    assert drafted(ReportKind.APPROACH, wanted=["how"], elements=["element-b", "element-a"]).elements == ("element-a", "element-b")
    assert drafted(ReportKind.APPROACH, wanted=["me"], elements=["element-a"]).elements == ()


def test_nothing_to_report_is_nothing_to_observe() -> None:
    assert drafted(ReportKind.DEBRIEF, anything="nothing").is_empty
    assert not drafted(ReportKind.DEBRIEF, anything="something", paid=["meal"]).is_empty


@pytest.mark.parametrize(
    ("kind", "untrusted"),
    [
        (ReportKind.DEVICE_OUT_OF_SIGHT, {"what": ["laptop"], "how": "lost"}),
        (ReportKind.DEVICE_OUT_OF_SIGHT, {"what": ["phone"], "how": "border", "secret": "given"}),
        (ReportKind.APPROACH, {"wanted": ["access"]}),
        (ReportKind.DEBRIEF, {"anything": "something", "things": ["lost"]}),
        (ReportKind.GIFT, {"what": "stick", "now": "used"}),
    ],
    ids=["lost", "code given", "access asked", "lost on a trip", "gift plugged in"],
)
def test_what_cannot_wait_a_day_is_urgent(kind: ReportKind, untrusted: dict[str, object]) -> None:
    assert drafted(kind, **untrusted).urgent
    assert not drafted(ReportKind.GIFT, what="stick", now="sealed").urgent


def test_answers_to_another_interview_are_not_read() -> None:
    answers = checked(interview_of(ReportKind.GIFT), {"what": "stick"}, ALLOWED)
    with pytest.raises(ValueError, match="another version"):
        draft(interview_of(ReportKind.FAVOUR), answers, TODAY)


@settings(deadline=None)
@given(kind=st.sampled_from(ReportKind), data=st.data())
def test_one_tap_more_never_takes_away_what_was_told(kind: ReportKind, data: st.DataObject) -> None:
    interview = interview_of(kind)
    several = [question for question in interview.questions if question.type is QuestionType.CHOICES and question.ask_if is None]
    if not several:
        return
    question = data.draw(st.sampled_from(several))
    ids = st.sampled_from([option.id for option in question.options if not option.alone and not option.declined])
    few = data.draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    less = drafted(kind, **{question.id: few})
    more = drafted(kind, **{question.id: [*few, data.draw(ids)]})
    assert set(less.tactics) <= set(more.tactics)
    assert less.ask_level <= more.ask_level
    assert set(less.mitigators) <= set(more.mitigators)


def correction(**changes: object) -> Correction:
    return Correction(officer="person-9", at=AT, reason="Asked back by phone", **changes)


def test_corrections_are_applied_in_order_and_each_is_kept() -> None:
    first = drafted(ReportKind.GIFT, what="stick")
    steps = history(first, [correction(tactics=("T31",)), correction(ask_level=AskLevel.PUBLIC), correction(tactics=("T30",))])
    assert [step.tactics for step in steps] == [("T32",), ("T31",), ("T31",), ("T30",)]
    assert steps[-1].ask_level is AskLevel.PUBLIC
    assert steps[0] == first
    assert corrected(first, []) == first


def test_a_correction_can_take_everything_away() -> None:
    first = drafted(ReportKind.GIFT, what="stick")
    assert corrected(first, [correction(tactics=(), favours=())]).is_empty
    assert corrected(first, [correction(grade=Grade.read("E5"), month=3)]).grade == Grade.read("E5")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"tactics": ("T99",)}, "tactics"), ({"tactics": ("P94",)}, "tactics"), ({}, "tactics"), ({"reason": "  ", "month": 2}, "reason")],
    ids=["unknown", "derived", "nothing changed", "no reason"],
)
def test_a_correction_that_does_not_fit_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(NotAccepted) as refusal:
        checked_correction(Correction(**{"officer": "person-9", "at": AT, "reason": "Why", **changes}))
    assert refusal.value.field == field


def test_a_checked_correction_is_tidy() -> None:
    tidy = checked_correction(correction(tactics=("T31", "T06", "T31")))
    assert (tidy.tactics, tidy.reason) == (("T06", "T31"), "Asked back by phone")
