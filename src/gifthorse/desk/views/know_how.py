"""Know-how: the list of assets, the grid of one, its elements and their holders, and houses outside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk.forms.know_how import AssetForm, ChangeAssetForm, ChangeElementForm, ElementForm, PartyForm
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.register import PartyKind
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures import keep_know_how, view_know_how, view_people


@require_safe
def assets(request: HttpRequest) -> HttpResponse:
    """The list of assets and of houses outside."""
    retired = request.GET.get("retired") == "yes"
    context = {"assets": view_know_how.assets(actor(request), retired=retired), "parties": view_know_how.parties(actor(request))}
    return render(request, "register/assets.html", {**context, "retired": retired})


@require_http_methods(["GET", "HEAD", "POST"])
def new_asset(request: HttpRequest) -> HttpResponse:
    """A new asset."""
    require(actor(request), Procedure.KEEP_KNOW_HOW, Relation.NONE)
    form = AssetForm(request.POST or None, units=view_know_how.units(actor(request)))
    if request.method == "POST":
        made = accepted(form, lambda: keep_know_how.add_asset(actor(request), form.facts(), unit=form.cleaned_data["unit"]))
        if made is not None:
            said(request, _("The asset is in the register. Now write down its elements."))
            return redirect("asset", made.pk)
    return render(request, "register/asset_form.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def asset(request: HttpRequest, asset_id: str) -> HttpResponse:
    """One asset: the grid of its elements and who holds them."""
    return render(request, "register/asset.html", {"view": view_know_how.asset(actor(request), asset_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def change_asset(request: HttpRequest, asset_id: str) -> HttpResponse:
    """An asset is changed."""
    require(actor(request), Procedure.KEEP_KNOW_HOW, Relation.NONE)
    view = view_know_how.asset(actor(request), asset_id)
    told = {"title": view.facts.title, "what": view.facts.what, "unit": view.asset.unit_id or "", "retired": view.asset.retired}
    form = ChangeAssetForm(request.POST or None, initial=told, units=view_know_how.units(actor(request)))

    def deed() -> object:
        given = form.cleaned_data
        return keep_know_how.change_asset(actor(request), asset_id, form.facts(), unit=given["unit"], retired=given["retired"])

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The asset is changed."))
        return redirect("asset", asset_id)
    return render(request, "register/asset_form.html", {"form": form, "view": view}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_element(request: HttpRequest, asset_id: str) -> HttpResponse:
    """A new element of an asset."""
    require(actor(request), Procedure.KEEP_KNOW_HOW, Relation.NONE)
    view = view_know_how.asset(actor(request), asset_id)
    form = ElementForm(request.POST or None)
    if request.method == "POST":
        made = accepted(form, lambda: keep_know_how.add_element(actor(request), asset_id, form.shape(), form.facts()))
        if made is not None:
            said(request, _("The element is in the register. Who holds it?"))
            return redirect("element", made.pk)
    return render(request, "register/new_element.html", {"form": form, "view": view}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def element(request: HttpRequest, element_id: str) -> HttpResponse:
    """One element: its form, and who holds it."""
    view, row = view_know_how.element(actor(request), element_id)
    told = {"title": row.facts.title, "line": row.facts.line, "export_reference": row.facts.export_reference}
    told |= {name: getattr(row.element, name) for name in ("kind", "weight", "protection", "lead_years", "retired")}
    form = ChangeElementForm(request.POST or None, initial=told) if view.may_keep else None
    if request.method == "POST":
        require(actor(request), Procedure.KEEP_KNOW_HOW, Relation.NONE)
        assert form is not None
        checked = form

        def deed() -> object:
            retired = checked.cleaned_data["retired"]
            return keep_know_how.change_element(actor(request), element_id, checked.shape(), checked.facts(), retired=retired)

        if accepted(form, deed) is not None:
            said(request, _("The element is changed."))
            return redirect("asset", view.asset.pk)
    who = request.GET.get("who", "")
    offered = view_people.offered(actor(request), who, Procedure.KEEP_KNOW_HOW) if who and view.may_keep else ()
    context = {"view": view, "row": row, "form": form, "who": who, "offered": offered}
    return render(request, "register/element.html", context, status=400 if form is not None and form.errors else 200)


@require_POST
def holders(request: HttpRequest, element_id: str) -> HttpResponse:
    """Who holds an element from now on."""
    keep_know_how.set_holders(actor(request), element_id, request.POST.getlist("person"))
    said(request, _("It is noted who holds this element."))
    return redirect("element", element_id)


@require_http_methods(["GET", "HEAD", "POST"])
def new_party(request: HttpRequest) -> HttpResponse:
    """A new house outside."""
    require(actor(request), Procedure.KEEP_KNOW_HOW, Relation.NONE)
    form = PartyForm(request.POST or None, elements=view_know_how.elements(actor(request)))

    def deed() -> object:
        given = form.cleaned_data
        return keep_know_how.add_party(actor(request), PartyKind(given["kind"]), form.facts(), given["elements"])

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The house is in the register."))
        return redirect("assets")
    return render(request, "register/party.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def party(request: HttpRequest, party_id: str) -> HttpResponse:
    """A house outside, with what it holds."""
    view = view_know_how.party(actor(request), party_id)
    told = {"name": view.facts.name, "note": view.facts.note, "kind": view.party.kind, "elements": sorted(view.elements)}
    form = PartyForm(request.POST or None, initial=told, elements=view_know_how.elements(actor(request)))

    def deed() -> object:
        given = form.cleaned_data
        return keep_know_how.change_party(actor(request), party_id, PartyKind(given["kind"]), form.facts(), given["elements"])

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The house is changed."))
        return redirect("assets")
    return render(request, "register/party.html", {"form": form, "view": view}, status=400 if form.errors else 200)
