"""What somebody may see of items: staff their own, officers all."""

from datetime import datetime
from enum import StrEnum

import msgspec
from django.db.models import QuerySet

from gifthorse.model.custody import InspectionState, ItemState
from gifthorse.model.errors import NotAccepted
from gifthorse.model.ids import read_id
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise, may
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.procedures.people import names_of
from gifthorse.report.gift import GiftReport
from gifthorse.store import vault
from gifthorse.store.tables.decision import Decision
from gifthorse.store.tables.exhibit import Exhibit, ExhibitKind
from gifthorse.store.tables.inspection import Inspection
from gifthorse.store.tables.item import CustodyStep, Item
from gifthorse.store.tables.message import Message

PAGE_LENGTH = 50


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of items; `more` tells whether another follows."""

    items: tuple[Item, ...]
    number: int
    more: bool


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """A custody step with both names."""

    position: int
    giver: str
    receiver: str
    seal_number: str
    seal_intact: bool | None
    place: str
    happened_at: datetime


class PictureState(StrEnum):
    """Whether a photograph can be looked at: redrawn, still to be redrawn, or not at all (no picture, or erased)."""

    READY = "ready"
    WAITING = "waiting"
    NONE = "none"


class ExhibitView(msgspec.Struct, frozen=True, kw_only=True):
    """An exhibit under the name its owner gave it, with its inspections, newest first."""

    id: str
    kind: ExhibitKind
    untrusted_name: str
    size: int
    sha256: str
    created_at: datetime
    inspections: tuple[Inspection, ...]
    picture: PictureState = PictureState.NONE


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    """A message, opened."""

    author: str
    to_reporter: bool
    text: str
    created_at: datetime


class DecisionView(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with its reason, opened."""

    outcome: str
    reason: str
    decided_by: str
    created_at: datetime


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the actor may see of one item; for its reporter photographs, but no content, inspections, or decisions' reasons."""

    item: Item
    report: GiftReport | None
    own: bool
    reporter: str
    custody: tuple[StepView, ...]
    exhibits: tuple[ExhibitView, ...]
    photographs: tuple[ExhibitView, ...]
    decisions: tuple[DecisionView, ...]
    messages: tuple[MessageView, ...]
    may: frozenset[Procedure]


def latest_two(view: ItemView) -> tuple[str, str] | None:
    """The ids of the item's two newest inspections that are done, the older first; None when there are fewer."""
    done = sorted(
        (inspection for exhibit in view.exhibits for inspection in exhibit.inspections if inspection.state == InspectionState.DONE.value),
        key=lambda inspection: (inspection.created_at, inspection.pk),
    )
    return (done[-2].pk, done[-1].pk) if len(done) > 1 else None


def items_for(
    actor: Actor, *, state: str | None = None, search: str = "", verdict: str = "", kind: str = "", page: int = 1, own: bool = False
) -> Page:
    """The items that the actor may see, last changed first; *search* takes an item's number as on its label, whole or its beginning."""
    items = Item.objects.all()
    if own or not may(actor, Procedure.VIEW_ITEM, Relation.OTHERS):
        authorise(actor, Procedure.VIEW_ITEM, Relation.OWN)
        items = items.filter(reporter_id=actor.person)
    found = _narrowed(items, state=state, search=search.strip(), verdict=verdict, kind=kind)
    start = (max(page, 1) - 1) * PAGE_LENGTH
    rows = tuple(found[start : start + PAGE_LENGTH + 1])
    return Page(items=rows[:PAGE_LENGTH], number=max(page, 1), more=len(rows) > PAGE_LENGTH)


def _narrowed(items: QuerySet[Item], *, state: str | None, search: str, verdict: str, kind: str) -> QuerySet[Item]:
    wanted = {"state": state, "verdict": verdict, "kind": kind}
    items = items.filter(**{field: value for field, value in wanted.items() if value})
    if not search:
        return items
    try:
        return items.filter(pk=read_id(search, Item.PREFIX))
    except NotAccepted:
        beginning = search.upper() if search.lower().startswith("item-") is False else search[5:].upper()
        return items.filter(pk__startswith=f"item-{beginning}")


