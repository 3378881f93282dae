"""The facts that rules may ask for, each derived from a situation: the whole vocabulary, so that a rule can't ask for anything else."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from gifthorse.brief import kinds
from gifthorse.brief.conditions import Facts, FactValue
from gifthorse.brief.kinds import VenueKind
from gifthorse.brief.situation import KnowHow, Situation

YES: Final = frozenset({"yes"})
NO: Final = frozenset({"no"})
COUNT: Final = "count"


def _words(kind: type[StrEnum]) -> frozenset[str]:
    return frozenset(str(word) for word in kind)


# Name of the fact to the words it may hold, or COUNT. `element.*` is known only to blocks that are said of single elements.
VOCABULARY: Final[Mapping[str, frozenset[str] | str]] = MappingProxyType(
    {
        "role": _words(kinds.RoleKind),
        "seniority": _words(kinds.Seniority),
        "signs": YES | NO,
        "know-how": _words(kinds.ElementKind),
        "know-how.carried": _words(kinds.ElementKind),
        "know-how.protection": _words(kinds.Protection),
        "know-how.export": YES | NO,
        "know-how.export-carried": YES | NO,
        "devices": _words(kinds.DeviceKind),
        "devices.own": _words(kinds.DeviceKind),
        "devices.loaner": _words(kinds.DeviceKind),
        "data": _words(kinds.DataKind),
        "venue": _words(kinds.VenueKind),
        "event": _words(kinds.EventKind),
        "host": _words(kinds.HostKind),
        "payer": _words(kinds.Payer),
        "invitation": _words(kinds.InvitationOrigin),
        "social": _words(kinds.SocialKind),
        "company": _words(kinds.Company),
        "away": YES | NO,
        "fee": YES | NO,
        "reports.know-how": COUNT,
        "reports.host": COUNT,
        "gaps": COUNT,
        "crossings": COUNT,
        "nights": COUNT,
        "days": COUNT,
        "days-left": COUNT,
        "element.kind": _words(kinds.ElementKind),
        "element.line": YES | NO,
        "element.carried": YES | NO,
    }
)


def facts_of(situation: Situation) -> dict[str, FactValue]:
    """Every fact of *situation* that doesn't belong to a single element."""
    held, devices = situation.know_how, situation.devices
    return {
        "role": _said(situation.roles),
        "seniority": frozenset({str(situation.seniority)}),
        "signs": _yes(situation.signs_for_the_house),
        "know-how": _said(element.kind for element in held),
        "know-how.carried": _said(element.kind for element in held if element.carried),
        "know-how.protection": _said(element.protection for element in held),
        "know-how.export": _yes(any(element.export_reference for element in held)),
        "know-how.export-carried": _yes(any(element.export_reference and element.carried for element in held)),
        "devices": _said(device.kind for device in devices),
        "devices.own": _said(device.kind for device in devices if not device.loaner),
        "devices.loaner": _said(device.kind for device in devices if device.loaner),
        "data": _said(situation.data),
        "venue": _said(situation.venues),
        "event": _said(situation.events),
        "host": _said(host.kind for host in situation.hosts),
        "payer": frozenset({str(situation.payer)}),
        "invitation": frozenset({str(situation.invitation)}),
        "social": _said(situation.social),
        "company": frozenset({str(situation.company)}),
        "away": _yes(_is_away(situation)),
        "fee": _yes(situation.paid_fee),
        "reports.know-how": situation.reports_on_same_know_how,
        "reports.host": situation.reports_on_same_host,
        "gaps": situation.itinerary_gaps,
        "crossings": situation.border_crossings,
        "nights": situation.nights,
        "days": situation.days,
        "days-left": situation.days_until_departure,
    }


def facts_of_element(facts: Facts, element: KnowHow) -> dict[str, FactValue]:
    """*facts* with those of one element of know-how."""
    return {
        **facts,
        "element.kind": frozenset({str(element.kind)}),
        "element.line": _yes(bool(element.line.strip())),
        "element.carried": _yes(element.carried),
    }


def _is_away(situation: Situation) -> bool:
    """Whether one leaves the house at all: not when everything happens online."""
    return bool(situation.nights or situation.border_crossings or situation.venues != {VenueKind.ONLINE})


def _said(words: Iterable[StrEnum]) -> frozenset[str]:
    return frozenset(str(word) for word in words)


def _yes(value: bool) -> frozenset[str]:
    return YES if value else NO
