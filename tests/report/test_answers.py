from datetime import date, timedelta
from hashlib import sha256

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.errors import NotAccepted
from gifthorse.model.reports import ReportKind
from gifthorse.report.answers import LONGEST_LINE, LONGEST_TEXT, Allowed, Answers, checked, fitting, next_questions
from gifthorse.report.interview import canonical, digest, interview_of, read_kept
from gifthorse.report.questions import PICKED

TODAY = date(2026, 11, 22)
ALLOWED = Allowed(
    today=TODAY,
    elements=frozenset({"element-a"}),
    people=frozenset({"person-a"}),
    photos=frozenset({"photo-a"}),
    contacts=frozenset({"contact-a"}),
)
GIFT = {"what": "stick"}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


def read(kind: ReportKind, **untrusted: object) -> Answers:
    return checked(interview_of(kind), {name.replace("_", "-"): value for name, value in untrusted.items()}, ALLOWED)


def refused(kind: ReportKind, **untrusted: object) -> str | None:
    with pytest.raises(NotAccepted) as refusal:
        read(kind, **untrusted)
    return refusal.value.field


def test_answers_are_bound_to_the_words_that_were_asked() -> None:
    answers = read(ReportKind.GIFT, **GIFT)
    assert (answers.kind, answers.digest) == (ReportKind.GIFT, digest(interview_of(ReportKind.GIFT)))


def test_answers_to_an_older_version_are_read_with_its_words() -> None:
    kept = (
        canonical(interview_of(ReportKind.GIFT)).replace(b"What is it?", b"What did they hand you?").replace(b'"version":1', b'"version":7')
    )
    older = read_kept(kept, sha256(kept).hexdigest())
    answers = checked(older, GIFT, ALLOWED)
    assert (answers.version, answers.digest) == (7, digest(older))
    question = older.question(answers.given[0].question)
    assert question is not None
    assert question.text == "What did they hand you?"


def test_answers_survive_being_kept() -> None:
    answers = read(
        ReportKind.GIFT, what="stick", when="2026-11-20", contact={"name": "Ada", "known": ["contact-a"]}, photos=["photo-a"], words="x"
    )
    assert msgspec.json.decode(msgspec.json.encode(answers), type=Answers) == answers


def test_an_unknown_question_is_refused_by_name() -> None:
    assert refused(ReportKind.GIFT, what="stick", nationality="any") == "nationality"


@pytest.mark.parametrize("wrong", ["gold", ["stick", "gold"], 7, {"x": 1}, [["stick"]], ["stick", "camera"]], ids=str)
def test_an_option_that_cannot_be_chosen_is_refused_at_its_question(wrong: object) -> None:
    assert refused(ReportKind.GIFT, what=wrong) == "what"


def test_an_essential_question_must_be_answered() -> None:
    assert refused(ReportKind.GIFT, occasion="event") == "what"


def test_an_empty_report_is_sent_back() -> None:
    assert refused(ReportKind.APPROACH) == "touch"


def test_an_empty_call_for_help_is_taken() -> None:
    assert read(ReportKind.PRESSURE).given == ()


def test_what_was_written_offline_is_taken_incomplete() -> None:
    answers = checked(interview_of(ReportKind.GIFT), {"occasion": "event"}, ALLOWED, complete=False)
    assert answers.chosen() == {"occasion": ("event",)}


def test_no_together_with_something_means_the_something() -> None:
    assert read(ReportKind.APPROACH, private=["no", "hush"]).chosen()["private"] == ("hush",)
    assert read(ReportKind.APPROACH, private=["no"]).chosen()["private"] == ("no",)


def test_ids_that_are_not_the_persons_own_are_refused() -> None:
    assert refused(ReportKind.APPROACH, wanted=["how"], elements=["element-b"]) == "elements"
    assert refused(ReportKind.PRESSURE, who_reads=["person-b"]) == "who-reads"
    assert refused(ReportKind.GIFT, what="stick", photos=["photo-b"]) == "photos"
    assert refused(ReportKind.GIFT, what="stick", contact={"known": ["contact-b"]}) == "contact"


