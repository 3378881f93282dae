"""The reports in the matrix."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import FavourBand
from gifthorse.model.reports import ReportKind, ReportOutcome
from gifthorse.model.roles import DESK_ITSELF, Actor, Procedure, Relation, Role
from gifthorse.procedures import (
    ask_erasure,
    check_invitation,
    choosing_officers,
    close_report,
    correct_observation,
    debriefs_due,
    enclose,
    erase_reports,
    hand_in,
    held_mails,
    keep_accounts,
    keep_favours,
    purposes,
    report_figures,
    subject_access,
    tell,
    tellers_lists,
    thanks,
    view_enclosure,
    view_favours,
    view_report,
    write_letter,
)
from gifthorse.procedures.acting import act, relation_to
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.report import Enclosure, FavourEntry, ObservationRow, Report
from tests.matrix.areas.reports_through import REACHED_THROUGH
from tests.report.mails import mail
from tests.samples import reports as samples
from tests.samples.held import held
from tests.samples.inspections import encrypted_archive
from tests.samples.people import PASSWORD

__all__ = ["REACHED_THROUGH"]

# role, then "o" own, "x" other's, "-" no record; see who_may.py
WHO_MAY = """
tell                 staff -
check-invitation     staff -
view-report          staff o, officer ox
write-about-report   staff o
enclose              staff o
view-enclosure       staff o, officer ox
inspect-enclosure    desk x
answer-report        officer x
note-report          officer x
correct-observation  officer x
close-report         officer x
hand-on-report       officer x, desk x
view-favours         staff o, officer x
keep-favours         officer x
export-own-data      staff o, custodian x
erase-report         custodian x, desk x
send-notices         desk x
view-report-figures  officer -, research-lead -, auditor -
"""
WINE = keep_favours.FavourFacts(direction=Direction.IN, kind=FavourKind.GIFT, band=FavourBand.SMALL, month=2026 * 12)


@dataclass
class World:
    """A report of *owner* with what belongs to it, one under pressure sealed to the officers of the tests, and a stand-in to hand on to."""

    owner: Actor
    report: Report
    gift: Report
    sealed: Report
    closed: Report
    observation: ObservationRow
    enclosure: Enclosure
    favour: FavourEntry
    contact: str
    other: str


def made_for(owner: Actor, readers: tuple[str, ...], officer: str, other: str) -> World:
    """The world of *owner*; what officers do in it was done by *officer*."""
    staff = Actor(person=owner.person, roles=frozenset({Role.STAFF}))
    keeper = Actor(person=officer, roles=frozenset({Role.OFFICER}))
    report = samples.approach(staff)
    closed = samples.debrief(staff)
    sealed = tell.tell(staff, ReportKind.PRESSURE, {})
    Report.objects.filter(pk=sealed.pk).update(sealed_to=sorted({*readers, officer}), is_sealed=True)
    enclosure = samples.inspected(samples.enclosed(staff, report), encrypted_archive())
    write_letter.answer(keeper, report.pk, "Thank you.")
    return World(
        owner=owner,
        report=report,
        gift=samples.gift(staff),
        sealed=Report.objects.get(pk=sealed.pk),
        closed=closed,
        observation=ObservationRow.objects.get(report=report),
        enclosure=enclosure,
        favour=FavourEntry.objects.filter(report=report)[0],
        contact=report.contact_id or "",
        other=other,
    )


def world(actors: dict[str, Actor], owner: Actor) -> World:
    """The records of *owner* that the procedures below are tried on."""
    other = keep_accounts.create(DESK_ITSELF, "another.officer", PASSWORD, [Role.OFFICER], {"name": "Other"}).person_id
    return made_for(owner, (actors["colleague"].person,), actors["officer"].person, other)


def _looked(do: Callable[[Actor, World], object]) -> Callable[[Actor, World], object]:
    """*do*, of which others' records leave an entry and one's own none: checked here, and taken back."""

    def look(actor: Actor, made: World) -> object:
        with transaction.atomic():
            before = LedgerEntry.objects.count()
            found = do(actor, made)
            assert LedgerEntry.objects.count() == before + (actor.person != made.owner.person)
            transaction.set_rollback(True)
        return found

    return look


def _favours(actor: Actor, made: World) -> object:
    own = actor.person == made.owner.person
    return view_favours.own_favours(actor) if own else view_favours.favours_of_contact(actor, made.contact)


def _export(actor: Actor, made: World) -> object:
    own = actor.person == made.owner.person
    return subject_access.export_own(actor) if own else subject_access.export_contact(actor, made.contact)


def _only_acting(procedure: Procedure) -> Callable[[Actor, World], object]:
    def do(actor: Actor, made: World) -> object:
        with act(actor, procedure, Relation.OTHERS, subject=made.report.pk):
            return None

    return do


def _hand_on(actor: Actor, made: World) -> object:
    if actor.roles == {Role.DESK}:  # the desk calls stand-ins, whoever was chosen
        with act(actor, Procedure.HAND_ON_REPORT, relation_to(actor, made.owner.person), subject=made.sealed.pk):
            return None
    return close_report.hand_on(actor, made.sealed.pk, made.other)


# each really does the procedure on the world of `world`
DO: dict[Procedure, Callable[[Actor, World], object]] = {
    Procedure.TELL: lambda a, w: tell.tell(a, ReportKind.IS_THIS_ODD, {"words": "Is this odd?"}),
    Procedure.CHECK_INVITATION: lambda a, w: check_invitation.check_invitation(a, mail()),
    Procedure.VIEW_REPORT: _looked(lambda a, w: view_report.report_for(a, w.report.pk)),
    Procedure.WRITE_ABOUT_REPORT: lambda a, w: write_letter.write_about(a, w.report.pk, "One thing more."),
    Procedure.ENCLOSE: lambda a, w: enclose.begin(a, w.report.pk, "x").abandon(),
    Procedure.VIEW_ENCLOSURE: _looked(lambda a, w: view_enclosure.picture(a, w.enclosure.pk)),
    Procedure.INSPECT_ENCLOSURE: _only_acting(Procedure.INSPECT_ENCLOSURE),
    Procedure.ANSWER_REPORT: lambda a, w: write_letter.answer(a, w.report.pk, "Thank you."),
    Procedure.NOTE_REPORT: lambda a, w: write_letter.note(a, w.report.pk, "For us."),
    Procedure.CORRECT_OBSERVATION: lambda a, w: correct_observation.correct(a, w.observation.pk, {"ask_level": 0}, "Nothing was asked."),
    Procedure.CLOSE_REPORT: lambda a, w: close_report.close(a, w.report.pk, ReportOutcome.BENIGN),
    Procedure.HAND_ON_REPORT: _hand_on,
    Procedure.VIEW_FAVOURS: _looked(_favours),
    Procedure.KEEP_FAVOURS: lambda a, w: keep_favours.correct_favour(a, w.favour.pk, WINE, "It was wine."),
    Procedure.EXPORT_OWN_DATA: _export,
    Procedure.ERASE_REPORT: lambda a, w: erase_reports.erase(a, w.closed.pk, "They asked."),
    Procedure.SEND_NOTICES: _only_acting(Procedure.SEND_NOTICES),
    Procedure.VIEW_REPORT_FIGURES: lambda a, w: report_figures.report_figures(a),
}
# the other functions of those rows: who may not do the one may not do the others (tests/procedures/test_report_rights.py)
SAME_ROW: dict[Procedure, tuple[Callable[[Actor, World], object], ...]] = {
    Procedure.TELL: (
        lambda a, w: debriefs_due.debriefs_due(a),
        lambda a, w: tellers_lists.lists_for(a, ReportKind.APPROACH),
        lambda a, w: purposes.purposes(a),
    ),
    Procedure.CHECK_INVITATION: (
        lambda a, w: (check_invitation.reply_for(a), held_mails.held_for(a), held_mails.held_number(a)),
        lambda a, w: held_mails.say_mine(a, held(a)),
        lambda a, w: held_mails.say_not_mine(a, held(a), "Not mine."),
    ),
    Procedure.VIEW_REPORT: (lambda a, w: check_invitation.card_of(a, w.report.pk),),
    Procedure.WRITE_ABOUT_REPORT: (lambda a, w: thanks.thanks_for(a, w.report.pk), lambda a, w: ask_erasure.ask(a, w.report.pk)),
    Procedure.ENCLOSE: (lambda a, w: hand_in.hand_in(a, w.gift.pk),),
    Procedure.HAND_ON_REPORT: (lambda a, w: choosing_officers.other_officers(a, w.sealed.pk),),
    Procedure.CORRECT_OBSERVATION: (lambda a, w: correct_observation.observation_for(a, w.observation.pk),),
    Procedure.KEEP_FAVOURS: (lambda a, w: keep_favours.add_favour(a, w.contact, w.owner.person, WINE),),
    Procedure.EXPORT_OWN_DATA: (),
    Procedure.ERASE_REPORT: (lambda a, w: ask_erasure.asked(a),),
}
READS: set[Procedure] = {  # leave no ledger entry, or have it checked in `_looked`
    Procedure.VIEW_REPORT,
    Procedure.ENCLOSE,  # begun and abandoned: nothing is on record before it is finished
    Procedure.VIEW_ENCLOSURE,
    Procedure.VIEW_FAVOURS,
    Procedure.VIEW_REPORT_FIGURES,
}
NEEDS_A_RESULT: set[Procedure] = set()  # permitted, but raise WrongState in this world
ONLY_THE_DESK: set[Procedure] = {Procedure.INSPECT_ENCLOSURE, Procedure.SEND_NOTICES}
# as in test_routes.py: route, method, then nobody, staff own, staff other's, officer own, officer other's, board, custodian, auditor, admin, research
EXPECTED = """
tell                GET          302     200 200     200 403     403   403       403     403   403
tell_kind           GET          302     200 200     200 403     403   403       403     403   403
tell_kind           POST         302     302 302     302 403     403   403       403     403   403
odd                 GET          302     200 200     200 403     403   403       403     403   403
odd                 POST         302     302 302     302 403     403   403       403     403   403
invitation          GET          302     200 200     200 403     403   403       403     403   403
invitation          POST         302     302 302     302 403     403   403       403     403   403
invitation_card     GET          302     404 404     404 403     403   403       403     403   403
held_mails          GET          302     200 200     200 403     403   403       403     403   403
held_mails          POST         302     302 404     302 403     403   403       403     403   403
reports             GET          302     403 403     200 200     403   403       403     403   403
my_reports          GET          302     200 200     200 200     403   403       403     403   403
report_page         GET          302     200 404     200 200     403   403       403     403   403
sent                GET          302     200 404     200 403     403   403       403     403   403
hand_in             POST         302     302 404     302 403     403   403       403     403   403
write_about         POST         302     302 404     302 403     403   403       403     403   403
enclose             POST         302     302 404     302 403     403   403       403     403   403
ask_erasure         POST         302     302 404     302 403     403   403       403     403   403
answer_report       POST         302     403 403     403 302     403   403       403     403   403
note_report         POST         302     403 403     403 302     403   403       403     403   403
close_report        POST         302     403 403     403 302     403   403       403     403   403
hand_on_report      POST         302     403 404     403 302     404   404       404     404   404
correct_observation GET          302     403 403     403 200     403   403       403     403   403
correct_observation POST         302     403 403     403 302     403   403       403     403   403
enclosure           GET          302     403 404     200 200     403   403       403     403   403
enclosure_picture   GET          302     200 404     200 200     403   403       403     403   403
own_favours         GET          302     200 200     200 403     403   403       403     403   403
favours_of_contact  GET          302     403 403     200 200     403   403       403     403   403
favours_of_contact  POST         302     403 403     403 302     403   403       403     403   403
correct_favour      GET          302     403 403     200 200     403   403       403     403   403
correct_favour      POST         302     403 403     403 302     403   403       403     403   403
privacy             GET          302     200 200     200 403     403   403       403     403   403
my_data             POST         302     200 200     200 403     403   403       403     403   403
looks               GET          302     200 200     200 403     403   403       403     403   403
access              GET          302     403 403     403 403     403   200       403     403   403
access              POST         302     403 403     403 403     403   200       403     403   403
erase_report        GET          302     403 403     403 403     403   200       403     403   403
erase_report        POST         302     403 403     403 403     403   302       403     403   403
report_figures      GET          302     403 403     200 200     403   403       200     403   200
"""
CORRECTION = {"tactics": ["T06"], "month": "2026-11", "ask_level": "1", "favour": "small", "grade": "C3", "reason": "It was public."}
FAVOUR = {"direction": "in", "kind": "gift", "band": "small", "month": "2026-11"}
ODD = {"q-words": "Is this odd?", "shown": "words"}
# route: (world, owner) -> the form that reaches the procedure
SENT: dict[str, Callable[[dict[str, World], str], dict[str, object]]] = {
    "tell_kind": lambda *_: ODD,
    "odd": lambda *_: ODD,
    "invitation": lambda *_: {"file": SimpleUploadedFile("a.eml", mail())},
    "held_mails": lambda made, owner: {"mail": held(made[owner].owner), "said": "mine"},
    "write_about": lambda *_: {"text": "One thing more."},
    "enclose": lambda *_: {"file": SimpleUploadedFile("card.jpg", b"a card")},
    "answer_report": lambda *_: {"answer-text": "Thank you."},
    "note_report": lambda *_: {"note-text": "For us."},
    "close_report": lambda *_: {"outcome": "benign"},
    "hand_on_report": lambda made, owner: {"officer": made[owner].other},
    "correct_observation": lambda *_: CORRECTION,
    "favours_of_contact": lambda made, owner: {**FAVOUR, "person": made[owner].owner.person},
    "correct_favour": lambda *_: {**FAVOUR, "reason": "It was wine."},
    "my_data": lambda *_: {"form": "json"},
    "access": lambda made, owner: {"contact": made[owner].contact},
    "erase_report": lambda made, owner: {"report": made[owner].closed.pk, "reason": "They asked."},
}


def route_world(office) -> dict[str, World]:
    """The records that the routes name, for each owner (mara, idris, tomo)."""
    ines = office.accounts["ines"].person_id
    other = keep_accounts.create(DESK_ITSELF, "another.officer", PASSWORD, [Role.OFFICER], {"name": "Other"}).person_id
    return {login: made_for(office.actor(login), (ines,), ines, other) for login in ("mara", "idris", "tomo")}


def named(route: str, made: dict[str, World], owner: str) -> dict[str, object]:
    """The values of the route's places for *owner*."""
    one = made[owner]
    report = {"hand_on_report": one.sealed, "hand_in": one.gift}.get(route, one.report)
    values: dict[str, object] = {"report_id": report.pk, "observation_id": one.observation.pk, "enclosure_id": one.enclosure.pk}
    values |= {"favour_id": one.favour.pk}
    if route == "favours_of_contact":
        values["contact_id"] = one.contact
    if route == "tell_kind":
        values["kind"] = "is-this-odd"
    return values


def prepare(route: str, method: str, made: object, owner: str) -> None:
    """Whatever has to be true before the route is asked, inside the transaction that is rolled back."""
