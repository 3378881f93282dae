"""What a web page shows, as plain lines."""

import re
from html.parser import HTMLParser
from typing import Final

from gifthorse.inspect.safe_copy.codecs_known import codec_named

_SILENT: Final = frozenset({"script", "style", "template", "noscript", "title"})
_IN_HEAD: Final = frozenset({"meta", "link", "base", "basefont", "bgsound", *_SILENT})
_NEW_LINE: Final = frozenset(
    (  # noqa: SIM905 - a list of them is longer than the page
        "address article aside blockquote br dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
        "table tr ul"
    ).split()
)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]{1,40})", re.IGNORECASE)
_HEAD_BYTES: Final = 4096


class _Shown(HTMLParser):
    """Gathers what a page shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0
        self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The end of the head need not be written: what has no place in it ends it.
        self._in_head = tag == "head" or (self._in_head and tag in _IN_HEAD)
        self._silent += tag in _SILENT
        if tag in _NEW_LINE:
            self.said.append("\n")
        elif tag in {"td", "th"}:
            self.said.append(" ")
        elif tag == "img" and (words := dict(attrs).get("alt")) and not self._silent:
            self.said.append(f"[picture: {words}]")

    def handle_endtag(self, tag: str) -> None:
        self._in_head = self._in_head and tag != "head"
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._in_head:
            self.said.append(data)


def shown(markup: str) -> str:
    """What the page *markup* shows, line by line, without its scripts, styles and links."""
    reader = _Shown()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.said).splitlines())
    return "\n".join(line for line in lines if line)


def stated_codec(page: bytes) -> str:
    """The codec that the page says it is written in; empty when it says none that is known."""
    found = _CHARSET.search(page[:_HEAD_BYTES])
    return codec_named(found[1].decode("ascii")) if found else ""
