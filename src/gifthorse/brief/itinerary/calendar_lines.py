"""The lines of an iCalendar file (RFC 5545, 3.1) as a tree of components; a broken line costs itself and nothing else."""

import quopri
import re
from collections.abc import Iterator
from typing import Final

from gifthorse.brief.itinerary.gathering import Gathered
from gifthorse.brief.itinerary.text import as_text
from gifthorse.model.itineraries import Reason

MOST_LINES: Final = 400_000
_DEEPEST: Final = 6
_NAME: Final = re.compile(r"[A-Za-z0-9-]{1,100}\Z")
_PARAMETER: Final = re.compile(r';([A-Za-z0-9-]{1,100})=("[^"]*"|[^";:]*)')
# The values of these hold no colon, so an unquoted one in TZID="(UTC+01:00) Berlin" (Outlook leaves the quotes out) does no harm.
_DATES: Final = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"})
_DATE_PARAMETER: Final = re.compile(r';([A-Za-z0-9-]{1,100})=("[^"]*"|[^";]*)')
# These never hold each other: one that begins while another is open says that the end of that one is lost.
_ENTRIES: Final = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"})
_QUOTED: Final = "QUOTED-PRINTABLE"  # of vCalendar 1.0, which old programs and phones write
_ESCAPE: Final = re.compile(r"\\([\\;,nN])")


class Line:
    """One property: name in capitals, parameters by name in capitals, raw value."""

    __slots__ = ("name", "parameters", "value")

    def __init__(self, name: str, parameters: dict[str, str], value: str) -> None:
        self.name, self.parameters, self.value = name, parameters, value

    @property
    def text(self) -> str:
        """The value with its escapes undone (RFC 5545, 3.3.11)."""
        value = self.value
        if self.parameters.get("ENCODING", "").upper() == _QUOTED:
            value = as_text(quopri.decodestring(value.encode("utf-8", "replace")), self.parameters.get("CHARSET", ""))
        return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


class Component:
    """BEGIN to END: its lines, and the components in it."""

    __slots__ = ("inner", "lines", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[Line] = []
        self.inner: list[Component] = []

    def line(self, name: str) -> Line | None:
        """The first line called *name*."""
        return next((line for line in self.lines if line.name == name), None)

    def all(self, name: str) -> list[Line]:
        """Every line called *name*."""
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        """The text of the first line called *name*, empty without one."""
        found = self.line(name)
        return found.text.strip() if found else ""


def components(untrusted_text: str, gathered: Gathered) -> Component:
    """The whole file as one component whose inner ones are its calendars; what never ended counts as ended at the end of the file."""
    whole = Component("")
    open_now = [whole]
    for number, text in enumerate(_unfolded(untrusted_text), start=1):
        if number > MOST_LINES:
            gathered.note(f"line {number}", Reason.TOO_MANY, what=str(MOST_LINES))
            break
        line = _line(text)
        if line is None:
            gathered.note(f"line {number}", Reason.BROKEN_LINE, text=text)
        elif line.name == "BEGIN":
            begun = Component(line.value.strip().upper()[:100])
            _end_unended(begun.name, open_now)
            if len(open_now) <= _DEEPEST:
                open_now[-1].inner.append(begun)
            open_now.append(begun)
        elif line.name == "END":
            _end(line.value.strip().upper(), open_now)
        else:
            open_now[-1].lines.append(line)
    return whole


def _end_unended(name: str, open_now: list[Component]) -> None:
    """What can't hold a component called *name* and was never ended is closed, so that what begins here isn't lost in it."""
    ending = _ENTRIES if name in _ENTRIES else {"VCALENDAR"} if name == "VCALENDAR" else frozenset[str]()
    for depth in range(1, len(open_now)):
        if open_now[depth].name in ending:
            del open_now[depth:]
            return


def _end(name: str, open_now: list[Component]) -> None:
    """The innermost open component called *name* and all in it are closed; an END without its BEGIN is nothing."""
    for depth in range(len(open_now) - 1, max(0, len(open_now) - 50), -1):
        if open_now[depth].name == name:
            del open_now[depth:]
            return


def _unfolded(text: str) -> Iterator[str]:
    """Whole lines: those that begin with a blank go on the one before."""
    parts: list[str] = []
    for line in re.split(r"\r\n|\n|\r", text, maxsplit=MOST_LINES):
        if line[:1] in {" ", "\t"} and parts:
            parts.append(line[1:])
            continue
        if parts and parts[-1].endswith("=") and _QUOTED in parts[0][:200].upper():
            parts[-1] = parts[-1][:-1]
            parts.append(line)
            continue
        if parts and (whole := "".join(parts)).strip():
            yield whole
        parts = [line]
    if parts and (whole := "".join(parts)).strip():
        yield whole


def _line(text: str) -> Line | None:
    head = re.match(r"[^;:]{1,100}", text)
    if not head or not _NAME.match(name := head[0].strip().rpartition(".")[2].upper()):
        return None
    parameters: dict[str, str] = {}
    position = head.end()
    shape = _PARAMETER
    if name in _DATES and ":" in text:
        shape = _DATE_PARAMETER
        text, _colon, value = text.rpartition(":")
    else:
        value = ""
    while position < len(text) and (found := shape.match(text, position)):
        parameters.setdefault(found[1].upper(), found[2].strip('"'))
        position = found.end()
    if name in _DATES:
        return Line(name, parameters, value) if value else None
    return Line(name, parameters, text[position + 1 :]) if text[position : position + 1] == ":" else None
