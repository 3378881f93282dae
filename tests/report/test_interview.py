import json
import re
from pathlib import Path

import msgspec
import pytest

from gifthorse.model.errors import Damaged
from gifthorse.model.reports import ReportKind
from gifthorse.model.tactics import catalogue
from gifthorse.report.interview import (
    BadInterview,
    asking,
    canonical,
    digest,
    interview_of,
    interviews,
    message_ids,
    read_interview,
    read_kept,
)
from gifthorse.report.questions import Condition, Interview, QuestionType

PINNED = json.loads((Path(__file__).parent / "interview_digests.json").read_text())
# What must not be asked: what somebody is, rather than what somebody did.
NOT_ASKED = re.compile(
    r"\b(nationalit\w*|citizen\w*|ethnic\w*|race|religio\w*|faith|church|mosque|born|birth\w*|native|mother tongue|accent|origin|descent|"
    r"countr\w+ of|foreign\w*|suspect\w*|gender|age)\b",
    re.IGNORECASE,
)


def made(**changes: object) -> bytes:
    question = {"id": "a", "type": "choice", "text": "A?", "options": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}]}
    after = {"id": "b", "type": "short", "text": "B?", "ask_if": {"question": "a", "any_of": ["x"]}}
    body = {"schema": "gifthorse.interview/1", "kind": "gift", "version": 1, "opening": "O", "closing": "C", "questions": [question, after]}
    return json.dumps({**body, **changes}).encode()


def test_every_kind_has_its_interview() -> None:
    assert set(interviews()) == set(ReportKind)
    assert all(interview.kind is kind for kind, interview in interviews().items())


def test_every_reportable_tactic_can_be_told_by_a_tap() -> None:
    told = {
        tactic for one in interviews().values() for question in one.questions for option in question.options for tactic in option.tactics
    }
    assert told == {tactic.id for tactic in catalogue().tactics if tactic.reportable}


def test_every_way_of_elicitation_in_the_catalogue_of_advice_can_be_told() -> None:
    ways = {option.subtype for one in interviews().values() for question in one.questions for option in question.options if option.subtype}
    assert ways == {
        "flattery",
        "assumed knowledge",
        "bracketing",
        "false statement",
        "disbelief",
        "quid pro quo",
        "feigned ignorance",
        "criticism",
        "confidential bait",
        "good listener",
        "can-you-top-this",
        "volunteered sample",
    }


def test_no_question_asks_what_somebody_is() -> None:
    asked = [text for text in message_ids() if NOT_ASKED.search(text)]
    assert asked == []


def test_pressure_asks_first_whether_the_person_is_safe_and_demands_nothing() -> None:
    interview = interview_of(ReportKind.PRESSURE)
    assert [question.id for question in interview.questions[:2]] == ["safe", "help"]
    assert not any(question.essential for question in interview.questions)


def test_words_are_demanded_only_where_there_is_nothing_else_to_go_by() -> None:
    demanded = {
        (kind, question.id)
        for kind, one in interviews().items()
        for question in one.questions
        if question.essential and question.type in (QuestionType.TEXT, QuestionType.SHORT, QuestionType.PLACE, QuestionType.CONTACT)
    }
    assert {kind for kind, _ in demanded} == {ReportKind.COLLEAGUE_CONCERN, ReportKind.SOMETHING_ELSE, ReportKind.IS_THIS_ODD}


@pytest.mark.parametrize("kind", ReportKind)
def test_no_word_changes_without_a_new_version(kind: ReportKind) -> None:
    interview = interview_of(kind)
    assert PINNED[kind.value] == {"version": interview.version, "digest": digest(interview)}


@pytest.mark.parametrize("kind", ReportKind)
def test_an_interview_is_read_back_from_its_kept_bytes(kind: ReportKind) -> None:
    interview = interview_of(kind)
    assert read_kept(canonical(interview), digest(interview)) == interview


@pytest.mark.parametrize("kind", ReportKind)
def test_a_telephone_gets_the_questions_and_not_their_meaning(kind: ReportKind) -> None:
    interview = interview_of(kind)
    sent = json.loads(asking(interview))
    assert sent["digest"] == digest(interview)
    assert not re.search(rb'"(tactics|ask_level|mitigators|favour|band|subtype|hearsay|sent_back|declined|urgent)":', asking(interview))
    shown = {
        text
        for question in sent["questions"]
        for option in question.get("options", [])
        for text in (option["text"], option.get("explains"))
    }
    assert {option.text for question in interview.questions for option in question.options} <= shown
    rules = [msgspec.convert(question.get("ask_if"), Condition | None) for question in sent["questions"]]
    assert rules == [question.ask_if for question in interview.questions]


@pytest.mark.parametrize("kind", ReportKind)
def test_a_telephone_gets_every_text_in_its_language(kind: ReportKind) -> None:
    interview = interview_of(kind)
    sent = asking(interview, lambda text: f"[{text}]").decode()
    assert all(json.dumps(f"[{text}]", ensure_ascii=False) in sent for text in interview.texts())


def test_kept_questions_that_were_altered_are_named_as_damaged() -> None:
    interview = interview_of(ReportKind.GIFT)
    with pytest.raises(Damaged):
        read_kept(canonical(interview).replace(b"What is it?", b"What was it?"), digest(interview))


def test_a_well_made_interview_is_read() -> None:
    assert isinstance(read_interview(made()), Interview)


TWO = {"id": "a", "type": "choice", "text": "A?", "options": [{"id": "x", "text": "X"}]}
BAD = {
    "an unknown schema": {"schema": "gifthorse.interview/9"},
    "version 0": {"version": 0},
    "an id used twice": {"questions": [TWO, TWO]},
    "a choice without options": {"questions": [{"id": "a", "type": "choice", "text": "A?"}]},
    "a text with options": {"questions": [{**TWO, "type": "text"}]},
    "options with one id": {"questions": [{**TWO, "options": TWO["options"] * 2}]},
    "a tactic that isn't in the catalogue": {"questions": [{**TWO, "options": [{"id": "x", "text": "X", "tactics": ["T99"]}]}]},
    "a derived pattern": {"questions": [{**TWO, "options": [{"id": "x", "text": "X", "tactics": ["P94"]}]}]},
    "a rule on a later question": {"questions": [{**TWO, "ask_if": {"question": "b", "any_of": ["x"]}}, {**TWO, "id": "b"}]},
    "a rule on an option that isn't there": {"questions": [TWO, {**TWO, "id": "b", "ask_if": {"question": "a", "any_of": ["z"]}}]},
    "a rule in two forms": {"questions": [TWO, {**TWO, "id": "b", "ask_if": {"question": "a", "any_of": ["x"], "none_of": ["x"]}}]},
    "an empty rule": {"questions": [TWO, {**TWO, "id": "b", "ask_if": {}}]},
    "an unknown field": {"questions": [{**TWO, "nationality": True}]},
    "a shared question that isn't there": {"questions": [{"use": "nowhere"}]},
    "no questions at all": {"questions": None},
}


@pytest.mark.parametrize("fault", BAD)
def test_an_interview_that_contradicts_itself_is_refused(fault: str) -> None:
    with pytest.raises(BadInterview):
        read_interview(made(**BAD[fault]))


def test_a_file_that_is_no_interview_is_refused() -> None:
    with pytest.raises(BadInterview):
        read_interview(b"{")
