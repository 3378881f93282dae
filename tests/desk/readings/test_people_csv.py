"""The house's list of people: any usual file is read right, and what can't be read says which row and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.desk.readings.people_csv import read_people
from gifthorse.model.errors import NotAccepted
from gifthorse.model.register import StaffField
from gifthorse.model.roles import Role

ENGLISH = "Staff number,Name,E-Mail,Department,Roles,Login,Time zone,Language,Last day,Function,Signs\n"
FULL = (
    ENGLISH + '4711,"Keßler, Mara",M.Kessler@Example.org,Furnaces,"staff, officer",Mara,Europe/Berlin,German,2027-03-31,Engineering,yes\n'
)


def only(text, encoding="utf-8"):
    listed = read_people(text.encode(encoding))
    assert listed.broken == ()
    [entry] = listed.entries
    return entry


def reasons(text):
    return [(row.row, row.reason.in_english()) for row in read_people(text.encode()).broken]


def test_every_column_is_read():
    entry = only(FULL)
    assert (entry.row, entry.staff_number, entry.name, entry.mail) == (2, "4711", "Keßler, Mara", "m.kessler@example.org")
    assert (entry.unit, entry.roles, entry.login) == ("Furnaces", (Role.STAFF, Role.OFFICER), "mara")
    assert (entry.zone, entry.language, entry.leaving_on) == ("Europe/Berlin", "de", date(2027, 3, 31))
    assert (entry.duty_kind, entry.signs) == ("engineer", True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"], ids=["semicolon", "comma", "tab", "bar"])
def test_delimiters_and_encodings_are_found_out(encoding, delimiter):
    text = delimiter.join(("Personalnummer", "Name", "Abteilung")) + "\r\n" + delimiter.join(("7", "Jörg Møller", "Öfen")) + "\r\n"
    entry = only(text, encoding)
    assert (entry.staff_number, entry.name, entry.unit) == ("7", "Jörg Møller", "Öfen")


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Vorname;Nachname;Mail", "Ada;Vell;a@b.example"),
        ("Name;Vorname;Mail", "Vell;Ada;a@b.example"),
        ("Mail;Surname;First name", "a@b.example;Vell;Ada"),
        ("Full name;First name;Surname;Mail", "Ada Vell;A;V;a@b.example"),
    ],
)
def test_a_name_in_two_columns_is_put_together(headings, row):
    assert only(f"{headings}\n{row}\n").name == "Ada Vell"


def test_a_short_row_keeps_its_name():
    assert only("Mail;Vorname;Nachname;Abteilung;Telefon\na@b.example;Ada;Vell\n").name == "Ada Vell"


def test_columns_that_nobody_asked_for_are_not_kept():
    listed = read_people(b"name;mail;salary;nationality\nAda;a@b.example;90000;none of our business\n")
    assert listed.columns == {StaffField.NAME, StaffField.MAIL}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("1;;a@b.example;;;;", "There is no name."),
        (";Ada;;;;;", "There is neither a staff number nor a mail address."),
        ("1;Ada;no mail;;;;", "“no mail” is no mail address."),
        ("1;Ada;;king;;;", "“king” is no role."),
        ("1;Ada;;;Mars/Olympus;;", "“Mars/Olympus” is no time zone."),
        ("1;Ada;;;;31.02.2027;", "“31.02.2027” is no date that can be read."),
        ("1;Ada;;;;;two words", "The login name “two words” holds spaces"),
        ("1;Ada;;;;;ada;more;cells", "This row has more cells than there are headings"),
        (f"1;{'A' * 201};;;;;", "The cell “name” is too long."),
    ],
)
def test_a_broken_row_says_its_number_and_why(cells, reason):
    text = f"number;name;mail;role;time zone;last day;login\n\n0;Good;;;;;\n{cells}\n"
    [(row, said)] = reasons(text)
    assert row == 4
    assert said.startswith(reason)
    assert [entry.name for entry in read_people(text.encode()).entries] == ["Good"]


def test_somebody_who_stands_there_twice_is_taken_once():
    text = "number;name;mail\n1;Ada;a@b.example\n1;Ada again;\n2;Bo;A@B.example\n"
    assert [row for row, _ in reasons(text)] == [3, 4]


def test_the_desk_itself_is_no_role_for_anybody():
    assert reasons("number;name;role\n1;Ada;desk\n")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"name;mail\n", "nobody under them"),
        (b"colour;shape\nred;round\n", "no column"),
        (b"name;phone\nAda;1\n", "is needed"),
        (b"name;mail;e-mail\nAda;a@b.example;c@d.example\n", "same meaning"),
        (b"PK\x03\x04 a spreadsheet", "no CSV"),
        (b"name;mail\n\x00\x01\x02", "no CSV"),
        (b"\xff\xfeN\x00a", "damaged"),
        (b"\xff\xfeN\x00a\x00\xd8", "damaged"),
        (b'name;mail\n"Ada;a@b.example\n' + b"x" * 200_000, "no CSV that can be read"),
        (b"name;mail\n" + b"A;a@b.example\n" * 200_000, "larger than 2 MB"),
        (b"name;mail\n" + b"A;a@b.c\n" * 5_001, "more than 5,000"),
    ],
    ids=str,
)
def test_what_is_no_list_is_refused_with_what_to_do(content, problem):
    with pytest.raises(NotAccepted, match=problem):
        read_people(content)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content):
    try:
        listed = read_people(b"name;mail\n" + content)
    except NotAccepted:
        return
    assert listed.entries or listed.broken


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=12), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_comes_back(words):
    import csv
    import io

    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";")
    writer.writerow(["number", "name"])
    for number, word in enumerate(words):
        writer.writerow([f"n{number}", word])
    listed = read_people(sheet.getvalue().encode("utf-8-sig"))
    assert [entry.name for entry in listed.entries] == [word for word in words if "\ufffd" not in word]
