"""What a score is made of: reasons that add up to it, each with the observations that carry it and a sentence."""

from typing import Final

import msgspec

from gifthorse.model.words import Phrase

GROUP_RULES: Final = {  # the id under which a group's evidence appears among the reasons
    "contact": "evidence.contact",
    "probe": "evidence.probe",
    "favour": "evidence.favour",
    "secrecy": "evidence.secrecy",
    "ask": "evidence.ask",
    "coerce": "evidence.coercion",
    "tech": "evidence.technical",
}
MITIGATORS: Final = "mitigators"
FLOOR: Final = "floor"


class Reason(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Points for one rule, and the positions (from 0) of the observations without which it would not be there."""

    rule: str
    points: float
    observations: tuple[int, ...]
    sentence: Phrase


class Scored(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A thread's score, which is never below zero, and the reasons that add up to it."""

    score: float
    reasons: tuple[Reason, ...] = ()
