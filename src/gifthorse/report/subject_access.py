"""What a person gets who asks what the desk holds about them, as rules on frozen facts.

A reporter gets what they wrote, what was written to them, and how it is kept. Somebody outside who was reported gets what is held about
them, and nothing from which the reporter could be recognised: Art 15(4) GDPR protects the rights of others. Whether a rule holds in a
given case is for a person to decide; a fact marked `for_review` waits for that.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.reports import ReportKind
from gifthorse.model.words import N_


class Asker(StrEnum):
    """In what role somebody asks."""

    REPORTER = "reporter"
    CONTACT = "contact"  # somebody outside who was reported
    COLLEAGUE = "colleague"  # one of us who was mentioned


class Topic(StrEnum):
    """What a held fact is."""

    KIND = "kind"
    DAY = "day"
    PLACE = "place"
    WORDS = "words"  # free text of the reporter
    ANSWER = "answer"  # an option that the reporter chose
    CONTACT_DETAIL = "contact-detail"  # a name, an employer, a number
    TACTIC = "tactic"
    FAVOUR = "favour"
    ELEMENT = "element"
    MESSAGE = "message"
    OFFICER_NOTE = "officer-note"
    ASSESSMENT = "assessment"
    REPORTER_ID = "reporter-id"
    ATTACHMENT = "attachment"
    LOOK = "look"  # who looked at it and when
    KEEPING = "keeping"  # purpose and retention
    SOURCE = "source"


class HeldFact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the desk holds. Ids are opaque; `about` are the people it is about, `author` who wrote or said it."""

    id: str
    report: str
    report_kind: ReportKind
    topic: Topic
    value: str
    author: str
    about: frozenset[str] = frozenset()
    sealed: bool = False
    for_review: bool = False


class Withheld(StrEnum):
    """Why a fact is not handed out (each has its sentence in `REASONS`)."""

    RECOGNISES_REPORTER = "recognises-reporter"
    ABOUT_SOMEBODY_ELSE = "about-somebody-else"
    HOUSE_SECRET = "house-secret"  # noqa: S105 - a reason, no password
    UNDER_REVIEW = "under-review"


REASONS: Final = {
    Withheld.RECOGNISES_REPORTER: N_("Left out, because it could show who told us. Their rights are protected, too."),
    Withheld.ABOUT_SOMEBODY_ELSE: N_("Left out, because it is about somebody else."),
    Withheld.HOUSE_SECRET: N_("Left out, because it would give away what the house has to protect."),
    Withheld.UNDER_REVIEW: N_("Not yet handed out: a person looks at it first. You will hear from us."),
}
FROM_THE_HOUSE: Final = N_("Told by somebody in our house.")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an export. For somebody outside it has no id of a report and no day."""

    topic: Topic
    value: str
    report: str | None = None


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What is handed out, and the reasons for which something was left out (without how much, which would tell something itself)."""

    lines: tuple[Line, ...]
    withheld: tuple[Withheld, ...]


def export(asker: Asker, person: str, facts: Iterable[HeldFact]) -> Export:
    """What *person* (an opaque id) gets in this role out of *facts*, in their order for a reporter, sorted for everybody else."""
    rule = _RULES[asker]
    decided = [(fact, rule(person, fact)) for fact in facts if _concerns(asker, person, fact)]
    lines = [_line(asker, fact) for fact, reason in decided if reason is None]
    if asker is not Asker.REPORTER:
        lines = sorted(set(lines), key=lambda line: (line.topic, line.value))
    if asker is not Asker.REPORTER and lines:
        lines.append(Line(topic=Topic.SOURCE, value=FROM_THE_HOUSE))
    return Export(lines=tuple(lines), withheld=tuple(one for one in Withheld if any(reason is one for _, reason in decided)))


def _concerns(asker: Asker, person: str, fact: HeldFact) -> bool:
    if asker is Asker.REPORTER:
        return person == fact.author or person in fact.about
    # What is sealed is not even counted for others: that it exists would already tell the one who presses somebody.
    return person in fact.about and not fact.sealed and fact.report_kind is not ReportKind.PRESSURE


def _for_reporter(person: str, fact: HeldFact) -> Withheld | None:
    if fact.for_review or fact.topic in (Topic.OFFICER_NOTE, Topic.ASSESSMENT):
        return Withheld.UNDER_REVIEW
    own = fact.author == person or fact.about == {person} or fact.topic in (Topic.MESSAGE, Topic.KEEPING)
    return None if own else Withheld.ABOUT_SOMEBODY_ELSE


_CONTACT_GETS: Final = frozenset({Topic.CONTACT_DETAIL, Topic.KEEPING})
_HOUSE_SECRETS: Final = frozenset({Topic.ELEMENT, Topic.LOOK})


def _for_contact(person: str, fact: HeldFact) -> Withheld | None:
    # What was done is the asker's own data and may show to whom it was done: a person weighs it.
    if fact.for_review or fact.topic in (Topic.OFFICER_NOTE, Topic.ASSESSMENT, Topic.TACTIC):
        return Withheld.UNDER_REVIEW
    if fact.topic in _HOUSE_SECRETS:
        return Withheld.HOUSE_SECRET
    if fact.about != {person}:
        return Withheld.ABOUT_SOMEBODY_ELSE
    # Words, days, places, favours and messages are known to the one who was there: they name the reporter without a name.
    return None if fact.topic in _CONTACT_GETS else Withheld.RECOGNISES_REPORTER


def _for_colleague(person: str, fact: HeldFact) -> Withheld | None:
    if fact.report_kind is ReportKind.COLLEAGUE_CONCERN:
        return None if fact.topic is Topic.KEEPING else Withheld.UNDER_REVIEW
    return _for_contact(person, fact)


_RULES: Final[dict[Asker, Callable[[str, HeldFact], Withheld | None]]] = {
    Asker.REPORTER: _for_reporter,
    Asker.CONTACT: _for_contact,
    Asker.COLLEAGUE: _for_colleague,
}


def _line(asker: Asker, fact: HeldFact) -> Line:
    return Line(topic=fact.topic, value=fact.value, report=fact.report if asker is Asker.REPORTER else None)
