"""Which reports somebody may know of: their own, and for officers all others but those sealed to somebody else."""

from django.db.models import QuerySet

from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, may, relation_to
from gifthorse.procedures.sealed_apart import sealed_reports
from gifthorse.store.tables.report import Report


def readable(actor: Actor) -> QuerySet[Report]:
    """The reports that the actor may know of, without their content."""
    if not may(actor, Procedure.VIEW_REPORT, Relation.OTHERS):
        return Report.objects.filter(reporter_id=actor.person)
    return Report.objects.exclude(pk__in=sealed_to_others(actor))  # these are few: everything else is read in the order of its index


def sealed_to(actor: Actor) -> list[str]:
    """The ids of the sealed reports that the actor may read; there are few, and both databases look into JSON differently."""
    return [pk for pk, people in sealed_reports().values_list("pk", "sealed_to") if actor.person in people]


def sealed_to_others(actor: Actor) -> list[str]:
    """The ids of the sealed reports that the actor may not know of."""
    rows = sealed_reports().values_list("pk", "sealed_to", "reporter_id")
    return [pk for pk, people, reporter in rows if actor.person not in people and reporter != actor.person]


def counted_for(actor: Actor) -> QuerySet[Report]:
    """The reports that the actor's figures count.

    For whoever reads reports those they may know of: a number above that of their list would tell of a sealed one. For everybody else
    all, as in the ledger.
    """
    return readable(actor) if may(actor, Procedure.VIEW_REPORT, Relation.OTHERS) else Report.objects.all()


def report_and_relation(actor: Actor, report_id: str) -> tuple[Report, Relation]:
    """The report with its sealed answers' key, and how the actor stands to it.

    Raises NotFound also for one that was sealed to others: that it is there is nobody's business.
    """
    report = Report.objects.select_related("answers__key", "contact__content__key").filter(pk=report_id).first()
    if report is None:
        raise NotFound(NOT_THERE)
    relation = relation_to(actor, report.reporter_id)
    if relation is Relation.OTHERS and report.sealed_to and actor.person not in report.sealed_to:
        raise NotFound(NOT_THERE)
    return report, relation
