"""Travel advice of Global Affairs Canada: ``index-alpha-eng.json`` (every place with its state) and ``cta-cap-XX.json`` (one place).

Read: `data.country-iso`, `data.advisory-state`, `data.date-published`, `data.eng` with `name`, `advisory-text`, `recent-updates` and the
HTML parts `advisories`, `security`, `entry-exit`, `health`, `laws-culture`, `disasters-climate`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from gifthorse.brief.advice.html_text import legible, passages, plain
from gifthorse.brief.advice.kinds_of_passage import kind_of
from gifthorse.brief.advice.places import is_place_code, place_code
from gifthorse.brief.advice.reading import UNKNOWN_PLACE, Advice, NotRead, Reader, day_of, text_of, value_of
from gifthorse.brief.place import PlaceBlock, PlaceKind
from gifthorse.model.words import N_, phrase

PUBLISHER: Final = "Global Affairs Canada"
LICENCE: Final = "Contains information licensed under the Open Government Licence – Canada."
SITE: Final = "https://travel.gc.ca/"
_SLUG: Final = re.compile(r"[a-z0-9-]{1,100}")
_PARTS: Final[Mapping[str, tuple[str, PlaceKind]]] = MappingProxyType(
    {
        "advisories": ("Advisories", PlaceKind.OFFICIAL_ADVICE),
        "security": ("Safety and security", PlaceKind.OFFICIAL_ADVICE),
        "entry-exit": ("Entry and exit requirements", PlaceKind.LAW),
        "laws-culture": ("Laws and culture", PlaceKind.LAW),
        "health": ("Health", PlaceKind.HEALTH),
        "disasters-climate": ("Natural disasters and climate", PlaceKind.OFFICIAL_ADVICE),
    }
)


def _fits(decoded: Any) -> bool:
    data = value_of(decoded, "data")
    return isinstance(data, dict) and (_is_place(data) or any(_is_place(entry) for entry in data.values()))


def _is_place(entry: Any) -> bool:
    return isinstance(entry, dict) and ("advisory-state" in entry or isinstance(entry.get("eng"), dict))


def _read(decoded: Any, retrieved: datetime) -> Advice:
    data = decoded["data"]
    entries = [("", data)] if _is_place(data) else list(data.items())
    blocks: list[PlaceBlock] = []
    notes: list[NotRead] = []
    for key, entry in entries:
        told = list(_entry(str(key), entry, retrieved)) if _is_place(entry) else []
        if not told:
            named = legible(text_of(entry, "eng", "name") or str(key))[:100]
            notes.append(NotRead(about=named, why=phrase(N_("This entry of {publisher} holds no advice."), publisher=PUBLISHER)))
        elif not told[0].place:
            notes.append(NotRead(about=told[0].place_title, why=phrase(UNKNOWN_PLACE)))
        blocks += told
    return Advice(blocks=tuple(blocks), not_read=tuple(notes))


def _entry(key: str, entry: Any, retrieved: datetime) -> Iterator[PlaceBlock]:
    common = _common(key, entry, retrieved)
    level, update = _level(entry), plain(text_of(entry, "eng", "recent-updates"))[:2_000]
    if level or update:
        yield PlaceBlock(kind=PlaceKind.OFFICIAL_ADVICE, heading="Latest update", quote=update, level=level, **common)
    for name, (part_title, usual) in _PARTS.items():
        for passage in passages(text_of(entry, "eng", name)):
            heading = " – ".join(dict.fromkeys(filter(None, (part_title, passage.heading))))
            kind = kind_of(passage.heading, usual)
            yield PlaceBlock(kind=kind, heading=heading, quote=passage.text, shortened=passage.shortened, **common)


def _common(key: str, entry: Any, retrieved: datetime) -> dict[str, Any]:
    code = (text_of(entry, "country-iso") or key).upper()
    title = legible(text_of(entry, "eng", "name") or text_of(entry, "country-eng"))[:100] or legible(code)[:100] or "?"
    slug = text_of(entry, "eng", "url-slug")
    return {
        "place": code if is_place_code(code) else place_code((title,)),
        "place_title": title,
        "publisher": PUBLISHER,
        "document": f"{SITE}destinations/{slug}" if _SLUG.fullmatch(slug) else SITE,
        "licence": LICENCE,
        "updated": day_of(text_of(entry, "date-published", "date")) or day_of(entry.get("date-published")),
        "retrieved": retrieved,
    }


def _level(entry: Any) -> str:
    """The state as the file gives it: its number, and its words when they stand there; empty when neither does."""
    state, words = entry.get("advisory-state"), legible(text_of(entry, "eng", "advisory-text"))[:200]
    number = f"advisory-state {state}" if isinstance(state, int) and not isinstance(state, bool) else ""
    return f"{words} ({number})" if words and number else words or number


READER: Final = Reader(publisher=PUBLISHER, fits=_fits, read=_read)
