"""Answers to an interview: checked once, bound to the interview's digest, and never lost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from unicodedata import category

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.reports import ReportKind
from gifthorse.model.words import N_
from gifthorse.report.interview import digest
from gifthorse.report.questions import LISTED, ONE_ONLY, PICKED, WRITTEN, Interview, Question, QuestionType

LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 8000
MOST_IDS: Final = 60
CONTACT_LINES: Final = ("name", "employer", "role", "reach")


class ContactGiven(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A contact as the person describes them, spelling kept; `known` are ids of contacts they have told of before."""

    name: str = ""
    employer: str = ""
    role: str = ""
    reach: str = ""  # a number, an address, a handle
    known: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to one question: option or list ids in `chosen`, or words, or a day, or a contact."""

    question: str
    chosen: tuple[str, ...] = ()
    text: str = ""
    day: date | None = None
    contact: ContactGiven | None = None


class Answers(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person told, bound to the words they were asked.

    `passed_over` holds answers to questions that no longer fit after an earlier answer was changed: kept, so that nothing a person
    wrote is lost, and read by nothing that suggests or scores.
    """

    kind: ReportKind
    version: int
    digest: str
    given: tuple[Answer, ...] = ()
    passed_over: tuple[Answer, ...] = ()

    def to(self, question_id: str) -> Answer | None:
        """The answer to this question, or None."""
        return next((answer for answer in self.given if answer.question == question_id), None)

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """What was chosen, by question."""
        return {answer.question: answer.chosen for answer in self.given}


class Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """What this person may refer to: the ids of their own lists, and today (a day in their zone may be one ahead)."""

    today: date
    elements: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    photos: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()


def fitting(interview: Interview, chosen: Mapping[str, Sequence[str]]) -> tuple[Question, ...]:
    """The questions that fit the options *chosen* so far, in order; what was chosen at a question that doesn't fit is not looked at."""
    found: list[Question] = []
    seen: dict[str, Sequence[str]] = {}
    for question in interview.questions:
        if question.ask_if is None or question.ask_if.holds(seen):
            found.append(question)
            seen[question.id] = chosen.get(question.id, ())
    return tuple(found)


def next_questions(interview: Interview, answers: Answers) -> tuple[Question, ...]:
    """The questions that fit and have no answer yet, in order: none when an option that sends the report was chosen."""
    chosen = answers.chosen()
    open_ones = [question for question in fitting(interview, chosen) if answers.to(question.id) is None]
    return () if _complete(interview, chosen) else tuple(open_ones)


def checked(interview: Interview, untrusted_answers: Mapping[str, object], allowed: Allowed, *, complete: bool = True) -> Answers:
    """The answers, trimmed and bound to *interview*.

    Raises NotAccepted with the question's id as field for an unknown question or option, an id that isn't this person's, a text that is
    too long, a day to come, and (when *complete*) an essential question without an answer. “No” together with something else is taken
    as the something else. Reports that were written offline and can't be changed any more are checked with *complete* False.
    """
    if unknown := [name for name in untrusted_answers if interview.question(name) is None]:
        raise NotAccepted(
            N_("This question is not part of this form. Please load the form again; what you wrote is kept."), field=str(unknown[0])[:60]
        )
    read = [answer for question in interview.questions if (answer := _answer(question, untrusted_answers.get(question.id), allowed))]
    chosen = {answer.question: answer.chosen for answer in read}
    asked = {question.id for question in fitting(interview, chosen)}
    given = tuple(answer for answer in read if answer.question in asked)
    answers = Answers(
        kind=interview.kind,
        version=interview.version,
        digest=digest(interview),
        given=given,
        passed_over=tuple(answer for answer in read if answer.question not in asked),
    )
    if complete:
        _require_essential(interview, answers)
    return answers


def bound_to(answers: Answers, interview: Interview) -> bool:
    """Whether these answers answer exactly this interview, word for word."""
    return answers.digest == digest(interview)


def _complete(interview: Interview, chosen: Mapping[str, Sequence[str]]) -> bool:
    return any(option.sends and option.id in chosen.get(question.id, ()) for question in interview.questions for option in question.options)


def _require_essential(interview: Interview, answers: Answers) -> None:
    if not answers.given and interview.kind is not ReportKind.PRESSURE:  # there, an empty report is a call for help
        raise NotAccepted(N_("Nothing was filled in yet. Tap at least one thing that fits."), field=interview.questions[0].id)
    for question in next_questions(interview, answers):
        if question.essential:
            raise NotAccepted(N_("Please answer this question: without it we can't help."), field=question.id)