def item_for(actor: Actor, item_id: str) -> ItemView:
    """All that the actor may see of the item. Raises NotFound or Refused."""
    item, relation = item_and_relation(actor, item_id)
    authorise(actor, Procedure.VIEW_ITEM, relation)
    officer = may(actor, Procedure.VIEW_INSPECTION, relation)
    steps = list(CustodyStep.objects.filter(item=item).select_related("outside__key").order_by("position"))
    decisions = list(Decision.objects.filter(item=item).select_related("reason__key"))
    messages = list(Message.objects.filter(item=item).select_related("body__key"))
    names = names_of(_people(item, steps, decisions, messages))
    exhibits = _exhibits(item, officer=officer)
    report = vault.open_json_or_none(item.report)
    return ItemView(
        item=item,
        report=None if report is None else msgspec.convert(report, GiftReport),
        own=relation is Relation.OWN,
        reporter=names.get(item.reporter_id, ""),
        custody=tuple(_step(step, names) for step in steps),
        exhibits=tuple(exhibit for exhibit in exhibits if exhibit.kind is not ExhibitKind.PHOTOGRAPH),
        photographs=tuple(exhibit for exhibit in exhibits if exhibit.kind is ExhibitKind.PHOTOGRAPH),
        decisions=tuple(_decision(decision, names, officer=officer) for decision in decisions),
        messages=tuple(_message(message, names) for message in messages),
        may=_what_fits(actor, item, relation),
    )


def _people(item: Item, steps: list[CustodyStep], decisions: list[Decision], messages: list[Message]) -> set[str]:
    people = {item.reporter_id, *(step.giver_id for step in steps), *(step.receiver_id for step in steps if step.receiver_id)}
    return people | {decision.decided_by_id for decision in decisions} | {message.author_id for message in messages}


def _step(step: CustodyStep, names: dict[str, str]) -> StepView:
    outside = "" if step.outside is None else (vault.open_text_or_none(step.outside) or "")
    return StepView(
        position=step.position,
        giver=names.get(step.giver_id, ""),
        receiver=outside or names.get(step.receiver_id or "", ""),
        seal_number=step.seal_number,
        seal_intact=step.seal_intact,
        place=step.place,
        happened_at=step.happened_at,
    )


def _decision(decision: Decision, names: dict[str, str], *, officer: bool) -> DecisionView:
    return DecisionView(
        outcome=decision.outcome,
        reason=(vault.open_text_or_none(decision.reason) or "") if officer else "",
        decided_by=names.get(decision.decided_by_id, ""),
        created_at=decision.created_at,
    )


def _message(message: Message, names: dict[str, str]) -> MessageView:
    return MessageView(
        author=names.get(message.author_id, ""),
        to_reporter=message.to_reporter,
        text=vault.open_text_or_none(message.body) or "",
        created_at=message.created_at,
    )


def _exhibits(item: Item, *, officer: bool) -> tuple[ExhibitView, ...]:
    rows = item.exhibits.select_related("name__key", "content", "picture__content").prefetch_related("inspections")
    if not officer:
        rows = rows.filter(kind=ExhibitKind.PHOTOGRAPH.value)
    return tuple(
        ExhibitView(
            id=exhibit.pk,
            kind=ExhibitKind(exhibit.kind),
            untrusted_name=vault.open_text_or_none(exhibit.name) or "",
            size=exhibit.size,
            sha256=exhibit.sha256,
            created_at=exhibit.created_at,
            inspections=tuple(exhibit.inspections.all()),
            picture=_picture_state(exhibit),
        )
        for exhibit in rows
    )


def _picture_state(exhibit: Exhibit) -> PictureState:
    if exhibit.kind != ExhibitKind.PHOTOGRAPH.value or exhibit.content is None or exhibit.content.erased:
        return PictureState.NONE
    drawn = getattr(exhibit, "picture", None)
    if drawn is None:
        return PictureState.WAITING
    return PictureState.NONE if drawn.content is None or drawn.content.erased else PictureState.READY


_FITS: dict[ItemState, frozenset[Procedure]] = {
    ItemState.REPORTED: frozenset({Procedure.TAKE_CUSTODY, Procedure.WITHDRAW_ITEM}),
    ItemState.IN_CUSTODY: frozenset(
        {Procedure.HAND_OVER, Procedure.ATTACH_EXHIBIT, Procedure.READ_SERVER_FOLDER, Procedure.START_INSPECTION, Procedure.DECIDE_ITEM}
    ),
    ItemState.DECIDED: frozenset(
        {Procedure.HAND_OVER, Procedure.ATTACH_EXHIBIT, Procedure.READ_SERVER_FOLDER, Procedure.START_INSPECTION, Procedure.DECIDE_ITEM}
    ),
    ItemState.CLOSED: frozenset(),
    ItemState.WITHDRAWN: frozenset(),
}
_ALWAYS_FITS = frozenset({Procedure.ANSWER_REPORTER, Procedure.WRITE_TO_OFFICER, Procedure.ADD_PHOTOGRAPH, Procedure.EXPORT_INSPECTION})


def _what_fits(actor: Actor, item: Item, relation: Relation) -> frozenset[Procedure]:
    fitting = _FITS[ItemState(item.state)] | _ALWAYS_FITS
    return frozenset(procedure for procedure in fitting if may(actor, procedure, relation))
