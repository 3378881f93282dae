"""A brief on paper: two pages, the card to cut out, and the list of reasons and sources; typeset by Typst with the fonts it carries.

The facts go in as JSON and the template never reads them as markup, so a title can't become code.
"""

from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, Final

import msgspec
import typst

from gifthorse.brief.composed import TITLES, WHY_LEFT_OUT, Brief
from gifthorse.brief.output.wording import Wording, notes
from gifthorse.model.scripts import MAY_LACK, may_lack_letters
from gifthorse.model.words import N_, phrase

MOST_LEFT_OUT: Final = 40


def as_pdf(brief: Brief, wording: Wording) -> bytes:
    """*brief* as a tagged PDF on A4; the same brief and wording give the same bytes."""
    told = _facts(brief, wording)
    if may_lack_letters([_as_json(told)]):
        told["told"] += f" · {wording.say(MAY_LACK)}"
    facts = _as_json(told)
    made = typst.compile(_template(), format="pdf", sys_inputs={"brief": facts})
    assert isinstance(made, bytes)
    return made


def _as_json(told: dict[str, Any]) -> str:
    return msgspec.json.encode(told).decode()


@cache
def _template() -> bytes:
    return files("gifthorse.brief.output").joinpath("templates/brief.typ").read_bytes()


def _facts(brief: Brief, wording: Wording) -> dict[str, Any]:
    say = wording.say
    numbers, listed = notes(brief, wording)
    printed = [phrase(N_("printed on {day}"), day=wording.printed_on)] if wording.printed_on else []
    dates = [phrase(N_("Composed on {day}, good until {until}"), day=brief.composed_on, until=brief.good_until), *printed]
    return {
        "title": say(phrase(N_("Brief: {trip}"), trip=wording.trip)) if wording.trip else say(N_("Brief")),
        "told": " · ".join(say(text) for text in dates),
        "marking": wording.marking,
        "language": wording.language.split("-")[0],
        "direction": wording.direction,
        "words": {key: say(text) for key, text in _WORDS.items()},
        "parts": _parts(brief, wording, numbers),
        "card": [
            {"text": wording.sentence(sentence), "note": numbers[position]}
            for position, sentence in enumerate(brief.card, start=len(brief.sentences()))
        ],
        "notes": [
            {"number": note.number, "reason": note.reason, "source": note.source, "warnings": " ".join(note.warnings)} for note in listed
        ],
        "left_out": [
            f"{say(TITLES[left.kind])}: {say(left.text)} ({say(WHY_LEFT_OUT[left.why])})" for left in brief.left_out[:MOST_LEFT_OUT]
        ],
        "more_left_out": max(0, len(brief.left_out) - MOST_LEFT_OUT),
    }


_WORDS: Final = {
    "card": N_("The card"),
    "cut": N_("Cut out or photograph; it says the most important."),
    "notes": N_("Why, and who says so"),
    "left_out": N_("Left out"),
    "more": N_("more in the electronic form:"),
}


def _parts(brief: Brief, wording: Wording, numbers: dict[int, int]) -> list[dict[str, Any]]:
    """Parts with their paragraphs: the sentences of one block stand together."""
    parts: list[dict[str, Any]] = []
    numbered = iter(enumerate(brief.sentences()))
    for section in brief.sections:
        told = [next(numbered) for _ in section.sentences]
        blocks = groupby(told, key=lambda entry: (entry[1].block, entry[1].text.values.get("title", "")))
        paragraphs = [
            [{"text": wording.sentence(sentence), "note": numbers[position]} for position, sentence in block] for _, block in blocks
        ]
        parts.append({"title": wording.say(TITLES[section.kind]), "paragraphs": paragraphs})
    return parts
