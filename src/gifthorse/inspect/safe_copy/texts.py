"""What documents say, as plain lines: pages, mails, and text itself."""

import email
import email.policy
from email.message import EmailMessage
from typing import Final

from gifthorse.inspect.documents.damage import FORMAT_ERRORS
from gifthorse.inspect.documents.mail import body_of, known
from gifthorse.inspect.formats.settings import decoded
from gifthorse.inspect.item import Item
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from gifthorse.inspect.safe_copy.shown_page import shown, stated_codec

MOST_TEXT: Final = 16 * 1024 * 1024
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
    body = item.content.read(0, min(item.size, MOST_TEXT))
    codec = "" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else stated_codec(body)
    return shown(body.decode(codec, "replace") if codec else text_of(item))


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
        said = shown(said)
    return "\n".join((*lines, "", said))
