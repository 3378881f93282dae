"""Officers pass a result on; the ledger says who exported what and when."""

from gifthorse.inspect.report import forms
from gifthorse.inspect.report.occasion import Occasion
from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act, authorise
from gifthorse.procedures.finding_records import inspection_and_relation
from gifthorse.procedures.read_inspection import result


def export(actor: Actor, inspection_id: str, form: str) -> tuple[str, str, bytes]:
    """File name, media type and bytes of the result in *form* (a key of `report.forms.FORMS`). Raises NotAccepted for another."""
    record, relation = inspection_and_relation(actor, inspection_id)
    authorise(actor, Procedure.EXPORT_INSPECTION, relation)
    if form not in forms.FORMS:
        raise NotAccepted(N_("The desk doesn't know this form of export."), field="form")
    chosen = forms.FORMS[form]
    # written before the deed begins: a long paper must not keep others from writing
    content = chosen.render(result(actor, inspection_id), Occasion(inspected_at=record.ended_at))
    with act(actor, Procedure.EXPORT_INSPECTION, relation, subject=record.item_id):
        return f"{record.pk}.{chosen.suffix}", chosen.media_type, content
