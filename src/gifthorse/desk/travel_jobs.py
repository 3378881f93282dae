"""What the worker does for travellers: it reads official advice when its folder has changed, and the calendars people let it look into."""

import logging
import threading
from typing import Final

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from gifthorse.model.errors import GifthorseError

SECONDS_BETWEEN_LOOKS: Final = 300.0
HOURS_BETWEEN_FETCHES: Final = 24
logger = logging.getLogger(__name__)


def look_after_travellers(over: threading.Event) -> None:
    """Until *over*: every five minutes a look; a trouble with one thing keeps no other waiting."""
    seen = 0.0
    try:
        while not over.wait(SECONDS_BETWEEN_LOOKS):
            close_old_connections()
            seen = _advice(seen)
            _calendars()
    finally:
        connection.close()


def _advice(seen: float) -> float:
    """When the folder was last changed, as far as it was read; addresses are fetched once a day."""
    from gifthorse.model.roles import DESK_ITSELF
    from gifthorse.procedures import refresh_advice

    try:
        changed = refresh_advice.newest_change()
        held = refresh_advice.held(DESK_ITSELF)
        from_folder = changed > max(seen, held.read_at.timestamp() if held.read_at else 0.0)
        if from_folder or (settings.GIFTHORSE_ADVICE_ADDRESSES and refresh_advice.is_older_than(held, HOURS_BETWEEN_FETCHES)):
            refresh_advice.refresh(DESK_ITSELF)
    except (GifthorseError, DatabaseError, OSError):
        logger.exception("Official advice could not be read")
        return seen
    return changed


def _calendars() -> None:
    from gifthorse.procedures import keep_subscription
    from gifthorse.procedures.acting import now

    try:
        waiting = keep_subscription.due(now())
    except (GifthorseError, DatabaseError):
        logger.exception("The list of calendars could not be read")
        return
    for person in waiting:
        try:
            keep_subscription.read_calendar(person)
        except (GifthorseError, DatabaseError):
            logger.exception("A calendar could not be read")
