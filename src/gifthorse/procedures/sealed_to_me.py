"""What threads would come to with reports that were sealed to an officer: worked out for this officer when they look, and kept nowhere.

Nobody else's list, count or level changes by it. A contact that only the sealed report tells of is taken for one with the contacts that
confirmed links lead to.
"""

from collections.abc import Collection

import msgspec

from gifthorse.model.observations import Level
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.assessed_facts import Facts, Key, facts_of
from gifthorse.procedures.assessing import assessed
from gifthorse.procedures.levels import thresholds
from gifthorse.procedures.links_apart import reached_from_each
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_reports import sealed_to
from gifthorse.procedures.sealed_apart import sealed_apart
from gifthorse.procedures.unsealed_reports import apart_contacts
from gifthorse.procedures.view_links import Side, side
from gifthorse.store import observation_rows
from gifthorse.store.assess_role import reading_as_assess
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.report import ObservationRow
from gifthorse.store.tables.thread import Thread


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """One thread with what was sealed to the officer: its level with these `reports` (ids) and `without`; `thread` is "" where none is."""

    person: str
    contact: Side
    thread: str
    level: Level
    without: Level
    score: float
    reports: tuple[str, ...]


def sealed_to_me(actor: Actor) -> tuple[Behind, ...]:
    """Every thread about others that a report sealed to the actor tells of, the highest first. Raises Refused."""
    authorise(actor, Procedure.VIEW_THREADS, Relation.NONE)
    return _behind(actor)


def behind(actor: Actor, row: Thread) -> Behind | None:
    """As `sealed_to_me`, of one thread; None where nothing was sealed to the actor."""
    return next((one for one in _behind(actor, of_thread=row) if one.thread == row.pk), None)


def _behind(actor: Actor, of_thread: Thread | None = None) -> tuple[Behind, ...]:
    mine = frozenset(sealed_to(actor))
    if not mine:
        return ()
    rows = ObservationRow.objects.filter(report__in=mine, contact__isnull=False, disputed=False).exclude(subject=actor.person)
    if of_thread is not None:
        rows = rows.filter(subject=of_thread.person_id)
    told = {(contact or "", person) for contact, person in rows.values_list("contact_id", "subject_id")}
    head = _heads(actor, {contact for contact, _ in told})
    keys = {(head[contact], person) for contact, person in told}
    facts, seen = _facts(head, sealed_apart() - mine)
    open_facts, _ = _facts(head, sealed_apart())
    return _views(keys, facts, open_facts, {key: rows_of & mine for key, rows_of in seen.items()})


def _heads(actor: Actor, contacts: Collection[str]) -> dict[str, str]:
    """The first contact of the group that each of *contacts*, and all that is linked with them, is taken for."""
    reached = reached_from_each(actor, sorted(contacts))
    everybody = {contact for some in reached.values() for contact in some}
    apart = apart_contacts(everybody)
    rows = Contact.objects.filter(pk__in=everybody).order_by("created_at", "id").values_list("pk", "joined_to")
    root = dict(sorted(rows, key=lambda row: row[0] in apart))  # the first that everybody may know of, in order of time
    return {contact: next(root[one] for one in root if one in some) for some in reached.values() for contact in some}


def _facts(head: dict[str, str], left_out: Collection[str]) -> tuple[dict[Key, Facts], dict[Key, set[str]]]:
    """The threads of these contacts without the reports *left_out*, and the reports that each rests on."""
    groups = observation_rows.groups_of(sorted(head)) if head else []
    with reading_as_assess():
        rows = [row._replace(group=head.get(row.group, row.group)) for row in observation_rows.of_groups(groups, left_out)]
    seen: dict[Key, set[str]] = {}
    for row in rows:
        seen.setdefault((row.group, row.person), set()).add(row.report)
    return facts_of(rows), seen


def _views(keys: Collection[Key], facts: dict[Key, Facts], open_facts: dict[Key, Facts], mine: dict[Key, set[str]]) -> tuple[Behind, ...]:
    limits = thresholds()
    contacts = Contact.objects.select_related("content__key").in_bulk({group for group, _ in keys})
    names = names_of({person for _, person in keys})
    threads = {
        (contact, person): pk
        for contact, person, pk in Thread.objects.filter(contact__in=contacts).values_list("contact_id", "person_id", "pk")
    }
    found = []
    for key in keys:
        whole = assessed(key, facts[key], limits)
        found.append(
            Behind(
                person=names.get(key[1], ""),
                contact=side(contacts[key[0]]),
                thread=threads.get(key, ""),
                level=whole.level,
                without=assessed(key, open_facts[key], limits).level if key in open_facts else Level.NONE,
                score=whole.score,
                reports=tuple(sorted(mine.get(key, ()))),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.score, one.thread, one.reports)))
