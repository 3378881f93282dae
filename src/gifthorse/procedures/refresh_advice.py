"""Official advice comes in from the desk's folder, and from addresses where the house has named some; it is read confined and kept."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings

from gifthorse.brief.advice.confined import AdviceFile
from gifthorse.brief.advice.reading import LARGEST_FILE, Advice, NotRead
from gifthorse.brief.place import PlaceBlock
from gifthorse.model.errors import GifthorseError
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import Deed, act, authorise
from gifthorse.procedures.confined_reading import read_confined
from gifthorse.procedures.fetching import fetched
from gifthorse.procedures.kept_advice import ABOUT, INDEX, AdviceIndex, AdviceNote, AdvicePlace, index
from gifthorse.store.tables.setting import HouseSetting

AT_ONCE: Final = 8 * 1024 * 1024  # bytes that one confined process reads
MOST_FILES: Final = 2_000
MOST_NOTES: Final = 200
SEVERAL: Final = "+"
Fetch = Callable[[str], bytes]


def refresh(actor: Actor, *, fetch: Fetch = fetched) -> AdviceIndex:
    """What the desk holds once folder and addresses were read; places that no file tells of any more are emptied. Raises Refused.

    A file or address that can't be read is passed over with a note. Files of which nothing changed are read all the same: their age
    counts from when they were fetched.
    """
    authorise(actor, Procedure.REFRESH_ADVICE, Relation.NONE)
    notes: list[AdviceNote] = []
    files = [*_from_folder(notes), *_from_addresses(notes, fetch)]
    advice = _read(files)
    notes += [AdviceNote(about=note.about, why=note.why.text, values=note.why.values) for note in advice.not_read]
    with act(actor, Procedure.REFRESH_ADVICE, Relation.NONE) as deed:
        kept = AdviceIndex(
            read_at=deed.moment,
            digest=hashlib.sha256(msgspec.json.encode(advice.blocks)).hexdigest(),
            files=len(files),
            places=tuple(_places(advice.blocks)),
            not_read=tuple(notes[:MOST_NOTES]),
        )
        _keep_places(deed, advice.blocks)
        deed.subject = _keep(deed, INDEX, kept).pk
    return kept


def held(actor: Actor) -> AdviceIndex:
    """What the desk holds now. Raises Refused."""
    authorise(actor, Procedure.REFRESH_ADVICE, Relation.NONE)
    return index()


def newest_change() -> float:
    """When the folder was last changed (seconds since 1970), 0 when there is none: what a look every few minutes compares."""
    return max((path.stat().st_mtime for path in _paths()), default=0.0)


def is_older_than(held_now: AdviceIndex, hours: int) -> bool:
    """Whether the desk read advice longer ago than *hours*, or never."""
    return held_now.read_at is None or datetime.now(UTC) - held_now.read_at > timedelta(hours=hours)


def _paths() -> list[Path]:
    folder = Path(settings.GIFTHORSE_ADVICE)
    return (
        sorted(path for path in folder.rglob("*.json") if path.is_file() and not path.is_symlink())[:MOST_FILES] if folder.is_dir() else []
    )


def _from_folder(notes: list[AdviceNote]) -> Iterator[AdviceFile]:
    for path in _paths():
        try:
            stat = path.stat()
            if stat.st_size > LARGEST_FILE:
                notes.append(
                    AdviceNote(
                        about=path.name, why="This file is too large for travel advice. Please fetch the publisher's own file again."
                    )
                )
                continue
            yield AdviceFile(name=path.name, retrieved=datetime.fromtimestamp(stat.st_mtime, UTC), body=path.read_bytes())
        except OSError as error:
            notes.append(AdviceNote(about=path.name, why="This file can't be opened: {what}", values={"what": str(error.strerror)}))


def _from_addresses(notes: list[AdviceNote], fetch: Fetch) -> Iterator[AdviceFile]:
    for address in settings.GIFTHORSE_ADVICE_ADDRESSES:
        try:
            body = fetch(address)
        except GifthorseError as error:
            notes.append(AdviceNote(about=address, why=str(error)))
            continue
        yield AdviceFile(name=address, retrieved=datetime.now(UTC), body=body)


def _read(files: Iterable[AdviceFile]) -> Advice:
    """What all files tell, read in a few confined processes one after the other."""
    blocks: dict[tuple[str, ...], PlaceBlock] = {}
    notes: list[NotRead] = []
    for some in _batches(files):
        advice = read_confined("advice", msgspec.json.encode(some), {})
        assert isinstance(advice, Advice)
        notes += advice.not_read
        for block in advice.blocks:
            key = (block.publisher, block.place or block.place_title, block.kind, block.heading)
            if key not in blocks or blocks[key].retrieved <= block.retrieved:
                blocks[key] = block
    return Advice(blocks=tuple(blocks.values()), not_read=tuple(notes))


def _batches(files: Iterable[AdviceFile]) -> Iterator[list[AdviceFile]]:
    some: list[AdviceFile] = []
    size = 0
    for file in files:
        if some and size + len(file.body) > AT_ONCE:
            yield some
            some, size = [], 0
        some.append(file)
        size += len(file.body)
    if some:
        yield some


def _places(blocks: Iterable[PlaceBlock]) -> Iterator[AdvicePlace]:
    by_place: dict[tuple[str, str, str], list[PlaceBlock]] = {}
    for block in blocks:
        by_place.setdefault((block.place, block.place_title, block.publisher), []).append(block)
    for (place, title, publisher), told in sorted(by_place.items(), key=lambda one: (one[0][1].casefold(), one[0][2])):
        updated = max((block.updated.isoformat() for block in told if block.updated), default="")
        retrieved = min(block.retrieved for block in told).date().isoformat()
        yield AdvicePlace(place=place, title=title, publisher=publisher, passages=len(told), updated=updated, retrieved=retrieved)


def _keep_places(deed: Deed, blocks: Iterable[PlaceBlock]) -> None:
    by_place: dict[str, list[PlaceBlock]] = {}
    for block in blocks:
        if block.place:
            by_place.setdefault(ABOUT.format(place=block.place), []).append(block)
    rows = {row.title: row for row in HouseSetting.objects.filter(title__startswith=ABOUT.format(place=""))}
    for title in sorted(rows.keys() | by_place.keys()):
        value = msgspec.to_builtins(by_place.get(title, []))
        row = rows.get(title) or HouseSetting(title=title)
        if row._state.adding or row.value != value:
            row.value = value
            deed.keep(row)


def _keep(deed: Deed, title: str, value: object) -> HouseSetting:
    row = HouseSetting.objects.filter(title=title).first() or HouseSetting(title=title)
    row.value = msgspec.to_builtins(value)
    return deed.keep(row)
