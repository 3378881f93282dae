"""Boarding pass codes whose blanks were squeezed, as they come out of the text of a PDF or a mail, put back to their fixed widths.

The optional items between legs can't be measured any more, so they are left out; what every leg must have is found again by its form.
"""

import re
from typing import Final

from gifthorse.brief.itinerary.airports import is_airport

_AFTER_BOOKING: Final = (
    r"(?P<origin>[A-Z]{3})(?P<destination>[A-Z]{3})(?P<carrier>[A-Z0-9]{2}[A-Z]?) ?(?P<number>\d{1,4})(?P<suffix>[A-Z]?) ?"
    r"(?P<day>\d{3})(?P<cabin>[A-Z])(?P<seat>\d{1,3}[A-Z]|[A-Z0-9]{0,4}) ?"
    r"(?P<sequence>\d{1,5}) ?(?P<status>[A-Z0-9])(?P<size>[0-9A-F]{2})"
)
_FIRST: Final = re.compile(r"(?P<pnr>[A-Z0-9]{5,7}) ?" + _AFTER_BOOKING, re.ASCII)
# Items end where the next booking code begins, with nothing between: it is taken to be as long as the first.
_LATER: Final = {length: re.compile(rf"(?P<pnr>[A-Z0-9]{{{length}}}) ?" + _AFTER_BOOKING, re.ASCII) for length in (5, 6, 7)}
_HEAD: Final = re.compile(
    r"(?<![A-Z0-9])M(?P<legs>[1-4])(?P<name>[A-Z][A-Z0-9/ .'-]{1,18}) (?P<ticket>E?)(?=[A-Z0-9]{5,7} ?[A-Z]{6})", re.ASCII
)
_LONGEST: Final = 2_000
_MOST_TRIES: Final = 20


def restored(untrusted_line: str) -> str:
    """The code in *untrusted_line* at its fixed widths and without optional items; empty when there is none between known airports."""
    line = untrusted_line[:_LONGEST]
    for head in list(_HEAD.finditer(line))[:_MOST_TRIES]:
        legs: list[str] = []
        found = _FIRST.match(line, head.end())
        length = len(found["pnr"]) if found else 0
        while found and len(legs) < int(head["legs"]):
            if is_airport(found["origin"]) and is_airport(found["destination"]):
                legs.append(_leg(found))
            found = _LATER[length].search(line, found.end())
        if legs:
            return f"M{head['legs']}{head['name'].strip():<20}{head['ticket']:<1}{''.join(legs)}"
    return ""


def _leg(found: "re.Match[str]") -> str:
    number = f"{found['number']:0>4}{found['suffix']:<1}"
    places = f"{found['pnr']:<7}{found['origin']}{found['destination']}{found['carrier']:<3}"
    return f"{places}{number}{found['day']}{found['cabin']}{found['seat']:0>4}{found['sequence']:<5}{found['status']}00"
