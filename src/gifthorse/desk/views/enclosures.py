"""What comes with a report: it streams in encrypted; pictures are shown redrawn; files go to officers alone, as attachments."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from gifthorse.desk.requests import actor
from gifthorse.desk.uploads import StraightIntoTheVault
from gifthorse.desk.views.answering import said
from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_
from gifthorse.procedures import enclose as enclosing
from gifthorse.procedures.view_enclosure import hand_out
from gifthorse.procedures.view_enclosure import picture as picture_of


@csrf_exempt  # the token is checked in `_finish`, once the file's handler is in place: reading the form reads the file
@require_POST
def enclose(request: HttpRequest, report_id: str) -> HttpResponse:
    """A file for a report, encrypted while it arrives."""
    handler = StraightIntoTheVault(request, lambda name: enclosing.begin(actor(request), report_id, name))
    request.upload_handlers = [handler]
    try:
        return _finish(request, report_id)
    finally:
        handler.drop()


@csrf_protect
def _finish(request: HttpRequest, report_id: str) -> HttpResponse:
    handler = request.upload_handlers[0]
    assert isinstance(handler, StraightIntoTheVault)
    if "file" not in request.FILES or handler.arrival is None:
        raise NotAccepted(N_("Please choose a file. If you did, it was larger than the desk takes."), field="file")
    arrival, handler.arrival = handler.arrival, None
    arrival.finish()
    said(request, _("The file is kept, encrypted. It is inspected before anyone opens it."))
    return redirect("report_page", report_id)


@require_safe
def enclosure_picture(request: HttpRequest, enclosure_id: str) -> HttpResponse:
    """A picture, redrawn."""
    headers = {"Content-Disposition": f'inline; filename="{enclosure_id}.jpg"'}
    return HttpResponse(picture_of(actor(request), enclosure_id), content_type="image/jpeg", headers=headers)


@require_safe
def enclosure(request: HttpRequest, enclosure_id: str) -> StreamingHttpResponse:
    """The file as it came, for officers, never opened by the browser. Its name is its number: the one it came with was a stranger's."""
    handed = hand_out(actor(request), enclosure_id)
    headers = {"Content-Disposition": f'attachment; filename="{enclosure_id}.bin"', "Content-Length": str(handed.size)}
    return StreamingHttpResponse(handed.chunks, content_type="application/octet-stream", headers=headers)
