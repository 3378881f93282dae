import os

import pytest

from gifthorse.inspect.keyed_digest import PIECE, keyed_digest

KEY, OTHER = bytes(32), bytes(31) + b"\1"


def _digest(body: bytes, key: bytes = KEY, size: int | None = None) -> bytes | None:
    fd = os.memfd_create("content")
    try:
        os.write(fd, body)
        return keyed_digest(fd, len(body) if size is None else size, key, lambda _done: False)
    finally:
        os.close(fd)


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_the_same_content_has_the_same_digest_and_any_other_another(size: int) -> None:
    body = os.urandom(size)
    digest = _digest(body)
    assert digest == _digest(body)
    others = [body + b"\0", b"\0" + body, body[:-1], *(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :] for at in (0, -1) if body)]
    assert digest not in [_digest(other) for other in others if other != body]
    assert digest != _digest(body, OTHER)


def test_pieces_that_change_places_change_the_digest() -> None:
    first, second = os.urandom(PIECE), os.urandom(PIECE)
    assert _digest(first + second) != _digest(second + first)


def test_content_that_ends_early_has_no_digest() -> None:
    assert _digest(b"short", size=100) is None
