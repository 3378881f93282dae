"""Contacts that are joined or may be, and whom of ours they met: as a graph, and as the table that says the same."""

from typing import Final

import msgspec

from gifthorse.model.observations import Level
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import DECIDED, WAITING, LinkState
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.people import names_of
from gifthorse.procedures.view_links import percent, side, visible_links
from gifthorse.procedures.visible_threads import visible
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.thread import Thread

MOST_LINKS: Final = 150
MOST_THREADS: Final = 150  # more than that no drawing shows
SHOWN: Final = {*WAITING, *DECIDED} - {LinkState.QUEUED}


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A contact or one of ours."""

    id: str
    kind: str  # "contact" or "person"
    name: str


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """A link between contacts (`kind` is its state), or that a contact met one of ours (`kind` is "met", `level` the thread's)."""

    id: str
    one: str
    other: str
    kind: str
    level: str = ""
    percent: float = 0.0


class Graph(msgspec.Struct, frozen=True, kw_only=True):
    """Nodes by id and edges; `cut` when there are more than are shown."""

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    cut: bool

    def name(self, node: str) -> str:
        """The name of a node."""
        return self.nodes[node].name


def link_graph(actor: Actor) -> Graph:
    """Suggested, confirmed and refused links, with the threads of their contacts and all that stand above nothing. Raises Refused."""
    authorise(actor, Procedure.VIEW_PATTERNS, Relation.NONE)
    links = list(visible_links(actor).filter(state__in=[state.value for state in SHOWN])[: MOST_LINKS + 1])
    contacts = {contact.pk: contact for link in links[:MOST_LINKS] for contact in (link.one, link.other)}
    threads = _threads(actor, {contact.joined_to for contact in contacts.values()})
    contacts |= {thread.contact_id: thread.contact for thread in threads}
    people = names_of({thread.person_id for thread in threads})
    nodes = {pk: Node(id=pk, kind="contact", name=_name(contact)) for pk, contact in contacts.items()}
    nodes |= {pk: Node(id=pk, kind="person", name=name) for pk, name in people.items()}
    edges = [Edge(id=link.pk, one=link.one_id, other=link.other_id, kind=link.state, percent=percent(link)) for link in links[:MOST_LINKS]]
    edges += [
        Edge(id=thread.pk, one=thread.contact_id, other=thread.person_id, kind="met", level=_level(thread))
        for thread in threads[:MOST_THREADS]
    ]
    return Graph(nodes=nodes, edges=tuple(edges), cut=len(links) > MOST_LINKS or len(threads) > MOST_THREADS)


def _threads(actor: Actor, groups: set[str]) -> list[Thread]:
    rows = visible(actor).order_by("-standing__score", "pk").values_list("standing__score", "pk")
    above = rows.filter(standing__level__in=[level.value for level in Level if level is not Level.NONE])[: MOST_THREADS + 1]
    found = {pk: score for some in (rows.filter(contact__in=groups)[: MOST_THREADS + 1], above) for score, pk in some}
    highest = sorted(found, key=lambda pk: (found[pk] is not None, -(found[pk] or 0.0), pk))[: MOST_THREADS + 1]
    threads = Thread.objects.select_related("contact__content__key", "standing").in_bulk(highest)
    return [threads[pk] for pk in highest]


def _level(thread: Thread) -> str:
    standing = getattr(thread, "standing", None)
    return standing.level if standing else Level.NONE.value


def _name(contact: Contact) -> str:
    return side(contact).title
