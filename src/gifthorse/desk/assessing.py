"""What the worker does beside inspections: threads are assessed, contacts compared and triggers raised as things change."""

import logging
import threading
import time
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, close_old_connections, connection

if TYPE_CHECKING:
    from gifthorse.procedures.suggest_links import HeldIndex

SECONDS_BETWEEN_LOOKS: Final = 2.0
SECONDS_BETWEEN_TRIGGERS: Final = 600.0
PROCESSES: Final = 2
logger = logging.getLogger(__name__)


def assess_as_things_change(over: threading.Event) -> None:
    """Until *over*: what waits is assessed and compared; everything from nothing where no thread stands yet, as after a restore."""
    from gifthorse.procedures.assess_everything import have_role
    from gifthorse.procedures.suggest_links import HeldIndex

    held, triggers_due, everything = HeldIndex(), 0.0, True
    try:
        have_role()
        while not over.wait(SECONDS_BETWEEN_LOOKS):
            try:
                close_old_connections()
                if _look(held) or time.monotonic() >= triggers_due:
                    triggers_due = time.monotonic() + SECONDS_BETWEEN_TRIGGERS
                    _raise_triggers(everything=everything)
                    everything = False
            except DatabaseError:  # away for a moment; what waits is still waiting afterwards
                logger.exception("What waits could not be assessed now")
            except Exception:
                logger.exception("What waits could not be assessed")
                held = HeldIndex()
    finally:
        connection.close()


def _look(held: "HeldIndex") -> bool:
    """Whether anything was there to do."""
    from gifthorse.model.roles import DESK_ITSELF
    from gifthorse.procedures.assess_everything import assess_when_asked
    from gifthorse.procedures.assess_threads import assess_waiting
    from gifthorse.procedures.suggest_links import suggest_waiting

    everything = assess_when_asked(DESK_ITSELF, processes=PROCESSES)
    assessed = assess_waiting(DESK_ITSELF)
    compared = suggest_waiting(DESK_ITSELF, held)
    return bool(everything or assessed or compared)


def _raise_triggers(*, everything: bool) -> None:
    from gifthorse.model.roles import DESK_ITSELF
    from gifthorse.procedures.raise_triggers import raise_triggers

    raise_triggers(DESK_ITSELF, everything=everything)
