"""What every reader of advice gives back, and which reader fits a file."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

import msgspec

from gifthorse.brief.place import PlaceBlock
from gifthorse.model.errors import Unreadable
from gifthorse.model.words import N_, Phrase, phrase

LARGEST_FILE: Final = 32 * 1024 * 1024


class NotRead(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was passed over: the file, entry or place that it is *about*, and *why*."""

    about: str
    why: Phrase


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, and a note for each thing that was not."""

    blocks: tuple[PlaceBlock, ...] = ()
    not_read: tuple[NotRead, ...] = ()


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """A publisher's format: `fits` tells it by its shape, `read` takes the decoded file and the moment at which it was fetched."""

    publisher: str
    fits: Callable[[Any], bool]
    read: Callable[[Any, datetime], Advice]


UNKNOWN_PLACE: Final = N_("This name is on no list of ours, so it will not be matched to a trip.")


def read_advice(untrusted_file: bytes, retrieved: datetime) -> Advice:
    """The quotations in *untrusted_file*, whichever publisher it is from; raises Unreadable for what no reader knows."""
    decoded = decoded_json(untrusted_file)
    for reader in _readers():
        if reader.fits(decoded):
            return reader.read(decoded, retrieved)
    raise Unreadable(N_("This file is not travel advice that we can read. We read files from GOV.UK, travel.state.gov and travel.gc.ca."))


def read_many(untrusted_files: Iterable[tuple[str, bytes, datetime]]) -> Advice:
    """All quotations of many files (name, content, moment of fetching), the newest of each kept.

    A file that can't be read costs nothing but a note.
    """
    kept: dict[tuple[str, ...], PlaceBlock] = {}
    notes: list[NotRead] = []
    for name, untrusted_file, retrieved in untrusted_files:
        try:
            advice = read_advice(untrusted_file, retrieved)
        except Unreadable as error:
            notes.append(NotRead(about=name, why=phrase(str(error))))
            continue
        notes += advice.not_read
        for block in advice.blocks:
            key = (block.publisher, block.place or block.place_title, block.kind, block.heading)
            before = kept.get(key)
            if before is None or before.retrieved <= block.retrieved:
                kept[key] = block
    return Advice(blocks=tuple(kept.values()), not_read=tuple(notes))


def for_places(blocks: Iterable[PlaceBlock], places: Iterable[str]) -> tuple[PlaceBlock, ...]:
    """The blocks about *places* (ISO 3166-1 codes), in the order of the places."""
    all_blocks = tuple(blocks)
    return tuple(block for place in dict.fromkeys(place.upper() for place in places) for block in all_blocks if block.place == place)


def decoded_json(untrusted_file: bytes) -> Any:
    """*untrusted_file* as decoded JSON; raises Unreadable for one that is too large, or broken."""
    if len(untrusted_file) > LARGEST_FILE:
        raise Unreadable(N_("This file is too large for travel advice. Please fetch the publisher's own file again."))
    try:
        return msgspec.json.decode(untrusted_file.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(N_("This file is damaged or not JSON. Please fetch it again.")) from error


def text_of(mapping: Any, *names: str) -> str:
    """The text under *names* in nested mappings, or "" when anything on the way is missing or of another kind."""
    found = value_of(mapping, *names)
    return found.strip() if isinstance(found, str) else ""


def value_of(mapping: Any, *names: str) -> Any:
    """The value under *names* in nested mappings, or None."""
    for name in names:
        if not isinstance(mapping, Mapping):
            return None
        mapping = mapping.get(name)
    return mapping


def day_of(untrusted_text: Any) -> date | None:
    """The day that an ISO 8601 moment or date begins with, as the publisher wrote it; None for anything else."""
    if not isinstance(untrusted_text, str):
        return None
    try:
        return date.fromisoformat(untrusted_text.strip()[:10])
    except ValueError:
        return None


def _readers() -> tuple[Reader, ...]:
    from gifthorse.brief.advice import canada, gov_uk, us_state

    return (gov_uk.READER, us_state.READER, canada.READER)
