"""What was done and asked, stripped of who is who: the only thing about a report that assessment may see.

`Observation` is closed. It has no field for a name, a country, a language, a place, a channel or a free text, and a test holds its
fields to exactly this set; whoever wants the assessment to read more has to change that test in the open.
"""

from enum import IntEnum, StrEnum
from typing import Final

import msgspec

from gifthorse.model.grades import Credibility, Grade, Reliability


class AskLevel(IntEnum):
    """How far an ask goes towards what is protected."""

    NONE = 0
    PUBLIC = 1  # public knowledge or an opinion
    PERSONAL = 2  # biographical, or about colleagues
    INTERNAL = 3  # not public
    RESTRICTED = 4  # restricted know-how, or access


class FavourBand(StrEnum):
    """How much a favour is worth, in the bands of the house's policy."""

    NONE = "none"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Mitigator(StrEnum):
    """What makes a contact ordinary: each was said by somebody and can be checked."""

    OFFICIAL_CHANNEL = "official_channel"
    EMPLOYER_PAID = "employer_paid"
    CONTRACT_COUNTERVALUE = "contract_countervalue"
    IDENTITY_VERIFIED = "identity_verified"
    COLLEAGUE_PRESENT = "colleague_present"


DEFAULT_GRADE: Final = Grade(Reliability.B, Credibility.PROBABLY_TRUE)


class Observation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that one of our people saw, heard or was asked, in one thread.

    `month` counts months (from the year 0 on the desk, from first contact in case files; only differences are read); `thread`,
    `reporter` and `elements` are opaque ids; `tactics` are ids of the catalogue.
    """

    month: float
    thread: str
    reporter: str
    tactics: tuple[str, ...] = ()
    ask_level: AskLevel = AskLevel.NONE
    elements: tuple[str, ...] = ()
    favour: FavourBand = FavourBand.NONE
    grade: Grade = DEFAULT_GRADE
    mitigators: tuple[Mitigator, ...] = ()


class Level(StrEnum):
    """How much a thread should move the desk: levels are set by a budget of false alerts, and they are about threads, never people."""

    NONE = "none"
    WATCH = "watch"
    TALK = "talk"
    ACT = "act"

    @property
    def rank(self) -> int:
        """0 for none to 3 for act."""
        return _RANKS[self]


_RANKS: Final = {level: rank for rank, level in enumerate(Level)}


class Thresholds(msgspec.Struct, frozen=True, kw_only=True):
    """The least score of each level."""

    watch: float
    talk: float
    act: float

    def level(self, score: float) -> Level:
        """The highest level whose threshold *score* reaches."""
        reached = [level for level, least in ((Level.WATCH, self.watch), (Level.TALK, self.talk), (Level.ACT, self.act)) if score >= least]
        return reached[-1] if reached else Level.NONE
