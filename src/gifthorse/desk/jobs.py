"""What runs in the background, in the worker process beside the web process: inspections, and photographs that are redrawn."""

import logging
import threading
from typing import Final

from django.db import DatabaseError, close_old_connections, connection
from django_tasks import task

SECONDS_BETWEEN_LOOKS: Final = 15.0
SECONDS_BETWEEN_PHOTOGRAPHS: Final = 1.0
logger = logging.getLogger(__name__)


@task()
def perform_inspection(inspection_id: str) -> bool:
    """Performs the inspection, once, whichever worker takes it."""
    from gifthorse.procedures.perform_inspection import perform  # the parsers load in the worker alone

    return perform(inspection_id)


@task()
def compute_levels() -> bool:
    """Computes the levels that an officer asked for, once."""
    from gifthorse.procedures.calibrate_house import perform  # weights and simulation load in the worker alone

    return perform()


def enqueue(inspection_id: str) -> None:
    """The inspection stands in the queue, within the transaction that is open."""
    perform_inspection.enqueue(inspection_id)


def take_up_forgotten(over: threading.Event) -> None:
    """Until *over*: inspections whose worker was killed are put into the queue again, each time its silence is noticed."""
    from gifthorse.procedures.perform_inspection import take_up_again

    try:
        while True:
            close_old_connections()
            take_up_again(enqueue)
            if over.wait(SECONDS_BETWEEN_LOOKS):
                return
    finally:
        connection.close()


def redraw_photographs(over: threading.Event) -> None:
    """Until *over*: photographs are redrawn as they come, beside any inspection; what a crash interrupted is simply still waiting."""
    from gifthorse.procedures import prepare_picture

    refused: set[str] = set()
    try:
        while not over.wait(SECONDS_BETWEEN_PHOTOGRAPHS):
            try:
                close_old_connections()
                todo = [exhibit_id for exhibit_id in prepare_picture.waiting() if exhibit_id not in refused]
            except DatabaseError:  # away for a moment; what waits is still waiting afterwards
                logger.exception("The list of photographs could not be read")
                continue
            refused |= {exhibit_id for exhibit_id in todo if not _redraw(exhibit_id)}
    finally:
        connection.close()


def _redraw(exhibit_id: str) -> bool:
    """False when it should not be tried again; one photograph's trouble (a damaged file of the vault, say) keeps no other waiting."""
    from gifthorse.procedures import prepare_picture

    try:
        prepare_picture.prepare(exhibit_id)
    except DatabaseError:
        logger.exception("%s could not be redrawn now", exhibit_id)
    except Exception:
        logger.exception("%s could not be redrawn", exhibit_id)
        return False
    return True
