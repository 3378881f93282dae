"""How much work a report is, counted from the interview: the stated model is one question per screen.

A tap for one option; for several, a tap each and one to go on ("No" and its like go on by themselves); a tap to pass over; a tap to begin
writing and one to go on. The last page costs nothing where it is left alone. Two taps open the form, one sends it. 3 s to read a question,
2 s for a tap, 0.3 s for a character.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from gifthorse.report.answers import fitting
from gifthorse.report.questions import ONE_ONLY, PICKED, Interview, Question, QuestionType

READ, TAP, CHARACTER = 3.0, 2.0, 0.3
TYPICAL = {QuestionType.TEXT: 80, QuestionType.SHORT: 20, QuestionType.PLACE: 15, QuestionType.CONTACT: 40}
Given = Mapping[str, tuple[str, ...] | str]


class Effort(NamedTuple):
    taps: int
    characters: int
    questions: int

    @property
    def seconds(self) -> float:
        return READ * self.questions + TAP * self.taps + CHARACTER * self.characters


def effort(interview: Interview, given: Given) -> Effort:
    """The work of giving exactly these answers: option ids as a tuple, words as text; a question without an answer is passed over."""
    chosen = {name: answer for name, answer in given.items() if isinstance(answer, tuple)}
    asked = fitting(interview, chosen)
    assert set(given) <= {question.id for question in asked}, "an answer to a question that isn't asked"
    opening = 0 if interview.kind.opened_by_trip else 2
    taps = opening + sum(_taps(question, given.get(question.id)) for question in asked)
    sends = any(option.sends for question in asked for option in question.options if option.id in chosen.get(question.id, ()))
    characters = sum(len(answer) for answer in given.values() if isinstance(answer, str))
    return Effort(taps + (0 if sends else 1), characters, len(asked))


def _taps(question: Question, answer: tuple[str, ...] | str | None) -> int:
    if answer is None:
        return 0 if question.on_last_page else 1
    if isinstance(answer, str):
        return 1 if question.on_last_page else 2
    options = [question.option(one) for one in answer]
    goes_on = question.type in ONE_ONLY or question.on_last_page or all(option is not None and option.alone for option in options)
    return len(answer) + (0 if goes_on else 1)


def talkative_paths(interview: Interview) -> Iterator[dict[str, tuple[str, ...] | str]]:
    """Answers of somebody who leaves nothing out: every question that fits is answered, several options with two, words at typical length.

    All combinations of options that the rules can tell apart are tried.
    """
    yield from _paths(interview, {})


def _paths(interview: Interview, given: dict[str, tuple[str, ...] | str]) -> Iterator[dict[str, tuple[str, ...] | str]]:
    chosen = {name: answer for name, answer in given.items() if isinstance(answer, tuple)}
    question = next((one for one in fitting(interview, chosen) if one.id not in given), None)
    if question is None:
        yield given
        return
    for answer in _answers(interview, question):
        yield from _paths(interview, {**given, question.id: answer})


def _answers(interview: Interview, question: Question) -> list[tuple[str, ...] | str]:
    if question.type in TYPICAL:
        return ["x" * TYPICAL[question.type]]
    if question.type not in PICKED:
        return [("one",)]
    told_apart: dict[frozenset[tuple[str, tuple[str, ...]]], list[str]] = {}
    for option in question.options:
        signature = frozenset(
            (other.id, tuple(sorted(pair)))
            for other in interview.questions
            if other.ask_if is not None
            for pair in other.ask_if.reads()
            if pair == (question.id, option.id)
        )
        told_apart.setdefault(frozenset((name, ()) for name, _ in signature), []).append(option.id)
    ones = [options[0] for options in told_apart.values()]
    answers: list[tuple[str, ...] | str] = [(one,) for one in ones]
    if question.type is QuestionType.CHOICES:
        several = [option.id for option in question.options if not option.alone]
        firsts = [options[:2] for options in told_apart.values()]
        pairs = [pair for pair in combinations(dict.fromkeys(one for two in firsts for one in two), 2) if set(pair) <= set(several)]
        answers += pairs
    return answers
