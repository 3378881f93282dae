"""The visible text and the links of a mail's page, in one pass.

The standard library's HTML parser takes time that grows with the square of what an unclosed comment or tag holds, so a page of
200 kilobytes can keep it busy for minutes. This one looks at each letter a bounded number of times and knows only what is asked here:
what is text, what is a tag, and where a link leads. Nothing is loaded and nothing is run.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from gifthorse.report.mail_parts import Link
from gifthorse.report.mail_text import HtmlContent, cleaned, plain_links

LONGEST_TAG: Final = 10_000
LONGEST_TARGET: Final = 2_000
LONGEST_LINK_TEXT: Final = 500
_HIDDEN: Final = frozenset({"script", "style", "title", "textarea", "noscript", "template"})
_LINE_ENDS: Final = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "table"})
_NOT_IN_ADDRESSES: Final = str.maketrans("", "", "\t\r\n")
_NAME: Final = re.compile(r"/?([a-z][a-z0-9-]*)", re.IGNORECASE)
_STOP: Final = re.compile(r"[\"'>]")
_ATTRIBUTE: Final = re.compile(r"([^\s\"'<>/=]{1,100})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


class _Tag(NamedTuple):
    name: str
    closes: bool
    attributes: dict[str, str]


def html_content(page: str) -> HtmlContent:
    """The visible text and the links of *page*; not complete when a comment, tag or script in it never ends."""
    reader = _Reader()
    complete = True
    for piece in _pieces(page):
        if piece is None:
            complete = False
        elif isinstance(piece, str):
            reader.text(unescape(piece))
        else:
            reader.tag(piece)
    reader.end_link()
    text = cleaned("".join(reader.texts), lines=True)
    shown = "\n".join(f"{link.text}\n{link.target}" for link in reader.links)
    links = (*reader.links, *(link for link in plain_links(text) if link.target.removeprefix("http://") not in shown))
    return HtmlContent(text=text, links=tuple(dict.fromkeys(links)), complete=complete)


def _pieces(page: str) -> Iterator[str | _Tag | None]:
    """Text, tags, and None where something never ends (what follows is then not read)."""
    lowered = page.lower() if len(page.lower()) == len(page) else page
    at = 0
    while (start := page.find("<", at)) >= 0:
        yield page[at:start]
        found = _NAME.match(page, start + 1)
        if found is None and page[start + 1 : start + 2] not in ("!", "?"):
            yield "<"
            at = start + 1
            continue
        at = _end_of_markup(page, start)
        if at < 0:
            yield None
            return
        if found is not None:
            tag = _tag(page[start + 1 : at - 1], found.group(1).lower())
            yield tag
            at = at if tag.closes or tag.name not in _HIDDEN else lowered.find(f"</{tag.name}", at)
        if at < 0:
            yield None
            return
    yield page[at:]


def _end_of_markup(page: str, start: int) -> int:
    """Where the comment, declaration or tag at *start* ends, or -1; a quotation mark that nothing closes is a letter like others."""
    if page.startswith("<!--", start):
        end = page.find("-->", start + 4)
        return end + 3 if end >= 0 else -1
    at = start + 1
    while found := _STOP.search(page, at):
        mark = found.group()
        if mark == ">":
            return found.end()
        closing = page.find(mark, found.end())  # the last of its kind when there is none, so this is searched in vain once
        at = closing + 1 if closing >= 0 else found.end()
    return -1


def _tag(inside: str, name: str) -> _Tag:
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(inside[:LONGEST_TAG]):
        attributes.setdefault(found.group(1).lower(), unescape(found.group(2) or found.group(3) or found.group(4) or ""))
    return _Tag(name, inside.startswith("/"), attributes)


def _target(written: str) -> str:
    """An address as a browser takes it: line ends and tabs within it go."""
    return cleaned(written.translate(_NOT_IN_ADDRESSES))[:LONGEST_TARGET]


class _Reader:
    """Collects visible text, and links with the text that they show."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.links: list[Link] = []
        self._target: str | None = None
        self._shown: list[str] = []

    def text(self, text: str) -> None:
        """*text* is seen by the reader of the mail."""
        self.texts.append(text)
        if self._target is not None:
            self._shown.append(text)

    def tag(self, tag: _Tag) -> None:
        """A tag opens or closes a link, names a form, shows a picture's words, or ends a line."""
        given = tag.attributes
        if tag.name in ("a", "area"):
            self.end_link()
            self._target = None if tag.closes or not given.get("href") else _target(given["href"])
        elif tag.name == "form" and given.get("action"):
            self.links.append(Link(text="", target=_target(given["action"]), form=True))
        elif tag.name in ("button", "input") and given.get("formaction"):
            self.links.append(Link(text="", target=_target(given["formaction"]), form=True))
        elif tag.name == "img" and given.get("alt"):
            self.text(given["alt"])
        if tag.name in _LINE_ENDS:
            self.texts.append("\n")

    def end_link(self) -> None:
        """The open link, if there is one, is among the links."""
        plain = (self._target or "#").lower()
        shows_address = plain.startswith("mailto:") and "@" in "".join(self._shown)
        if self._target is not None and (shows_address or not plain.startswith(("#", "mailto:", "tel:"))):
            self.links.append(Link(text=cleaned("".join(self._shown))[:LONGEST_LINK_TEXT], target=self._target))
        self._target, self._shown = None, []
