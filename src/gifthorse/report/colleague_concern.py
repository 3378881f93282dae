"""A worry about a colleague: what was done or said is taken; what somebody *is* goes back to the person, kindly, and with their text.

The words are a short reviewed list in English and German. It errs towards sending back, since a trait that slips in silently is worse
than a sentence that has to be written again; it can't know every word, so an officer still reads what was accepted. Nothing here guesses
from names.
"""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Final
from unicodedata import normalize

import msgspec

from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.report.answers import Answers
from gifthorse.report.questions import Interview

SCHEMA: Final = "gifthorse.traits/1"
MOST_PASSAGES: Final = 20


class Category(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of trait. `demonyms` don't count where a word for a business follows ("the Syrian embassy").

    `also_names` are words that people are called by, too: they count only after a word such as "is" or "a".
    """

    id: str
    name: str
    patterns: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    also_names: tuple[str, ...] = ()


class Traits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reviewed list."""

    schema: str
    reviewed_on: str
    note: str
    business_after: tuple[str, ...]
    before_names: tuple[str, ...]
    categories: tuple[Category, ...]


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of the person's own text that says what somebody is; `start` and `end` count characters."""

    category: str
    start: int
    end: int
    quote: str


class SentBack(msgspec.Struct, frozen=True, kw_only=True):
    """A report that needs another wording: the explanation, each passage with its reason, and the person's text, untouched.

    `categories` are all that may be counted and published: no words.
    """

    explanation: str
    reasons: tuple[Phrase, ...]
    passages: tuple[Passage, ...]
    text: str

    @property
    def categories(self) -> tuple[str, ...]:
        """The kinds of trait, once each."""
        return tuple(dict.fromkeys(passage.category for passage in self.passages))


EXPLANATION: Final = N_(
    "We take only what somebody did or said, since that can be looked at fairly. Your text is still here: please change the marked words, "
    "for example “copied the folder on Monday evening”. If it was part of what was said, put it in your own words, or ask “Is this odd?”."
)
FEELING: Final = N_(
    "Feelings can be right, but nobody should be written down for one. Your text is still here: come back when you saw or heard something, "
    "or ask “Is this odd?”."
)


def sent_back(interview: Interview, answers: Answers) -> SentBack | None:
    """Why a worry about a colleague goes back to the person, or None when everything in it is something that was done or said."""
    texts = [answer.text for answer in answers.given if answer.text]
    text = "\n".join(texts)
    passages = tuple(passage for written in texts for passage in traits_in(written))
    felt = _only_felt(interview, answers)
    if not passages and not felt:
        return None
    names = {category.id: category.name for category in _traits().categories}
    reasons = tuple(
        phrase(N_("“{quote}” tells us about {what}, not about what was done."), quote=passage.quote, what=names[passage.category])
        for passage in passages
    )
    return SentBack(explanation=EXPLANATION if passages else FEELING, reasons=reasons, passages=passages, text=text)


def traits_in(text: str) -> tuple[Passage, ...]:
    """The passages of *text* that say what somebody is, in order, at most twenty."""
    folded = _folded(text)
    found = [
        Passage(category=category, start=match.start(), end=match.end(), quote=text[match.start() : match.end()])
        for category, pattern in _patterns()
        for match in pattern.finditer(folded)
    ]
    return tuple(sorted(found, key=lambda passage: (passage.start, passage.end)))[:MOST_PASSAGES]


def message_ids() -> tuple[str, ...]:
    """Every text of the list that a person reads."""
    return tuple(category.name for category in _traits().categories)


def _only_felt(interview: Interview, answers: Answers) -> bool:
    return any(
        option.sent_back and option.id in answer.chosen
        for answer in answers.given
        if (question := interview.question(answer.question)) is not None
        for option in question.options
    )


def _folded(text: str) -> str:
    """*text* with curly quotes straight and full-width letters plain, one character for one, so that places stay the same."""
    return "".join(one if len(one := normalize("NFKC", letter)) == 1 else letter for letter in text.replace("’", "'"))


@lru_cache(maxsize=1)
def _traits() -> Traits:
    found = msgspec.json.decode((files("gifthorse.report") / "data" / "traits.json").read_bytes(), type=Traits)
    if found.schema != SCHEMA:
        raise msgspec.ValidationError(f"expected {SCHEMA}")
    return found


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    traits = _traits()
    business = rf"(?!\s+(?:{'|'.join(traits.business_after)})\b)"
    before = rf"(?:{'|'.join(traits.before_names)})\s+"
    found = [(category.id, _words(category.patterns)) for category in traits.categories]
    found += [(category.id, _words(category.demonyms, after=business)) for category in traits.categories if category.demonyms]
    found += [
        (category.id, _words(category.also_names, before=before, after=business)) for category in traits.categories if category.also_names
    ]
    return tuple(found)


def _words(patterns: tuple[str, ...], before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b{before}(?:{'|'.join(patterns)})\b{after}", re.IGNORECASE)
