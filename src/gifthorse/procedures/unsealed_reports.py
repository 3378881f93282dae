"""Contacts out of reports that were sealed to some officers only: nobody else learns of them, in no list and no search."""

from collections.abc import Iterable, Iterator

from gifthorse.model.roles import Actor
from gifthorse.store.tables.report import ObservationRow, Report


def hidden_contacts(actor: Actor, among: Iterable[str] | None = None) -> set[str]:
    """The ids of contacts (*among* these, if given) that only reports sealed to others than *actor* tell of.

    A contact that somebody reported openly as well stays where it was: that it vanished would tell of the sealed report.
    """
    chosen = None if among is None else set(among)
    hidden: set[str] = set()
    shown: set[str] = set()
    for contact, officers, reporter in _told(chosen):
        (shown if not officers or actor.person in officers or reporter == actor.person else hidden).add(contact)
    return hidden - shown


def _told(among: set[str] | None) -> Iterator[tuple[str, list[str], str]]:
    """Contacts that sealed reports tell of, with what each of all reports about them says of its readers and its reporter."""
    reports = Report.objects.filter(contact__isnull=False)
    seen = ObservationRow.objects.filter(contact__isnull=False)
    if among is not None:
        reports, seen = reports.filter(contact__in=among), seen.filter(contact__in=among)
    wanted = set(reports.filter(is_sealed=True).values_list("contact_id", flat=True))
    wanted |= set(seen.filter(report__is_sealed=True).values_list("contact_id", flat=True))
    if wanted:
        yield from reports.filter(contact__in=wanted).values_list("contact_id", "sealed_to", "reporter_id")
        yield from seen.filter(contact__in=wanted).values_list("contact_id", "report__sealed_to", "report__reporter_id")


def is_hidden(actor: Actor, contact_id: str) -> bool:
    """Whether *actor* must not learn that this contact is in the register."""
    return bool(hidden_contacts(actor, [contact_id]))
