"""What an auditor reads: the ledger, the way of an item without its content, the check of the records, and the figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk.forms.keeping import CheckForm, TrailForm
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures.follow_item import trail as follow
from gifthorse.procedures.read_ledger import entries
from gifthorse.procedures.sign_checkpoint import sign
from gifthorse.procedures.verify_records import verify as verify_records
from gifthorse.procedures.view_figures import figures as all_figures


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger, newest first."""
    form = TrailForm(request.GET)
    before = request.GET.get("before", "")
    page = entries(actor(request), **form.wanted(), before=int(before[:18]) if before.isdecimal() else None)
    return render(request, "audit/ledger.html", {"form": form, "page": page})


@require_safe
def trail(request: HttpRequest, item_id: str) -> HttpResponse:
    """An item from receipt to end, without content."""
    return render(request, "audit/trail.html", {"trail": follow(actor(request), item_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The check of all records against the ledger; it runs when asked for."""
    require(actor(request), Procedure.VERIFY_RECORDS, Relation.NONE)
    form = CheckForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST":
        elsewhere = [file.read() for file in request.FILES.getlist("checkpoint")]
        report = accepted(form, lambda: verify_records(actor(request), untrusted_checkpoints=elsewhere))
    return render(request, "audit/verify.html", {"form": form, "report": report})


@require_POST
def checkpoint(request: HttpRequest) -> HttpResponse:
    """A signed checkpoint to keep elsewhere."""
    headers = {"Content-Disposition": 'attachment; filename="gifthorse-checkpoint.json"'}
    return HttpResponse(sign(actor(request)), content_type="application/json", headers=headers)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How much, how quickly; small numbers stay hidden."""
    return render(request, "audit/figures.html", {"figures": all_figures(actor(request))})
