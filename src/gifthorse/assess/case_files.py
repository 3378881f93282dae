"""Case files (`gifthorse.cases/1`): published cases, coded without names, read into observations and nothing else.

Titles, channels, free text and provenance are not even decoded.
"""

from collections.abc import Iterator
from typing import Annotated, Final

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.grades import Grade
from gifthorse.model.observations import DEFAULT_GRADE, AskLevel, FavourBand, Mitigator, Observation
from gifthorse.model.tactics import catalogue
from gifthorse.model.words import N_, phrase

SCHEMA: Final = "gifthorse.cases/1"

Month = Annotated[float, msgspec.Meta(ge=0, le=12_000)]


class UntrustedReport(msgspec.Struct, frozen=True, kw_only=True):
    """One observation of a timeline, as the file has it; other fields are left unread."""

    m: Month
    tactics: tuple[str, ...]
    ask_level: Annotated[int, msgspec.Meta(ge=0, le=4)]
    favour: FavourBand
    observer: str = "target"
    grade: str | None = None
    mitigators: tuple[Mitigator, ...] = ()


class UntrustedCase(msgspec.Struct, frozen=True, kw_only=True):
    """One case, as the file has it."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    timeline: tuple[UntrustedReport, ...]
    label: str = ""
    first_harm_m: Month | None = None


class UntrustedCases(msgspec.Struct, frozen=True, kw_only=True):
    """The file."""

    schema: str
    cases: tuple[UntrustedCase, ...]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One case. `thread` is oldest first; `places` says where in the file's timeline each of its observations stands."""

    id: str
    label: str
    first_harm: float | None
    thread: tuple[Observation, ...]
    places: tuple[int, ...]


def read_cases(body: bytes) -> tuple[Case, ...]:
    """The cases in *body*, in the file's order; timelines that aren't in order are sorted by month. Raises NotAccepted, with the place."""
    try:
        found = msgspec.json.decode(body, type=UntrustedCases)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:  # a ValidationError says where in the file
        text = N_("This is no case file as {schema} has it: {problem}. Correct the file and try again.")
        raise NotAccepted(phrase(text, schema=SCHEMA, problem=one_line(error)).in_english()) from error
    if found.schema != SCHEMA:
        raise NotAccepted(phrase(N_("The case file must say that its schema is {schema}."), schema=SCHEMA).in_english())
    problem = next(_problems(found.cases), None)
    if problem is not None:
        raise NotAccepted(problem)
    return tuple(_case(case) for case in found.cases)


def _problems(cases: tuple[UntrustedCase, ...]) -> Iterator[str]:
    known = {tactic.id for tactic in catalogue().tactics}
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            yield phrase(N_("Two cases have the id {id}. Give each its own."), id=_shown(case.id)).in_english()
        seen.add(case.id)
        for number, report in enumerate(case.timeline, 1):
            place = {"id": _shown(case.id), "number": number}
            for tactic_id in report.tactics:
                if tactic_id not in known:
                    text = N_("Case {id}, observation {number}: the catalogue has no tactic {tactic}.")
                    yield phrase(text, tactic=_shown(tactic_id), **place).in_english()
            if _grade(report.grade) is None:
                text = N_("Case {id}, observation {number}: a grade is a letter A to F and a digit 1 to 6, such as B2.")
                yield phrase(text, **place).in_english()


def _case(case: UntrustedCase) -> Case:
    places = sorted(range(len(case.timeline)), key=lambda place: case.timeline[place].m)
    return Case(
        id=case.id,
        label=case.label,
        first_harm=case.first_harm_m,
        thread=tuple(_observation(case.id, case.timeline[place]) for place in places),
        places=tuple(places),
    )


def _observation(case_id: str, report: UntrustedReport) -> Observation:
    return Observation(
        month=report.m,
        thread=case_id,
        reporter=report.observer,
        tactics=report.tactics,
        ask_level=AskLevel(report.ask_level),
        favour=report.favour,
        grade=_grade(report.grade) or DEFAULT_GRADE,
        mitigators=report.mitigators,
    )


def _grade(text: str | None) -> Grade | None:
    try:
        return Grade.read(text) if text is not None else DEFAULT_GRADE
    except NotAccepted:
        return None


def one_line(error: Exception) -> str:
    """What a decoder complained of, as one line that is no longer than a line should be."""
    return " ".join(str(error).split())[:300]


def _shown(text: str) -> str:
    return ascii(text[:60])
