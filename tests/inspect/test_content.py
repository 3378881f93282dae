import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.content import CHUNK, ExtentContent, FileContent, HeadedContent, HeldContent, MemoryContent, SpooledContent
from gifthorse.inspect.item import Content, TooLarge

BODY = bytes(range(256)) * 5000


def _memfd(body: bytes) -> int:
    fd = os.memfd_create("test")
    os.write(fd, body)
    return fd


def _all_kinds() -> list[Content]:
    fd = _memfd(b"before" + BODY + b"after")
    half = len(BODY) // 2
    extents = ExtentContent(fd, len(BODY), ((6, half), (6 + half, len(BODY) - half)))
    file = FileContent(_memfd(BODY), len(BODY))
    return [
        MemoryContent(BODY),
        file,
        SpooledContent(_memfd(BODY), len(BODY)),
        extents,
        HeldContent(BODY, extents),
        HeadedContent(BODY[:100], file),
    ]


@pytest.mark.parametrize("content", _all_kinds(), ids=lambda content: type(content).__name__)
class TestEveryContent:
    def test_gives_any_range(self, content: Content) -> None:
        for offset, length in ((0, 10), (95, 10), (len(BODY) // 2 - 5, 10), (len(BODY) - 3, 10), (len(BODY), 1), (0, len(BODY))):
            assert content.read(offset, length) == BODY[offset : offset + length]

    def test_gives_all_bytes_in_pieces_of_a_mebibyte_at_most(self, content: Content) -> None:
        pieces = list(content.chunks())
        assert b"".join(pieces) == BODY
        assert max(map(len, pieces)) <= CHUNK

    def test_gives_the_whole_unless_it_is_too_large(self, content: Content) -> None:
        assert content.whole(len(BODY)) == BODY
        with pytest.raises(TooLarge):
            content.whole(len(BODY) - 1)

    def test_opens_as_a_seekable_file(self, content: Content) -> None:
        with content.open() as file:
            file.seek(-4, os.SEEK_END)
            assert file.read() == BODY[-4:]
            file.seek(100)
            assert file.read(7) == BODY[100:107]


def test_extents_say_where_each_byte_lies_on_the_medium() -> None:
    content = ExtentContent(_memfd(b"x" * 100), 30, ((50, 10), (10, 20)))
    assert [content.medium_offset(offset) for offset in (0, 9, 10, 29)] == [50, 59, 10, 29]
    assert content.medium_offset(30) is None


def test_extents_that_end_before_the_stated_size_give_fewer_bytes_and_no_error() -> None:
    assert ExtentContent(_memfd(b"abcdef"), 100, ((0, 3),)).read(0, 100) == b"abc"
    assert ExtentContent(_memfd(b"abcdef"), 100, ()).read(0, 100) == b""
    assert ExtentContent(_memfd(b"abcdef"), 10, ((4, 10),)).read(0, 10) == b"ef"


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), max_size=8), st.integers(0, 500), st.integers(0, 500))
def test_any_extents_read_like_their_parts_put_together(extents: list[tuple[int, int]], offset: int, length: int) -> None:
    medium = bytes(i % 251 for i in range(500))
    whole = b"".join(medium[start : start + count] for start, count in extents)
    fd = _memfd(medium)
    try:
        assert ExtentContent(fd, len(whole), tuple(extents)).read(offset, length) == whole[offset : offset + length]
    finally:
        os.close(fd)


def test_a_spool_is_gone_with_its_last_user() -> None:
    fd = _memfd(b"abc")
    content = SpooledContent(fd, 3)
    del content
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(fd)


def test_a_file_that_shrinks_gives_fewer_bytes(tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(b"x" * 100)
    with path.open("rb") as file:
        content = FileContent(file.fileno(), 100)
        os.truncate(path, 40)
        assert content.read(0, 100) == b"x" * 40
