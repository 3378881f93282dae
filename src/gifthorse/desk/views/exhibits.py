"""The content of an item comes in: as one form, in pieces with progress, or as a folder on the server."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from gifthorse.desk.arrivals import UPLOADS
from gifthorse.desk.forms.item import FolderForm
from gifthorse.desk.requests import actor
from gifthorse.desk.uploads import StraightIntoTheVault
from gifthorse.desk.views.answering import accepted, said
from gifthorse.desk.views.items import item_page
from gifthorse.model.errors import GifthorseError, NotAccepted, NotFound
from gifthorse.model.words import N_
from gifthorse.procedures import attach_exhibit

PIECE = 8 * 1024 * 1024


@csrf_exempt  # the check itself reads the body; it runs just below, once the body has a place to go
@require_POST
def exhibits(request: HttpRequest, item_id: str) -> HttpResponse:
    """A file in an ordinary form, for browsers without script."""
    handler = StraightIntoTheVault(request, lambda name: attach_exhibit.begin(actor(request), item_id, name))
    request.upload_handlers = [handler]
    try:
        return _finish_form(request, item_id)
    finally:
        handler.drop()


@csrf_protect
def _finish_form(request: HttpRequest, item_id: str) -> HttpResponse:
    handler = request.upload_handlers[0]
    assert isinstance(handler, StraightIntoTheVault)
    if "file" not in request.FILES or handler.arrival is None:
        raise NotAccepted(N_("Please choose a file. If you did, it was larger than the desk takes."), field="file")
    arrival, handler.arrival = handler.arrival, None
    arrival.finish()
    said(request, _("The file is kept, encrypted."))
    return redirect("item", item_id)


@require_POST
def arrivals(request: HttpRequest, item_id: str) -> HttpResponse:
    """A new upload in pieces: where they go, and how large they may be."""
    name = request.POST.get("name", "")
    arrival = attach_exhibit.begin(actor(request), item_id, name)
    token = UPLOADS.begin(actor(request).person, item_id, arrival)
    return JsonResponse({"address": reverse("arrival", args=[item_id, token]), "piece": PIECE})


@require_http_methods(["GET", "PUT", "POST"])
def arrival(request: HttpRequest, item_id: str, token: str) -> HttpResponse:
    """One piece (PUT, beginning at ?offset=), how much has arrived (GET), or the end (POST, with the size of the whole)."""
    person = actor(request).person
    try:
        if request.method == "GET":
            return JsonResponse({"arrived": UPLOADS.size(token, person, item_id)})
        if request.method == "PUT":
            return JsonResponse({"arrived": UPLOADS.take(token, person, item_id, _number(request.GET.get("offset")), request)})
        UPLOADS.finish(token, person, item_id, _number(request.POST.get("size")))
    except GifthorseError as error:
        return JsonResponse({"message": _(str(error))}, status=404 if isinstance(error, NotFound) else 409)
    said(request, _("The file is kept, encrypted."))
    return JsonResponse({"address": reverse("item", args=[item_id])})


@require_POST
def folder(request: HttpRequest, item_id: str) -> HttpResponse:
    """A folder on the server as an exhibit."""
    form = FolderForm(request.POST)
    if accepted(form, lambda: attach_exhibit.attach_folder(actor(request), item_id, form.cleaned_data["path"])) is None:
        return item_page(request, item_id, folder_form=form)
    said(request, _("The folder is on record. It is read when you start its inspection."))
    return redirect("item", item_id)


def _number(text: str | None) -> int:
    if text is None or not text.isdecimal():
        raise NotAccepted(N_("This upload names no place for its bytes. Please start it again."))
    return int(text)
