"""origin.zone-note: what Windows noted about where files came from. It is told as it was seen and weighs nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.where_from import is_note, read_note
from gifthorse.inspect.item import Item, shown
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

NOTED: Final = FindingKind(
    id="origin.zone-note",
    severity=Severity.INFO,
    confidence=0.8,
    title=N_("Windows noted where files on the medium came from"),
    why=N_(
        "When a program saves a file from a network, Windows keeps a note beside it with the zone and often the address. The note is part "
        "of what was seen. Anybody can write or delete such a note, and where a file came from says nothing about what it does."
    ),
    what_to_do=N_("Keep it with the evidence. Compare it with what the giver says about the files, if that matters."),
    benign_explanation=N_("Every file that is downloaded, or saved from a mail, gets such a note."),
)
KINDS: Final = (NOTED,)
# A small text; what it is taken for depends on its letters only.
WANTS: Final = frozenset({FileType.TEXT, FileType.INI, FileType.DATA})
MOST_HOSTS: Final = 50
MOST_PLACES: Final = 20
_LARGEST: Final = 64 << 10
_ZONES: Final = {
    0: N_("this computer"),
    1: N_("the local network"),
    2: N_("trusted sites"),
    3: N_("the internet"),
    4: N_("restricted sites"),
}
_NO_ZONE: Final = N_("not stated")
_NO_HOST: Final = N_("no address")


def about(item: Item) -> dict[str, str]:
    """Zone and address of the note *item*, when it is one."""
    if not is_note(item.untrusted_name) or item.size > _LARGEST:
        return {}
    note = read_note(item.content.read(0, item.size))
    if note is None:
        return {}
    zone = "" if note.zone is None else str(note.zone)
    return {"from-zone": zone, "from-host": note.host, "from-address": note.address}


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields one finding for each zone and host, with the first 20 files that it was noted for."""
    noted: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for thing in seen:
        if "from-zone" in thing.about:
            noted[thing.about["from-zone"], thing.about["from-host"]].append(thing)
    for (zone, host), things in islice(noted.items(), MOST_HOSTS):
        yield NOTED.found(
            *(_place(thing) for thing in things[:MOST_PLACES]),
            detail=phrase(
                N_("Zone: {zone}. From: {host}. Files: {count}."),
                zone=_ZONES.get(int(zone), _NO_ZONE) if zone else _NO_ZONE,
                host=shown(host) if host else _NO_HOST,
                count=len(things),
            ),
        )


def _place(note: Seen) -> Evidence:
    return Evidence(path=note.path, partition=note.partition, sha256=note.sha256, excerpt=note.about["from-address"] or None)
