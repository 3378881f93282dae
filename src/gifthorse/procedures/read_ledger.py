"""Auditors read the ledger: who did what to which record and when; never what it says."""

from typing import Final

import msgspec

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.store.tables.ledger_entry import LedgerEntry

PAGE_LENGTH = 100
# Entries of desks that named the procedure itself: it is done with sealed reports alone, so it is told as what officers do with any.
TOLD_AS: Final = {Procedure.HAND_ON_REPORT.value: Procedure.NOTE_REPORT.value}


class LedgerPage(msgspec.Struct, frozen=True, kw_only=True):
    """Entries, newest first; `before` is where the next page begins, or None at the end."""

    entries: tuple[LedgerEntry, ...]
    before: int | None


def entries(
    actor: Actor, *, subject: str | None = None, procedure: str | None = None, who: str | None = None, before: int | None = None
) -> LedgerPage:
    """Up to a hundred entries that match. Raises Refused."""
    authorise(actor, Procedure.VIEW_LEDGER, Relation.NONE)
    named = TOLD_AS.get(procedure or "", procedure)
    procedures = [named, *(old for old, told in TOLD_AS.items() if told == named)] if named else []
    wanted = {"subject": subject, "procedure__in": procedures, "actor": who, "position__lt": before}
    rows = LedgerEntry.objects.filter(**{field: value for field, value in wanted.items() if value}).order_by("-position")
    page = tuple(rows[: PAGE_LENGTH + 1])
    for entry in page:
        entry.procedure = TOLD_AS.get(entry.procedure, entry.procedure)
    more = len(page) > PAGE_LENGTH
    return LedgerPage(entries=page[:PAGE_LENGTH], before=page[PAGE_LENGTH - 1].position if more else None)
