"""Something in every table of the reports, made through the procedures."""

from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import FavourBand
from gifthorse.model.reports import ReportOutcome
from gifthorse.model.roles import Actor, Role
from gifthorse.procedures import close_report, correct_observation, erase_reports, keep_favours, write_letter
from gifthorse.procedures.ask_erasure import ask
from gifthorse.procedures.check_invitation import check_invitation
from gifthorse.store.tables.report import ObservationRow
from tests.report.mails import mail
from tests.samples import reports as samples

WINE = keep_favours.FavourFacts(direction=Direction.OUT, kind=FavourKind.GIFT, band=FavourBand.SMALL, month=2026 * 12, what="Wine")


def work(actors: dict[str, Actor]) -> None:
    """A report with letters, a correction, an enclosure and favours; one sealed; an invitation; and one that was erased."""
    officer = Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))
    report = samples.approach(actors["staff"])
    write_letter.note(officer, report.pk, "Known to us.")
    write_letter.answer(officer, report.pk, "Thank you.")
    correct_observation.correct(officer, ObservationRow.objects.get(report=report).pk, {"ask_level": 1}, "It was public.")
    keep_favours.add_favour(officer, report.contact_id or "", actors["staff"].person, WINE)
    samples.pressure(actors["staff"])
    check_invitation(actors["staff"], mail())
    gone = samples.approach(actors["staff"], words="to be forgotten")
    samples.inspected(samples.enclosed(actors["staff"], gone))
    write_letter.answer(officer, gone.pk, "Thank you.")
    close_report.close(officer, gone.pk, ReportOutcome.BENIGN)
    ask(actors["staff"], gone.pk)
    erase_reports.erase(actors["custodian"], gone.pk, "She asked.")
