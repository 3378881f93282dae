"""What came with a report is looked at: pictures redrawn, files by officers alone and only when nothing speaks against it."""

from collections.abc import Iterator
from typing import Final

import msgspec

from gifthorse.model.errors import NotFound, Refused, WrongState
from gifthorse.model.inspections import Verdict
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, act, authorise, may
from gifthorse.procedures.inspect_enclosure import CARD, DONE
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.store import vault
from gifthorse.store.tables.report import Enclosure

HANDED_OUT: Final = frozenset({Verdict.CLEAR.value, Verdict.CAUTION.value})


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """A file on its way to an officer, in chunks."""

    untrusted_name: str
    size: int
    chunks: Iterator[bytes]


def picture(actor: Actor, enclosure_id: str) -> bytes:
    """The redrawn picture, a JPEG; a look at somebody else's is on record. Raises NotFound while there is none."""
    enclosure, relation = _enclosure(actor, enclosure_id)
    if enclosure.picture is None:
        authorise(actor, Procedure.VIEW_ENCLOSURE, relation)
        raise NotFound(NOT_THERE)
    if relation is Relation.OWN:
        authorise(actor, Procedure.VIEW_ENCLOSURE, relation)
        return vault.open_sealed(enclosure.picture)
    with act(actor, Procedure.VIEW_ENCLOSURE, relation, subject=enclosure.report_id):
        return vault.open_sealed(enclosure.picture)


def hand_out(actor: Actor, enclosure_id: str) -> Handed:
    """The file as it came, for an officer; that it was taken is on record.

    Raises WrongState before it was inspected, and when the inspection found danger.
    """
    enclosure, relation = _enclosure(actor, enclosure_id)
    authorise(actor, Procedure.VIEW_ENCLOSURE, relation)
    if not may(actor, Procedure.ANSWER_REPORT, Relation.OTHERS):
        raise Refused(N_("Files are opened by officers alone. You still have your own copy."))
    if enclosure.state == CARD:
        raise NotFound(NOT_THERE)
    if enclosure.state != DONE:
        raise WrongState(N_("This file was not inspected yet, so nobody opens it. Please try again in a moment."))
    if enclosure.verdict not in HANDED_OUT:
        raise WrongState(N_("The inspection found danger in this file, so the desk doesn't hand it out. What was found stands beside it."))
    with act(actor, Procedure.VIEW_ENCLOSURE, relation, subject=enclosure.report_id):
        name = vault.open_text(enclosure.name)
    return Handed(untrusted_name=name, size=enclosure.size, chunks=vault.read_out(enclosure.content))


def _enclosure(actor: Actor, enclosure_id: str) -> tuple[Enclosure, Relation]:
    rows = Enclosure.objects.select_related("content__key", "name__key", "picture__key")
    enclosure = rows.filter(pk=enclosure_id).first()
    if enclosure is None:
        raise NotFound(NOT_THERE)
    _report, relation = report_and_relation(actor, enclosure.report_id)
    return enclosure, relation
