"""Lines of the log without secrets: an address is written with its known words and opaque ids, everything else of it as “[hidden]”.

The address of a calendar is its secret, the way back from the house's sign-in carries a code, and whoever mistypes either is answered
with an error, which is logged. So what is not known to be harmless is not written: neither in the message nor in a traceback.
"""

import copy
import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

HIDDEN: Final = "[hidden]"  # plain ASCII: a log may go to a terminal that knows nothing else
SHORTEST_SECRET: Final = 4  # shorter values would blot out half of a traceback
_OPAQUE_ID: Final = re.compile(r"[a-z]{2,12}-[0-9A-HJKMNP-TV-Z]{13}")
_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>]+")
_WORD: Final = re.compile(r"[a-z][a-z0-9.-]*")


class WithoutSecrets(logging.Formatter):
    """Formats like its parent; addresses among the arguments, and whatever of the request is secret, are not in the line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with its traceback if there is one."""
        clean = copy.copy(record)
        clean.exc_text = None  # another handler may have formatted it with everything in it
        if isinstance(record.args, dict):
            clean.args = {name: _harmless(value) for name, value in record.args.items()}
        elif record.args:
            clean.args = tuple(_harmless(value) for value in record.args)
        text = _ADDRESS.sub(lambda found: harmless_address(found[0]), super().format(clean))
        for secret in _secrets(getattr(record, "request", None)):
            text = text.replace(secret, HIDDEN)
        return text


def harmless_path(untrusted_path: str) -> str:
    """The path without query, and “[hidden]” for each part that is neither a word of the desk's addresses nor an opaque id."""
    parts = re.split(r"[?#;]", untrusted_path, maxsplit=1)[0].split("/")
    return "/".join(part if not part or _is_harmless(part) else HIDDEN for part in parts)


def harmless_address(untrusted_address: str) -> str:
    """The whole address with its host and a harmless path."""
    try:
        told = urlsplit(untrusted_address)
        host = told.hostname or ""
    except ValueError:
        return HIDDEN
    return f"{told.scheme}://{host}{harmless_path(told.path)}"


def _harmless(value: Any) -> Any:
    return harmless_path(value) if isinstance(value, str) and value.startswith("/") else value


def _is_harmless(part: str) -> bool:
    return part in _words_of_addresses() or _OPAQUE_ID.fullmatch(part) is not None


def _secrets(request: Any) -> Iterator[str]:
    """What of the request is not to be written, the longest first."""
    path, meta = getattr(request, "path", None), getattr(request, "META", None)
    if not isinstance(path, str) or not isinstance(meta, dict):  # a socket, or nothing
        return
    query = str(meta.get("QUERY_STRING", ""))
    values = [value for _name, value in parse_qsl(query)] + [query]
    parts = [part for part in path.split("/") if not _is_harmless(part)]
    # without the ending too: what reads a part of an address takes the ending off
    parts += [part.partition(".")[0] for part in parts] + [unquote(part) for part in parts]
    yield from sorted({one for one in (*values, *parts) if len(one) >= SHORTEST_SECRET}, key=len, reverse=True)


@cache
def _words_of_addresses() -> frozenset[str]:
    """The fixed words of all addresses of the desk."""
    from django.urls import get_resolver

    found: set[str] = set()
    waiting: list[Any] = [get_resolver()]
    while waiting:
        for pattern in waiting.pop().url_patterns:
            found.update(word for word in str(pattern.pattern).split("/") if _WORD.fullmatch(word))
            if hasattr(pattern, "url_patterns"):
                waiting.append(pattern)
    return frozenset(found | {"static", "desk", "vendor"})
