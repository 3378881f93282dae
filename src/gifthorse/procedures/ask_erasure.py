"""A reporter asks the custodian to erase a report of theirs; the custodian learns its number, and nothing that it says."""

from gifthorse.model.errors import WrongState
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act, authorise
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.procedures.tellers import custodians
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.report import Report


def ask(actor: Actor, report_id: str) -> Report:
    """The report, whose erasure the custodian is asked for. Raises WrongState when that was done before, or nobody is custodian."""
    report, relation = report_and_relation(actor, report_id)
    with act(actor, Procedure.WRITE_ABOUT_REPORT, relation, subject=report.pk) as deed:
        if report.answers.erased:
            raise WrongState(N_("This report was erased already."))
        if is_asked(report.pk):
            raise WrongState(N_("The custodian has been asked already."))
        people = custodians()
        if not people:
            raise WrongState(N_("Nobody is custodian at the moment. Please ask the security desk."))
        notify(deed, people, NoticeKind.ERASURE_ASKED, report.pk)
        return report


def asked(actor: Actor) -> list[str]:
    """The ids of the reports whose reporters wait for their erasure, longest first. Raises Refused."""
    authorise(actor, Procedure.ERASE_REPORT, Relation.OTHERS)
    wanted = Notice.objects.filter(kind=NoticeKind.ERASURE_ASKED.value).order_by("created_at", "pk").values_list("subject", flat=True)
    left = set(Report.objects.filter(pk__in=set(wanted), answers__erased=False).values_list("pk", flat=True))
    return list(dict.fromkeys(one for one in wanted if one in left))


def is_asked(report_id: str) -> bool:
    """Whether the reporter asked for the erasure of this report."""
    return Notice.objects.filter(kind=NoticeKind.ERASURE_ASKED.value, subject=report_id).exists()
