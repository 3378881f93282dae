"""From answers to a draft observation: by the options chosen alone, so that the same taps always mean the same thing.

No word that a person wrote, no name, no place and no contact detail is read here: what suggests a tactic is what was tapped.
An officer may correct a draft; every correction is kept, with who made it and why, and applied in order.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import accumulate
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.favours import Direction, Favour, FavourKind
from gifthorse.model.grades import Credibility, Grade, Reliability
from gifthorse.model.observations import DEFAULT_GRADE, AskLevel, FavourBand, Mitigator, Observation
from gifthorse.model.tactics import catalogue
from gifthorse.model.words import N_
from gifthorse.report.answers import LONGEST_TEXT, Answers, bound_to
from gifthorse.report.questions import PICKED, Interview, Option, QuestionType

HEARSAY: Final = Grade(Reliability.C, Credibility.POSSIBLY_TRUE)
LEAST_WORTH: Final = FavourBand.SMALL  # a favour whose worth nobody named: it counts, and as little as a favour can
_BY_WORTH: Final = tuple(FavourBand)


class DraftFavour(msgspec.Struct, frozen=True, kw_only=True):
    """A favour as told. `worth_told` is False where nobody named its worth and the least was taken."""

    kind: FavourKind
    direction: Direction = Direction.IN
    band: FavourBand = LEAST_WORTH
    worth_told: bool = True


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says as an observation, before and after an officer's corrections. `month` as in `Observation`."""

    month: int
    tactics: tuple[str, ...] = ()
    ask_level: AskLevel = AskLevel.NONE
    elements: tuple[str, ...] = ()
    mitigators: tuple[Mitigator, ...] = ()
    favours: tuple[DraftFavour, ...] = ()
    grade: Grade = DEFAULT_GRADE
    drawn_out_by: tuple[str, ...] = ()  # ways of elicitation
    urgent: bool = False

    @property
    def favour(self) -> FavourBand:
        """The largest favour that our person received."""
        return max((one.band for one in self.favours if one.direction is Direction.IN), key=_BY_WORTH.index, default=FavourBand.NONE)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to observe: nobody did, asked or gave anything."""
        return not (self.tactics or self.ask_level or self.elements or self.favours)

    def observation(self, thread: str, reporter: str) -> Observation:
        """The observation that assessment sees; *thread* and *reporter* are opaque ids."""
        return Observation(
            month=self.month,
            thread=thread,
            reporter=reporter,
            tactics=self.tactics,
            ask_level=self.ask_level,
            elements=self.elements,
            favour=self.favour,
            grade=self.grade,
            mitigators=self.mitigators,
        )

    def ledger(self, thread: str) -> tuple[Favour, ...]:
        """The entries for the ledger of favours."""
        return tuple(Favour(month=self.month, thread=thread, direction=one.direction, kind=one.kind, band=one.band) for one in self.favours)


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """An officer's change to a draft: None leaves a field as it is, a value replaces it. `officer` is an opaque id."""

    officer: str
    at: datetime
    reason: str
    tactics: tuple[str, ...] | None = None
    ask_level: AskLevel | None = None
    elements: tuple[str, ...] | None = None
    mitigators: tuple[Mitigator, ...] | None = None
    favours: tuple[DraftFavour, ...] | None = None
    grade: Grade | None = None
    month: int | None = None


def draft(interview: Interview, answers: Answers, reported_on: date) -> Draft:
    """The draft observation that these answers make; the month is that of the day told, else of *reported_on*.

    Raises ValueError when the answers belong to another interview or version: meanings are read only from the words that were asked.
    """
    if not bound_to(answers, interview):
        raise ValueError("these answers belong to another version of the interview")
    options = tuple(_chosen(interview, answers))
    return Draft(
        month=_month(answers, reported_on),
        tactics=tuple(sorted({tactic for option in options for tactic in option.tactics})),
        ask_level=max((option.ask_level for option in options), default=AskLevel.NONE),
        elements=tuple(sorted(_elements(interview, answers))),
        mitigators=tuple(one for one in Mitigator if any(one in option.mitigators for option in options)),
        favours=tuple(_favours(options)),
        grade=HEARSAY if any(option.hearsay for option in options) else DEFAULT_GRADE,
        drawn_out_by=tuple(option.subtype for option in options if option.subtype is not None),
        urgent=any(option.urgent for option in options),
    )


def checked_correction(correction: Correction) -> Correction:
    """*correction* with its reason trimmed and its lists in order; raises NotAccepted for an unknown tactic or a missing reason."""
    reason = correction.reason.strip()
    if not reason or len(reason) > LONGEST_TEXT:
        raise NotAccepted(N_("Please say in a line why you correct this."), field="reason")
    if correction.tactics is not None and not set(correction.tactics) <= _reportable():
        raise NotAccepted(N_("There is no such tactic in the catalogue. Please choose from the list."), field="tactics")
    if all(getattr(correction, name) is None for name in _CORRECTED):
        raise NotAccepted(N_("Nothing was changed. Please change something, or close this page."), field="tactics")
    in_order = {name: tuple(sorted(set(value))) for name in ("tactics", "elements") if (value := getattr(correction, name)) is not None}
    return msgspec.structs.replace(correction, reason=reason, **in_order)


def history(first: Draft, corrections: Sequence[Correction]) -> tuple[Draft, ...]:
    """The draft as it was told, then as it stood after each correction, in the order given."""
    return tuple(accumulate(corrections, _apply, initial=first))


def corrected(first: Draft, corrections: Sequence[Correction]) -> Draft:
    """The draft after all corrections."""
    return history(first, corrections)[-1]


_CORRECTED: Final = ("tactics", "ask_level", "elements", "mitigators", "favours", "grade", "month")


def _apply(before: Draft, correction: Correction) -> Draft:
    changes = {name: value for name in _CORRECTED if (value := getattr(correction, name)) is not None}
    return msgspec.structs.replace(before, **changes)


def _reportable() -> set[str]:
    return {tactic.id for tactic in catalogue().tactics if tactic.reportable}


def _chosen(interview: Interview, answers: Answers) -> Iterator[Option]:
    for question in interview.questions:
        answer = answers.to(question.id)
        if answer is not None and question.type in PICKED:
            yield from (option for option in question.options if option.id in answer.chosen)


def _elements(interview: Interview, answers: Answers) -> set[str]:
    asked = {question.id for question in interview.questions if question.type is QuestionType.ELEMENTS}
    return {element for answer in answers.given if answer.question in asked for element in answer.chosen}


def _favours(options: Iterable[Option]) -> Iterator[DraftFavour]:
    options = tuple(options)
    told = [option.band for option in options if option.band is not None]
    band = max(told, key=_BY_WORTH.index, default=LEAST_WORTH)
    declined = any(option.declined for option in options)
    kinds = dict.fromkeys((option.favour.kind, option.favour.direction) for option in options if option.favour is not None)
    for kind, direction in kinds:
        if declined and direction is Direction.IN:
            continue  # the offer stands among the tactics; the ledger counts what was received
        yield DraftFavour(kind=kind, direction=direction, band=band, worth_told=bool(told))


def _month(answers: Answers, reported_on: date) -> int:
    day = next((answer.day for answer in answers.given if answer.day is not None), reported_on)
    return day.year * 12 + day.month - 1
