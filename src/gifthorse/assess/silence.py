"""Reporting that went silent: a thread worth watching has no further reports while meetings or trips go on (catalogue P96)."""

from collections.abc import Iterable
from typing import Final

import msgspec

from gifthorse.model.observations import Level
from gifthorse.model.words import N_, Phrase, phrase

SILENT_MONTHS: Final = 3


class Occasions(msgspec.Struct, frozen=True, kw_only=True):
    """A thread's level, the month of its last report, and the months of occasions (meetings, trips, events) on which both could meet."""

    thread: str
    level: Level
    last_report_month: float
    occasion_months: tuple[float, ...] = ()


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A thread that should have been heard of: `months` since the last report, `missed` the occasions since."""

    thread: str
    months: float
    missed: tuple[float, ...]
    sentence: Phrase


def gone_silent(threads: Iterable[Occasions], this_month: float) -> tuple[Silence, ...]:
    """The threads at watch or above without a report for three months or more in which there was an occasion, longest silence first."""
    found = [silence for thread in threads if (silence := _silence(thread, this_month)) is not None]
    return tuple(sorted(found, key=lambda silence: (-silence.months, silence.thread)))


def _silence(thread: Occasions, this_month: float) -> Silence | None:
    months = this_month - thread.last_report_month
    missed = tuple(sorted(month for month in thread.occasion_months if thread.last_report_month < month <= this_month))
    if thread.level.rank < Level.WATCH.rank or months < SILENT_MONTHS or not missed:
        return None
    return Silence(
        thread=thread.thread,
        months=months,
        missed=missed,
        sentence=phrase(
            N_("No report for {months} months, although there were occasions to meet. Occasions: {missed}."),
            months=f"{months:g}",
            missed=len(missed),
        ),
    )
