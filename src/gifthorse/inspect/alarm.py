"""The time that one item may take: an alarm inside the worker, and the same figure for the coordinator that watches from outside."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

BYTES_PER_SECOND: Final = 10_000_000  # what even a slow medium gives
REPEAT_SECONDS: Final = 1.0  # an alarm that a library swallows rings again


class TimeUp(BaseException):
    """The item's time is up. No Exception, so that no parser's own guard takes it for a format error."""


def allowed_seconds(size: int, basis: float) -> float:
    """Seconds that an item of *size* bytes may take, when one of no size may take *basis*."""
    return basis + size / BYTES_PER_SECOND


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """TimeUp is raised in the block when it takes longer than *seconds*."""
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TimeUp
