"""A meeting request inside a mail (text/calendar): its words, its links, and to whom an answer to it goes."""

import re
from typing import Final

from gifthorse.report.mail_parts import Address, Link
from gifthorse.report.mail_text import cleaned, plain_links

MOST_LINES: Final = 2_000
_FOLD: Final = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_ESCAPE: Final = re.compile(r"\\([\\;,nN])")
_LINE: Final = re.compile(
    r"(SUMMARY|DESCRIPTION|LOCATION|COMMENT|URL|CONFERENCE|ORGANIZER)((?:;[^:;=]{1,60}=(?:\"[^\"]*\"|[^\";:]*))*):(.*)", re.IGNORECASE
)
_NAME: Final = re.compile(r";CN=(?:\"([^\"]*)\"|([^\";:]*))", re.IGNORECASE)


def calendar_content(text: str) -> tuple[str, tuple[Link, ...], tuple[Address, ...]]:
    """The text, the links and the organisers of the meeting request *text*; an answer to it goes to the organiser."""
    words: list[str] = []
    organisers: list[Address] = []
    for line in _FOLD.sub("", text).splitlines()[:MOST_LINES]:
        found = _LINE.match(line)
        if not found:
            continue
        if found[1].upper() == "ORGANIZER":
            scheme, _, address = found[3].strip().partition(":")
            named = _NAME.search(found[2])
            if scheme.lower() == "mailto" and "@" in address:
                organisers.append(Address(display=cleaned((named[1] or named[2] or "") if named else ""), address=cleaned(address)))
        else:
            words.append(_ESCAPE.sub(lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], found[3]))
    whole = cleaned("\n".join(words), lines=True)
    return whole, plain_links(whole), tuple(dict.fromkeys(organisers))
