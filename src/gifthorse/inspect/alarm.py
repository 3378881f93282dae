"""The time that one item may take: an alarm inside the worker, and the same figure for the coordinator that watches from outside."""

import signal
from collections.abc import Callable, Iterator
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
def alarm_clock() -> Iterator[Callable[[float], None]]:
    """In the block a call with a number of seconds sets the alarm, which raises TimeUp when they are over, and one with 0 puts it off.

    The handler is set once for many items: setting it costs more than looking at a small file's name.
    """
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        yield _set_alarm
    finally:
        _set_alarm(0)
        signal.signal(signal.SIGALRM, before)


def _set_alarm(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT_SECONDS)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TimeUp
