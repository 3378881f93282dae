"""Rows of a table written again as CSV, so that what was not read can be mended and sent again without harm."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from gifthorse.model.itineraries import Itinerary

# A spreadsheet runs a cell that begins with one of these as a formula (OWASP, "CSV Injection").
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def safe_cell(untrusted_text: str) -> str:
    """*untrusted_text* as a cell that no spreadsheet runs: an apostrophe goes before what would begin a formula."""
    dangerous = untrusted_text.startswith(_FORMULA) or untrusted_text.lstrip(" \u00a0'\"").startswith(_FORMULA)
    return "'" + untrusted_text if dangerous else untrusted_text


def raw_cell(text: str) -> str:
    """What `safe_cell` was given, so that a table written by us is read as it was."""
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text


def as_csv(rows: Iterable[Sequence[str]], *, safe: bool = True) -> str:
    """*rows* as CSV (RFC 4180), every cell quoted; *safe* for files that a person may open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) if safe else cell for cell in row])
    return out.getvalue()


def unread_rows(itinerary: Itinerary) -> str:
    """The rows of a table that were not read, as a table: their number, why (in English), and the cells under their own headings.

    It is safe to open in a spreadsheet, and once mended it can be read again: the two columns in front are not headings of trips.
    """
    rows = [[str(note.row), note.in_words().in_english(), *_cells(note.text)] for note in itinerary.not_read if note.row and note.text]
    return as_csv([["#", "!", *itinerary.headings], *rows])


def _cells(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline="")), [])
