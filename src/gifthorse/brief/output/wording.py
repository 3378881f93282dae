"""What surrounds a brief on paper and stands in no brief: whose it is, for which trip, in which language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from gifthorse.brief.clauses import told_reason
from gifthorse.brief.composed import Brief, Sentence
from gifthorse.model.words import N_, Phrase, phrase

_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")
HIDDEN_WORD: Final = N_("Your agreed word is not printed. Learn it by heart before you leave.")


def unchanged(message: str) -> str:
    """*message* in the language it was written in."""
    return message


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The setting of one printed brief; `translate` is a gettext function, English unless given.

    `trip` names the trip as its traveller knows it. The agreed word is printed only with `show_agreed_word`.
    """

    trip: str = ""
    printed_on: date | None = None
    marking: str = ""
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    translate: Callable[[str], str] = unchanged
    show_agreed_word: bool = False

    def say(self, text: Phrase | str) -> str:
        """*text* in the reader's language; the values of a phrase are filled in after it was looked up."""
        if isinstance(text, str):
            return _APOSTROPHE.sub("’", self.translate(text))
        return _APOSTROPHE.sub("’", self.translate(text.text)).format_map(text.values)

    def sentence(self, sentence: Sentence) -> str:
        """*sentence* as it may be printed."""
        return self.say(HIDDEN_WORD if sentence.secret and not self.show_agreed_word else sentence.text)


@dataclass(frozen=True, kw_only=True)
class Note:
    """One entry of the list of reasons and sources, to which marks of sentences point."""

    number: int
    reason: str
    source: str
    warnings: tuple[str, ...] = ()


def notes(brief: Brief, wording: Wording) -> tuple[dict[int, int], tuple[Note, ...]]:
    """For each sentence of *brief* (its parts, then the card, counted from 0) the number of its note, and the notes in that order.

    Sentences with the same reason and source share a note.
    """
    numbers: dict[int, int] = {}
    found: dict[tuple[str, str, tuple[str, ...]], Note] = {}
    for position, sentence in enumerate((*brief.sentences(), *brief.card)):
        told = (
            told_reason(sentence.because, wording.say),
            source_words(sentence, wording),
            tuple(wording.say(warning) for warning in sentence.warnings),
        )
        note = found.setdefault(told, Note(number=len(found) + 1, reason=told[0], source=told[1], warnings=told[2]))
        numbers[position] = note.number
    return numbers, tuple(found.values())


def source_words(sentence: Sentence, wording: Wording) -> str:
    """The source of *sentence* in a line: document, clause, date; for a quotation who says so, and the licence."""
    if sentence.attribution is not None:
        return f"{wording.say(sentence.attribution)} {sentence.source.document}"
    source = sentence.source
    day = wording.say(N_("undated")) if source.date == "undated" else source.date
    return wording.say(
        phrase(N_("{document}: {clause} ({date})"), document=source.document, clause=source.clause, date=day)
        if source.clause
        else phrase(N_("{document} ({date})"), document=source.document, date=day)
    )
