"""Many trips in one CSV file, for an upload in bulk. The columns are a setting: the upload's own list is not public."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.model.words import N_

# What a spreadsheet takes for the start of a formula, full-width forms and the characters it skips on the way included.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
FIELDS: Final = frozenset(
    {
        "person",
        "family_name",
        "given_name",
        "departs_on",
        "returns_on",
        "places",
        "purpose",
        "carriers",
        "companions",
        "contacts",
        "lodging",
        "emergency_contact",
        "passport",
        "reported_on",
        "briefed_on",
        "debriefed_on",
        "remarks",
    }
)


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column: its heading as the upload wants it, and either the field it holds or a text that is the same in each row."""

    heading: str
    field: str = ""
    always: str = ""


USUAL_COLUMNS: Final = (
    Column(heading="Last Name", field="family_name"),
    Column(heading="First Name", field="given_name"),
    Column(heading="Start Date", field="departs_on"),
    Column(heading="End Date", field="returns_on"),
    Column(heading="Destinations", field="places"),
    Column(heading="Purpose", field="purpose"),
    Column(heading="Carriers", field="carriers"),
    Column(heading="Companions", field="companions"),
    Column(heading="Planned Contacts", field="contacts"),
    Column(heading="Remarks", field="remarks"),
)


def read_columns(body: bytes) -> tuple[Column, ...]:
    """The columns in *body*, a JSON list of objects with `heading` and `field` or `always`; raises Unreadable or NotAccepted."""
    try:
        columns = msgspec.json.decode(body, type=tuple[Column, ...])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"{N_('The list of columns does not fit. Please correct it:')} {error}") from error
    _check(columns)
    return columns


def bulk_rows(trips: Iterable[Mapping[str, str]], columns: Sequence[Column] = USUAL_COLUMNS) -> bytes:
    """A CSV file (UTF-8, CRLF, every cell quoted) with a heading and one row per trip; a field that a trip lacks is empty.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front. Raises NotAccepted for a column of no field.
    """
    _check(columns)
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(safe_cell(column.heading) for column in columns)
    for trip in trips:
        writer.writerow(safe_cell(trip.get(column.field, "") if column.field else column.always) for column in columns)
    return written.getvalue().encode()


def safe_cell(untrusted_text: str) -> str:
    """*untrusted_text* such that no spreadsheet computes it; control characters but line ends are dropped."""
    shown = "".join(character for character in untrusted_text if character in "\t\r\n" or character.isprintable())
    return f"'{shown}" if shown.lstrip(" \xa0").startswith(_FORMULA_STARTS) else shown


def _check(columns: Sequence[Column]) -> None:
    if not columns:
        raise NotAccepted(N_("Please give at least one column."), field="columns")
    for column in columns:
        if bool(column.field) == bool(column.always) or (column.field and column.field not in FIELDS):
            raise NotAccepted(N_("A column needs a heading and either one of the known fields or a fixed text."), field="columns")
