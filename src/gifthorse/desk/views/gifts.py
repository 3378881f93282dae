"""Somebody was given something: the report, its receipt with the label for the bag, and taking it back."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk.forms.gift import GiftForm, PhotographsForm
from gifthorse.desk.qr_codes import qr_code
from gifthorse.desk.requests import actor, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.desk.views.items import item_page
from gifthorse.model.roles import Actor, Procedure, Relation, require
from gifthorse.procedures import add_photograph
from gifthorse.procedures.report_gift import report_gift
from gifthorse.procedures.view_item import item_for, items_for
from gifthorse.procedures.view_picture import picture as picture_of
from gifthorse.procedures.withdraw_item import withdraw as withdraw_item


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The report form, and after it the receipt."""
    require(actor(request), Procedure.REPORT_GIFT, Relation.NONE)
    form = GiftForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        item = accepted(form, lambda: report_gift(actor(request), form.report()))
        if item is not None:
            _keep(actor(request), item.pk, form.cleaned_data["photographs"])
            return redirect("receipt", item.pk)
    return render(request, "gift/report.html", {"form": form})


@require_safe
def receipt(request: HttpRequest, item_id: str) -> HttpResponse:
    """The receipt with the label to print or copy out."""
    view = item_for(actor(request), item_id)
    return render(request, "gift/receipt.html", {"view": view, "qr": qr_code(view.item.pk, title=view.item.pk)})


@require_safe
def my_items(request: HttpRequest) -> HttpResponse:
    """What somebody reported themselves."""
    page = items_for(actor(request), own=True, page=page_number(request))
    return render(request, "gift/mine.html", {"page": page})


@require_POST
def photographs(request: HttpRequest, item_id: str) -> HttpResponse:
    """More pictures of the item."""
    form = PhotographsForm(request.POST, request.FILES)
    pictures = accepted(form, lambda: form.cleaned_data["photographs"])
    if pictures is None:
        return item_page(request, item_id, photographs_form=form)
    _keep(actor(request), item_id, pictures)
    said(request, _("The photographs are kept, encrypted."))
    return redirect("item", item_id)


@require_safe
def picture(request: HttpRequest, exhibit_id: str) -> HttpResponse:
    """A photograph, redrawn."""
    headers = {"Content-Disposition": f'inline; filename="{exhibit_id}.jpg"'}
    return HttpResponse(picture_of(actor(request), exhibit_id), content_type="image/jpeg", headers=headers)


@require_POST
def withdraw(request: HttpRequest, item_id: str) -> HttpResponse:
    """The report is taken back."""
    withdraw_item(actor(request), item_id)
    said(request, _("You took this report back."))
    return redirect("item", item_id)


def _keep(reporter: Actor, item_id: str, pictures: list[UploadedFile[bytes]]) -> None:
    for picture in pictures:
        arrival = add_photograph.begin(reporter, item_id, picture.name or "")
        for chunk in picture.chunks():
            arrival.write(chunk)
        arrival.finish()
