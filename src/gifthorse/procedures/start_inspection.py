"""An officer starts or stops an inspection; it runs in the background."""

from collections.abc import Callable

from gifthorse.model.custody import InspectionState, ItemState
from gifthorse.model.errors import WrongState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act, authorise
from gifthorse.procedures.finding_records import exhibit_and_relation, inspection_and_relation
from gifthorse.store.tables.exhibit import ExhibitKind
from gifthorse.store.tables.inspection import Inspection, InspectionProgress

UNFINISHED = frozenset({InspectionState.QUEUED.value, InspectionState.RUNNING.value})


def start(actor: Actor, exhibit_id: str, enqueue: Callable[[str], object]) -> Inspection:
    """The queued inspection of the exhibit; *enqueue* puts its id into the queue within the same transaction, so that none is lost.

    Raises WrongState for a photograph, a closed item, and while another inspection of the exhibit is under way.
    """
    exhibit, relation = exhibit_and_relation(actor, exhibit_id)
    with act(actor, Procedure.START_INSPECTION, relation, subject=exhibit.item_id) as deed:
        if exhibit.kind == ExhibitKind.PHOTOGRAPH.value or ItemState(exhibit.item.state) is ItemState.CLOSED:
            raise WrongState(N_("This can't be inspected: it is a photograph of the item, or the item is closed."))
        if exhibit.inspections.filter(state__in=UNFINISHED).exists():
            raise WrongState(N_("An inspection is already under way. Please wait for it or stop it first."))
        inspection = deed.keep(
            Inspection(item=exhibit.item, exhibit=exhibit, state=InspectionState.QUEUED.value, requested_by_id=actor.person)
        )
        InspectionProgress.objects.create(inspection=inspection)
        enqueue(inspection.pk)
        return inspection


def stop(actor: Actor, inspection_id: str) -> Inspection:
    """The inspection, stopped if it was still waiting, else asked to stop: its worker ends within seconds."""
    inspection, relation = inspection_and_relation(actor, inspection_id)
    with act(actor, Procedure.STOP_INSPECTION, relation, subject=inspection.item_id) as deed:
        inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
        if inspection.state not in UNFINISHED:
            raise WrongState(N_("This inspection has already ended."))
        InspectionProgress.objects.filter(inspection=inspection).update(stop_requested=True)
        if inspection.state == InspectionState.QUEUED.value:
            inspection.state = InspectionState.STOPPED.value
            inspection.ended_at = deed.moment
        return deed.keep(inspection)


def progress(actor: Actor, inspection_id: str) -> tuple[Inspection, InspectionProgress]:
    """The inspection and how far it has come. Raises NotFound or Refused."""
    inspection, relation = inspection_and_relation(actor, inspection_id)
    authorise(actor, Procedure.VIEW_INSPECTION, relation)
    return inspection, InspectionProgress.objects.get(inspection=inspection)
