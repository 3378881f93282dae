"""Compiled formulas come out as the text that they stand for, in both formats, and no bytes make their reader fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.documents.biff8 import formulas_in_stream
from gifthorse.inspect.documents.biff12 import formulas_in_part, links_in, names_in, records
from gifthorse.inspect.documents.formula_tokens import MOST_LENGTH, Layout, formula_text
from tests.samples.compiled_formulas import (
    BY_NAME,
    CALL,
    EXEC,
    JOIN,
    MACRO_SHEET,
    NARROW,
    WIDE,
    Compiler,
    record12,
    sheet12,
    stream8,
    text12,
)

LAYOUTS = {False: Layout(wide=False, names=("Rate", "_xlfn.WEBSERVICE")), True: Layout(wide=True, names=("Rate", "_xlfn.WEBSERVICE"))}
BOTH = pytest.mark.parametrize("compiler", [NARROW, WIDE], ids=["xls", "xlsb"])


def text_of(compiler: Compiler, code: bytes) -> str:
    return formula_text(code, LAYOUTS[compiler.wide])


@BOTH
def test_a_call_is_written_with_its_arguments_in_order(compiler: Compiler) -> None:
    code = compiler.call(CALL, compiler.text("a"), compiler.number(7), compiler.missing(), compiler.cell())
    assert text_of(compiler, code) == 'CALL("a",7, ,A1)'


@BOTH
def test_a_function_that_is_called_by_name_has_that_name(compiler: Compiler) -> None:
    code = compiler.call(BY_NAME, compiler.name(2), compiler.text("u"))
    assert text_of(compiler, code) == '_xlfn.WEBSERVICE("u")'


@BOTH
def test_a_text_that_is_put_together_is_written_as_one(compiler: Compiler) -> None:
    code = compiler.call(EXEC, compiler.spelled("cmd") + compiler.text(' "x"') + JOIN)
    assert text_of(compiler, code) == 'EXEC("cmd ""x""")'


@BOTH
@given(said=st.text(st.characters(codec="utf-16-le"), max_size=100), other=st.text("ab\"'&", max_size=9))
def test_texts_survive_and_join(compiler: Compiler, said: str, other: str) -> None:
    units = len(said.encode("utf-16-le")) // 2
    if units == len(said):
        quoted = (said + other).replace('"', '""')
        assert text_of(compiler, compiler.text(said) + compiler.text(other) + JOIN) == f'"{quoted}"'


@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_make_the_reader_of_tokens_fail(code: bytes, wide: bool) -> None:
    assert len(formula_text(code, LAYOUTS[wide])) <= MOST_LENGTH


@given(st.binary(max_size=600))
def test_no_bytes_make_the_readers_of_records_fail(body: bytes) -> None:
    for found in formulas_in_stream(stream8()[:40] + body):
        assert found.text
    assert all(formulas_in_part(body, names_in(body)))
    assert len(list(links_in(body))) <= len(body)


@given(st.lists(st.tuples(st.integers(0, 16_383), st.binary(max_size=300)), max_size=8))
def test_records_of_binary_packages_come_out_as_they_went_in(written: list[tuple[int, bytes]]) -> None:
    assert list(records(b"".join(record12(kind, body) for kind, body in written))) == written


def test_formulas_of_sheets_names_and_shared_ones_are_read_and_macro_sheets_told_apart() -> None:
    shared = NARROW.call(EXEC, NARROW.text("shared"))
    found = list(formulas_in_stream(stream8(NARROW.number(4), on=MACRO_SHEET, shared=shared)))
    assert [one.text for one in found] == ["4", 'EXEC("shared")']
    assert all(one.on_macro_sheet for one in found)
    assert not any(one.on_macro_sheet for one in formulas_in_stream(stream8(NARROW.number(4))))


def test_formulas_behind_every_kind_of_value_are_read() -> None:
    part = sheet12(WIDE.text("first"), WIDE.number(2), value="x" * 70)
    assert list(formulas_in_part(part, ())) == ['"first"', "2"]


def test_links_to_programs_are_read_and_links_to_workbooks_are_not() -> None:
    assert list(links_in(record12(360, b"\1\0" + text12("cmd") + text12("/c ver")))) == [("cmd", "/c ver")]
    assert list(links_in(record12(360, b"\0\0" + text12("rId1") + text12("")))) == []
