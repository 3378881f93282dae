"""Reports with observations for tests, as telling would keep them, and a story of two colleagues and one contact."""

from dataclasses import dataclass, field

import msgspec

from gifthorse.model.contacts import ContactFacts
from gifthorse.model.reports import ReportKind, ReportState
from gifthorse.model.roles import DESK_ITSELF, Actor, Procedure, Relation, Role
from gifthorse.procedures.acting import act, now
from gifthorse.procedures.after_change import only_compare, touched
from gifthorse.procedures.assess_threads import assess_waiting
from gifthorse.procedures.kept_forms import keep_form
from gifthorse.procedures.unsealed_reports import apart_contacts
from gifthorse.report.answers import Answers
from gifthorse.report.interview import interview_of
from gifthorse.store import vault
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.report import FavourEntry, ObservationRow, Report
from tests.samples import register

LEE = ContactFacts(
    names=("Lee Zhang", "李张"), mails=("lee@harbour-advisory.example",), phones=("+49 151 0000 8811",), employer=("Harbour Advisory",)
)
LEO = ContactFacts(names=("Leo Chang",), mails=("lee@harbour-advisory.example",), employer=("Harbour Advisory Ltd",))


def this_month() -> int:
    """The present month, counted from the year 0."""
    return now().year * 12 + now().month - 1


def told(reporter: Actor, contact: Contact | None, *tactics: str, month: int | None = None, ask: int = 0, favour: str = "none",
         grade: str = "B2", mitigators=(), elements=(), kind=ReportKind.APPROACH, given=(), about: str = "", **more) -> ObservationRow:  # fmt: skip
    """One report of *reporter* with one observation; *given* are (direction, kind, band) of favours, *about* the person it happened to."""
    staff = Actor(person=reporter.person, roles=frozenset({Role.STAFF}))
    with act(staff, Procedure.TELL, Relation.NONE) as deed:
        interview = interview_of(kind)
        form = keep_form(deed, interview)
        nothing = Answers(kind=kind, version=interview.version, digest=form)
        answers = deed.note(vault.keep_json(msgspec.to_builtins(nothing), moment=deed.moment))
        report = deed.keep(
            Report(reporter_id=staff.person, kind=kind.value, state=ReportState.NEW.value, interview=f"{kind.value}/{interview.version}", form_digest=form,
                   answers=answers, contact=contact, **more)
        )  # fmt: skip
        deed.subject = report.pk
        at = this_month() if month is None else month
        row = deed.keep(
            ObservationRow(report=report, contact=contact, subject_id=about or staff.person, month=at, tactics=list(tactics), ask_level=ask,
                           favour=favour, grade=grade, mitigators=list(mitigators), elements=list(elements))
        )  # fmt: skip
        for direction, sort, band in given:
            deed.keep(
                FavourEntry(report=report, contact=contact, person_id=staff.person, direction=direction, kind=sort, band=band, month=at)
            )
        if report.sealed_to:
            only_compare(apart_contacts([contact.pk] if contact else []))
        else:
            touched(contact.pk if contact else None)
    return row


@dataclass
class Story:
    """Two contacts that are one person: *first* met the one of ours of `person`, *second* a colleague of theirs."""

    first: Contact
    second: Contact
    rows: list[ObservationRow] = field(default_factory=list)


def a_story(person: Actor, colleague: Actor, elements=()) -> Story:
    """A slow friendship with gifts, a private line and climbing asks; the colleague met the same man under another name."""
    story = Story(register.a_contact(person, LEE), register.a_contact(colleague, LEO))
    month = this_month()
    wanted = list(elements)
    story.rows = [
        told(person, story.first, "T06", month=month - 9, ask=1),
        told(person, story.first, "T30", "T31", month=month - 7, ask=1, favour="small", given=[("in", "hospitality", "small")]),
        told(person, story.first, "T33", "T50", month=month - 4, ask=2, favour="large", given=[("in", "travel", "large")]),
        told(person, story.first, "T61", month=month - 1, ask=3, elements=wanted[:1]),
        told(colleague, story.second, "T02", "T22", month=month - 2, ask=2, elements=wanted[1:2], given=[("in", "gift", "medium")]),
        told(colleague, story.second, "T50", month=month - 1, ask=3, elements=wanted[:1], mitigators=("colleague_present",)),
    ]
    return story


def assessed() -> int:
    """Everything that waits is assessed, as happens right after a commit."""
    return assess_waiting(DESK_ITSELF)
