"""Links between contacts: the list, one link with both contacts side by side, and the graph."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk.drawings import waterfall
from gifthorse.desk.forms.thread import ByHandForm, LinkForm
from gifthorse.desk.requests import actor, page_number
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.threads import LinkState
from gifthorse.procedures import decide_link, view_links
from gifthorse.procedures import link_graph as graphs
from gifthorse.store.tables.contact import Link

DECIDED = {
    LinkState.CONFIRMED.value: gettext_lazy("They are one person from now on; their threads are assessed together. It can be taken back."),
    LinkState.REFUSED.value: gettext_lazy("They are two people. The desk won't suggest it again."),
    LinkState.UNDONE.value: gettext_lazy("Taken back: it stands as before."),
}


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """The list of links."""
    shown = request.GET.get("shown", "waiting")
    page = view_links.links(actor(request), shown=shown, page=page_number(request))
    return render(request, "threads/links.html", {"page": page, "shown": shown, "by_hand": ByHandForm()})


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, link_id: str) -> HttpResponse:
    """One link, and the decision about it."""
    form = LinkForm(request.POST if request.method == "POST" else None)

    def deed() -> Link:
        given = form.cleaned_data
        return decide_link.decide(actor(request), link_id, LinkState(given["state"]), given["reason"], even_so=given["even_so"])

    if request.method == "POST" and accepted(form, deed) is not None:
        said(request, DECIDED[form.cleaned_data["state"]])
        return redirect("link", link_id)
    view = view_links.link(actor(request), link_id)
    drawing = waterfall.drawn(view.waterfall) if view.waterfall else None
    return render(request, "threads/link.html", {"view": view, "drawing": drawing, "form": form}, status=400 if form.errors else 200)


@require_POST
def link_by_hand(request: HttpRequest) -> HttpResponse:
    """Two contacts that an officer wants to compare."""
    form = ByHandForm(request.POST)

    def deed() -> Link:
        return decide_link.link_by_hand(actor(request), form.cleaned_data["one"].strip(), form.cleaned_data["other"].strip())

    made = accepted(form, deed)
    if made is not None:
        return redirect("link", made.pk)
    page = view_links.links(actor(request))
    return render(request, "threads/links.html", {"page": page, "shown": "waiting", "by_hand": form}, status=400)


@require_safe
def link_graph(request: HttpRequest) -> HttpResponse:
    """The graph with its table."""
    graph = graphs.link_graph(actor(request))
    nodes = [{"id": node.id, "kind": node.kind, "name": node.name or _("without a name")} for node in graph.nodes.values()]
    edges = [{"id": edge.id, "source": edge.one, "target": edge.other, "kind": edge.kind, "level": edge.level} for edge in graph.edges]
    return render(request, "threads/graph.html", {"graph": graph, "drawn": json.dumps({"nodes": nodes, "edges": edges})})
