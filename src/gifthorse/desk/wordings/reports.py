"""The words for the values of telling, answering, debriefs, invitations, favours, privacy, and for what is done with them."""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.wordings import Words
from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator
from gifthorse.model.reports import ReportKind, ReportOutcome, ReportState
from gifthorse.model.roles import Procedure
from gifthorse.procedures.keep_favours import FavourHandling
from gifthorse.report.invitation_card import Verified

REPORT_KINDS: Final[Words] = {kind: _(kind.label) for kind in ReportKind}
REPORT_STATES: Final[Words] = {
    ReportState.NEW: _("New"),
    ReportState.READ: _("Read"),
    ReportState.ANSWERED: _("Answered"),
    ReportState.CLOSED: _("Closed"),
    ReportState.SEALED: _("Sealed"),
}
REPORT_STATES_MINE: Final[Words] = {
    ReportState.NEW: _("We have it. A person will answer you."),
    ReportState.READ: _("Somebody has read it and will answer you."),
    ReportState.ANSWERED: _("We have answered you."),
    ReportState.CLOSED: _("This is done. Thank you for telling us."),
    ReportState.SEALED: _("Only the people you chose can read it."),
}
REPORT_OUTCOMES: Final[Words] = {
    ReportOutcome.NOTHING_TO_REPORT: _("nothing to report"),
    ReportOutcome.BENIGN: _("ordinary business"),
    ReportOutcome.WATCH: _("keep an eye on it"),
    ReportOutcome.TALK: _("talked about"),
    ReportOutcome.ACT: _("something was done"),
    ReportOutcome.SENT_BACK: _("sent back: no behaviour was described"),
    ReportOutcome.WITHDRAWN: _("withdrawn"),
}
DIRECTIONS: Final[Words] = {
    Direction.IN: _("they gave"),
    Direction.OUT: _("we gave"),
    Direction.CONTRACT: _("under a contract"),
}
FAVOUR_KINDS: Final[Words] = {
    FavourKind.GIFT: _("a gift"),
    FavourKind.HOSPITALITY: _("hospitality"),
    FavourKind.TRAVEL: _("travel"),
    FavourKind.FEE: _("a fee"),
    FavourKind.CASH: _("cash"),
    FavourKind.CRYPTO: _("crypto money"),
    FavourKind.FAMILY: _("something for the family"),
    FavourKind.CAREER: _("a post, a grant, a deal"),
    FavourKind.SERVICE: _("a service"),
    FavourKind.OTHER: _("something else"),
}
BANDS: Final[Words] = {
    FavourBand.NONE: _("none"),
    FavourBand.SMALL: _("small"),
    FavourBand.MEDIUM: _("medium"),
    FavourBand.LARGE: _("large"),
}
HANDLINGS: Final[Words] = {
    "": _("not said"),
    FavourHandling.KEPT: _("kept"),
    FavourHandling.SURRENDERED: _("handed to the house"),
    FavourHandling.DECLINED: _("declined"),
    FavourHandling.RETURNED: _("given back"),
}
ASK_LEVELS: Final[Words] = {
    str(int(AskLevel.NONE)): _("nothing was asked"),
    str(int(AskLevel.PUBLIC)): _("public things or an opinion"),
    str(int(AskLevel.PERSONAL)): _("about people"),
    str(int(AskLevel.INTERNAL)): _("internal things"),
    str(int(AskLevel.RESTRICTED)): _("restricted know-how, or access"),
}
MITIGATORS: Final[Words] = {
    Mitigator.OFFICIAL_CHANNEL: _("official channel"),
    Mitigator.EMPLOYER_PAID: _("our house paid"),
    Mitigator.CONTRACT_COUNTERVALUE: _("a contract covers it"),
    Mitigator.IDENTITY_VERIFIED: _("identity verified"),
    Mitigator.COLLEAGUE_PRESENT: _("a colleague was there"),
}
OBSERVATION_FIELDS: Final[Words] = {
    "month": _("month"),
    "tactics": _("tactics"),
    "ask_level": _("ask"),
    "elements": _("know-how"),
    "favour": _("favour"),
    "grade": _("grade"),
    "mitigators": _("ordinary because"),
    "disputed": _("disputed"),
    "contact_id": _("contact"),
}
ENCLOSURES: Final[Words] = {
    "waiting": _("not inspected yet"),
    "running": _("being inspected"),
    "again": _("not inspected yet"),
    "again-running": _("being inspected"),
    "done": _("inspected"),
    "failed": _("could not be inspected, so nobody opens it"),
}
MAIL_VERIFIED: Final[Words] = {
    Verified.YES: _("verified"),
    Verified.NO: _("not so"),
    Verified.CANNOT_TELL: _("can't be told"),
}
CONTACT_LINES: Final[Words] = {
    "name": _("Name"),
    "employer": _("Where they work"),
    "role": _("What they do"),
    "reach": _("Number, address or handle"),
}
WORDS: Final[dict[str, Words]] = {
    "report_kind": REPORT_KINDS,
    "report_state": REPORT_STATES,
    "report_state_mine": REPORT_STATES_MINE,
    "report_outcome": REPORT_OUTCOMES,
    "direction": DIRECTIONS,
    "favour_kind": FAVOUR_KINDS,
    "band": BANDS,
    "handling": HANDLINGS,
    "ask_level": ASK_LEVELS,
    "mitigator": MITIGATORS,
    "observation_field": OBSERVATION_FIELDS,
    "enclosure": ENCLOSURES,
    "mail_verified": MAIL_VERIFIED,
    "contact_line": CONTACT_LINES,
}
DEEDS: Final[Words] = {
    Procedure.TELL: _("told what happened"),
    Procedure.VIEW_REPORT: _("read a report"),
    Procedure.WRITE_ABOUT_REPORT: _("wrote about a report"),
    Procedure.ANSWER_REPORT: _("answered a report"),
    Procedure.NOTE_REPORT: _("noted something about a report, or let another officer look"),
    Procedure.CORRECT_OBSERVATION: _("corrected an observation"),
    Procedure.CLOSE_REPORT: _("closed a report"),
    Procedure.HAND_ON_REPORT: _("noted something about a report, or let another officer look"),
    Procedure.ENCLOSE: _("enclosed something"),
    Procedure.VIEW_ENCLOSURE: _("looked at what was enclosed"),
    Procedure.INSPECT_ENCLOSURE: _("inspected what was enclosed"),
    Procedure.CHECK_INVITATION: _("had an invitation checked"),
    Procedure.VIEW_FAVOURS: _("read the ledger of favours"),
    Procedure.KEEP_FAVOURS: _("wrote into the ledger of favours"),
    Procedure.EXPORT_OWN_DATA: _("handed out what is kept about somebody"),
    Procedure.ERASE_REPORT: _("erased a report"),
    Procedure.SEND_NOTICES: _("sent a notice"),
    Procedure.VIEW_REPORT_FIGURES: _("read the figures of reporting"),
}


def in_order(values: Iterable[Enum], words: Words) -> list[tuple[str, str | Promise]]:
    """*values* with their words, as the choices of a form field."""
    return [(str(value.value), words[str(value.value)]) for value in values]
