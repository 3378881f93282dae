"""Reports are erased by destroying their keys: by the desk when their time is over, by the custodian with a reason.

What stays is that there was a report, of which kind, by whom (an opaque id), when it was answered and how it ended: the figures need it.
An erased report no longer counts: its observations say nothing any more and are disputed, its favours name no contact.
"""

from collections.abc import Iterator
from typing import Final

from django.db.models import Q

from gifthorse.model.errors import NotAccepted, NotFound, WrongState
from gifthorse.model.observations import AskLevel, FavourBand
from gifthorse.model.reports import ReportKind, ReportOutcome, ReportState
from gifthorse.model.roles import DESK_ITSELF, Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act, now, relation_to
from gifthorse.procedures.after_change import only_assess
from gifthorse.procedures.ask_erasure import is_asked
from gifthorse.report import retention
from gifthorse.store import search_index, vault
from gifthorse.store.tables.contact import Contact, Link
from gifthorse.store.tables.report import Correction, FavourEntry, ObservationRow, Report
from gifthorse.store.tables.sealed import Sealed

LONGEST: Final = 2000
AT_ONCE: Final = 100


def erase_due(most: int = AT_ONCE) -> list[str]:
    """The ids of the closed reports that were past their time, erased by the desk, each with an entry of its own."""
    due = Report.objects.filter(erase_on__lte=now().date(), state=ReportState.CLOSED.value, answers__erased=False)
    ids = list(due.order_by("erase_on", "pk").values_list("pk", flat=True)[:most])
    for report_id in ids:
        with act(DESK_ITSELF, Procedure.ERASE_REPORT, Relation.OTHERS, subject=report_id) as deed:
            _erase(deed, Report.objects.select_related("answers").get(pk=report_id))
    return ids


def erase(actor: Actor, report_id: str, reason: str) -> int:
    """How many sealed texts and files of the report nobody can read any more. The reason stays on record.

    Raises WrongState for a report that is open, unless its reporter asked for it and it is theirs to end.
    """
    report = Report.objects.select_related("answers").filter(pk=report_id).first()
    relation = relation_to(actor, report.reporter_id) if report else Relation.OTHERS
    with act(actor, Procedure.ERASE_REPORT, relation, subject=report_id) as deed:
        if report is None:
            raise NotFound(NOT_THERE)
        if not reason.strip() or len(reason) > LONGEST:
            raise NotAccepted(N_("Please say why this may be erased. The reason stays on record."), field="reason")
        if report.answers.erased:
            raise WrongState(N_("This report was erased already."))
        if report.state != ReportState.CLOSED.value and not _is_theirs_to_end(report):
            raise WrongState(N_("Only a closed report can be erased. Please ask an officer to close it first."))
        deed.note(vault.keep(reason.strip().encode(), moment=deed.moment))
        return _erase(deed, report)


def _is_theirs_to_end(report: Report) -> bool:
    outcome = ReportOutcome(report.outcome) if report.outcome else ReportOutcome.WITHDRAWN
    return retention.keeping(ReportKind(report.kind), outcome).reporter_may_end and is_asked(report.pk)


def _erase(deed: Deed, report: Report) -> int:
    ids = set(_sealed_ids(report))
    contacts = _contacts(report)
    if not report.sealed_to:  # it counted for nobody
        only_assess(contacts, report.observations.values_list("subject_id", flat=True))
    _reduce(deed, report)
    ids |= {sealed for contact in contacts if _is_alone(contact) for sealed in _erased_contact(contact)}
    rows = list(Sealed.objects.filter(pk__in=ids, erased=False).select_related("key"))
    for one in rows:
        deed.note(vault.destroy(one))
    search_index.forget(report.pk)
    return len(rows)


def _sealed_ids(report: Report) -> Iterator[str]:
    yield report.answers_id
    yield from report.letters.values_list("body_id", flat=True)
    for row in report.enclosures.values_list("name_id", "content_id", "result_id", "picture_id"):
        yield from (one for one in row if one)
    yield from report.favours.filter(content__isnull=False).values_list("content_id", flat=True)
    yield from Correction.objects.filter(observation__report=report).values_list("reason_id", flat=True)


def _contacts(report: Report) -> set[str]:
    seen = {
        report.contact_id,
        *report.observations.values_list("contact_id", flat=True),
        *report.favours.values_list("contact_id", flat=True),
    }
    return {one for one in seen if one}


def _reduce(deed: Deed, report: Report) -> None:
    """The rows of the report say no more than that it was there.

    A sealed one still points to its contact, of whom nothing can be read any more: without that the contact would come up in the lists.
    """
    report.contact, report.happened_on = (report.contact if report.sealed_to else None), None
    if report.state != ReportState.CLOSED.value:
        report.state, report.outcome = ReportState.CLOSED.value, ReportOutcome.WITHDRAWN.value
        report.closed_at = deed.moment
    deed.keep(report)
    for row in ObservationRow.objects.filter(report=report):
        row.contact, row.tactics, row.elements, row.mitigators = None, [], [], []
        row.ask_level, row.favour, row.disputed = int(AskLevel.NONE), FavourBand.NONE.value, True
        deed.keep(row)
    for correction in Correction.objects.filter(observation__report=report):
        correction.before, correction.after = {}, {}
        deed.keep(correction)
    for favour in FavourEntry.objects.filter(report=report):
        favour.contact, favour.band, favour.handling = None, FavourBand.NONE.value, ""
        deed.keep(favour)


def _is_alone(contact: str) -> bool:
    """Whether nothing that is still kept refers to the contact: no report, no observation, no entry of the ledger of favours."""
    told = Report.objects.filter(contact=contact, answers__erased=False).exists()
    seen = ObservationRow.objects.filter(contact=contact, report__answers__erased=False).exists()
    return not told and not seen and not FavourEntry.objects.filter(contact=contact).exists()


def _erased_contact(contact: str) -> Iterator[str]:
    """The sealed texts of the contact and of what was suggested about it; it is found no more."""
    search_index.forget(contact)
    yield Contact.objects.values_list("content_id", flat=True).get(pk=contact)
    for row in Link.objects.filter(Q(one=contact) | Q(other=contact)).values_list("waterfall_id", "reason_id"):
        yield from (one for one in row if one)
