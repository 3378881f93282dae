"""Contacts out of reports that were sealed to some officers only: nobody else learns of them, in no list and no search."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from gifthorse.model.roles import Actor
from gifthorse.procedures.sealed_apart import sealed_reports
from gifthorse.store.tables.report import ObservationRow, Report

AT_ONCE: Final = 2_000


def hidden_contacts(actor: Actor, among: Iterable[str] | None = None) -> set[str]:
    """The ids of contacts (*among* these, if given) that only reports sealed to others than *actor* tell of.

    A contact that somebody reported openly as well stays where it was: that it vanished would tell of the sealed report.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    for contact, officers, reporter in _told(None if among is None else set(among)):
        (shown if not officers or actor.person in officers or reporter == actor.person else hidden).add(contact)
    return hidden - shown


def apart_contacts(among: Collection[str] | None = None) -> set[str]:
    """The ids of contacts (*among* these, if given) that sealed reports alone tell of, whoever asks.

    They are joined to nobody, and nothing that is counted among contacts counts them.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    for contact, officers, _reporter in _told(None if among is None else set(among)):
        (hidden if officers else shown).add(contact)
    return hidden - shown


def _told(among: set[str] | None) -> Iterator[tuple[str, list[str], str]]:
    """Contacts that sealed reports tell of, with what each of all reports about them says of its readers and its reporter."""
    wanted = _of_sealed_reports()
    if among is not None:
        wanted &= among
    for some in in_parts(wanted):
        yield from Report.objects.filter(contact__in=some).order_by().values_list("contact_id", "sealed_to", "reporter_id")
        seen = ObservationRow.objects.filter(contact__in=some).order_by()
        yield from seen.values_list("contact_id", "report__sealed_to", "report__reporter_id")


def _of_sealed_reports() -> set[str]:
    reports = dict(sealed_reports().values_list("pk", "contact_id"))
    found = set(reports.values())
    for some in in_parts(reports):
        found.update(ObservationRow.objects.filter(report__in=some).order_by().values_list("contact_id", flat=True))
    return {contact for contact in found if contact}


def in_parts(ids: Iterable[str]) -> Iterator[list[str]]:
    """*ids* in lists that a query can hold."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]


def is_hidden(actor: Actor, contact_id: str) -> bool:
    """Whether *actor* must not learn that this contact is in the register."""
    return bool(hidden_contacts(actor, [contact_id]))
