"""The balance of favours of every thread: what came in against what went out and what a contract covers."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec

from gifthorse.assess.favour_balance import ASK_AT_LEAST, FLAG_ABOVE, RISING_ENTRIES, Balance, balances, imbalance, worth
from gifthorse.model.favours import Direction, Favour, FavourKind
from gifthorse.model.observations import AskLevel, FavourBand, Observation
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.visible_threads import Named, hidden_groups, visible, with_names
from gifthorse.store.tables.report import FavourEntry, ObservationRow
from gifthorse.store.tables.thread import Thread

MOST: Final = 60
_SIDES: Final = {one.value: one for one in Direction}
_KINDS: Final = {one.value: one for one in FavourKind}
_BANDS: Final = {one.value: one for one in FavourBand}


class BalanceView(msgspec.Struct, frozen=True, kw_only=True):
    """One thread's balance with whom it is about."""

    named: Named
    balance: Balance


def favour_patterns(actor: Actor) -> tuple[BalanceView, ...]:
    """The balances of threads, flagged ones first, then the most uneven. Raises Refused."""
    authorise(actor, Procedure.VIEW_PATTERNS, Relation.NONE)
    favours = _favours(hidden_groups(actor))
    candidates = _worth_a_look(favours)
    rows = visible(actor).filter(contact__in={thread.partition("/")[0] for thread in candidates})
    threads = {f"{contact}/{person}": pk for pk, contact, person in rows.values_list("pk", "contact_id", "person_id")}
    wanted = candidates & threads.keys()
    found = balances(
        [favour for thread in wanted for favour in favours[thread]], _asks({one for one in wanted if _may_be_high(favours[one])})
    )
    ordered = sorted(found, key=lambda one: (not one.flagged, -one.imbalance, one.thread))[:MOST]
    opened = Thread.objects.select_related("contact__content__key").in_bulk([threads[one.thread] for one in ordered])
    named = with_names(opened[threads[one.thread]] for one in ordered)
    return tuple(BalanceView(named=who, balance=one) for who, one in zip(named, ordered, strict=True))


def _favours(hidden: Collection[str]) -> dict[str, list[Favour]]:
    """The favours of each thread, as the balance reads them."""
    open_ones = FavourEntry.objects.filter(contact__isnull=False).exclude(report__is_sealed=True).order_by()
    rows = open_ones.values_list("contact__joined_to", "person_id", "direction", "kind", "band", "month")
    found: dict[str, list[Favour]] = defaultdict(list)
    for group, person, direction, kind, band, month in rows:
        if group not in hidden:
            thread = f"{group}/{person}"
            found[thread].append(
                Favour(month=float(month), thread=thread, direction=_SIDES[direction], kind=_KINDS[kind], band=_BANDS[band])
            )
    return found


def _worth_a_look(favours: Mapping[str, list[Favour]]) -> set[str]:
    """The threads that may be flagged, and the most uneven of the others; what the rest comes to needn't be worked out in full."""
    flagged = {thread for thread, some in favours.items() if len(some) >= RISING_ENTRIES or _may_be_high(some)}
    others = sorted(favours.keys() - flagged, key=lambda thread: (-_imbalance(favours[thread]), thread))
    return flagged | set(others[: MOST * 5])


def _may_be_high(some: Sequence[Favour]) -> bool:
    """Whether the balance was ever as high as a flag needs: it never is above what was received."""
    return imbalance(_sum(some, Direction.IN), 0.0, 0.0) > FLAG_ABOVE


def _imbalance(some: Sequence[Favour]) -> float:
    return imbalance(*(_sum(some, direction) for direction in (Direction.IN, Direction.OUT, Direction.CONTRACT)))


def _sum(some: Sequence[Favour], direction: Direction) -> float:
    return sum(worth(favour) for favour in some if favour.direction is direction)


def _asks(threads: set[str]) -> list[Observation]:
    groups: dict[str, set[str]] = defaultdict(set)
    for thread in threads:
        group, _, person = thread.partition("/")
        groups[group].add(person)
    rows = ObservationRow.objects.filter(disputed=False, report__is_sealed=False, contact__joined_to__in=groups).order_by()
    told = rows.filter(ask_level__gte=ASK_AT_LEAST).values_list(
        "month", "contact__joined_to", "subject_id", "report__reporter_id", "ask_level"
    )
    return [
        Observation(month=float(month), thread=f"{group}/{person}", reporter=reporter, ask_level=AskLevel(level))
        for month, group, person, reporter, level in told
        if person in groups[group]
    ]
