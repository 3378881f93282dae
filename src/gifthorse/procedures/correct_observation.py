"""An officer corrects what a report was taken to mean; what stood there before, who changed it and why stay on record."""

from collections.abc import Callable
from typing import Any

from gifthorse.model.errors import NotAccepted, NotFound
from gifthorse.model.grades import Grade
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.tactics import catalogue
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, act, authorise
from gifthorse.procedures.after_change import touched
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.procedures.shown_answers import element_titles
from gifthorse.procedures.unsealed_reports import apart_contacts, is_hidden
from gifthorse.store import vault
from gifthorse.store.tables.asset import Element
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.report import Correction, ObservationRow, Report

FIELDS = ("month", "tactics", "ask_level", "elements", "favour", "grade", "mitigators", "disputed", "contact_id")
LONGEST = 8000
FIRST_MONTH, LAST_MONTH = 1900 * 12, 2200 * 12


def correct(actor: Actor, observation_id: str, changes: dict[str, Any], reason: str) -> ObservationRow:
    """The observation with *changes* (names of FIELDS) in effect. Raises NotAccepted for a value that doesn't fit or without a reason."""
    row = ObservationRow.objects.select_related("report").filter(pk=observation_id).first()
    if row is None:
        raise NotFound(NOT_THERE)
    report, relation = report_and_relation(actor, row.report_id)
    with act(actor, Procedure.CORRECT_OBSERVATION, relation, subject=report.pk) as deed:
        if not reason.strip() or len(reason) > LONGEST:
            raise NotAccepted(N_("Please say in a line why you correct this."), field="reason")
        before = _values(row)
        for name, value in _openly(report, _fitting(actor, changes)).items():
            setattr(row, name, value)
        after = _values(row)
        if before == after:
            raise NotAccepted(N_("Nothing was changed. Please change something, or close this page."), field="tactics")
        sealed = deed.note(vault.keep(reason.strip().encode(), moment=deed.moment))
        changed = [name for name in FIELDS if before[name] != after[name]]
        deed.keep(
            Correction(
                observation=row,
                by_id=actor.person,
                before={name: before[name] for name in changed},
                after={name: after[name] for name in changed},
                reason=sealed,
            )
        )
        if not report.sealed_to:  # what it tells counts for nobody, and a thread that was read anew would tell of it
            touched(before["contact_id"], row.contact_id)
        return deed.keep(row)


def observation_for(actor: Actor, observation_id: str) -> tuple[ObservationRow, dict[str, str]]:
    """The observation to be corrected, and the elements of know-how to choose from. Raises NotFound or Refused."""
    row = ObservationRow.objects.select_related("report").filter(pk=observation_id).first()
    if row is None:
        authorise(actor, Procedure.CORRECT_OBSERVATION, Relation.OTHERS)
        raise NotFound(NOT_THERE)
    _report, relation = report_and_relation(actor, row.report_id)
    authorise(actor, Procedure.CORRECT_OBSERVATION, relation)
    live = Element.objects.filter(retired=False, asset__retired=False).values_list("pk", flat=True)
    titles = element_titles({*live, *row.elements})
    return row, dict(sorted(titles.items(), key=lambda one: one[1].casefold()))


def _values(row: ObservationRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}


def _fitting(actor: Actor, changes: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(changes) - set(FIELDS):
        raise NotAccepted(N_("This field is not part of the form. Please load the form again."), field=min(unknown))
    readers: dict[str, Callable[[Any], Any]] = {
        "tactics": _tactics,
        "ask_level": lambda value: int(AskLevel(int(value))),
        "elements": _elements,
        "favour": lambda value: FavourBand(value).value,
        "grade": lambda value: str(Grade.read(value)),
        "mitigators": lambda values: [one.value for one in Mitigator if one.value in set(values)],
        "disputed": bool,
        "month": _month,
        "contact_id": lambda value: _contact(actor, value),
    }
    return {name: _read(readers[name], name, value) for name, value in changes.items()}


def _openly(report: Report, fitting: dict[str, Any]) -> dict[str, Any]:
    """*fitting*, unless it would tell every officer of a contact whom sealed reports alone tell of."""
    contact = fitting.get("contact_id")
    if contact and not report.sealed_to and apart_contacts([contact]):
        raise NotAccepted(
            N_("Only a sealed report tells of this contact, and this report is open: every officer would learn of it."), field="contact_id"
        )
    return fitting


def _read(reader: Callable[[Any], Any], name: str, value: Any) -> Any:
    try:
        return reader(value)
    except (ValueError, TypeError) as error:
        raise NotAccepted(N_("This value does not fit. Please correct it."), field=name) from error


def _month(value: Any) -> int:
    month = int(value)
    if not FIRST_MONTH <= month <= LAST_MONTH:
        raise ValueError(month)
    return month


def _contact(actor: Actor, value: Any) -> str | None:
    if not value:
        return None
    if is_hidden(actor, value) or not Contact.objects.filter(pk=value).exists():
        raise NotAccepted(N_("There is no contact under this number. Please copy it from the contact's page."), field="contact_id")
    return str(value)


def _tactics(values: Any) -> list[str]:
    known = {tactic.id for tactic in catalogue().tactics if tactic.reportable}
    if not set(values) <= known:
        raise NotAccepted(N_("There is no such tactic in the catalogue. Please choose from the list."), field="tactics")
    return sorted(set(values))


def _elements(values: Any) -> list[str]:
    wanted = sorted(set(values))
    if Element.objects.filter(pk__in=wanted).count() != len(wanted):
        raise NotAccepted(N_("There is no such element in the register. Please choose from the list."), field="elements")
    return wanted
