"""The ledger of favours: per contact for officers, and for everybody what stands there about themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gifthorse.desk.forms.report import CorrectFavourForm, FavourForm, written_month
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures.acting import now
from gifthorse.procedures.choosing_by_name import people_called
from gifthorse.procedures.keep_favours import add_favour
from gifthorse.procedures.keep_favours import correct_favour as correct
from gifthorse.procedures.view_favours import favour_of, favours_of_contact
from gifthorse.procedures.view_favours import own_favours as own


@require_safe
def own_favours(request: HttpRequest) -> HttpResponse:
    """What the ledger holds about whoever asks."""
    return render(request, "reports/own_favours.html", {"ledger": own(actor(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def of_contact(request: HttpRequest, contact_id: str) -> HttpResponse:
    """The ledger between a contact and ours, and a new entry of it."""
    require(actor(request), Procedure.VIEW_FAVOURS, Relation.OTHERS)
    today = now().date()
    form = FavourForm(request.POST or None, initial={"month": written_month(today.year * 12 + today.month - 1)})

    def deed() -> object:
        person = form.chosen("person", lambda words: people_called(actor(request), words))
        return add_favour(actor(request), contact_id, person, form.facts())

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The entry stands in the ledger."))
        return redirect("favours_of_contact", contact_id)
    ledger = favours_of_contact(actor(request), contact_id)
    context = {"ledger": ledger, "form": form, "contact_id": contact_id}
    return render(request, "reports/favours.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_favour(request: HttpRequest, favour_id: str) -> HttpResponse:
    """An entry is corrected."""
    require(actor(request), Procedure.KEEP_FAVOURS, Relation.OTHERS)
    contact_id, row = favour_of(actor(request), favour_id)
    form = CorrectFavourForm(request.POST) if request.method == "POST" else CorrectFavourForm.showing(row.facts)

    def deed() -> object:
        return correct(actor(request), favour_id, form.facts(), form.cleaned_data["reason"])

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The correction is kept, beside what stood there before."))
        return redirect("favours_of_contact", contact_id)
    context = {"form": form, "row": row, "contact_id": contact_id}
    return render(request, "reports/correct_favour.html", context, status=400 if form.errors else 200)
