"""A case on paper: typeset by Typst with the fonts it carries, so that it needs no network and no installed font."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec
import typst

from gifthorse.model.scripts import MAY_LACK, may_lack_letters
from gifthorse.model.tactics import catalogue
from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.report.case_facts import CaseEntry, CaseFacts, CaseThreadFacts

LEVELS: Final = {"none": N_("Level: nothing special"), "watch": N_("Level: watch"), "talk": N_("Level: talk"), "act": N_("Level: act")}
ASKS: Final = (N_("nothing"), N_("public"), N_("personal"), N_("internal"), N_("restricted"))
FAVOURS: Final = {"none": N_("none"), "small": N_("small"), "medium": N_("medium"), "large": N_("large")}
ENTRIES: Final = {"note": N_("Note"), "task": N_("Task"), "hand-over": N_("Handed over")}
Translate = Callable[[str], str]


def render(case: CaseFacts, translate: Translate = str, language: str = "en") -> bytes:
    """The case as a tagged PDF on A4; the same facts give the same bytes."""
    facts = _facts(case, translate, language)
    if may_lack_letters([msgspec.json.encode(facts).decode()]):
        facts["told"] = f"{facts['told']} · {translate(MAY_LACK)}"
    told = msgspec.json.encode(facts).decode()
    made = typst.compile(_template(), format="pdf", sys_inputs={"case": told})
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return files("gifthorse.report").joinpath("templates/case.typ").read_bytes()


def _facts(case: CaseFacts, translate: Translate, language: str) -> dict[str, Any]:
    def say(text: Phrase | str) -> str:
        return translate(text) if isinstance(text, str) else translate(text.text).format_map(text.values)

    day = case.opened_at.strftime("%Y-%m-%d")
    return {
        "title": case.title,
        "number": case.key,
        "language": language.split("-", maxsplit=1)[0],
        "marking": case.marking.label,
        "version": case.version,
        "told": say(phrase(N_("Opened {day}, written {moment} UTC"), day=day, moment=case.written_at.strftime("%Y-%m-%d %H:%M"))),
        "words": {
            "case": say(N_("Case")),
            "caution": say(N_("This is about what contacts did. It accuses nobody, and it says nothing about anybody's origin.")),
            "nothing": say(N_("Nothing speaks for anything but ordinary business.")),
            "entries": say(N_("Notes and tasks")),
            "columns": [say(text) for text in (N_("Month"), N_("What was seen"), N_("Asked for"), N_("Favour"), N_("Grade"))],
        },
        "threads": [_thread(case, thread, say) for thread in case.threads],
        "entries": [_entry(entry, say) for entry in case.entries],
    }


def _thread(case: CaseFacts, thread: CaseThreadFacts, say: Callable[[Phrase | str], str]) -> dict[str, Any]:
    shown = {one.key: one.shown for one in case.identities}
    names = {tactic.id: tactic.name for tactic in catalogue().tactics}
    return {
        "title": f"{shown[thread.contact]} – {shown[thread.person]}",
        "level": f"{say(LEVELS[thread.level])} ({thread.score:.2f})",
        "reasons": [say(sentence) for sentence in thread.sentences],
        "observations": [
            [
                one.month,
                ", ".join(f"{say(names[tactic])} ({tactic})" for tactic in one.tactics) or "–",
                say(ASKS[one.ask_level]),
                say(FAVOURS[one.favour]),
                one.grade,
            ]
            for one in thread.observations
        ],
    }


def _entry(entry: CaseEntry, say: Callable[[Phrase | str], str]) -> dict[str, str]:
    told = [entry.at.strftime("%Y-%m-%d"), say(ENTRIES[entry.kind]), entry.by]
    if entry.due:
        told.append(say(phrase(N_("due {day}"), day=entry.due)))
    if entry.kind == "task":
        told.append(say(N_("done") if entry.done else N_("open")))
    return {"told": " · ".join(filter(None, told)), "text": entry.text}
