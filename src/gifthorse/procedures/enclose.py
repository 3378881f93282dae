"""A photograph or file comes with a report: it streams in encrypted, and nobody opens it before it was inspected."""

from typing import Final

from gifthorse.model.errors import NotAccepted, WrongState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act, authorise, now
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.store import vault
from gifthorse.store.tables.report import Enclosure, Report

LONGEST_NAME: Final = 255
MOST: Final = 30
WAITING: Final = "waiting"


class Arriving:
    """Bytes on their way into the vault. Nothing of them is on record before `finish`."""

    def __init__(self, actor: Actor, report_id: str, untrusted_name: str) -> None:
        self._actor = actor
        self._report_id = report_id
        self._name = untrusted_name.strip()[:LONGEST_NAME] or "unnamed"
        self._writer = vault.SealingWriter(now())

    def write(self, chunk: bytes) -> None:
        """*chunk* is encrypted and written."""
        self._writer.write(chunk)

    def finish(self) -> Enclosure:
        """The enclosure, on record, waiting for its inspection. Raises NotAccepted when nothing arrived, WrongState for too many."""
        if self._writer.size == 0:
            self.abandon()
            raise NotAccepted(N_("This file is empty. Please choose another one."), field="file")
        report, relation = report_and_relation(self._actor, self._report_id)
        try:
            with act(self._actor, Procedure.ENCLOSE, relation, subject=report.pk) as deed:
                _require_room(report)
                content = deed.note(self._writer.finish())
                name = deed.note(vault.keep(self._name.encode("utf-8", "surrogateescape"), moment=deed.moment))
                kept = Enclosure(
                    report=report, name=name, content=content, size=self._writer.size, sha256=self._writer.sha256, state=WAITING
                )
                return deed.keep(kept)
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        """What had arrived is removed."""
        self._writer.abandon()


def begin(actor: Actor, report_id: str, untrusted_name: str) -> Arriving:
    """An arrival to write to. Raises Refused or NotFound before a byte is taken, WrongState when the report holds too many."""
    report, relation = report_and_relation(actor, report_id)
    authorise(actor, Procedure.ENCLOSE, relation)
    _require_room(report)
    return Arriving(actor, report_id, untrusted_name)


def _require_room(report: Report) -> None:
    if report.answers.erased:
        raise WrongState(N_("This report was erased. Please tell us anew what happened."))
    if report.enclosures.count() >= MOST:
        raise WrongState(N_("There are thirty files with this report already. Please hand further ones to the security desk."))
