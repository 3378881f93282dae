"""What a case says to others: its threads, reasons and observations, without anybody's name unless names were chosen.

They stand in this room and not in `assess`, where nothing may know a name.
"""

from datetime import datetime

import msgspec

from gifthorse.model.markings import Marking
from gifthorse.model.words import Phrase


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the case. `label` is such as "Person 1"; everything else is empty unless names were chosen.

    `ours` is true for the house's own people.
    """

    key: str
    label: str
    ours: bool
    names: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The first name, or the label."""
        return self.names[0] if self.names else self.label


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """One observation: the month as 2026-03, tactic ids of the catalogue, how far the ask went, the favour's band and the grade."""

    key: str
    month: str
    tactics: tuple[str, ...]
    ask_level: int
    favour: str
    grade: str


class CaseThreadFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One thread of the case: whose it is (keys of identities), where it stands, why, and what was observed."""

    key: str
    person: str
    contact: str
    level: str
    score: float
    sentences: tuple[Phrase, ...]
    observations: tuple[Observed, ...]


class CaseEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A note, task or hand-over with when it was written; who wrote it is told only where names were chosen."""

    kind: str
    at: datetime
    text: str
    by: str = ""
    due: str = ""
    done: bool = False


class CaseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it is given to others; `title` is the case's number unless names were chosen, since a title may hold one."""

    key: str
    title: str
    marking: Marking
    opened_at: datetime
    written_at: datetime
    version: str
    with_names: bool
    identities: tuple[Identity, ...]
    threads: tuple[CaseThreadFacts, ...]
    entries: tuple[CaseEntry, ...] = ()
