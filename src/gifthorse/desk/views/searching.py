"""One field finds all that somebody may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gifthorse.desk.forms.register import SearchAllForm
from gifthorse.desk.requests import actor, is_fragment
from gifthorse.procedures.search_records import search as search_records


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The field, and what was found."""
    results = search_records(actor(request), request.GET.get("q", ""))
    template = "register/_results.html" if is_fragment(request) else "register/search.html"
    return render(request, template, {"form": SearchAllForm(request.GET or None), "results": results})
