"""The balance of favours of every thread: what came in against what went out and what a contract covers."""

from collections import defaultdict
from typing import Final

import msgspec

from gifthorse.assess.favour_balance import Balance, balances
from gifthorse.model.observations import AskLevel, Observation
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.read_thread import as_favour
from gifthorse.procedures.sealed_apart import sealed_apart
from gifthorse.procedures.visible_threads import Named, visible, with_names
from gifthorse.store.tables.report import FavourEntry, ObservationRow

MOST: Final = 60


class BalanceView(msgspec.Struct, frozen=True, kw_only=True):
    """One thread's balance with whom it is about."""

    named: Named
    balance: Balance


def favour_patterns(actor: Actor) -> tuple[BalanceView, ...]:
    """The balances of threads, flagged ones first, then the most uneven. Raises Refused."""
    authorise(actor, Procedure.VIEW_PATTERNS, Relation.NONE)
    threads = {f"{thread.contact_id}/{thread.person_id}": thread for thread in visible(actor).select_related("contact__content__key")}
    entries = FavourEntry.objects.filter(contact__isnull=False).exclude(report__in=sealed_apart()).select_related("contact")
    told = [(f"{entry.contact.joined_to}/{entry.person_id}", entry) for entry in entries if entry.contact is not None]
    favours = [as_favour(entry, thread) for thread, entry in told if thread in threads]
    found = balances(favours, _asks({favour.thread for favour in favours}))
    ordered = sorted(found, key=lambda one: (not one.flagged, -one.imbalance, one.thread))[:MOST]
    named = with_names(threads[one.thread] for one in ordered)
    return tuple(BalanceView(named=who, balance=one) for who, one in zip(named, ordered, strict=True))


def _asks(threads: set[str]) -> list[Observation]:
    groups: dict[str, set[str]] = defaultdict(set)
    for thread in threads:
        group, _, person = thread.partition("/")
        groups[group].add(person)
    rows = ObservationRow.objects.filter(disputed=False, report__is_sealed=False, contact__joined_to__in=groups, ask_level__gt=0)
    told = rows.values_list("month", "contact__joined_to", "subject_id", "report__reporter_id", "ask_level")
    return [
        Observation(month=float(month), thread=f"{group}/{person}", reporter=reporter, ask_level=AskLevel(level))
        for month, group, person, reporter, level in told
        if person in groups[group]
    ]
