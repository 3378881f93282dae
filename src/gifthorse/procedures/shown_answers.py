"""A report's answers with the words that were asked, opened for whoever may read the report."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from gifthorse.procedures.view_know_how import ERASED_ELEMENT, opened
from gifthorse.report.answers import Answer, Answers, ContactGiven
from gifthorse.report.questions import PICKED, Interview, Question, QuestionType
from gifthorse.store.tables.asset import Element


class AnswerShown(msgspec.Struct, frozen=True, kw_only=True):
    """One answer: `question` and `chosen` are message ids, everything else is the person's own or out of the register."""

    question: str
    chosen: tuple[str, ...] = ()
    text: str = ""
    day: str = ""
    people: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    passed_over: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.chosen or self.text or self.day or self.people or self.elements or self.lines)


def people_in(answers: Answers) -> set[str]:
    """The person ids that were chosen."""
    return {one for answer in (*answers.given, *answers.passed_over) for one in answer.chosen if one.startswith("person-")}


def shown_answers(interview: Interview, answers: Answers, names: Mapping[str, str]) -> tuple[AnswerShown, ...]:
    """All answers in the order of the questions; those to questions that no longer fitted come last, marked as such."""
    titles = _titles(interview, answers)
    told = [_shown(interview, answer, names, titles) for answer in answers.given]
    told += [msgspec.structs.replace(one, passed_over=True) for one in _all(interview, answers.passed_over, names, titles)]
    return tuple(one for one in told if not one.is_empty)


def _all(interview: Interview, answers: Iterable[Answer], names: Mapping[str, str], titles: Mapping[str, str]) -> Iterator[AnswerShown]:
    return (_shown(interview, answer, names, titles) for answer in answers)


def _shown(interview: Interview, answer: Answer, names: Mapping[str, str], titles: Mapping[str, str]) -> AnswerShown:
    question = interview.question(answer.question)
    if question is None:
        return AnswerShown(question=answer.question)
    return AnswerShown(
        question=question.text,
        chosen=_options(question, answer),
        text=answer.text,
        day=answer.day.isoformat() if answer.day else "",
        people=tuple(names[one] for one in answer.chosen if one in names),
        elements=tuple(titles[one] for one in answer.chosen if one in titles),
        lines=_lines(answer.contact),
    )


def _options(question: Question, answer: Answer) -> tuple[str, ...]:
    return tuple(option.text for option in question.options if option.id in answer.chosen) if question.type in PICKED else ()


def _lines(contact: ContactGiven | None) -> tuple[str, ...]:
    return () if contact is None else tuple(line for line in (contact.name, contact.employer, contact.role, contact.reach) if line)


def _titles(interview: Interview, answers: Answers) -> dict[str, str]:
    asked = {question.id for question in interview.questions if question.type is QuestionType.ELEMENTS}
    ids = {one for answer in (*answers.given, *answers.passed_over) if answer.question in asked for one in answer.chosen}
    return element_titles(ids)


def element_titles(ids: Iterable[str]) -> dict[str, str]:
    """The titles of these elements of know-how, in one query at most."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Element.objects.filter(pk__in=wanted).select_related("content__key")
    return {row.pk: opened(row.content, ERASED_ELEMENT).title for row in rows}
