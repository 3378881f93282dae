"""One thread with everything that it rests on; each look is recorded, also those that ask what if some of it were wrong."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

import msgspec

from gifthorse.assess.favour_balance import Balance, balances
from gifthorse.assess.levels import allows_act, level_of
from gifthorse.assess.persistence import Persistence, persistent_topics
from gifthorse.assess.reasons import Reason
from gifthorse.assess.scale import standard_scale
from gifthorse.assess.score import points_of
from gifthorse.model.favours import Direction, Favour, FavourKind
from gifthorse.model.observations import FavourBand, Level, Observation, Thresholds
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import act, may, now
from gifthorse.procedures.assessed_facts import Facts
from gifthorse.procedures.levels import thresholds
from gifthorse.procedures.sealed_to_me import Behind, behind
from gifthorse.procedures.thread_background import Background, background
from gifthorse.procedures.thread_facts import facts_for, scored_without
from gifthorse.procedures.thread_judgements import JudgementView, judgements
from gifthorse.procedures.unsealed_reports import hidden_contacts
from gifthorse.procedures.view_links import LinkRow, Side, link_row, side, visible_links
from gifthorse.procedures.visible_threads import Named, thread_and_relation, with_names
from gifthorse.store.tables.contact import Contact, Link
from gifthorse.store.tables.report import FavourEntry, ObservationRow
from gifthorse.store.tables.thread import LevelChange, Thread

MONTHS_DRAWN: Final = 180


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One observation of the thread: its row, the report that it came with, and whether what-if leaves it out."""

    row: ObservationRow
    observation: Observation
    left_out: bool = False


class ReasonView(msgspec.Struct, frozen=True, kw_only=True):
    """A reason with the ids of the observations that carry it."""

    reason: Reason
    rows: tuple[str, ...]


class LevelPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The score at the end of one month (counted from the year 0), with what was known then."""

    month: int
    score: float


class ThreadView(msgspec.Struct, frozen=True, kw_only=True):
    """One thread as an officer sees it. `score`, `level` and `reasons` are without what was left out; `full` is the level with all.

    `behind` is what it would come to with reports that were sealed to this officer; nothing else on the page counts them.
    """

    named: Named
    contacts: tuple[Side, ...]
    score: float
    level: Level
    full: Level
    full_score: float
    allows_act: bool
    limits: Thresholds
    reasons: tuple[ReasonView, ...]
    seen: tuple[Seen, ...]
    disputed: tuple[ObservationRow, ...]
    line: tuple[LevelPoint, ...]
    favours: tuple[FavourEntry, ...]
    balance: Balance | None
    topics: tuple[Persistence, ...]
    background: Background
    changes: tuple[LevelChange, ...]
    judgements: tuple[JudgementView, ...]
    links: tuple[LinkRow, ...]
    behind: Behind | None
    may_judge: bool


def thread(actor: Actor, thread_id: str, without: Collection[str] = ()) -> ThreadView:
    """The thread, without the observations whose ids are in *without*. Raises NotFound or Refused."""
    row, relation = thread_and_relation(actor, thread_id)
    with act(actor, Procedure.VIEW_THREAD, relation, subject=row.pk):
        facts = facts_for(row)
    return _view(actor, row, relation, facts, frozenset(without) & set(facts.ids))


def _view(actor: Actor, row: Thread, relation: Relation, facts: Facts, without: frozenset[str]) -> ThreadView:
    limits = thresholds()
    scored, whole = scored_without(facts, without), scored_without(facts)
    rows = ObservationRow.objects.select_related("report").in_bulk(facts.ids)
    entries = FavourEntry.objects.filter(contact__joined_to=row.contact_id, person=row.person_id).exclude(report__is_sealed=True)
    favours = tuple(entries.select_related("content__key"))
    contacts = _contacts(actor, row)
    ids = [contact.pk for contact in contacts]
    kept = [one for place, one in enumerate(facts.observations) if facts.ids[place] not in without]
    return ThreadView(
        named=with_names([row])[0],
        contacts=tuple(map(side, contacts)),
        score=scored.score,
        level=level_of(scored, limits),
        full=level_of(whole, limits),
        full_score=whole.score,
        allows_act=allows_act(whole),
        limits=limits,
        reasons=tuple(ReasonView(reason=one, rows=tuple(facts.ids[place] for place in one.observations)) for one in scored.reasons),
        seen=tuple(
            Seen(row=rows[row_id], observation=one, left_out=row_id in without)
            for row_id, one in zip(facts.ids, facts.observations, strict=True)
        ),
        disputed=_disputed(row),
        line=level_line(kept, now().date()),
        favours=favours,
        balance=_balance(favours, facts.observations),
        topics=persistent_topics(facts.observations),
        background=background(row.person_id, _first_month(facts, favours)),
        changes=tuple(LevelChange.objects.filter(thread=row)),
        judgements=judgements(row),
        links=tuple(link_row(link) for link in _links(actor, ids)),
        behind=behind(actor, row),
        may_judge=may(actor, Procedure.JUDGE_THREAD, relation),
    )


def level_line(observations: Sequence[Observation], today: date) -> tuple[LevelPoint, ...]:
    """The score at the end of each month from the first observation to today: it rises with what is told, and fades with time."""
    if not observations:
        return ()
    last = max(today.year * 12 + today.month - 1, int(observations[-1].month))
    first = max(int(observations[0].month), last - MONTHS_DRAWN)
    scale = standard_scale()
    return tuple(
        LevelPoint(month=month, score=points_of([one for one in observations if one.month <= month], float(month), scale)[0])
        for month in range(first, last + 1)
    )


def _contacts(actor: Actor, row: Thread) -> list[Contact]:
    found = list(Contact.objects.filter(joined_to=row.contact_id).select_related("content__key").order_by("created_at", "id"))
    hidden = hidden_contacts(actor, [contact.pk for contact in found])
    return [contact for contact in found if contact.pk not in hidden]


def _disputed(row: Thread) -> tuple[ObservationRow, ...]:
    rows = ObservationRow.objects.filter(contact__joined_to=row.contact_id, subject=row.person_id, disputed=True, report__is_sealed=False)
    return tuple(rows.select_related("report"))


def _links(actor: Actor, contacts: Sequence[str]) -> list[Link]:
    rows = visible_links(actor)
    return list(rows.filter(one__in=contacts) | rows.filter(other__in=contacts))


def _balance(favours: Sequence[FavourEntry], observations: Sequence[Observation]) -> Balance | None:
    told = [as_favour(entry, "") for entry in favours]
    found = balances(told, [msgspec.structs.replace(one, thread="") for one in observations])
    return found[0] if found else None


def as_favour(entry: FavourEntry, thread: str) -> Favour:
    """The entry as the balance reads it."""
    return Favour(
        month=float(entry.month),
        thread=thread,
        direction=Direction(entry.direction),
        kind=FavourKind(entry.kind),
        band=FavourBand(entry.band),
    )


def _first_month(facts: Facts, favours: Sequence[FavourEntry]) -> int:
    months = [*(int(one.month) for one in facts.observations), *(entry.month for entry in favours)]
    return min(months, default=now().year * 12 + now().month - 1)
