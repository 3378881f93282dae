"""A publisher's HTML as plain text under its headings. Nothing of the markup survives, and nothing that doesn't show."""

import re
import unicodedata
from html.parser import HTMLParser
from typing import Final, NamedTuple

MOST_CHARACTERS: Final = 6_000
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "summary"})  # smaller headings are part of the text
_BREAKS: Final = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "table", "section", "details", "h4", "h5", "h6", "blockquote"})
_UNSEEN: Final = frozenset({"script", "style", "template", "noscript", "iframe", "svg", "head", "title"})
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r"\s*\n\s*")


class Passage(NamedTuple):
    """A heading (empty in front of the first) and the text below it; *shortened* when it was cut at the longest that we keep."""

    heading: str
    text: str
    shortened: bool


def passages(untrusted_html: str) -> list[Passage]:
    """The text of *untrusted_html* by headings; headings without a text are left out."""
    parser = _Parser()
    parser.feed(untrusted_html)
    parser.close()
    found = []
    for heading, parts in parser.told:
        text = legible("".join(parts))
        if text:
            found.append(Passage(legible("".join(heading))[:200], _cut(text), len(text) > MOST_CHARACTERS))
    if parser.unseen and found:  # an element that doesn't show was never closed: what came after it is not known
        found[-1] = found[-1]._replace(shortened=True)
    return found


def plain(untrusted_html: str) -> str:
    """All text of *untrusted_html* without its headings' order."""
    return "\n".join(part for passage in passages(untrusted_html) for part in (passage.heading, passage.text) if part)


def legible(untrusted_text: str) -> str:
    """*untrusted_text* without characters that don't show or that change the direction of writing, white space tidied."""
    seen = "".join(
        character if character == "\n" or unicodedata.category(character)[0] != "C" else " " * (character == "\t")
        for character in untrusted_text
    )
    return _LINES.sub("\n", _SPACES.sub(" ", seen)).strip()


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS].rsplit(" ", 1)[0]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[tuple[list[str], list[str]]] = [([], [])]
        self.unseen = 0
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own signature
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag in _HEADINGS:
            self.told.append(([], []))
            self._in_heading = True
        elif tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _HEADINGS:
            self._in_heading = False
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.told[-1][0 if self._in_heading else 1].append(data)

    def _break(self) -> None:
        self._in_heading = False
        self.told[-1][1].append("\n")
