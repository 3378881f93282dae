"""Seeds that are the same in every process: the builders ask for the time and for chance, and here both always answer alike."""

import os
import random
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final
from unittest import mock

import time_machine
from py7zr import compressor

DAY: Final = datetime(2026, 11, 2, 8, tzinfo=UTC)
# qpdf draws the ids of a file by itself
_FILE_ID: Final = re.compile(rb"(/ID ?\[ ?)<([0-9A-Fa-f]+)>( ?)<([0-9A-Fa-f]+)>")


def the_same(seeds: Callable[[], Sequence[bytes]]) -> list[bytes]:
    """What *seeds* makes when it is always the same day and chance always throws the same."""
    with settled():
        return [_FILE_ID.sub(_plain_id, bytes(seed)) for seed in seeds()]


@contextmanager
def settled() -> Iterator[None]:
    """Within it, the clock stands still and random bytes come in the same order."""
    before, throws = random.getstate(), random.Random("seeds")
    random.seed("seeds")
    with (
        time_machine.travel(DAY, tick=False),
        mock.patch.object(os, "urandom", throws.randbytes),
        mock.patch.object(compressor, "get_random_bytes", throws.randbytes),
        mock.patch.object(uuid, "uuid4", side_effect=lambda: uuid.UUID(bytes=throws.randbytes(16), version=4)),
    ):
        yield
    random.setstate(before)


def _plain_id(found: re.Match[bytes]) -> bytes:
    return found[1] + b"<" + b"a" * len(found[2]) + b">" + found[3] + b"<" + b"b" * len(found[4]) + b">"
