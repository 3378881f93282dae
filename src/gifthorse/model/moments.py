"""Moments: always in UTC, always aware of it, written one way."""

from datetime import UTC, datetime

from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_


def as_utc(moment: datetime) -> datetime:
    """*moment* in UTC; raises NotAccepted for one without a time zone, since guessing a zone is how times go wrong."""
    if moment.tzinfo is None:
        raise NotAccepted(N_("This time has no time zone. Please give one."), field="moment")
    return moment.astimezone(UTC)


def written(moment: datetime) -> str:
    """*moment* as ``2026-11-22T09:30:00.000000Z``: fixed width, so that text order is time order."""
    return as_utc(moment).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def read(text: str) -> datetime:
    """The moment that `written` wrote; raises NotAccepted otherwise."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise NotAccepted(N_("This is not a time in the form 2026-11-22T09:30:00.000000Z."), field="moment") from error


def month_of(moment: datetime) -> int:
    """Months since the year 0: the only precision of time that assessment ever sees."""
    utc = as_utc(moment)
    return utc.year * 12 + utc.month - 1
