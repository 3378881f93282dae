"""What documents say, as plain lines: office packages, pages, mails, and text itself."""

import email
import email.policy
import re
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import Closed, Opened, events
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.settings import decoded
from gifthorse.inspect.item import Item
from gifthorse.inspect.safe_copy.pictures import NotRebuilt

MOST_TEXT: Final = 16 * 1024 * 1024
_MOST_PART: Final = 32 * 1024 * 1024
_PARTS: Final = {
    FileType.OOXML_WORD: re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    FileType.OOXML_SLIDES: re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)(\d+)\.xml"),
    FileType.OOXML_SHEET: re.compile(r"xl/worksheets/sheet(\d+)\.xml"),
    FileType.ODF: re.compile(r"content\.xml"),
}
_SILENT: Final = frozenset({"script", "style", "head", "template", "noscript"})
_HEADERS: Final = ("From", "Reply-To", "To", "Cc", "Date", "Subject")


def text_of(item: Item) -> str:
    """The text of a text file."""
    body = item.content.read(0, min(item.size, MOST_TEXT))
    try:
        return body.decode("utf-8-sig") if body[:2] not in {b"\xff\xfe", b"\xfe\xff"} else decoded(body)[0]
    except UnicodeDecodeError:
        return decoded(body)[0]


def page_text(item: Item) -> str:
    """What a web page shows, without its scripts, styles and links."""
    return _shown(text_of(item))


def mail_text(item: Item) -> str:
    """The head lines and the body of a mail."""
    message = email.message_from_bytes(item.content.read(0, min(item.size, MOST_TEXT)), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    lines = [f"{name}: {value}" for name in _HEADERS if (value := message.get(name))]
    body = message.get_body(("plain", "html"))
    said = "" if body is None else str(body.get_content())
    if body is not None and body.get_content_type() == "text/html":
        said = _shown(said)
    return "\n".join((*lines, "", said))


def office_text(item: Item) -> str:
    """The words of an office package, paragraph by paragraph, tables with tabs; raises NotRebuilt."""
    package = package_of(item)
    wanted = _PARTS.get(item.filetype)
    if package is None or wanted is None:
        raise NotRebuilt("it is no office document that can be read here")
    names = sorted((name for name in package.names if wanted.fullmatch(name)), key=_numbered)
    shared = _shared(package) if item.filetype is FileType.OOXML_SHEET else []
    try:
        parts = [package.read(name, _MOST_PART) for name in names]
        said = [_cells(part, shared) if item.filetype is FileType.OOXML_SHEET else _paragraphs(part) for part in parts]
    except DamagedDocument as damage:
        raise NotRebuilt(f"it can't be read ({damage})") from damage
    return "\n\n".join(said)[:MOST_TEXT]


def _numbered(name: str) -> tuple[int, int, str]:
    number = re.search(r"(\d+)\.xml", name)
    return (0 if name.endswith("document.xml") else 1, int(number.group(1)) if number else 0, name)


def _paragraphs(xml: bytes) -> str:
    """Character data of ``t``, or of everything in a paragraph where there is no such element (OpenDocument)."""
    said: list[str] = []
    inside: list[str] = []
    happened = events(xml, text=True)
    with_runs = any(isinstance(event, Opened) and event.name == "t" for event in happened)
    for event in happened:
        if isinstance(event, Opened):
            inside.append(event.name)
            said.append({"tab": "\t", "br": "\n", "line-break": "\n"}.get(event.name, ""))
        elif isinstance(event, Closed):
            if inside:
                inside.pop()
            said.append({"p": "\n", "h": "\n", "tc": "\t", "table-cell": "\t", "tr": "\n"}.get(event.name, ""))
        elif inside and (inside[-1] == "t" if with_runs else {"p", "h"}.intersection(inside)):
            said.append(event)
    return "".join(said).strip()


def _shared(package: Package) -> list[str]:
    try:
        happened = events(package.read("xl/sharedStrings.xml", _MOST_PART), text=True)
    except (DamagedDocument, KeyError):
        return []
    strings: list[str] = []
    for event in happened:
        if isinstance(event, Opened) and event.name == "si":
            strings.append("")
        elif isinstance(event, str) and strings:
            strings[-1] += event
    return strings


def _cells(xml: bytes, shared: list[str]) -> str:
    """Rows as lines and cells as columns (ECMA-376 part 1, 18.3.1); formulas are left out, what they gave stays."""
    said: list[str] = []
    kind, within = "", ""
    for event in events(xml, text=True):
        if isinstance(event, Opened):
            within = event.name
            kind = event.attributes.get("t", "") if event.name == "c" else kind
        elif isinstance(event, Closed):
            within = ""
            said.append({"row": "\n", "c": "\t"}.get(event.name, ""))
        elif within in {"v", "t"}:
            said.append(shared[int(event)] if kind == "s" and event.isdigit() and int(event) < len(shared) else event)
    return "".join(said)


class _Shown(HTMLParser):
    """Gathers what a page shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's shape
        self._silent += tag in _SILENT
        if tag in {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4"}:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def _shown(markup: str) -> str:
    reader = _Shown()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.said).splitlines())
    return "\n".join(line for line in lines if line)
