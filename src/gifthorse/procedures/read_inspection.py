"""Officers read what an inspection saw."""

import msgspec

from gifthorse.model.custody import InspectionState
from gifthorse.model.errors import WrongState
from gifthorse.model.inspections import Inspection
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.finding_records import inspection_and_relation
from gifthorse.store import vault


def result(actor: Actor, inspection_id: str) -> Inspection:
    """The whole result with its layout and contents. Raises WrongState while there is none, NotFound, Refused."""
    record, relation = inspection_and_relation(actor, inspection_id)
    authorise(actor, Procedure.VIEW_INSPECTION, relation)
    if record.state != InspectionState.DONE.value or record.result is None:
        raise WrongState(N_("There is no result yet. Please wait until the inspection is done."))
    return msgspec.json.decode(vault.open_sealed(record.result), type=Inspection)
