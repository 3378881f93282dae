"""Observations as assessment reads them: rows of plain values, with the group of linked contacts in place of the contact.

Nothing else of the database is read here: observations, the group of their contact, who reported them, and the threads.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from django.db import connection

AT_ONCE: Final = 5_000
_COLUMNS: Final = (
    "c.joined_to, o.subject_id, o.id, o.month, {tactics}, o.ask_level, {elements}, o.favour, o.grade, {mitigators}, r.reporter_id, r.id"
)
_FROM: Final = "FROM observation o JOIN contact c ON c.id = o.contact_id JOIN report r ON r.id = o.report_id WHERE NOT o.disputed"


class Row(NamedTuple):
    """One live observation: `group` is the first contact of its group; lists are JSON text."""

    group: str
    person: str
    id: str
    month: int
    tactics: str
    ask_level: int
    elements: str
    favour: str
    grade: str
    mitigators: str
    reporter: str
    report: str


def of_groups(groups: Sequence[str], sealed: Collection[str] = ()) -> Iterator[Row]:
    """The live observations of these groups, without those of the reports in *sealed*."""
    for start in range(0, len(groups), 500):
        some = list(groups[start : start + 500])
        yield from _read(f"AND c.joined_to IN ({', '.join(['%s'] * len(some))})", some, sealed)


def between(first: str, last: str, sealed: Collection[str] = ()) -> Iterator[Row]:
    """The live observations of the groups from *first* to *last*, both included, without those of the reports in *sealed*."""
    yield from _read("AND c.joined_to >= %s AND c.joined_to <= %s", [first, last], sealed)


def ranges(groups_in_each: int) -> list[tuple[str, str]]:
    """All groups in order, as (first, last) of so many each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT joined_to FROM contact ORDER BY joined_to")
        groups = [group for (group,) in cursor.fetchall()]
    parts = [groups[start : start + groups_in_each] for start in range(0, len(groups), groups_in_each)]
    return [(part[0], part[-1]) for part in parts]


def groups_between(first: str, last: str) -> list[str]:
    """The groups from *first* to *last*, both included, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT joined_to FROM contact WHERE joined_to >= %s AND joined_to <= %s ORDER BY joined_to", [first, last])
        return [group for (group,) in cursor.fetchall()]


def groups_of(contacts: Sequence[str]) -> list[str]:
    """The groups that these contacts belong to, in order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT joined_to FROM contact WHERE id IN ({', '.join(['%s'] * len(contacts))})", list(contacts))  # noqa: S608
        return sorted(group for (group,) in cursor.fetchall())


def _read(condition: str, values: Sequence[str], sealed: Collection[str]) -> Iterator[Row]:
    text = "o.{}::text" if connection.vendor == "postgresql" else "o.{}"
    columns = _COLUMNS.format(**{name: text.format(name) for name in ("tactics", "elements", "mitigators")})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} {_FROM} {condition}", list(values))
        while some := cursor.fetchmany(AT_ONCE):
            yield from (row for row in map(Row._make, some) if row.report not in sealed)
