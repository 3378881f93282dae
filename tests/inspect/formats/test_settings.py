"""Settings files as Windows reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.formats.settings import read_settings

TEXT = "junk\r\n[First Part]\r\nKey = Value\r\n; note=1\r\n[ second ]\nürl=größe\n"


@pytest.mark.parametrize(
    "body",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        ("\ufeff" + TEXT).encode("utf-16-le"),
        ("\ufeff" + TEXT).encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
    ],
)
def test_sections_keys_and_values_are_read_in_any_encoding(body: bytes) -> None:
    settings = read_settings(body)
    assert [(one.section, one.value) for one in settings] == [("first part", "Value"), ("second", "größe")]
    assert settings[0].key == "key"


@pytest.mark.parametrize("encoding", ["ascii", "utf-8-sig", "utf-16"])
def test_the_offset_is_where_the_line_begins(encoding: str) -> None:
    body = "[a]\r\nfirst=1\r\nsecond=2\r\n".encode(encoding)
    offset = read_settings(body)[1].offset
    plain = encoding.replace("utf-16", "utf-16-le").replace("-sig", "")
    assert body[offset:].decode(plain).startswith("second=2")


@given(st.binary(max_size=400))
def test_any_bytes_are_taken(body: bytes) -> None:
    read_settings(body)
