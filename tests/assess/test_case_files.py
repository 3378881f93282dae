"""Case files: what they must hold, and how it is said when they don't."""

import copy
import json
from contextlib import nullcontext, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.case_files import one_line, read_cases
from gifthorse.model.errors import NotAccepted
from tests.samples.coded_cases import CODED_CASES, DOCUMENT


def changed(change):
    document = copy.deepcopy(DOCUMENT)
    change(document)
    return json.dumps(document).encode()


def in_report(**fields):
    def change(document):
        document["cases"][0]["timeline"][1].update(fields)

    return changed(change)


def without(field):
    def change(document):
        del document["cases"][0]["timeline"][1][field]

    return changed(change)


def test_cases_are_read_in_order_with_what_scoring_may_see():
    cases = read_cases(CODED_CASES)
    assert [case.id for case in cases] == ["glassworks", "choir", "tram", "boathouse", "seedbank", "silence"]
    assert [case.first_harm for case in cases] == [11, None, 2, None, None, 4]
    assert str(cases[0].thread[0].grade) == "B2"
    assert len({observation.reporter for observation in cases[4].thread}) == 3


def test_a_timeline_out_of_order_is_sorted_and_what_is_equal_stays_in_place():
    def change(document):
        months = [5, 0, 5, 2, 0]
        for report, month in zip(document["cases"][0]["timeline"], months, strict=True):
            report["m"] = month

    case = read_cases(changed(change))[0]
    assert [observation.month for observation in case.thread] == [0, 0, 2, 5, 5]
    assert case.places == (1, 4, 3, 0, 2)


def test_grades_are_read_where_they_are_given():
    assert str(read_cases(in_report(grade="c3"))[0].thread[1].grade) == "C3"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no case file"),
        (b"\xff\xfe", "no case file"),
        (b"[]", "no case file"),
        (b"[" * 200_000, "no case file"),
        (b'{"schema": "gifthorse.cases/1"}', "cases"),
        (changed(lambda document: document.update(schema="gifthorse.cases/2")), "gifthorse.cases/1"),
        (changed(lambda document: document["cases"][1].pop("timeline")), r"timeline.*\$\.cases\[1\]"),
        (changed(lambda document: document["cases"][1].update(id="glassworks")), "Two cases have the id 'glassworks'"),
        (changed(lambda document: document["cases"][1].update(id="")), "length"),
        (changed(lambda document: document["cases"][1].update(id=7)), "id"),
        (without("m"), r"`m`"),
        (without("tactics"), "tactics"),
        (without("ask_level"), "ask_level"),
        (without("favour"), "favour"),
        (in_report(m=-1), r"timeline\[1\]\.m"),
        (in_report(m="3"), r"timeline\[1\]\.m"),
        (in_report(m=float("nan")), "no case file"),
        (in_report(m=float("inf")), "no case file"),
        (in_report(m=None), r"timeline\[1\]\.m"),
        (in_report(tactics="T01"), "tactics"),
        (in_report(tactics=["T404"]), "'glassworks', observation 2: the catalogue has no tactic 'T404'"),
        (in_report(tactics=["P94"]), "no tactic 'P94'"),
        (in_report(tactics=["T01\n\x1b[31m"]), r"no tactic 'T01\\n\\x1b"),
        (in_report(ask_level=5), "ask_level"),
        (in_report(ask_level=True), "ask_level"),
        (in_report(ask_level=2.5), "ask_level"),
        (in_report(favour="huge"), "favour"),
        (in_report(mitigators=["luck"]), "mitigators"),
        (in_report(grade="Z9"), "observation 2: a grade is"),
        (in_report(grade=2), "grade"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value[:24],
)
def test_what_is_wrong_is_said_in_one_line_with_its_place(body, said):
    with pytest.raises(NotAccepted, match=said) as refused:
        read_cases(body)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500


def test_what_a_report_leaves_out_is_the_ordinary():
    body = (
        b'{"schema": "gifthorse.cases/1", "cases": [{"id": "x", "timeline": [{"m": 0, "tactics": [], "ask_level": 0, "favour": "none"}]}]}'
    )
    (case,) = read_cases(body)
    assert (case.id, case.label, case.first_harm) == ("x", "", None)
    assert (case.thread[0].reporter, str(case.thread[0].grade), case.thread[0].mitigators) == ("target", "B2", ())


@pytest.mark.parametrize(("change", "accepted"), [({"m": 12_000}, True), ({"m": 12_000.5}, False)], ids=["a thousand years", "more"])
def test_a_month_may_be_a_thousand_years_from_the_first_and_no_more(change, accepted):
    with nullcontext() if accepted else pytest.raises(NotAccepted, match=r"timeline\[1\]\.m"):
        assert read_cases(in_report(**change))[0].thread[-1].month == 12_000


@pytest.mark.parametrize(("length", "accepted"), [(1, True), (200, True), (201, False)], ids=str)
def test_an_id_has_from_one_to_two_hundred_characters(length, accepted):
    body = changed(lambda document: document["cases"][1].update(id="i" * length))
    with nullcontext() if accepted else pytest.raises(NotAccepted, match="length"):
        assert read_cases(body)[1].id == "i" * length


def test_what_is_long_is_shown_shortened():
    with pytest.raises(NotAccepted, match=f"no tactic '{'x' * 60}'"):
        read_cases(in_report(tactics=["x" * 61]))
    assert one_line(ValueError("a\n  b" + "c" * 300)) == "a b" + "c" * 297


@given(st.integers(0, len(CODED_CASES) - 1), st.binary(min_size=1, max_size=4))
def test_no_damage_to_a_file_does_worse_than_being_refused(place, garbage):
    damaged = CODED_CASES[:place] + garbage + CODED_CASES[place + len(garbage) :]
    with suppress(NotAccepted):  # anything else would be a crash
        assert len(read_cases(damaged)) == len(DOCUMENT["cases"])
