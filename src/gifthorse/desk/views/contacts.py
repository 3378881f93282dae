"""Contacts as they were reported, for officers; each look at one is recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gifthorse.desk.forms.contact import ContactFilterForm, CorrectContactForm
from gifthorse.desk.requests import actor, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.contacts import Verified
from gifthorse.model.errors import KeyMissing
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures import keep_contacts, view_contacts
from gifthorse.store.vault import ERASED


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """The list of contacts."""
    asked = {name: request.GET.get(name, "") for name in ("search", "verified")}
    page = view_contacts.contacts(actor(request), **asked, page=page_number(request))
    return render(request, "register/contacts.html", {"page": page, "form": ContactFilterForm(request.GET)})


@require_safe
def contact(request: HttpRequest, contact_id: str) -> HttpResponse:
    """One contact."""
    return render(request, "register/contact.html", {"view": view_contacts.contact(actor(request), contact_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def correct_contact(request: HttpRequest, contact_id: str) -> HttpResponse:
    """A contact is corrected."""
    require(actor(request), Procedure.CORRECT_CONTACT, Relation.OTHERS)
    view = view_contacts.contact(actor(request), contact_id)
    if view.kept is None:
        raise KeyMissing(ERASED)
    kept = view.kept.facts
    form = CorrectContactForm(request.POST) if request.method == "POST" else CorrectContactForm.showing(kept, view.contact.verified)

    def deed() -> object:
        given = form.cleaned_data
        return keep_contacts.correct_contact(actor(request), contact_id, form.facts(kept), Verified(given["verified"]), given["reason"])

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The correction is kept, beside what stood there before."))
        return redirect("contact", contact_id)
    return render(request, "register/correct_contact.html", {"form": form, "view": view}, status=400 if form.errors else 200)