def _answer(question: Question, untrusted: object, allowed: Allowed) -> Answer | None:
    if untrusted is None or untrusted in ("", [], (), {}):
        return None
    answer = _READERS[question.type](question, untrusted, allowed)
    return None if answer == Answer(question=question.id) else answer


def _picked(question: Question, untrusted: object, _allowed: Allowed) -> Answer:
    wanted = set(_ids(question, untrusted))
    if any(question.option(one) is None for one in wanted):
        raise NotAccepted(N_("This choice is not on the list. Please choose again."), field=question.id)
    options = [option for option in question.options if option.id in wanted]
    with_meaning = [option for option in options if not option.alone] or options
    if question.type in ONE_ONLY and len(options) > 1:
        raise NotAccepted(N_("Please choose one of them."), field=question.id)
    return Answer(question=question.id, chosen=tuple(option.id for option in with_meaning))


def _listed(question: Question, untrusted: object, allowed: Allowed) -> Answer:
    own = {QuestionType.ELEMENTS: allowed.elements, QuestionType.PEOPLE: allowed.people, QuestionType.PHOTOS: allowed.photos}[question.type]
    return Answer(question=question.id, chosen=_from(own, _ids(question, untrusted), question.id))


def _written(question: Question, untrusted: object, _allowed: Allowed) -> Answer:
    longest = LONGEST_TEXT if question.type is QuestionType.TEXT else LONGEST_LINE
    return Answer(question=question.id, text=_line(untrusted, question.id, longest))


def _dated(question: Question, untrusted: object, allowed: Allowed) -> Answer:
    try:
        day = untrusted if type(untrusted) is date else date.fromisoformat(_line(untrusted, question.id, LONGEST_LINE))
    except ValueError as error:
        raise NotAccepted(N_("This is not a day in the form 2026-11-22."), field=question.id) from error
    if day > allowed.today + timedelta(days=1):
        raise NotAccepted(N_("This day is still to come. Please check the date."), field=question.id)
    return Answer(question=question.id, day=day)


def _contacted(question: Question, untrusted: object, allowed: Allowed) -> Answer:
    fields = untrusted if isinstance(untrusted, Mapping) else {"name": untrusted}
    if not set(fields) <= {*CONTACT_LINES, "known"}:
        raise NotAccepted(N_("This field is not part of the form. Please load the form again."), field=question.id)
    known = _from(allowed.contacts, _ids(question, fields.get("known") or []), question.id)
    lines = {name: _line(fields.get(name) or "", question.id, LONGEST_LINE) for name in CONTACT_LINES}
    given = ContactGiven(known=known, **lines)
    return Answer(question=question.id, contact=None if given == ContactGiven() else given)


def _ids(question: Question, untrusted: object) -> list[str]:
    found = [untrusted] if isinstance(untrusted, str) else untrusted
    if not isinstance(found, list | tuple) or len(found) > MOST_IDS or not all(isinstance(one, str) for one in found):
        raise NotAccepted(N_("This choice can't be read. Please choose again."), field=question.id)
    return [str(one) for one in found]


def _from(own: frozenset[str], ids: Iterable[str], field: str) -> tuple[str, ...]:
    distinct = tuple(dict.fromkeys(ids))
    if not own.issuperset(distinct):
        raise NotAccepted(N_("This is not on your list. Please choose again."), field=field)
    return distinct


def _line(untrusted: object, field: str, longest: int) -> str:
    if not isinstance(untrusted, str):
        raise NotAccepted(N_("This answer can't be read. Please write it again."), field=field)
    text = "".join(letter for letter in untrusted if letter in "\n\t" or category(letter) not in ("Cc", "Cs")).strip()
    if len(text) > longest:
        raise NotAccepted(N_("This text is too long. Please shorten it."), field=field)
    return text


_READERS: Final[dict[QuestionType, Callable[[Question, object, Allowed], Answer]]] = {
    **dict.fromkeys(PICKED, _picked),
    **dict.fromkeys(LISTED, _listed),
    **dict.fromkeys(WRITTEN, _written),
    QuestionType.DATE: _dated,
    QuestionType.CONTACT: _contacted,
}
