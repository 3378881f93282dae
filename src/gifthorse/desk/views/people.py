"""People: the list, one of them, choosing some, and the house's list taken over in two steps."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk import held_files
from gifthorse.desk.forms.register import PeopleFileForm, PeopleFilterForm, PlaceForm
from gifthorse.desk.readings.people_csv import read_people
from gifthorse.desk.requests import actor, is_fragment, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.errors import NotFound
from gifthorse.model.register import StaffField
from gifthorse.model.roles import Actor, Procedure, Relation, Role, require
from gifthorse.procedures import import_people, keep_people, view_people
from gifthorse.procedures.acting import NOT_THERE, may
from gifthorse.procedures.compare_people import Comparison

SHOWN: Final = 300  # rows of each kind on the preview; the numbers count all
A_FEW: Final = 5  # a list that would close more than one in five is asked about
CHOOSING_FOR: Final[Mapping[str, Procedure]] = {"know-how": Procedure.KEEP_KNOW_HOW, "events": Procedure.KEEP_EVENTS}


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The list of people, narrowed and in pages."""
    asked = {name: request.GET.get(name, "") for name in ("search", "unit", "standing")}
    page = view_people.people(actor(request), **asked, page=page_number(request))
    form = PeopleFilterForm(request.GET, units=page.units)
    return render(request, "register/people.html", {"page": page, "form": form, **_rights(actor(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """One person, with the form of their place for administrators."""
    view = view_people.person(actor(request), person_id)
    return _person_page(request, view)


def _person_page(request: HttpRequest, view: view_people.PersonView) -> HttpResponse:
    kept, form = view.row.kept, None
    if Procedure.KEEP_PEOPLE in view.may and not kept.erased:
        form = PlaceForm(request.POST or None, initial=_place(view))
    if request.method == "POST":
        require(actor(request), Procedure.KEEP_PEOPLE, Relation.OTHERS)
        if form is None:
            raise NotFound(NOT_THERE)
        checked = form
        if accepted(form, lambda: keep_people.place(actor(request), kept.id, checked.facts())) is not None:
            said(request, _("The place is changed."))
            return redirect("person", kept.id)
    status = 400 if form is not None and form.errors else 200
    return render(request, "register/person.html", {"view": view, "form": form}, status=status)


@require_POST
def first_password(request: HttpRequest, person_id: str) -> HttpResponse:
    """A first password, shown once."""
    password = keep_people.give_first_password(actor(request), person_id)
    view = view_people.person(actor(request), person_id)
    return render(request, "register/first_password.html", {"view": view, "password": password})


@require_POST
def close_leavers(request: HttpRequest) -> HttpResponse:
    """The accounts of people who have left are closed."""
    number = keep_people.close_leavers(actor(request))
    said(request, ngettext("{number} account is closed.", "{number} accounts are closed.", number).format(number=number))
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """The file is chosen, then what it changes is shown."""
    require(actor(request), Procedure.IMPORT_PEOPLE, Relation.NONE)
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        untrusted = request.FILES["file"].read() if "file" in request.FILES else b""  # type: ignore[union-attr]
        found = accepted(form, lambda: import_people.preview(actor(request), read_people(untrusted)))
        if found is not None:
            token = held_files.hold(actor(request).person, untrusted)
            careful = len(found.gone) * A_FEW > found.listed
            context = {"found": found, "token": token, "shown": f":{SHOWN}", "careful": careful, "privileged": _privileged(found)}
            return render(request, "register/import_preview.html", context)
    return render(request, "register/import.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def apply_list(request: HttpRequest) -> HttpResponse:
    """What was shown is written."""
    asker, token = actor(request), request.POST.get("token", "")
    require(asker, Procedure.IMPORT_PEOPLE, Relation.NONE)
    staff = read_people(held_files.held(asker.person, token))
    done = import_people.apply(asker, staff, seen=request.POST.get("seen", ""), close_gone=request.POST.get("close_gone") == "yes")
    held_files.drop(token)
    words = _("The list is taken over: {new} new, {changed} changed, {closed} left.")
    said(request, words.format(new=done.new, changed=done.changed, closed=done.closed))
    return redirect("people")


@require_safe
def find_people(request: HttpRequest) -> HttpResponse:
    """People to choose from, as a part of a page."""
    procedure = CHOOSING_FOR.get(request.GET.get("for", ""))
    if procedure is None or not is_fragment(request):
        raise NotFound(NOT_THERE)
    found = view_people.offered(actor(request), request.GET.get("who", ""), procedure)
    return render(request, "register/_offered.html", {"offered": found, "who": request.GET.get("who", "")})


def _privileged(found: Comparison) -> int:
    """How many rows bring somebody a role beyond staff."""
    changed = [one.entry for one in found.changed if any(change.field is StaffField.ROLES for change in one.changes)]
    return sum(any(role is not Role.STAFF for role in entry.roles) for entry in (*found.new, *changed))


def _place(view: view_people.PersonView) -> dict[str, object]:
    kept = view.row.kept
    place = kept.placement
    told: dict[str, object] = {name: kept.told(name) for name in ("name", "mail")}
    if place is not None:
        told |= {name: getattr(place, name) for name in ("duty_kind", "signs", "zone", "language", "leaving_on", "stands_in")}
        told["unit"] = place.unit.title if place.unit else ""
    return told


def _rights(asker: Actor) -> dict[str, bool]:
    return {
        "may_import": may(asker, Procedure.IMPORT_PEOPLE, Relation.NONE),
        "may_keep": may(asker, Procedure.KEEP_PEOPLE, Relation.OTHERS),
    }
