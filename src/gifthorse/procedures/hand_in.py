"""A gift that was told is handed in: an item of the gift counter comes out of the report, without being described twice."""

from django.db import transaction

from gifthorse.model.custody import ValueBand
from gifthorse.model.errors import WrongState
from gifthorse.model.observations import FavourBand
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act
from gifthorse.procedures.kept_forms import form_of_answers
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.procedures.report_gift import report_gift
from gifthorse.procedures.tell import as_told
from gifthorse.report.answers import Answers
from gifthorse.report.gift import LONGEST_LINE, GiftReport
from gifthorse.report.handed_in import item_to_hand_in
from gifthorse.report.observing import draft
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.report import Report

_BANDS = {FavourBand.SMALL: ValueBand.UNKNOWN, FavourBand.MEDIUM: ValueBand.TO_150, FavourBand.LARGE: ValueBand.OVER_150}


def can_hand_in(report: Report) -> bool:
    """Whether the report tells of a thing that the gift counter takes, and that is not there yet."""
    if report.kind != ReportKind.GIFT.value or report.item_id:
        return False
    answers = as_told(report)
    return answers is not None and item_to_hand_in(answers) is not None


def hand_in(actor: Actor, report_id: str) -> Item:
    """The item, reported by whoever told of it; the report points to it. Raises WrongState where there is nothing to hand in."""
    report, relation = report_and_relation(actor, report_id)
    with transaction.atomic():
        with act(actor, Procedure.ENCLOSE, relation, subject=report.pk) as deed:
            answers = as_told(report)
            kind = item_to_hand_in(answers) if answers else None
            if answers is None or kind is None or report.item_id:
                raise WrongState(N_("There is nothing to hand in with this report, or it was handed in already."))
            item = report_gift(actor, _gift(report, answers))
            report.item = item
            deed.keep(report)
        return item


def _gift(report: Report, answers: Answers) -> GiftReport:
    kind = item_to_hand_in(answers)
    assert kind is not None
    contact = answers.to("contact")
    given = contact.contact if contact and contact.contact else None
    giver = ", ".join(part for part in (given.name, given.employer, given.role) if part) if given else ""
    chosen = answers.chosen()
    told = draft(form_of_answers(answers), answers, report.created_at.date())
    band = max((favour.band for favour in told.favours if favour.worth_told), default=None, key=list(FavourBand).index)
    return GiftReport(
        kind=kind,
        giver=giver[:LONGEST_LINE],
        said=_text(answers, "words"),
        place=_text(answers, "where")[:LONGEST_LINE],
        given_on=report.happened_on,
        plugged_in={"used": True, "sealed": False}.get(next(iter(chosen.get("now", ())), "")),
        value_band=_BANDS.get(band, ValueBand.UNKNOWN) if band else ValueBand.UNKNOWN,
    )


def _text(answers: Answers, question: str) -> str:
    answer = answers.to(question)
    return answer.text if answer else ""
