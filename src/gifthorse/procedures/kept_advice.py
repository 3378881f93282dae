"""Official advice about places as the desk holds it: one record for each place, so that a brief reads no other."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from gifthorse.brief.place import PlaceBlock
from gifthorse.model.words import Phrase
from gifthorse.store.tables.setting import HouseSetting

INDEX: Final = "advice"
ABOUT: Final = "advice {place}"


class AdviceNote(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was passed over: what it is about, and why (a message id with its values)."""

    about: str
    why: str
    values: dict[str, str] = {}

    def in_words(self) -> Phrase:
        """The sentence for the reader."""
        return Phrase(text=self.why, values=self.values)


class AdvicePlace(msgspec.Struct, frozen=True, kw_only=True):
    """What is there about one place, by publisher: how many passages, when they were changed and fetched (ISO days, may be empty)."""

    place: str
    title: str
    publisher: str
    passages: int
    updated: str
    retrieved: str


class AdviceIndex(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk holds, when it was read, and what was passed over."""

    read_at: datetime | None = None
    digest: str = ""
    files: int = 0
    places: tuple[AdvicePlace, ...] = ()
    not_read: tuple[AdviceNote, ...] = ()


def index() -> AdviceIndex:
    """The index; an empty one before anything was read."""
    row = HouseSetting.objects.filter(title=INDEX).first()
    return AdviceIndex() if row is None else msgspec.convert(row.value, AdviceIndex)


def blocks_about(places: Iterable[str]) -> tuple[PlaceBlock, ...]:
    """What is held about *places* (ISO 3166-1 codes), in no particular order."""
    titles = [ABOUT.format(place=place) for place in places]
    rows = HouseSetting.objects.filter(title__in=titles).values_list("value", flat=True) if titles else []
    return tuple(block for value in rows for block in msgspec.convert(value, tuple[PlaceBlock, ...]))
