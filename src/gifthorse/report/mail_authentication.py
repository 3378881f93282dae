"""Authentication-Results headers (RFC 8601): which server says what about SPF, DKIM and DMARC."""

import re
from email.message import Message
from typing import Final

from gifthorse.report.mail_parts import AuthHeader, AuthResult
from gifthorse.report.mail_text import cleaned

METHODS: Final = ("spf", "dkim", "dmarc")
MOST_HEADERS: Final = 30
_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[^()\\"]+|\\.|.', re.DOTALL)
_PIECE_OF_COMMENT: Final = re.compile(r"[^()\\]+|\\.|.", re.DOTALL)
_NOT_IN_A_VALUE: Final = re.compile(r"[^\w.@+-]")
_RESULT: Final = re.compile(r"^\s*([\w-]+)(?:/\d+)?\s*=\s*(\w+)")
_PROPERTY: Final = re.compile(r"\b([a-z]+\.[\w-]+)\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)


def read_authentication(message: Message, longest: int) -> tuple[AuthHeader, ...]:
    """The Authentication-Results headers from the top down, each with the number of Received headers above it."""
    found: list[AuthHeader] = []
    hops = 0
    for name, value in message.items():
        if name.lower() == "received":
            hops += 1
        elif name.lower() == "authentication-results" and len(found) < MOST_HEADERS:
            found.append(_read(cleaned(str(value)[:longest]), hops))
    return tuple(found)


def _read(value: str, hops: int) -> AuthHeader:
    server, *statements = _plain(value).split(";")
    results = tuple(result for statement in statements if (result := _result(statement)) is not None)
    return AuthHeader(server=server.split()[0].lower() if server.split() else "", results=results, hops_above=hops)


def _plain(value: str) -> str:
    """*value* without comments, and without what a quoted text could say to look like a result of its own.

    Servers repeat the sender's words here: an address such as "x; dmarc=pass"@example.org is one value, not two results. A header that
    ends within a comment or a quoted text is cut before it.
    """
    found: list[str] = []
    depth = at = 0
    while match := (_PIECE_OF_COMMENT if depth else _PIECE).match(value, at):
        piece, at = match.group(), match.end()
        if piece in {"(", ")"}:
            depth = max(0, depth + (1 if piece == "(" else -1))
            found.append(" ")
        elif piece == '"' and not depth:
            break
        elif not depth and piece[0] != "\\":
            found.append(_NOT_IN_A_VALUE.sub("", piece) if piece[0] == '"' else piece)
    return "".join(found)


def _result(statement: str) -> AuthResult | None:
    match = _RESULT.match(statement)
    if match is None:
        return None
    properties = {name.lower(): text.lower() for name, text in _PROPERTY.findall(statement[match.end() :])}
    return AuthResult(method=match.group(1).lower(), result=match.group(2).lower(), properties=properties)
