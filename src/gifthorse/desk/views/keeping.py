"""What the custodian and administrators do: names, erasure, accounts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk.forms.keeping import EraseForm, NewAccountForm, ReleaseForm, RolesForm
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Procedure, Relation, Role, require
from gifthorse.procedures import erase_item, keep_accounts, release_identity
from gifthorse.procedures.acting import NOT_THERE


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest) -> HttpResponse:
    """The custodian names a person, with a reason."""
    require(actor(request), Procedure.RELEASE_IDENTITY, Relation.OTHERS)
    form = ReleaseForm(request.POST or None)
    identity = None
    if request.method == "POST":
        identity = accepted(
            form, lambda: release_identity.release(actor(request), form.cleaned_data["person"].strip(), form.cleaned_data["reason"])
        )
    return render(request, "keeping/release.html", {"form": form, "identity": identity})


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """The custodian erases the content of a closed item."""
    require(actor(request), Procedure.ERASE_ITEM, Relation.OTHERS)
    form = EraseForm(request.POST or None)
    if request.method == "POST":
        number = accepted(form, lambda: erase_item.erase(actor(request), form.cleaned_data["item"].strip(), form.cleaned_data["reason"]))
        if number is not None:
            said(request, _("The content of this item can't be read any more, by anybody."))
            return redirect("erase")
    return render(request, "keeping/erase.html", {"form": form})


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts."""
    return render(request, "keeping/accounts.html", {"accounts": keep_accounts.accounts(actor(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """A new account."""
    require(actor(request), Procedure.CREATE_ACCOUNT, Relation.NONE)
    form = NewAccountForm(request.POST or None)

    def deed() -> object:
        given = form.cleaned_data
        return keep_accounts.create(
            actor(request), given["username"], given["password"], [Role(role) for role in given["roles"]], form.identity()
        )

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The account is ready."))
        return redirect("accounts")
    return render(request, "keeping/new_account.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def account_roles(request: HttpRequest, account_id: str) -> HttpResponse:
    """The roles of an account."""
    account = next((one for one in keep_accounts.accounts(actor(request)) if one.pk == account_id), None)
    if account is None:
        raise NotFound(NOT_THERE)
    form = RolesForm(request.POST or None, initial={"roles": account.roles})

    def deed() -> object:
        return keep_accounts.change_roles(actor(request), account_id, [Role(role) for role in form.cleaned_data["roles"]])

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, _("The roles are changed."))
        return redirect("accounts")
    return render(request, "keeping/account_roles.html", {"form": form, "of": account})


@require_POST
def close_account(request: HttpRequest, account_id: str) -> HttpResponse:
    """The account can't sign in any more."""
    keep_accounts.close(actor(request), account_id)
    said(request, _("The account is closed."))
    return redirect("accounts")
