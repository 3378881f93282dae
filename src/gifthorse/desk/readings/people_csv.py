"""The house's list of people as a CSV file: any usual delimiter and encoding, English or German headings."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import available_timezones

from gifthorse.brief.kinds import RoleKind
from gifthorse.desk.readings.people_words import ANSWERS, COLUMNS, DUTY_KINDS, FAMILY, GIVEN, LANGUAGES, ROLES
from gifthorse.model.errors import NotAccepted
from gifthorse.model.register import BrokenRow, StaffEntry, StaffField, StaffList
from gifthorse.model.roles import Role
from gifthorse.model.words import N_, Phrase, phrase

LARGEST: Final = 2 * 1024 * 1024
MOST_PEOPLE: Final = 5_000
LONGEST_CELL: Final = 200
LONGEST: Final = {StaffField.UNIT: 120, StaffField.LOGIN: 64, StaffField.STAFF_NUMBER: 40}
DELIMITERS: Final = ";,\t|"
MAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")
LOGIN: Final = re.compile(r"[\w.@+-]+")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
DATES: Final = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d")


class CellFault(Exception):
    """A cell that doesn't fit, with the sentence that says why."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.in_english())
        self.reason = reason


def read_people(untrusted: bytes) -> StaffList:
    """The list in the file, with its broken rows. Raises NotAccepted when it is no such list at all."""
    rows = list(_rows(_text(untrusted)))
    if not rows:
        raise NotAccepted(N_("This file is empty. Please choose the list of people as CSV."), field="file")
    headings, names = _with_one_name(rows[0][1])
    columns = _columns(headings)
    if len(rows) - 1 > MOST_PEOPLE:
        raise NotAccepted(N_("This list has more than 5,000 people. Please split it by department."), field="file")
    entries: list[StaffEntry] = []
    broken: list[BrokenRow] = []
    seen = _Seen()
    for number, cells in rows[1:]:
        try:
            entry = _entry(number, _joined(cells, names, len(rows[0][1])), columns, len(headings))
            seen.add(entry)
            entries.append(entry)
        except CellFault as fault:
            broken.append(BrokenRow(row=number, reason=fault.reason))
    if not entries and not broken:
        raise NotAccepted(N_("This file has headings, but nobody under them."), field="file")
    return StaffList(columns=frozenset(columns.values()), entries=tuple(entries), broken=tuple(broken))


def _text(untrusted: bytes) -> str:
    if len(untrusted) > LARGEST:
        raise NotAccepted(N_("This file is larger than 2 MB. Please split it by department."), field="file")
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    named = next((encoding for mark, encoding in marks if untrusted.startswith(mark)), None) or _unmarked_utf_16(untrusted[:200])
    try:
        text = untrusted.decode(named or "utf-8")
    except UnicodeDecodeError as error:
        if named:
            raise NotAccepted(N_("This file is damaged: its text can't be read. Please export it once more."), field="file") from error
        text = untrusted.decode("cp1252", "replace")
    if "\0" in text or text.startswith("PK"):
        raise NotAccepted(N_("This is no CSV file. In a spreadsheet program, choose “Save as” and “CSV UTF-8”."), field="file")
    return text


def _unmarked_utf_16(beginning: bytes) -> str | None:
    """UTF-16 that doesn't say so: in headings every other byte is zero."""
    odd, even = beginning[1::2].count(0), beginning[::2].count(0)
    if max(odd, even) * 2 < len(beginning) // 2 or not beginning:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Numbers (from 1) and cells of the rows that hold anything."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise NotAccepted(
                N_("This file is no CSV that can be read: a quotation mark is left open, or a cell is far too long."), field="file"
            ) from error
        if any(cell.strip() for cell in cells):
            yield number, cells


