"""A calendar, booking mail, boarding pass, wallet pass or table is read for its legs, in a process that has given everything up."""

from collections.abc import Iterable
from typing import Any, Final

from gifthorse.model.errors import NotAccepted
from gifthorse.model.itineraries import Itinerary
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.confined_reading import read_confined
from gifthorse.procedures.reading_trips import home_zones

MOST_FILES: Final = 8


def read_booking(actor: Actor, untrusted_bytes: bytes, untrusted_name: str) -> Itinerary:
    """What the file tells of a trip, and what of it was not read; nothing is kept. Raises NotAccepted, Unreadable or NotConfined."""
    authorise(actor, Procedure.IMPORT_TRIPS, Relation.NONE)
    asked: dict[str, Any] = {
        "name": untrusted_name[:200],
        "reference_day": now().date(),
        "home_zone": home_zones([actor.person])[actor.person],
    }
    found = read_confined("itinerary", untrusted_bytes, asked)
    assert isinstance(found, Itinerary)
    return found


def read_bookings(actor: Actor, untrusted_files: Iterable[tuple[str, bytes]]) -> tuple[Itinerary, tuple[tuple[str, str], ...]]:
    """What several files (name, bytes) tell together, in order of the times, and the files that were refused, each with why.

    Raises NotAccepted when there is no file, or too many, or none of them could be read.
    """
    files = list(untrusted_files)
    if not files or len(files) > MOST_FILES:
        raise NotAccepted(N_("Please choose between one and eight files."), field="bookings")
    read: list[Itinerary] = []
    refused: list[tuple[str, str]] = []
    for name, content in files:
        try:
            read.append(read_booking(actor, content, name))
        except NotAccepted as error:
            refused.append((name, str(error)))
    if not read:
        raise NotAccepted(refused[0][1], field="bookings")
    return _together(read), tuple(refused)


def _together(read: list[Itinerary]) -> Itinerary:
    if len(read) == 1:
        return read[0]
    legs = dict.fromkeys(leg for one in read for leg in one.legs)  # the same booking in two files is one leg
    return Itinerary(
        read_as="several",
        legs=tuple(legs),
        travellers=tuple(dict.fromkeys(name for one in read for name in one.travellers)),
        not_read=tuple(note for one in read for note in one.not_read),
    )
