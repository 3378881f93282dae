"""Items: the list, and the page of one of them, for the person who reported it and for officers."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gifthorse.desk.forms.gift import PhotographsForm
from gifthorse.desk.forms.item import ContentForm, CustodyForm, DecisionForm, FolderForm, HandOverForm, SearchForm, WordsForm
from gifthorse.desk.requests import actor, has_role, page_number
from gifthorse.model.custody import Outcome
from gifthorse.model.roles import Actor, Procedure, Role
from gifthorse.procedures.people import colleagues
from gifthorse.procedures.view_item import ItemView, item_for, items_for, latest_two


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """The items that somebody may see, narrowed and in pages."""
    form = SearchForm(request.GET)
    page = items_for(actor(request), **form.wanted(), page=page_number(request))
    return render(request, "item/list.html", {"form": form, "page": page})


@require_safe
def item(request: HttpRequest, item_id: str) -> HttpResponse:
    """The page of one item."""
    return item_page(request, item_id)


def item_page(request: HttpRequest, item_id: str, **answered: Any) -> HttpResponse:
    """The page of one item, with forms that didn't fit (*answered*) as they were filled in."""
    view = item_for(actor(request), item_id)
    officer = has_role(request, Role.OFFICER)
    context: dict[str, Any] = {"view": view, "may": {deed.name: True for deed in view.may}, "words_form": WordsForm()}
    if Procedure.ADD_PHOTOGRAPH in view.may:
        context["photographs_form"] = PhotographsForm()
    if officer:
        context |= _officers_forms(actor(request), view) | {"latest_two": latest_two(view)}
    template = "item/for_officer.html" if officer else "item/for_reporter.html"
    return render(request, template, context | answered, status=400 if answered else 200)


def _officers_forms(officer: Actor, view: ItemView) -> dict[str, Any]:
    makers: dict[Procedure, tuple[str, Callable[[], Form]]] = {
        Procedure.TAKE_CUSTODY: ("custody_form", CustodyForm),
        Procedure.HAND_OVER: ("hand_over_form", lambda: HandOverForm(colleagues=colleagues(officer))),
        Procedure.ATTACH_EXHIBIT: ("content_form", ContentForm),
        Procedure.READ_SERVER_FOLDER: ("folder_form", FolderForm),
        Procedure.DECIDE_ITEM: ("decision_form", lambda: DecisionForm(initial={"outcome": Outcome.KEEP_SEALED.value})),
    }
    return {name: make() for procedure, (name, make) in makers.items() if procedure in view.may}
