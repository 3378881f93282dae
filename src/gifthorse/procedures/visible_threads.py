"""Which threads an officer may know of: all but those whose group holds nobody but contacts out of reports that were sealed to others."""

from collections.abc import Iterable

import msgspec
from django.db.models import QuerySet

from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor, Relation
from gifthorse.model.threads import ThreadState
from gifthorse.procedures.acting import NOT_THERE, relation_to
from gifthorse.procedures.people import names_of
from gifthorse.procedures.unsealed_reports import hidden_contacts
from gifthorse.procedures.view_links import Side, side
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.thread import Thread


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A thread with whom it is about: one of ours, and the contact as first reported."""

    thread: Thread
    person: str
    contact: Side


def hidden_groups(actor: Actor) -> set[str]:
    """The first contacts of the groups that the actor must not learn of: those in which there is nobody else."""
    hidden = hidden_contacts(actor)
    if not hidden:
        return set()
    groups = set(Contact.objects.filter(pk__in=hidden).values_list("joined_to", flat=True))
    return groups - set(Contact.objects.filter(joined_to__in=groups).exclude(pk__in=hidden).values_list("joined_to", flat=True))


def visible(actor: Actor) -> QuerySet[Thread]:
    """The living threads that the actor may know of; merged ones are carried on by others."""
    return Thread.objects.exclude(state=ThreadState.MERGED.value).exclude(contact__in=hidden_groups(actor))


def thread_and_relation(actor: Actor, thread_id: str) -> tuple[Thread, Relation]:
    """The thread, and how the actor stands to it. Raises NotFound also for one that the actor must not learn of."""
    row = Thread.objects.filter(pk=thread_id).select_related("contact__content__key").first()
    if row is not None and row.state == ThreadState.MERGED.value:
        carrying = Thread.objects.filter(contact=row.contact.joined_to, person=row.person_id)
        row = carrying.select_related("contact__content__key").first()
    if row is None or row.contact_id in hidden_groups(actor):
        raise NotFound(NOT_THERE)
    return row, relation_to(actor, row.person_id)


def with_names(threads: Iterable[Thread]) -> list[Named]:
    """*threads* (their `contact__content__key` fetched with them) with names, which take one query."""
    rows = list(threads)
    names = names_of({row.person_id for row in rows})
    return [Named(thread=row, person=names.get(row.person_id, ""), contact=side(row.contact)) for row in rows]
