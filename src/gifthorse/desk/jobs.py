"""What runs in the background: inspections, in the worker process beside the web process."""

import threading
from typing import Final

from django.db import close_old_connections, connection
from django_tasks import task

SECONDS_BETWEEN_LOOKS: Final = 15.0


@task()
def perform_inspection(inspection_id: str) -> bool:
    """Performs the inspection, once, whichever worker takes it."""
    from gifthorse.procedures.perform_inspection import perform  # the parsers load in the worker alone

    return perform(inspection_id)


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
