"""What a check of the records found, in words and by name."""

from collections.abc import Callable

import msgspec

from gifthorse.model.words import Phrase

Progress = Callable[[str, int, int], None]


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as the desk left it: table, id (a position for the ledger and its checkpoints), and what is wrong."""

    table: str
    id: str
    what: Phrase


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of `verify`: how much was checked, the ledger's end, and everything that doesn't fit."""

    entries: int
    records: int
    files: int
    checkpoints: int
    head: str
    damages: tuple[Damage, ...]

    @property
    def whole(self) -> bool:
        """Whether everything that was checked is as the desk left it."""
        return not self.damages


def no_progress(_phase: str, _done: int, _total: int) -> None:
    """Tells nobody."""
