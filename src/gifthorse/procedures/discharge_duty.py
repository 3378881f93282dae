"""A duty is done: said by whoever has it, or by an officer who knows."""

from gifthorse.model.errors import NotFound, WrongState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.trips import DutyState
from gifthorse.model.words import N_
from gifthorse.procedures import trip_duties
from gifthorse.procedures.acting import NOT_THERE, act, relation_to
from gifthorse.store.tables.duty import Duty


def discharge(actor: Actor, duty_id: str) -> Duty:
    """The duty is done, and nobody is reminded of it. Raises NotFound, Refused, or WrongState when it isn't open."""
    row = Duty.objects.filter(pk=duty_id).first()
    if row is None:
        raise NotFound(NOT_THERE)
    with act(actor, Procedure.DISCHARGE_DUTY, relation_to(actor, row.person_id), subject=row.pk) as deed:
        if row.state != DutyState.OPEN.value:
            raise WrongState(N_("This is done already, or has fallen away. There is nothing more to do."))
        return trip_duties.discharge(deed, row)
