"""The clauses of the sentences about threads that moved: what was given before, and what is new."""

from typing import Final

import msgspec

from gifthorse.model.observations import AskLevel
from gifthorse.model.words import N_, Phrase, phrase


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """One clause, said when any of `tactics` was observed; `many` is used from two times on and may say how often."""

    tactics: frozenset[str]
    one: str
    many: str | None = None

    def phrase(self, times: int) -> Phrase:
        """The clause for something that was observed *times* times."""
        return phrase(self.one) if times == 1 or self.many is None else phrase(self.many, times=times)


# The first that fits is said: what binds most stands first.
BEFORE: Final = (
    Clause(tactics=frozenset({"T33"}), one=N_("A contact who paid a trip"), many=N_("A contact who paid {times} trips")),
    Clause(tactics=frozenset({"T36"}), one=N_("A contact who helped with a family or personal matter")),
    Clause(tactics=frozenset({"T34", "T35"}), one=N_("A contact who paid for a talk or a small report")),
    Clause(tactics=frozenset({"T31", "T32"}), one=N_("A contact who gave a present"), many=N_("A contact who gave {times} presents")),
    Clause(tactics=frozenset({"T37"}), one=N_("A contact who held out an opportunity")),
    Clause(tactics=frozenset({"T30", "T39"}), one=N_("A contact who invited generously")),
    Clause(tactics=frozenset({"T10", "T38"}), one=N_("A contact who became close")),
)
NO_FAVOUR: Final = N_("A contact")

# The first that is new is said: what needs help most stands first.
NEW_TACTICS: Final = (
    Clause(tactics=frozenset({"T70", "T71", "T72", "T73"}), one=N_("now puts pressure on a colleague")),
    Clause(tactics=frozenset({"T52", "T54", "T55"}), one=N_("now arranges hidden ways to meet, write or sign")),
    Clause(tactics=frozenset({"T63"}), one=N_("now asks for access")),
    Clause(tactics=frozenset({"T62", "T69"}), one=N_("now asks for internal papers, code or samples")),
    Clause(tactics=frozenset({"T61"}), one=N_("now asks how something is made")),
    Clause(tactics=frozenset({"T65", "T64"}), one=N_("now asks to bring in others or to take a post")),
    Clause(tactics=frozenset({"T40", "T74"}), one=N_("now calls in a favour")),
    Clause(tactics=frozenset({"T51"}), one=N_("now asks to keep it secret")),
    Clause(tactics=frozenset({"T53"}), one=N_("now pays in an unusual way")),
    Clause(tactics=frozenset({"T41"}), one=N_("now passes the colleague on to a successor")),
    Clause(tactics=frozenset({"T42", "T50"}), one=N_("now keeps away from the official way of writing")),
    Clause(tactics=frozenset({"T66", "T67", "T68"}), one=N_("now asks for a service in return")),
    Clause(tactics=frozenset({"T80", "T81", "T82", "T83", "T85"}), one=N_("is now tied to an incident with a device or a room")),
)
NEW_ASKS: Final = {
    AskLevel.PUBLIC: N_("now asks about public matters"),
    AskLevel.PERSONAL: N_("now asks about people"),
    AskLevel.INTERNAL: N_("now asks for internal matters"),
    AskLevel.RESTRICTED: N_("now asks for restricted know-how or access"),
}
WARMER: Final = N_("now gives more than before")
STRONGER: Final = N_("was met again")
LOWER: Final = N_("matters less than last week")
