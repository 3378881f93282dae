"""The shapes of an interview: questions, options and the rules that skip questions. Frozen facts, read from data."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator
from gifthorse.model.reports import ReportKind

SCHEMA: Final = "gifthorse.interview/1"


class QuestionType(StrEnum):
    """What an answer is made of. Only the first five are ever read as meaning; the others are words, a day, or ids."""

    CHOICE = "choice"  # one option
    CHOICES = "choices"  # any number of options
    YES_NO = "yes-no"  # one option, shown as two or three large buttons
    BAND = "band"  # one option: roughly what something is worth
    ELEMENTS = "elements"  # ids from the masked list of know-how
    TEXT = "text"
    SHORT = "short"
    DATE = "date"
    PLACE = "place"
    CONTACT = "contact"
    PEOPLE = "people"  # ids of people of the house
    PHOTOS = "photos"  # ids of uploaded files


PICKED: Final = frozenset({QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.YES_NO, QuestionType.BAND})
LISTED: Final = frozenset({QuestionType.ELEMENTS, QuestionType.PEOPLE, QuestionType.PHOTOS})
WRITTEN: Final = frozenset({QuestionType.TEXT, QuestionType.SHORT, QuestionType.PLACE})
ONE_ONLY: Final = frozenset({QuestionType.CHOICE, QuestionType.YES_NO, QuestionType.BAND})


class GivenFavour(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A favour that an option stands for; its worth comes from the question of type `band` where one was answered."""

    kind: FavourKind
    direction: Direction = Direction.IN


class Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing to tap, and what tapping it means.

    `alone` can't be chosen with others ("No"); `sends` completes the whole report at once ("Nothing to report"); `urgent` starts the
    shorter clock; `hearsay` says that the reporter did not see it themselves; `declined`, that they took nothing; `sent_back` is no
    observed behaviour; `subtype` names the way of elicitation; `explains` is shown to the person at once when the option is chosen.
    """

    id: str
    text: str
    tactics: tuple[str, ...] = ()
    ask_level: AskLevel = AskLevel.NONE
    mitigators: tuple[Mitigator, ...] = ()
    favour: GivenFavour | None = None
    band: FavourBand | None = None
    subtype: str | None = None
    alone: bool = False
    sends: bool = False
    urgent: bool = False
    hearsay: bool = False
    sent_back: bool = False
    declined: bool = False
    explains: str = ""


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """When a question is asked: exactly one of the three forms.

    `question` with `any_of` (one of these was chosen) or `none_of` (answered, and none of these was chosen); `all`; `any`.
    """

    question: str | None = None
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()

    def holds(self, chosen: Mapping[str, Collection[str]]) -> bool:
        """Whether the options chosen so far, by question, meet the condition; an unanswered question meets none."""
        if self.question is None:
            return all(part.holds(chosen) for part in self.all) if self.all else any(part.holds(chosen) for part in self.any)
        given = chosen.get(self.question, ())
        return any(one in given for one in self.any_of) if self.any_of else bool(given) and not any(one in given for one in self.none_of)

    def well_formed(self) -> bool:
        """Whether exactly one form is used, here and in every part."""
        forms = (bool(self.any_of), bool(self.none_of), bool(self.all), bool(self.any))
        named = self.question is not None
        return sum(forms) == 1 and named == (forms[0] or forms[1]) and all(part.well_formed() for part in self.all + self.any)

    def reads(self) -> tuple[tuple[str, str], ...]:
        """Every (question, option) that the condition looks at."""
        own = tuple((self.question, one) for one in self.any_of + self.none_of) if self.question is not None else ()
        return own + tuple(pair for part in self.all + self.any for pair in part.reads())


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One question. `essential` ones must be answered; those `on_last_page` stand beside the button that sends, and may be passed over."""

    id: str
    type: QuestionType
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    ask_if: Condition | None = None
    essential: bool = False
    on_last_page: bool = False

    def option(self, option_id: str) -> Option | None:
        """The option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)


class Interview(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """All questions of one kind of report in one version. `opening` is read first, `closing` after it was sent."""

    schema: str
    kind: ReportKind
    version: int
    opening: str
    closing: str
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question | None:
        """The question with this id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)

    def texts(self) -> tuple[str, ...]:
        """Every text of the interview that a person reads, once each, in order."""
        found = [self.opening, self.closing]
        for question in self.questions:
            found += [question.text, question.help]
            found += [text for option in question.options for text in (option.text, option.explains)]
        return tuple(dict.fromkeys(text for text in found if text))
