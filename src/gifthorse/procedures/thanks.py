"""What somebody reads after they told us: thanks, by when an answer comes, and whom to call meanwhile."""

from datetime import datetime
from typing import Any

import msgspec

from gifthorse.model.reports import ReportKind, ReportState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.hand_in import can_hand_in
from gifthorse.procedures.house_settings import WHOM_TO_CALL, setting
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.report.interview import interview_of


class Thanks(msgspec.Struct, frozen=True, kw_only=True):
    """The closing words (a message id) and what is next: an answer by `due_at`, or nothing any more when it is `done`."""

    report: str
    kind: ReportKind
    closing: str
    due_at: datetime | None
    done: bool
    can_hand_in: bool
    item: str


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to call: an office, and its number as it is set."""

    what: str
    number: str

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(one for one in self.number if one.isdigit() or one == "+")


def thanks_for(actor: Actor, report_id: str) -> Thanks:
    """The thanks for a report of the actor. Raises NotFound or Refused."""
    report, relation = report_and_relation(actor, report_id)
    authorise(actor, Procedure.WRITE_ABOUT_REPORT, relation)
    kind = ReportKind(report.kind)
    return Thanks(
        report=report.pk,
        kind=kind,
        closing=interview_of(kind).closing,
        due_at=report.due_at if report.answered_at is None else None,
        done=report.state == ReportState.CLOSED.value,
        can_hand_in=can_hand_in(report),
        item=report.item_id or "",
    )


def whom_to_call() -> tuple[Number, ...]:
    """The numbers that the house has set: of offices, shown to everybody who is signed in."""
    told: list[dict[str, Any]] = setting(WHOM_TO_CALL)
    return tuple(Number(what=str(one["what"]), number=str(one["number"])) for one in told)
