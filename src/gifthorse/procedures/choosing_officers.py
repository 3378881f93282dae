"""Which other officers could be let into a sealed report."""

from gifthorse.model.roles import Actor, Procedure
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.procedures.tellers import officers


def other_officers(actor: Actor, report_id: str) -> dict[str, str]:
    """The officers who may not read the report yet, by person id and name. Raises NotFound or Refused."""
    report, relation = report_and_relation(actor, report_id)
    authorise(actor, Procedure.HAND_ON_REPORT, relation)
    others = officers() - {report.reporter_id, *report.sealed_to}
    return dict(sorted(names_of(others).items(), key=lambda one: one[1].casefold()))