def test_a_contact_keeps_the_spelling_and_has_no_field_for_what_somebody_is() -> None:
    given = read(ReportKind.GIFT, what="stick", contact={"name": " Ħal Żebbuġ ", "known": "contact-a"}).to("contact")
    assert given is not None
    assert given.contact is not None
    assert (given.contact.name, given.contact.known) == ("Ħal Żebbuġ", ("contact-a",))
    assert refused(ReportKind.GIFT, what="stick", contact={"name": "A", "citizenship": "B"}) == "contact"


@pytest.mark.parametrize(("question", "longest"), [("where", LONGEST_LINE), ("words", LONGEST_TEXT), ("contact", LONGEST_LINE)])
def test_a_text_that_is_too_long_is_sent_back_to_its_question(question: str, longest: int) -> None:
    read(ReportKind.GIFT, **GIFT, **{question: "a" * longest})
    assert refused(ReportKind.GIFT, **GIFT, **{question: "a" * (longest + 1)}) == question


def test_a_day_to_come_is_sent_back_but_a_zone_ahead_is_not() -> None:
    read(ReportKind.GIFT, **GIFT, when=(TODAY + timedelta(days=1)).isoformat())
    assert refused(ReportKind.GIFT, **GIFT, when=(TODAY + timedelta(days=2)).isoformat()) == "when"
    assert refused(ReportKind.GIFT, **GIFT, when="yesterday") == "when"


def test_control_characters_go_and_line_ends_stay() -> None:
    given = read(ReportKind.IS_THIS_ODD, words="one\x00\ntwo\x1b").to("words")
    assert given is not None
    assert given.text == "one\ntwo"


def test_what_no_longer_fits_is_kept_beside_and_not_given() -> None:
    answers = read(ReportKind.APPROACH, wanted=["nothing"], drawn_out="yes", drawn_how=["flattery"])
    assert set(answers.chosen()) == {"wanted"}
    assert [answer.question for answer in answers.passed_over] == ["drawn-out", "drawn-how"]


def test_questions_come_as_they_fit() -> None:
    interview = interview_of(ReportKind.DEBRIEF)
    start = checked(interview, {}, ALLOWED, complete=False)
    assert [question.id for question in next_questions(interview, start)] == ["anything"]
    more = checked(interview, {"anything": "something"}, ALLOWED)
    assert [question.id for question in next_questions(interview, more)][:4] == ["avoided", "paid", "things", "again"]
    assert next_questions(interview, checked(interview, {"anything": "nothing"}, ALLOWED)) == ()


@settings(deadline=None)
@given(kind=st.sampled_from(ReportKind), data=st.data())
def test_anything_at_all_gives_answers_or_a_refusal_with_its_field(kind: ReportKind, data: st.DataObject) -> None:
    interview = interview_of(kind)
    names = st.sampled_from([question.id for question in interview.questions]) | st.text(max_size=10)
    untrusted = data.draw(st.dictionaries(names, anything, max_size=5))
    named, kept = None, set[str]()
    try:
        answers = checked(interview, untrusted, ALLOWED)
        kept = {answer.question for answer in answers.given + answers.passed_over}
    except NotAccepted as refusal:
        named = refusal.field
    assert kept <= set(untrusted)
    assert kept or named is not None or kind is ReportKind.PRESSURE


@settings(deadline=None)
@given(kind=st.sampled_from(ReportKind), data=st.data())
def test_what_is_asked_depends_on_asked_answers_alone(kind: ReportKind, data: st.DataObject) -> None:
    interview = interview_of(kind)
    picked = [question for question in interview.questions if question.type in PICKED]
    chosen = {question.id: (data.draw(st.sampled_from([option.id for option in question.options])),) for question in picked}
    asked = fitting(interview, chosen)
    assert fitting(interview, {question.id: chosen[question.id] for question in asked if question.id in chosen}) == asked
