"""Observations with their corrections, as the officer's page shows them."""

from collections.abc import Iterator
from typing import Any

import msgspec

from gifthorse.model.tactics import Tactic, catalogue
from gifthorse.procedures.view_report import CorrectionShown, ReportView
from gifthorse.store.tables.report import ObservationRow


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """One correction, field by field."""

    by: str
    created_at: Any
    reason: str
    changes: tuple[tuple[str, str, str], ...]


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """One observation with its tactics by name and its corrections, oldest first."""

    row: ObservationRow
    tactics: tuple[Tactic, ...]
    elements: tuple[str, ...]
    corrections: tuple[Corrected, ...]


def observed(view: ReportView) -> list[Observed]:
    """The observations of the report."""
    known = {tactic.id: tactic for tactic in catalogue().tactics}
    return [
        Observed(
            row=row,
            tactics=tuple(known[one] for one in row.tactics if one in known),
            elements=tuple(view.elements[one] for one in row.elements if one in view.elements),
            corrections=tuple(_corrected(one) for one in view.corrections if one.observation == row.pk),
        )
        for row in view.observations
    ]


def _corrected(correction: CorrectionShown) -> Corrected:
    return Corrected(
        by=correction.by,
        created_at=correction.created_at,
        reason=correction.reason,
        changes=tuple(_changes(correction.before, correction.after)),
    )


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, value in after.items():
        yield name, _written(before.get(name)), _written(value)


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)
