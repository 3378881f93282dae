"""The desk's days off and its zone, as the house has set them."""

from datetime import date
from zoneinfo import ZoneInfo

from gifthorse.procedures.house_settings import DESK_HOURS, setting
from gifthorse.report.answering import WorkingDays


def working_days() -> WorkingDays:
    """The desk's working days; Monday to Friday in UTC where nothing is set."""
    told = setting(DESK_HOURS)
    return WorkingDays(
        zone=ZoneInfo(told.get("zone") or "UTC"),
        days_off=frozenset(told.get("days_off", (5, 6))),
        holidays=frozenset(date.fromisoformat(day) for day in told.get("holidays", ())),
    )
