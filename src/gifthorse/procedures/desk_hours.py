"""The desk's days off and its zone, as the house has set them."""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from gifthorse.procedures.house_settings import setting
from gifthorse.report.answering import WorkingDays

DESK_HOURS: Final = "desk-hours"  # {"zone": "Europe/Berlin", "days_off": [5, 6], "holidays": ["2026-12-25"]}


def working_days() -> WorkingDays:
    """The desk's working days; Monday to Friday in UTC where nothing is set."""
    told = setting(DESK_HOURS, {})
    return WorkingDays(
        zone=ZoneInfo(told.get("zone") or "UTC"),
        days_off=frozenset(told.get("days_off", (5, 6))),
        holidays=frozenset(date.fromisoformat(day) for day in told.get("holidays", ())),
    )