def _delimiter(text: str) -> str:
    """The delimiter that parts the first line with words into the most known headings."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter: str) -> tuple[int, int]:
        parts = next(csv.reader([first], delimiter=delimiter), [])
        return sum(_folded(part) in COLUMNS for part in parts), len(parts)

    return max(DELIMITERS, key=known)


def _with_one_name(headings: Sequence[str]) -> tuple[list[str], tuple[int, ...]]:
    """The headings with a column “name” at their end where given and family name stand apart, and the places of those two."""
    folded = [_folded(heading) for heading in headings]
    places = [next((place for place, word in enumerate(folded) if word in words), None) for words in (GIVEN, FAMILY)]
    found = tuple(place for place in places if place is not None)
    if "name" in folded and len(found) == 1 and places[0] is not None:
        found = (*found, folded.index("name"))  # "Vorname" beside "Name" is how payrolls write it
        return [*("" if place in found else heading for place, heading in enumerate(headings)), "name"], found
    if not found or any(COLUMNS.get(word) is StaffField.NAME for word in folded):
        return list(headings), ()
    return [*headings, "name"], found


def _joined(cells: Sequence[str], names: tuple[int, ...], width: int) -> list[str]:
    """The cells with the name put together behind the last heading of the file, which has *width* of them."""
    if not names or len(cells) > width:
        return list(cells)
    name = " ".join(cells[place].strip() for place in names if place < len(cells))
    return [*cells, *[""] * (width - len(cells)), name]


def _columns(headings: Sequence[str]) -> dict[int, StaffField]:
    found: dict[int, StaffField] = {}
    for place, heading in enumerate(headings):
        field = COLUMNS.get(_folded(heading))
        if field is None:
            continue
        if field in found.values():
            raise NotAccepted(N_("Two columns have the same meaning. Please keep one of them."), field="file")
        found[place] = field
    if StaffField.NAME not in found.values():
        raise NotAccepted(N_("There is no column “name”. The first row must hold the headings."), field="file")
    if not {StaffField.STAFF_NUMBER, StaffField.MAIL} & set(found.values()):
        raise NotAccepted(N_("A column “staff number” or “mail” is needed: by it people are known again."), field="file")
    return found


def _entry(number: int, cells: Sequence[str], columns: dict[int, StaffField], width: int) -> StaffEntry:
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        raise CellFault(
            phrase(N_("This row has more cells than there are headings: one cell may hold a delimiter without quotation marks."))
        )
    values: dict[str, Any] = {}
    for place, field in columns.items():
        cell = " ".join(cells[place].split()) if place < len(cells) else ""
        if "\ufffd" in cell:
            raise CellFault(phrase(N_("This row holds signs that can't be read. Please export the list as UTF-8.")))
        if len(cell) > LONGEST.get(field, LONGEST_CELL):
            raise CellFault(phrase(N_("The cell “{column}” is too long."), column=field.value.replace("_", " ")))
        values[field.value] = READERS.get(field, str)(cell)
    if not values[StaffField.NAME.value]:
        raise CellFault(phrase(N_("There is no name.")))
    if not values.get(StaffField.STAFF_NUMBER.value) and not values.get(StaffField.MAIL.value):
        raise CellFault(phrase(N_("There is neither a staff number nor a mail address.")))
    return StaffEntry(row=number, **values)


class _Seen:
    """Finds people who stand in the file twice."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], int] = {}

    def add(self, entry: StaffEntry) -> None:
        """Raises CellFault when staff number, mail or login stand in an earlier row."""
        marks = [(kind, getattr(entry, kind).casefold()) for kind in ("staff_number", "mail", "login") if getattr(entry, kind)]
        for mark in marks:
            if mark in self._rows:
                what = mark[0].replace("_", " ")
                raise CellFault(phrase(N_("The {what} stands in row {row} as well."), what=what, row=self._rows[mark]))
        self._rows |= dict.fromkeys(marks, entry.row)


def _mail(cell: str) -> str:
    if cell and not MAIL.fullmatch(cell):
        raise CellFault(phrase(N_("“{cell}” is no mail address."), cell=cell))
    return cell.lower()


def _login(cell: str) -> str:
    if cell and not LOGIN.fullmatch(cell):
        raise CellFault(phrase(N_("The login name “{cell}” holds spaces or signs that can't be typed everywhere."), cell=cell))
    return cell.lower()


def _roles(cell: str) -> tuple[Role, ...]:
    found = set()
    for word in filter(None, (word.strip() for word in re.split(r"[,;/|+]", cell))):
        role = ROLES.get(_folded(word))
        if role is None:
            raise CellFault(phrase(N_("“{cell}” is no role. Roles are: {roles}."), cell=word, roles=", ".join(sorted(ROLES_SHOWN))))
        found.add(role)
    return tuple(role for role in Role if role in found)


def _zone(cell: str) -> str:
    if cell and cell not in available_timezones():
        raise CellFault(phrase(N_("“{cell}” is no time zone. Write it as Europe/Berlin."), cell=cell))
    return cell


def _language(cell: str) -> str:
    code = LANGUAGES.get(_folded(cell), cell.lower().replace("_", "-"))
    if code and (not LANGUAGE.fullmatch(code) or len(code) > 12):
        raise CellFault(phrase(N_("“{cell}” is no language. Write it as de or en."), cell=cell))
    return code


def _day(cell: str) -> date | None:
    if not cell:
        return None
    for form in DATES:
        try:
            return datetime.strptime(cell.split(" ", maxsplit=1)[0], form).date()  # noqa: DTZ007 - a day of the calendar
        except ValueError:
            continue
    raise CellFault(phrase(N_("“{cell}” is no date that can be read. Write it as 2027-03-31."), cell=cell))


def _duty_kind(cell: str) -> str:
    kind = DUTY_KINDS.get(_folded(cell))
    if cell and kind is None:
        raise CellFault(phrase(N_("“{cell}” is no kind of duty. Kinds are: {kinds}."), cell=cell, kinds=", ".join(RoleKind)))
    return kind or ""


def _yes_or_no(cell: str) -> bool:
    answer = ANSWERS.get(_folded(cell))
    if answer is None:
        raise CellFault(phrase(N_("“{cell}” is neither yes nor no."), cell=cell))
    return answer


def _folded(cell: str) -> str:
    return re.sub(r"[\s_\-.:/()]+", " ", cell.casefold()).strip().lstrip("\ufeff")


ROLES_SHOWN: Final = frozenset(role.value for role in Role if role is not Role.DESK)
READERS: Final[dict[StaffField, Callable[[str], Any]]] = {
    StaffField.MAIL: _mail,
    StaffField.LOGIN: _login,
    StaffField.ROLES: _roles,
    StaffField.ZONE: _zone,
    StaffField.LANGUAGE: _language,
    StaffField.LEAVING_ON: _day,
    StaffField.DUTY_KIND: _duty_kind,
    StaffField.SIGNS: _yes_or_no,
}
