"""Levels for this house: simulated for its own size, and, once there is a year of reports, with its own rates.

An officer asks, the worker computes (some seconds of a processor), the officer looks at the result and takes it, or not. Rates are counted
per first report of a contact by the tactic that tells its kind; kinds that no report tells apart stay assumed, and are named.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

import msgspec
from django.db.models import Min

from gifthorse.assess.archetypes import ordinary_life
from gifthorse.assess.calibration import Calibration, Size, calibrate
from gifthorse.assess.levels import read_thresholds, standard_thresholds
from gifthorse.assess.sampling import Laboratory
from gifthorse.assess.scale import standard_scale
from gifthorse.model.errors import NotAccepted, WrongState
from gifthorse.model.observations import Thresholds
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act, authorise, now
from gifthorse.procedures.after_change import EVERYTHING
from gifthorse.procedures.levels import LEVELS, house_levels, thresholds
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.report import ObservationRow, Report
from gifthorse.store.tables.setting import HouseSetting
from gifthorse.store.tables.thread import Standing

WANTED: Final = "levels-wanted"
SEED: Final = 1
YEARS: Final = 40
A_YEAR: Final = timedelta(days=365)
FEWEST: Final = 5  # contacts of a kind in a year: fewer say nothing about a rate
# Which tactic of a contact's first report tells its kind; the first that fits counts.
TELLS: Final = (
    ("T15", "applicant"),
    ("T08", "applicant"),
    ("T04", "expert_network"),
    ("T02", "recruiter"),
    ("T03", "academic"),
    ("T14", "delegation"),
    ("T90", "old_colleague"),
    ("T10", "friendship"),
    ("T38", "friendship"),
    ("T81", "travel"),
    ("T83", "travel"),
    ("T09", "rfi"),
    ("T06", "conference"),
    ("T30", "vendor"),
)


class OwnRates(msgspec.Struct, frozen=True, kw_only=True):
    """Yearly rates per exposed person that were counted, and the kinds that stay assumed. `enough` when a year of reports is there."""

    counted: dict[str, float]
    contacts: dict[str, int]
    assumed: tuple[str, ...]
    enough: bool


class LevelsView(msgspec.Struct, frozen=True, kw_only=True):
    """The levels that hold, those that come with this version, what was asked for and its result, and how threads stand now."""

    hold: Thresholds
    own: bool
    shipped: Thresholds
    wanted: dict[str, Any] | None
    result: Calibration | None
    standing: dict[str, int]
    would_stand: dict[str, int]
    rates: OwnRates


def levels(actor: Actor, exposed: int = 60) -> LevelsView:
    """The levels page. Raises Refused."""
    authorise(actor, Procedure.SET_LEVELS, Relation.NONE)
    row = HouseSetting.objects.filter(title=WANTED).first()
    wanted = row.value if row else None
    result = msgspec.convert(wanted["result"], Calibration) if wanted and wanted.get("result") else None
    return LevelsView(
        hold=thresholds(),
        own=house_levels() is not None,
        shipped=standard_thresholds(),
        wanted=wanted,
        result=result,
        standing=dict(Counter(Standing.objects.values_list("level", flat=True))),
        would_stand=_would_stand(result.thresholds) if result else {},
        rates=own_rates(exposed),
    )


def ask(actor: Actor, staff: int, exposed: int, *, with_own_rates: bool, enqueue: Callable[[], None]) -> HouseSetting:
    """What is to be computed, on record; *enqueue* puts the work into the queue. Raises NotAccepted for sizes without sense."""
    with act(actor, Procedure.SET_LEVELS, Relation.NONE) as deed:
        if not 1 <= exposed <= staff:
            raise NotAccepted(N_("The number of exposed people must be at least 1, and not above the number of staff."), field="exposed")
        rates = own_rates(exposed)
        if with_own_rates and not rates.enough:
            raise NotAccepted(N_("There is no full year of reports yet, so the house's own rates aren't known."), field="with_own_rates")
        row = HouseSetting.objects.filter(title=WANTED).first() or HouseSetting(title=WANTED)
        counted = rates.counted if with_own_rates else {}
        row.value = {"staff": staff, "exposed": exposed, "rates": counted, "by": actor.person, "result": None}
        deed.keep(row)
        deed.subject = row.pk
        enqueue()
        return row


def perform() -> bool:
    """Whether there was something to compute; its result waits for the officer who asked."""
    row = HouseSetting.objects.filter(title=WANTED).first()
    if row is None or row.value["result"] is not None:
        return False
    told = row.value
    laboratory = Laboratory(
        scale=standard_scale(),
        generator=lambda part: Random(f"{SEED}/{part}"),  # noqa: S311 - a simulation, no secret
        progress=lambda _part, _done, _whole: None,
    )
    size = Size(staff=told["staff"], exposed=told["exposed"])
    found = calibrate(size, ordinary_life().with_rates(told["rates"]), SEED, YEARS, laboratory)
    asked_by = Actor(person=told["by"], roles=frozenset({Role.OFFICER}))
    with act(asked_by, Procedure.SET_LEVELS, Relation.NONE, subject=row.pk) as deed:
        row.value = {**told, "result": msgspec.to_builtins(found)}
        deed.keep(row)
    return True


def take(actor: Actor) -> Thresholds:
    """The computed levels hold from now on, and every thread is assessed anew. Raises WrongState when nothing was computed."""
    with act(actor, Procedure.SET_LEVELS, Relation.NONE) as deed:
        wanted = HouseSetting.objects.filter(title=WANTED).first()
        if wanted is None or not wanted.value["result"]:
            raise WrongState(N_("No levels were computed yet. Ask for them first."))
        row = HouseSetting.objects.filter(title=LEVELS).first() or HouseSetting(title=LEVELS)
        row.value = {"thresholds": wanted.value["result"]["thresholds"], "by": actor.person, "staff": wanted.value["staff"],
                     "exposed": wanted.value["exposed"], "rates": wanted.value["rates"]}  # fmt: skip
        found = read_thresholds(msgspec.json.encode(row.value))
        deed.keep(row)
        deed.subject = row.pk
        _assess_everything_soon()
        return found


def take_shipped(actor: Actor) -> Thresholds:
    """The levels that come with this version hold again. Raises WrongState when they do already."""
    with act(actor, Procedure.SET_LEVELS, Relation.NONE) as deed:
        row = HouseSetting.objects.filter(title=LEVELS).first()
        if row is None or not row.value:
            raise WrongState(N_("The levels of this version hold already."))
        row.value = {}
        deed.keep(row)
        deed.subject = row.pk
        _assess_everything_soon()
        return standard_thresholds()


def own_rates(exposed: int) -> OwnRates:
    """What a year of reports says about how often ordinary contacts come, per exposed person. For procedures: asks for no permission."""
    since = now() - A_YEAR
    kinds = [archetype.id for archetype in ordinary_life().archetypes]
    enough = Report.objects.filter(created_at__lt=since).exists()
    if not enough:
        return OwnRates(counted={}, contacts={}, assumed=tuple(kinds), enough=False)
    contacts = Counter(kind for tactics in _first_tactics(since) if (kind := _kind(tactics)))
    counted = {kind: round(number / max(exposed, 1), 4) for kind, number in sorted(contacts.items()) if number >= FEWEST}
    return OwnRates(counted=counted, contacts=dict(contacts), assumed=tuple(kind for kind in kinds if kind not in counted), enough=True)


def _first_tactics(since: datetime) -> list[list[str]]:
    """The tactics of the first observation of each thread whose first report came in the year."""
    rows = ObservationRow.objects.filter(disputed=False, contact__isnull=False, report__is_sealed=False)
    firsts = rows.values("contact__joined_to", "subject_id").annotate(first=Min("created_at")).filter(first__gte=since)
    keys = {(row["contact__joined_to"], row["subject_id"], row["first"]) for row in firsts}
    told = rows.filter(created_at__gte=since).values_list("contact__joined_to", "subject_id", "created_at", "tactics")
    return [tactics for group, person, at, tactics in told if (group, person, at) in keys]


def _kind(tactics: list[str]) -> str | None:
    return next((kind for tactic, kind in TELLS if tactic in tactics), None)


def _would_stand(limits: Thresholds) -> dict[str, int]:
    """How many threads each level would have by their scores; *act* also needs its line, so there may be fewer."""
    return dict(Counter(limits.level(score).value for score in Standing.objects.values_list("score", flat=True)))


def _assess_everything_soon() -> None:
    Awaiting.objects.bulk_create([Awaiting(kind=EVERYTHING, contact="")], ignore_conflicts=True)
