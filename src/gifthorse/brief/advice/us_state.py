"""Travel advisories of the US Department of State: the list that ``cadataapi.state.gov/api/TravelAdvisories`` gives.

Each entry has `Title` ("Name - Level N: words"), `Summary` (HTML), `Link`, `Category` (codes that are not ISO 3166), `Published` and
`Updated`. The place is told by the name in the title.
"""

import re
from datetime import datetime
from typing import Any, Final

from gifthorse.brief.advice.html_text import legible, passages
from gifthorse.brief.advice.kinds_of_passage import kind_of
from gifthorse.brief.advice.places import place_code
from gifthorse.brief.advice.reading import UNKNOWN_PLACE, Advice, NotRead, Reader, day_of, text_of
from gifthorse.brief.place import PlaceBlock, PlaceKind
from gifthorse.model.words import N_, phrase

PUBLISHER: Final = "US Department of State"
LICENCE: Final = "Work of the United States government, in the public domain there."
SITE: Final = "https://travel.state.gov/"
_LINK: Final = re.compile(r"https://travel\.state\.gov/[\w./%-]{1,300}", re.ASCII)
_TITLE: Final = re.compile(r"^(?P<place>.+?)\s*[-–—]\s*(?P<level>Level\s*\d.*)$", re.IGNORECASE | re.DOTALL)


def _fits(decoded: Any) -> bool:
    return isinstance(decoded, list) and any(isinstance(entry, dict) and "Title" in entry and "Summary" in entry for entry in decoded)


def _read(decoded: Any, retrieved: datetime) -> Advice:
    blocks: list[PlaceBlock] = []
    notes: list[NotRead] = []
    for number, entry in enumerate(decoded, start=1):
        title = _TITLE.match(legible(text_of(entry, "Title")))
        if title is None:
            notes.append(NotRead(about=PUBLISHER, why=phrase(N_("Entry {number} has no place and level in its title."), number=number)))
            continue
        told = _entry(entry, title["place"][:100], title["level"][:200], retrieved)
        if not told[0].place:
            notes.append(NotRead(about=title["place"][:100], why=phrase(UNKNOWN_PLACE)))
        blocks += told
    return Advice(blocks=tuple(blocks), not_read=tuple(notes))


def _entry(entry: Any, place_title: str, level: str, retrieved: datetime) -> list[PlaceBlock]:
    link = text_of(entry, "Link")
    common: dict[str, Any] = {
        "place": place_code((place_title, place_title.partition(" (")[0])),
        "place_title": place_title,
        "publisher": PUBLISHER,
        "document": link if _LINK.fullmatch(link) else SITE,
        "licence": LICENCE,
        "updated": day_of(text_of(entry, "Updated")) or day_of(text_of(entry, "Published")),
        "retrieved": retrieved,
    }
    told = passages(text_of(entry, "Summary"))
    first = told[0] if told and not told[0].heading else None
    summary = first.text if first else ""
    blocks = [PlaceBlock(kind=PlaceKind.OFFICIAL_ADVICE, heading="Summary", quote=summary, level=level, **common)]
    blocks += [
        PlaceBlock(kind=kind_of(passage.heading), heading=passage.heading, quote=passage.text, shortened=passage.shortened, **common)
        for passage in (told[1:] if first else told)
    ]
    return blocks


READER: Final = Reader(publisher=PUBLISHER, fits=_fits, read=_read)
