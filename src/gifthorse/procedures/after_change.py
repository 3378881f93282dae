"""What a report, a correction or a decision touched waits in a table of the same transaction, and is assessed right after it.

So nothing is forgotten: what a crash leaves waiting is assessed by the worker at its next look.
"""

import logging
from collections.abc import Iterable
from typing import Final

from django.db import transaction

from gifthorse.store.tables.awaiting import Awaiting

ASSESS: Final = "assess"
LINK: Final = "link"
TRIGGERS: Final = "triggers"  # waits under a contact, or under one of ours where no contact leads to them any more
EVERYTHING: Final = "all"
logger = logging.getLogger(__name__)


def touched(*contacts: str | None) -> None:
    """The threads of *contacts* (ids; None is skipped) are assessed once this transaction is done, and the contacts compared."""
    told = _await(contacts, ASSESS, LINK, TRIGGERS)
    if told:
        transaction.on_commit(_assess_now, robust=True)


def only_compare(contacts: Iterable[str]) -> None:
    """These contacts are compared with the others; no thread of theirs is assessed."""
    _await(tuple(contacts), LINK)


def only_assess(contacts: Iterable[str], people: Iterable[str] = ()) -> None:
    """As `touched`, for a change that makes no contact look different; *people* are those of ours whom no contact leads to any more."""
    _await(tuple(people), TRIGGERS)
    if _await(tuple(contacts), ASSESS, TRIGGERS):
        transaction.on_commit(_assess_now, robust=True)


def _await(contacts: Iterable[str | None], *kinds: str) -> bool:
    told = sorted({contact for contact in contacts if contact})
    rows = [Awaiting(kind=kind, contact=contact) for contact in told for kind in kinds]
    Awaiting.objects.bulk_create(rows, ignore_conflicts=True)
    return bool(rows)


def _assess_now() -> None:
    from gifthorse.model.roles import DESK_ITSELF
    from gifthorse.procedures.assess_threads import assess_waiting  # it needs weights and catalogue, which a report doesn't

    assess_waiting(DESK_ITSELF)
