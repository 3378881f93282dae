"""Reviewed data for reading a mail: sentences worth a look, link shorteners, open mail providers, letters that look alike."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

SCHEMA: Final = "gifthorse.mail-signs/1"
MOST_QUOTES: Final = 3
LONGEST_QUOTE: Final = 160
_OF_DISCLAIMERS: Final = "private"  # the topic that they speak of; they hide nothing else
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?])\s|\n")


class Signs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reviewed data. `rewriters` maps a host that rewrites links to the parameters that may hold the true target (none: the path)."""

    schema: str
    reviewed_on: str
    note: str
    phrases: dict[str, tuple[str, ...]]
    disclaimers: tuple[str, ...]
    shorteners: frozenset[str]
    rewriters: dict[str, str]
    open_providers: frozenset[str]
    twins: dict[str, str]
    twin_groups: dict[str, str]


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The data that come with this version, validated."""
    found = msgspec.json.decode((files("gifthorse.report") / "data" / "mail_signs.json").read_bytes(), type=Signs)
    if found.schema != SCHEMA or len(found.twins["from"]) != len(found.twins["to"]):
        raise msgspec.ValidationError(f"expected {SCHEMA} with pairs of letters")
    return found


def quotes(topic: str, text: str) -> tuple[str, ...]:
    """The first sentences of *text* in which a pattern of *topic* is found, as they stand there, cut around it when long."""
    return tuple(dict.fromkeys(_found(topic, text)))[:MOST_QUOTES]


def _found(topic: str, text: str) -> Iterator[str]:
    pattern, disclaimer = _pattern(topic), _disclaimer()
    for sentence in _SENTENCE_ENDS.split(text):
        if (match := pattern.search(sentence)) and not (topic == _OF_DISCLAIMERS and disclaimer.search(sentence)):
            yield _cut(sentence.strip(), max(0, match.start()))


def _cut(sentence: str, at: int) -> str:
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    start = max(0, min(at - LONGEST_QUOTE // 3, len(sentence) - LONGEST_QUOTE))
    return ("…" if start else "") + sentence[start : start + LONGEST_QUOTE].strip() + ("…" if start + LONGEST_QUOTE < len(sentence) else "")


@lru_cache(maxsize=16)
def _pattern(topic: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(signs().phrases[topic])})(?:(?!\w)|(?<=[€$£]))", re.IGNORECASE)


@lru_cache(maxsize=1)
def _disclaimer() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(signs().disclaimers)})", re.IGNORECASE)
