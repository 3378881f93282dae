"""Officers pass a result on; the ledger says who exported what and when."""

from gifthorse.inspect.report import forms
from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act
from gifthorse.procedures.finding_records import inspection_and_relation
from gifthorse.procedures.read_inspection import result


def export(actor: Actor, inspection_id: str, form: str) -> tuple[str, str, bytes]:
    """File name, media type and bytes of the result in *form* (a key of `report.forms.FORMS`). Raises NotAccepted for another."""
    record, relation = inspection_and_relation(actor, inspection_id)
    with act(actor, Procedure.EXPORT_INSPECTION, relation, subject=record.item_id):
        if form not in forms.FORMS:
            raise NotAccepted(N_("The desk doesn't know this form of export."), field="form")
        chosen = forms.FORMS[form]
        return f"{record.pk}.{chosen.suffix}", chosen.media_type, chosen.render(result(actor, inspection_id))
