"""The interviews that come with this version: one file of data per kind of report, with questions that several kinds share.

Answers stay bound to the digest of the interview they answer. `canonical` is what a store keeps of an interview, so that answers to an
older version can always be read with the words they answered.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

import msgspec

from gifthorse.model.errors import Damaged
from gifthorse.model.observations import FavourBand
from gifthorse.model.reports import ReportKind
from gifthorse.model.tactics import catalogue
from gifthorse.model.words import N_
from gifthorse.report.questions import LISTED, PICKED, SCHEMA, Interview, Option, Question, QuestionType

SHARED_SCHEMA: Final = "gifthorse.shared-questions/1"
IN_BANDS: Final = N_("A guess is enough, all of it together.")
_FOLDER: Final = "data/interviews"


class BadInterview(ValueError):
    """The data of an interview contradict themselves; says where."""


@lru_cache(maxsize=1)
def interviews() -> dict[ReportKind, Interview]:
    """Every kind's current interview, validated."""
    shared = shared_questions(_packaged("shared-questions.json"))
    return {kind: read_interview(_packaged(f"{kind.value}.json"), shared) for kind in ReportKind}


def interview_of(kind: ReportKind) -> Interview:
    """The current interview of this kind."""
    return interviews()[kind]


def with_bands(interview: Interview, *, small: int, medium: int, currency: str) -> Interview:
    """*interview* asking what something was worth in the house's own bands: amounts and a currency, which need no translation."""
    texts = {
        FavourBand.SMALL: f"≤ {small} {currency}",
        FavourBand.MEDIUM: f"{small}–{medium} {currency}",
        FavourBand.LARGE: f"> {medium} {currency}",
    }
    asked = tuple(_in_bands(question, texts) if question.type is QuestionType.BAND else question for question in interview.questions)
    return msgspec.structs.replace(interview, questions=asked)


def _in_bands(question: Question, texts: Mapping[FavourBand, str]) -> Question:
    options = tuple(msgspec.structs.replace(one, text=texts.get(one.band, one.text) if one.band else one.text) for one in question.options)
    return msgspec.structs.replace(question, options=options, help=IN_BANDS)


def read_interview(body: bytes, shared: Mapping[str, Mapping[str, Any]] | None = None) -> Interview:
    """The interview in *body*, with ``{"use": id}`` replaced by the *shared* question; raises BadInterview."""
    try:
        raw = msgspec.json.decode(body, type=dict[str, Any])
        raw["questions"] = [_resolved(question, shared or {}) for question in raw["questions"]]
        found = msgspec.convert(raw, Interview)
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BadInterview(f"this interview can't be read: {error}") from error
    _check(found)
    return found


def read_kept(body: bytes, kept_digest: str) -> Interview:
    """An interview of any earlier version, as `canonical` wrote it and a store kept it; raises Damaged when the bytes don't fit the digest.

    Tactics that have since left the catalogue don't matter here: the answers are to be read with the words that they answered.
    """
    if sha256(body).hexdigest() != kept_digest:
        raise Damaged(N_("The kept questions of this report don't match their digest. Please restore them from a backup."))
    return msgspec.json.decode(body, type=Interview)


def shared_questions(body: bytes) -> dict[str, dict[str, Any]]:
    """The shared questions in *body*, by id; raises BadInterview."""
    raw = msgspec.json.decode(body, type=dict[str, Any])
    found = {question["id"]: question for question in raw["questions"]}
    if raw["schema"] != SHARED_SCHEMA or len(found) != len(raw["questions"]):
        raise BadInterview(f"expected {SHARED_SCHEMA} with distinct ids")
    return found


def canonical(interview: Interview) -> bytes:
    """The one way to write this interview as bytes, complete in itself: `read_interview` gives it back."""
    return msgspec.json.encode(interview, order="sorted")


def asking(interview: Interview, translated: Callable[[str], str] = str) -> bytes:
    """The interview as a telephone needs it: JSON with its digest, its texts *translated*, and nothing of what an option means."""
    plain = msgspec.to_builtins(interview)
    for name in ("opening", "closing"):
        plain[name] = translated(plain[name])
    for question, sent in zip(interview.questions, plain["questions"], strict=True):
        sent.update({name: translated(sent[name]) for name in ("text", "help") if sent.get(name)})
        sent.update({"options": [_shown(option, translated) for option in question.options]} if question.options else {})
    return msgspec.json.encode({**plain, "digest": digest(interview)}, order="sorted")


def digest(interview: Interview) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal: changes with any word of any question."""
    return sha256(canonical(interview)).hexdigest()


def message_ids() -> Iterator[str]:
    """Every text of every interview, once each, for the extraction of translatable text."""
    yield from dict.fromkeys(text for interview in interviews().values() for text in interview.texts())


def _shown(option: Option, translated: Callable[[str], str]) -> dict[str, Any]:
    flags = {"alone": option.alone, "sends": option.sends, "explains": option.explains and translated(option.explains)}
    return {"id": option.id, "text": translated(option.text)} | {name: value for name, value in flags.items() if value}


def _packaged(name: str) -> bytes:
    return (files("gifthorse.report") / _FOLDER / name).read_bytes()


def _resolved(question: Mapping[str, Any], shared: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    if "use" not in question:
        return dict(question)
    changes = {name: value for name, value in question.items() if name != "use"}
    return {**shared[question["use"]], **changes}


def _check(interview: Interview) -> None:
    if interview.schema != SCHEMA or interview.version < 1:
        raise BadInterview(f"expected {SCHEMA} with a version from 1")
    seen: dict[str, Question] = {}
    for question in interview.questions:
        where = f"{interview.kind}, {question.id}"
        if question.id in seen:
            raise BadInterview(f"{where}: this id is used twice")
        _check_options(question, where)
        _check_rule(question, seen, where)
        seen[question.id] = question


def _check_options(question: Question, where: str) -> None:
    ids = [option.id for option in question.options]
    if (question.type in PICKED) != bool(ids) or len(ids) != len(set(ids)):
        raise BadInterview(f"{where}: options are missing, doubled, or there where none belong")
    known = {tactic.id for tactic in catalogue().tactics if tactic.reportable}
    if unknown := {tactic for option in question.options for tactic in option.tactics} - known:
        raise BadInterview(f"{where}: no reportable tactic {sorted(unknown)}")


def _check_rule(question: Question, earlier: Mapping[str, Question], where: str) -> None:
    if question.ask_if is None:
        return
    if not question.ask_if.well_formed():
        raise BadInterview(f"{where}: a rule needs exactly one of any_of, none_of, all, any")
    for name, option in question.ask_if.reads():
        if name not in earlier or not _offers(earlier[name], option):
            raise BadInterview(f"{where}: the rule looks at {name}/{option}, which is not asked before")


def _offers(question: Question, option: str) -> bool:
    return question.type not in LISTED and question.option(option) is not None
