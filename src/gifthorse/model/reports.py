"""What people tell the desk: the kinds of report, where a report stands, how it ended, and how long it is kept."""

from enum import StrEnum
from typing import Final

from gifthorse.model.errors import WrongState
from gifthorse.model.words import N_


class ReportKind(StrEnum):
    """What happened, as the person who tells it picks it. Each kind has its own interview."""

    APPROACH = "approach"
    ONLINE_CONTACT = "online-contact"
    INVITATION = "invitation"
    GIFT = "gift"
    HOSPITALITY = "hospitality"
    FAVOUR = "favour"
    INFORMATION_REQUEST = "information-request"
    ROOM_DISTURBED = "room-disturbed"
    DEVICE_OUT_OF_SIGHT = "device-out-of-sight"
    VISIT_INCIDENT = "visit-incident"
    PRESSURE = "pressure"
    COLLEAGUE_CONCERN = "colleague-concern"
    SOMETHING_ELSE = "something-else"
    DEBRIEF = "debrief"  # on return from a trip
    CHECK_IN = "check-in"  # 30 days after it
    IS_THIS_ODD = "is-this-odd"  # a question, no case

    @property
    def label(self) -> str:
        """What the person reads on the button (a message id)."""
        return _LABELS[self]

    @property
    def opened_by_trip(self) -> bool:
        """Whether the desk asks for it after a trip, so that nobody has to pick it."""
        return self in _AFTER_A_TRIP


_LABELS: Final = {
    ReportKind.APPROACH: N_("Somebody approached me"),
    ReportKind.ONLINE_CONTACT: N_("Somebody wrote to me online"),
    ReportKind.INVITATION: N_("An invitation or a paid request"),
    ReportKind.GIFT: N_("A gift"),
    ReportKind.HOSPITALITY: N_("A meal, an outing or a trip paid for me"),
    ReportKind.FAVOUR: N_("A favour, a fee or money"),
    ReportKind.INFORMATION_REQUEST: N_("Somebody asked for information"),
    ReportKind.ROOM_DISTURBED: N_("My room or luggage was disturbed"),
    ReportKind.DEVICE_OUT_OF_SIGHT: N_("A device was lost, taken or out of my sight"),
    ReportKind.VISIT_INCIDENT: N_("Something on a visit to us"),
    ReportKind.PRESSURE: N_("Somebody puts me under pressure"),
    ReportKind.COLLEAGUE_CONCERN: N_("I worry about a colleague"),
    ReportKind.SOMETHING_ELSE: N_("Something else"),
    ReportKind.DEBRIEF: N_("Back from a trip"),
    ReportKind.CHECK_IN: N_("A month after a trip"),
    ReportKind.IS_THIS_ODD: N_("Is this odd?"),
}
_AFTER_A_TRIP: Final = frozenset({ReportKind.DEBRIEF, ReportKind.CHECK_IN})


class ReportState(StrEnum):
    """Where a report stands. `SEALED` is readable to nobody but the officers whom the reporter chose."""

    NEW = "new"
    READ = "read"
    ANSWERED = "answered"
    CLOSED = "closed"
    SEALED = "sealed"


class ReportOutcome(StrEnum):
    """How a report ended. None of them says anything about a person: they are about what was reported."""

    NOTHING_TO_REPORT = "nothing-to-report"
    BENIGN = "benign"
    WATCH = "watch"
    TALK = "talk"
    ACT = "act"
    SENT_BACK = "sent-back"  # no behaviour was described, and the reporter did not rephrase
    WITHDRAWN = "withdrawn"


class RetentionClass(StrEnum):
    """How long a closed report is kept; the months and their reasons are data of the room `report`."""

    SHORT = "short"
    BENIGN = "benign"
    WATCH = "watch"
    ACT = "act"
    REPORTER_DECIDES = "reporter-decides"


_NEXT: Final[dict[ReportState, frozenset[ReportState]]] = {
    ReportState.NEW: frozenset({ReportState.READ, ReportState.ANSWERED}),
    ReportState.READ: frozenset({ReportState.ANSWERED}),
    ReportState.ANSWERED: frozenset({ReportState.ANSWERED, ReportState.CLOSED}),
    ReportState.CLOSED: frozenset({ReportState.ANSWERED}),  # something new came in
    ReportState.SEALED: frozenset({ReportState.SEALED, ReportState.CLOSED}),
}


def first_state(kind: ReportKind) -> ReportState:
    """Where a report of this kind begins: pressure is sealed from the first moment."""
    return ReportState.SEALED if kind is ReportKind.PRESSURE else ReportState.NEW


def move(state: ReportState, to: ReportState) -> ReportState:
    """*to*, when a report in *state* may go there; raises WrongState. A report can't be closed before somebody answered it."""
    if to not in _NEXT[state]:
        raise WrongState(N_("This step doesn't fit where the report stands now. Every report is answered before it is closed."))
    return to
