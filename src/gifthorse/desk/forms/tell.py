"""An interview as a form: what was sent is read back question by question, and shown again with nothing lost."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from django.http import QueryDict

from gifthorse.model.reports import ReportKind
from gifthorse.procedures.tellers_lists import Lists
from gifthorse.report.answers import CONTACT_LINES, fitting
from gifthorse.report.questions import LISTED, ONE_ONLY, PICKED, Interview, Question, QuestionType

PREFIX: Final = "q-"
SHOWN: Final = "shown"
SENDS: Final = "sends"
SOUGHT: Final = "sought"


class OptionShown(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to tap; `text` is a message id unless `own` (a name, a title)."""

    id: str
    text: str
    checked: bool
    own: bool = False
    explains: str = ""
    sends: bool = False


class QuestionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A question as the page shows it: whether it fits now, what was answered so far, and what is wrong with that.

    `kept` are the values to carry along while it doesn't fit. `asks_on` says that other questions depend on its answer.
    """

    id: str
    name: str
    type: str
    text: str
    help: str
    fits: bool
    last: bool
    several: bool
    asks_on: bool
    options: tuple[OptionShown, ...] = ()
    value: str = ""
    lines: tuple[tuple[str, str, str], ...] = ()
    known: tuple[OptionShown, ...] = ()
    sought: str = ""
    error: str = ""
    kept: tuple[tuple[str, str], ...] = ()


class Telling:
    """What somebody has told so far, out of a form that was sent (or out of nothing)."""

    def __init__(self, interview: Interview, untrusted: QueryDict) -> None:
        self.interview = interview
        self._sent = untrusted
        self.sends = self._sending()

    @property
    def untrusted_answers(self) -> dict[str, object]:
        """The answers by question, as `report.answers.checked` takes them."""
        if self.sends:
            return {self.sends[0]: [self.sends[1]]}
        return {question.id: value for question in self.interview.questions if (value := self._value(question))}

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The options chosen so far, by question."""
        return {question.id: tuple(self._list(question)) for question in self.interview.questions if question.type in PICKED}

    @property
    def seen(self) -> frozenset[str]:
        """The questions that stood on the page."""
        return frozenset(self._sent.getlist(SHOWN))

    @property
    def sought(self) -> str:
        """The colleague who is looked for, by name."""
        return self._sent.get(SOUGHT, "")[:200]

    @property
    def people(self) -> frozenset[str]:
        """The people chosen so far."""
        asked = [question for question in self.interview.questions if question.type is QuestionType.PEOPLE]
        return frozenset(one for question in asked for one in self._list(question))

    def fitting(self) -> tuple[str, ...]:
        """The questions that fit now."""
        return tuple(question.id for question in fitting(self.interview, self.chosen))

    def unseen(self) -> tuple[str, ...]:
        """Questions that fit and that nobody has been shown yet: none when one tap sends everything."""
        return () if self.sends else tuple(one for one in self.fitting() if one not in self.seen)

    def shown(self, lists: Lists, errors: Mapping[str, str] | None = None) -> tuple[QuestionShown, ...]:
        """All questions, in order, as the page shows them."""
        fits, told = set(self.fitting()), errors or {}
        read = _read_by_others(self.interview)
        return tuple(self._shown(question, lists, question.id in fits, question.id in read, told) for question in self.interview.questions)

    def _shown(self, question: Question, lists: Lists, fits: bool, asks_on: bool, errors: Mapping[str, str]) -> QuestionShown:
        return QuestionShown(
            id=question.id,
            name=PREFIX + question.id,
            type=question.type.value,
            text=question.text,
            help=question.help,
            fits=fits,
            last=question.on_last_page,
            several=question.type in {QuestionType.CHOICES, *LISTED},
            asks_on=asks_on,
            options=self._options(question, lists),
            value=self._sent.get(PREFIX + question.id, ""),
            lines=tuple((line, f"{PREFIX}{question.id}-{line}", self._line(question, line)) for line in CONTACT_LINES),
            known=_offered(lists.contacts, self._sent.getlist(f"{PREFIX}{question.id}-known"))
            if question.type is QuestionType.CONTACT
            else (),
            sought=self.sought,
            error=errors.get(question.id, ""),
            kept=() if fits else tuple(self._kept(question)),
        )

    def _options(self, question: Question, lists: Lists) -> tuple[OptionShown, ...]:
        chosen = self._list(question)
        if question.type is QuestionType.ELEMENTS:
            return _offered(lists.elements, chosen)
        if question.type is QuestionType.PEOPLE:
            return _offered(lists.people, chosen)
        return tuple(
            OptionShown(id=option.id, text=option.text, checked=option.id in chosen, explains=option.explains, sends=option.sends)
            for option in question.options
        )

    def _sending(self) -> tuple[str, str] | None:
        """The option that sends everything at once, when its button was the one that was tapped."""
        name, _colon, chosen = self._sent.get(SENDS, "").partition(":")
        question = self.interview.question(name)
        option = question.option(chosen) if question else None
        return (name, chosen) if option is not None and option.sends else None

    def _value(self, question: Question) -> object:
        if question.type is QuestionType.PHOTOS:
            return None  # they come in beside the answers, once the report is there
        if question.type is QuestionType.CONTACT:
            lines: dict[str, object] = {line: value for line in CONTACT_LINES if (value := self._line(question, line))}
            known = self._sent.getlist(f"{PREFIX}{question.id}-known")
            return {**lines, **({"known": known} if known else {})}
        if question.type in PICKED or question.type in LISTED:
            found = self._list(question)
            return found[-1:] if question.type in ONE_ONLY else found
        return self._sent.get(PREFIX + question.id, "")

    def _list(self, question: Question) -> list[str]:
        return [one for one in self._sent.getlist(PREFIX + question.id) if one]

    def _line(self, question: Question, line: str) -> str:
        return self._sent.get(f"{PREFIX}{question.id}-{line}", "")

    def _kept(self, question: Question) -> Iterable[tuple[str, str]]:
        own = PREFIX + question.id
        for name in (own, *(f"{own}-{line}" for line in (*CONTACT_LINES, "known"))):
            yield from ((name, value) for value in self._sent.getlist(name) if value)


def first(interview: Interview) -> Telling:
    """Nothing told yet."""
    return Telling(interview, QueryDict())


def kinds_in_order() -> Sequence[ReportKind]:
    """The kinds that somebody picks, in the order of the page: what can't wait first, then what happens most."""
    early = (ReportKind.PRESSURE, ReportKind.DEVICE_OUT_OF_SIGHT, ReportKind.APPROACH, ReportKind.ONLINE_CONTACT, ReportKind.GIFT)
    late = (ReportKind.COLLEAGUE_CONCERN, ReportKind.SOMETHING_ELSE)
    apart = {*early, *late, ReportKind.IS_THIS_ODD}
    return (*early, *(kind for kind in ReportKind if kind not in apart and not kind.opened_by_trip), *late)


def _offered(names: Mapping[str, str], chosen: Sequence[str]) -> tuple[OptionShown, ...]:
    return tuple(OptionShown(id=one, text=text, checked=one in chosen, own=True) for one, text in names.items())


def _read_by_others(interview: Interview) -> frozenset[str]:
    return frozenset(name for question in interview.questions if question.ask_if for name, _option in question.ask_if.reads())
