"""What people decided about pairs, and the groups that follow from it. Nothing is merged: a group is read off the decisions each time."""

from collections import deque
from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec


class Decision(StrEnum):
    """What somebody said about a pair; withdrawing brings it back to undecided."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision about two contacts. `order` is larger for a later one (the ledger's number)."""

    pair: tuple[str, str]
    decision: Decision
    order: int


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A refused pair that a chain of confirmed links joins all the same; `chain` is the shortest such chain, both ends included."""

    pair: tuple[str, str]
    chain: tuple[str, ...]


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts that confirmed links join (two at least), the links, and the refusals that they contradict."""

    members: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    conflicts: tuple[Conflict, ...] = ()


def standing_decisions(decisions: Iterable[Decided]) -> dict[tuple[str, str], Decision]:
    """The latest decision on each pair (ids in order), withdrawn ones left out; the order in which they are handed over is no matter."""
    latest: dict[tuple[str, str], Decision] = {}
    for decided in sorted(decisions, key=lambda decided: (decided.order, decided.decision)):
        first, second = sorted(decided.pair)
        if first != second:
            latest[first, second] = decided.decision
    return {pair: decision for pair, decision in latest.items() if decision is not Decision.WITHDRAWN}


def clusters(decisions: Iterable[Decided]) -> tuple[Cluster, ...]:
    """The groups of the standing decisions, in the order of their first members."""
    standing = standing_decisions(decisions)
    links = sorted(pair for pair, decision in standing.items() if decision is Decision.CONFIRMED)
    neighbours = _neighbours(links)
    group_of = _groups(neighbours)
    members: dict[str, list[str]] = {}
    for contact in sorted(group_of):
        members.setdefault(group_of[contact], []).append(contact)
    inside: dict[str, list[tuple[str, str]]] = {}
    for link in links:
        inside.setdefault(group_of[link[0]], []).append(link)
    conflicts: dict[str, list[Conflict]] = {}
    for pair in sorted(pair for pair, decision in standing.items() if decision is Decision.REFUSED):
        if pair[0] in group_of and group_of[pair[0]] == group_of.get(pair[1]):
            conflicts.setdefault(group_of[pair[0]], []).append(Conflict(pair=pair, chain=_chain(pair[0], pair[1], neighbours)))
    return tuple(
        Cluster(members=tuple(contacts), links=tuple(inside[group]), conflicts=tuple(conflicts.get(group, ())))
        for group, contacts in members.items()
    )


def _neighbours(links: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    neighbours: dict[str, list[str]] = {}
    for one, other in links:
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    return {contact: sorted(others) for contact, others in neighbours.items()}


def _groups(neighbours: Mapping[str, list[str]]) -> dict[str, str]:
    """For each contact, the first member of its group."""
    group_of: dict[str, str] = {}
    for first in sorted(neighbours):
        if first in group_of:
            continue
        waiting = [first]
        group_of[first] = first
        while waiting:
            for other in neighbours[waiting.pop()]:
                if other not in group_of:
                    group_of[other] = first
                    waiting.append(other)
    return group_of


def _chain(start: str, end: str, neighbours: Mapping[str, list[str]]) -> tuple[str, ...]:
    before: dict[str, str] = {start: start}
    waiting = deque([start])
    while waiting and end not in before:
        contact = waiting.popleft()
        for other in neighbours[contact]:
            if other not in before:
                before[other] = contact
                waiting.append(other)
    chain = [end]
    while chain[-1] != start:
        chain.append(before[chain[-1]])
    return tuple(reversed(chain))
