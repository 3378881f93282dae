"""Foreign travel advice of GOV.UK: an item of the content API with the schema ``travel_advice``.

Read: `details.alert_status`, `details.parts` (title, HTML body), `details.country`, `details.change_description`, `public_updated_at`,
`details.reviewed_at`, `withdrawn_notice`. Source: content schema ``travel_advice`` of alphagov/publishing-api.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from gifthorse.brief.advice.html_text import Passage, legible, passages
from gifthorse.brief.advice.kinds_of_passage import kind_of
from gifthorse.brief.advice.places import place_code
from gifthorse.brief.advice.reading import UNKNOWN_PLACE, Advice, NotRead, Reader, day_of, text_of, value_of
from gifthorse.brief.place import PlaceBlock, PlaceKind
from gifthorse.model.words import N_, phrase

PUBLISHER: Final = "GOV.UK (FCDO)"
LICENCE: Final = "Contains public sector information licensed under the Open Government Licence v3.0."
PAGES: Final = "https://www.gov.uk/foreign-travel-advice/"
_PATH: Final = re.compile(r"/foreign-travel-advice/(?P<slug>[a-z0-9-]{1,100})")


def _fits(decoded: Any) -> bool:
    return isinstance(decoded, dict) and (
        decoded.get("schema_name") == "travel_advice" or text_of(decoded, "base_path").startswith("/foreign-travel-advice/")
    )


def _read(decoded: Any, retrieved: datetime) -> Advice:
    title = _title(decoded)
    if value_of(decoded, "withdrawn_notice"):
        return Advice(not_read=(NotRead(about=title, why=phrase(N_("{publisher} has withdrawn this page."), publisher=PUBLISHER)),))
    common = _common(decoded, title, retrieved)
    notes: list[NotRead] = []
    blocks: list[PlaceBlock] = []
    level, change = _level(decoded), legible(text_of(decoded, "details", "change_description"))[:2_000]
    if level or change:
        blocks.append(PlaceBlock(kind=PlaceKind.OFFICIAL_ADVICE, heading="Latest update", quote=change, level=level, **common))
    for part_title, passage in _passages(decoded):
        heading = " – ".join(dict.fromkeys(filter(None, (part_title, passage.heading))))
        kind = kind_of(passage.heading, kind_of(part_title))
        blocks.append(PlaceBlock(kind=kind, heading=heading, quote=passage.text, shortened=passage.shortened, **common))
    if not any(block.heading != "Latest update" for block in blocks):
        notes.append(NotRead(about=title, why=phrase(N_("The file of {publisher} holds no text."), publisher=PUBLISHER)))
    if not common["place"]:
        notes.append(NotRead(about=title, why=phrase(UNKNOWN_PLACE)))
    return Advice(blocks=tuple(blocks), not_read=tuple(notes))


def _common(decoded: Any, title: str, retrieved: datetime) -> dict[str, Any]:
    country = value_of(decoded, "details", "country")
    synonyms = value_of(country, "synonyms")
    spare = synonyms if isinstance(synonyms, list) else ()
    names = [title, text_of(country, "slug"), *(name for name in spare if isinstance(name, str))]
    return {
        "place": place_code(names),
        "place_title": title,
        "publisher": PUBLISHER,
        "document": f"{PAGES}{path['slug']}" if (path := _PATH.fullmatch(text_of(decoded, "base_path"))) else PAGES,
        "licence": LICENCE,
        "updated": day_of(decoded.get("public_updated_at")) or day_of(value_of(decoded, "details", "updated_at")),
        "retrieved": retrieved,
    }


def _title(decoded: Any) -> str:
    named = text_of(decoded, "details", "country", "name") or text_of(decoded, "title").removesuffix(" travel advice")
    return legible(named)[:100] or "?"


def _level(decoded: Any) -> str:
    """The publisher's alert words as they stand, such as ``avoid_all_travel_to_parts``; empty when there is none."""
    statuses = value_of(decoded, "details", "alert_status")
    words = statuses if isinstance(statuses, list) else ()
    return ", ".join(legible(status)[:80] for status in words if isinstance(status, str))


def _passages(decoded: Any) -> Iterator[tuple[str, Passage]]:
    for passage in passages(_html(value_of(decoded, "details", "summary"))):  # items of the older form have one
        yield "Summary", passage
    parts = value_of(decoded, "details", "parts")
    for part in parts if isinstance(parts, list) else ():
        title = legible(text_of(part, "title"))[:200]
        for passage in passages(_html(value_of(part, "body"))):
            yield title, passage


def _html(body: Any) -> str:
    """The HTML of a part: a text, or the form in several content types."""
    if isinstance(body, str):
        return body
    forms = body if isinstance(body, list) else ()
    return next((text_of(form, "content") for form in forms if text_of(form, "content_type") == "text/html"), "")


READER: Final = Reader(publisher=PUBLISHER, fits=_fits, read=_read)
