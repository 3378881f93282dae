"""What documents say, as plain lines: office packages, pages, mails, and text itself."""

import email
import email.policy
import re
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Final

from gifthorse.inspect.documents.damage import FORMAT_ERRORS
from gifthorse.inspect.documents.mail import body_of, known
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
    """The head lines and the body of a mail; raises NotRebuilt for one that is made too oddly to be read."""
    try:
        return _letter(item.content.read(0, min(item.size, MOST_TEXT)))
    except FORMAT_ERRORS as error:  # which of them the standard parsers raise, depends on their version
        raise NotRebuilt(f"it is no mail that can be read here ({type(error).__name__})") from error


def _letter(untrusted_mail: bytes) -> str:
    message = email.message_from_bytes(untrusted_mail, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    lines = [f"{name}: {value}" for name in _HEADERS if (value := message.get(name))]
    body = message.get_body(("plain", "html"))
    said = "" if body is None else body_of(body).decode(body.get_content_charset("utf-8") if known(body) else "latin-1", "replace")
    if body is not None and body.get_content_type() == "text/html":
        said = _shown(said)
    return "\n".join((*lines, "", said))


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
