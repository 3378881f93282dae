"""An officer corrects what a report was taken to mean."""

from collections.abc import Iterator

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gifthorse.desk.forms.choosing import CHOSEN
from gifthorse.desk.forms.report import CorrectionForm, written_month
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.tactics import catalogue
from gifthorse.model.words import N_
from gifthorse.procedures.choosing_by_name import contacts_called, written_contact
from gifthorse.procedures.correct_observation import correct, observation_for
from gifthorse.store.tables.report import ObservationRow

GROUPS = {
    "contact": N_("How they got in touch"),
    "probe": N_("How they sounded somebody out"),
    "favour": N_("What was offered"),
    "ask": N_("What was asked"),
    "secrecy": N_("How it was hidden"),
    "coerce": N_("How somebody was pressed"),
    "tech": N_("Rooms, devices, things"),
}

REST = ("month", "ask_level", "elements", "favour", "grade", "mitigators", "contact_id", "contact_id" + CHOSEN, "disputed")


class TacticShown(msgspec.Struct, frozen=True, kw_only=True):
    """A tactic to tick."""

    id: str
    name: str
    checked: bool


@require_http_methods(["GET", "HEAD", "POST"])
def correct_observation(request: HttpRequest, observation_id: str) -> HttpResponse:
    """The form of one observation, and what it becomes."""
    row, elements = observation_for(actor(request), observation_id)
    tactics = [(tactic.id, tactic.name) for tactic in catalogue().tactics if tactic.reportable]
    initial = {**{name: getattr(row, name) for name in ("tactics", "ask_level", "elements", "favour", "grade", "mitigators", "disputed")}}
    initial |= {"month": written_month(row.month), "contact_id": _written(request, row)}
    form = CorrectionForm(request.POST or None, initial=initial, tactics=tactics, elements=list(elements.items()))

    def deed() -> object:
        contact = form.chosen("contact_id", lambda words: contacts_called(actor(request), words))
        return correct(actor(request), observation_id, {**form.changes(), "contact_id": contact}, form.cleaned_data["reason"])

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The correction is kept, beside what stood there before."))
        return redirect("report_page", row.report_id)
    rest = [form[name] for name in REST if name in form.fields]
    context = {"form": form, "row": row, "rest": rest, "groups": list(_groups(request, row))}
    return render(request, "reports/correct.html", context, status=400 if form.errors else 200)


def _written(request: HttpRequest, row: ObservationRow) -> str:
    """The observation's contact as it stands in the field: by its name, and by its number, so that no other is meant."""
    if not row.contact_id:
        return ""
    name = written_contact(actor(request), row.contact_id).get(row.contact_id, "")
    return f"{name} ({row.contact_id})" if name else row.contact_id


def _groups(request: HttpRequest, row: ObservationRow) -> Iterator[tuple[str, list[TacticShown]]]:
    chosen = set(request.POST.getlist("tactics") if request.method == "POST" else row.tactics)
    for group, title in GROUPS.items():
        found = [one for one in catalogue().tactics if one.group == group and one.reportable]
        yield title, [TacticShown(id=one.id, name=one.name, checked=one.id in chosen) for one in found]
