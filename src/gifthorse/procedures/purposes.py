"""What each kind of report is kept for and how long, out of the schedule by which the desk erases."""

import msgspec

from gifthorse.model.reports import ReportKind, ReportOutcome
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.report.retention import Keeping, keeping


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """Kinds of report with one purpose and the same terms by outcome; texts are message ids."""

    kinds: tuple[ReportKind, ...]
    purpose: str
    terms: tuple[tuple[tuple[ReportOutcome, ...], Keeping], ...]


def purposes(actor: Actor) -> tuple[Kept, ...]:
    """The whole schedule, kinds that are kept alike together. Raises Refused."""
    authorise(actor, Procedure.TELL, Relation.NONE)
    alike: dict[tuple[object, ...], list[ReportKind]] = {}
    for kind in ReportKind:
        alike.setdefault(tuple(keeping(kind, outcome) for outcome in ReportOutcome), []).append(kind)
    return tuple(_kept(tuple(kinds)) for kinds in alike.values())


def _kept(kinds: tuple[ReportKind, ...]) -> Kept:
    terms: dict[Keeping, list[ReportOutcome]] = {}
    for outcome in ReportOutcome:
        terms.setdefault(keeping(kinds[0], outcome), []).append(outcome)
    ordered = sorted(terms.items(), key=lambda one: one[0].months)
    return Kept(kinds=kinds, purpose=ordered[0][0].purpose, terms=tuple((tuple(outcomes), term) for term, outcomes in ordered))
