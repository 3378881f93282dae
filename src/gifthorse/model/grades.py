"""Source grades: the Admiralty system (reliability of the source A-F, credibility of the information 1-6)."""

from enum import StrEnum
from typing import NamedTuple, Self

from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_


class Reliability(StrEnum):
    """How reliable the source has been."""

    A = "A"  # completely reliable
    B = "B"  # usually reliable
    C = "C"  # fairly reliable
    D = "D"  # not usually reliable
    E = "E"  # unreliable
    F = "F"  # can't be judged


class Credibility(StrEnum):
    """How credible the information is in itself."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class Grade(NamedTuple):
    """A grade such as B2."""

    reliability: Reliability
    credibility: Credibility

    @classmethod
    def read(cls, text: str) -> Self:
        """The grade written as two characters; raises NotAccepted otherwise."""
        try:
            letter, digit = tuple(text.strip().upper())
            return cls(Reliability(letter), Credibility(digit))
        except ValueError as error:
            raise NotAccepted(N_("A source grade is a letter A to F and a digit 1 to 6, such as B2."), field="grade") from error

    def __str__(self) -> str:
        return self.reliability.value + self.credibility.value
