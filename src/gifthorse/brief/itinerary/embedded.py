"""schema.org data inside HTML: JSON-LD scripts, and microdata told as the same objects.

JSON-LD is found by searching for its scripts, not by parsing the page: that takes one pass whatever the page is like.
"""

import html
import json
import re
from html.parser import HTMLParser
from typing import Any, Final

from gifthorse.brief.itinerary.gathering import Gathered
from gifthorse.model.itineraries import Reason

MOST_SCRIPTS: Final = 500
LARGEST_MICRODATA: Final = 500_000
_DEEPEST: Final = 30
_SCRIPT: Final = re.compile(r"<script\b([^>]{0,500})>", re.IGNORECASE)
_END: Final = re.compile(r"</script", re.IGNORECASE)
_TRAILING_COMMA: Final = re.compile(r",(\s{0,50}[}\]])")
_VOID: Final = frozenset({"meta", "link", "img", "br", "hr", "input", "source", "wbr", "area", "base", "col", "embed", "track"})


def objects_in(untrusted_html: str, gathered: Gathered, where: str) -> list[Any]:
    """Every object of JSON-LD and microdata in the page, as decoded JSON; broken ones are noted."""
    found: list[Any] = []
    position = 0
    for _number in range(MOST_SCRIPTS):
        begin = _SCRIPT.search(untrusted_html, position)
        if not begin:
            break
        end = _END.search(untrusted_html, begin.end())
        position = end.end() if end else len(untrusted_html)
        if "ld+json" in begin[1].lower():
            found += decoded(untrusted_html[begin.end() : end.start() if end else len(untrusted_html)], gathered, where)
    return found + _microdata(untrusted_html, gathered, where)


def decoded(untrusted_json: str, gathered: Gathered, where: str) -> list[Any]:
    """The object in *untrusted_json*, also where it was escaped or has a comma too many; nothing, with a note, if it is broken."""
    text = untrusted_json.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>").strip(" \t\r\n;")
    for mended in (str, _without_comma, _unescaped):
        try:
            return [json.loads(mended(text), strict=False)]
        except (ValueError, RecursionError):
            continue
    gathered.note(where, Reason.BROKEN_PART, text=untrusted_json)
    return []


def _without_comma(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", text)


def _unescaped(text: str) -> str:
    return _without_comma(html.unescape(text))


def _microdata(untrusted_html: str, gathered: Gathered, where: str) -> list[Any]:
    if "itemtype" not in untrusted_html.lower() or "reservation" not in untrusted_html.lower():
        return []
    if len(untrusted_html) > LARGEST_MICRODATA:
        gathered.note(where, Reason.TOO_LARGE)
        return []
    reader = _Microdata()
    reader.feed(_sound(untrusted_html))
    reader.close()
    return reader.items


def _sound(page: str) -> str:
    """*page* without comments, declarations and a tag cut off at its end, for whose ends Python's parser looks again and again."""
    kept, position = [], 0
    while (begin := page.find("<!", position)) >= 0:
        kept.append(page[position:begin])
        mark = "-->" if page.startswith("<!--", begin) else ">"
        end = page.find(mark, begin + 2)
        position = len(page) if end < 0 else end + len(mark)
    return "".join((*kept, page[position : page.rfind(">") + 1])).replace("<?", "")


class _Microdata(HTMLParser):
    """Items with itemscope and itemtype as dictionaries, their itemprops as entries (HTML standard, 5.2)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[dict[str, Any]] = []
        self._open: list[dict[str, Any]] = []
        # For every open tag: its name, whether it opened an item, and the property whose text it holds.
        self._tags: list[tuple[str, bool, str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An item begins, or a property of the innermost item."""
        given = {name: value or "" for name, value in attrs}
        is_item = "itemscope" in given and len(self._open) < _DEEPEST
        name = given.get("itemprop", "").strip()
        if is_item:
            self._begin(given.get("itemtype", ""), name)
        elif name and self._open and (value := _value(tag, given)) is not None:
            self._put(name, value)
            name = ""
        if tag not in _VOID:
            self._tags.append((tag, is_item, "" if is_item else name, []))
        elif is_item:
            self._open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As mails write it: <meta … /> has no end tag, and <div … /> has none either."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        """Text goes to the properties that are open (the innermost forty tags)."""
        for _tag, _item, name, texts in self._tags[-40:]:
            if name:
                texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """The innermost open *tag*, and all in it, ends."""
        for depth in range(len(self._tags) - 1, max(-1, len(self._tags) - 40), -1):
            if self._tags[depth][0] == tag:
                while len(self._tags) > depth:
                    self._finish(*self._tags.pop())
                return

    def _begin(self, kind: str, name: str) -> None:
        item: dict[str, Any] = {"@type": kind.strip().split()[0] if kind.strip() else ""}
        if self._open and name:
            self._put(name, item)
        elif not self._open:
            self.items.append(item)
        self._open.append(item)

    def _finish(self, _tag: str, is_item: bool, name: str, texts: list[str]) -> None:
        if is_item and self._open:
            self._open.pop()
        if name and self._open:
            self._put(name, " ".join("".join(texts).split()))

    def _put(self, name: str, value: Any) -> None:
        item = self._open[-1]
        if name in item:
            held = item[name]
            item[name] = [*held, value] if isinstance(held, list) else [held, value]
        else:
            item[name] = value


def _value(tag: str, given: dict[str, str]) -> str | None:
    """The value that stands in an attribute, None when it is the text inside."""
    if "content" in given:
        return given["content"]
    source = {"a": "href", "link": "href", "img": "src", "time": "datetime", "data": "value"}.get(tag)
    return given.get(source) if source else None
