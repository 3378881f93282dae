import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.brief.itinerary.broken_rows import as_csv, raw_cell, safe_cell, unread_rows
from gifthorse.brief.itinerary.read import read_itinerary
from tests.brief.itinerary.cases.journeys import HOME, REFERENCE


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "|x", "%x", "'=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(text):
    assert safe_cell(text) == "'" + text


@given(st.text())
def test_what_was_defused_can_be_had_again(text):
    assert raw_cell(safe_cell(text)) == text or not text.startswith("'")
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")), min_size=1), max_size=4))
def test_rows_are_written_so_that_they_are_read_the_same(rows):
    assert list(csv.reader(io.StringIO(as_csv(rows, safe=False), newline=""))) == rows


def test_a_broken_row_is_told_with_its_number_its_reason_and_all_its_cells():
    table = "From;To;Departure;Traveller\nA;B;2026-12-07 09:00;Ida\n\nA;B;morgen;Bao Q.\nA;B;07/08/2026;=1\nA;C;2026-12-08;Ö\n".encode(
        "cp1252"
    )
    told = read_itinerary(table, "trips.csv", reference_day=REFERENCE, home_zone=HOME)
    assert [leg.travellers for leg in told.legs] == [("Ida",), ("Ö",)]
    assert [(note.row, next(csv.reader([note.text]))) for note in told.not_read] == [
        (4, ["A", "B", "morgen", "Bao Q."]),
        (5, ["A", "B", "07/08/2026", "=1"]),
    ]
    assert "2026-11-30" in told.not_read[1].in_words().in_english()


def test_unread_rows_are_written_safely_and_read_once_they_are_mended():
    table = b"From,To,Departure,Title\nA,B,2026-12-07,x\nA,B,tomorrow,=HYPERLINK(1)\nB,A,07/08/2026,-y\n"
    told = read_itinerary(table, "", reference_day=REFERENCE, home_zone=HOME)
    written = unread_rows(told)
    rows = list(csv.reader(io.StringIO(written)))
    assert [row[0] for row in rows] == ["#", "3", "4"]
    assert [row[-1] for row in rows[1:]] == ["'=HYPERLINK(1)", "'-y"]
    mended = written.replace("tomorrow", "2026-12-08").replace("07/08/2026", "2026-08-07").encode()
    again = read_itinerary(mended, "", reference_day=REFERENCE, home_zone=HOME)
    assert [leg.title for leg in again.legs] == ["-y", "=HYPERLINK(1)"]
    assert again.not_read == ()
