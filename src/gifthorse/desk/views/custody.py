"""Where an item is, who has it, what is decided about it, and what is written about it: one step each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from gifthorse.desk.forms.item import CustodyForm, DecisionForm, HandOverForm, WordsForm
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.desk.views.items import item_page
from gifthorse.model.custody import Outcome
from gifthorse.procedures import answer_reporter, decide_item, write_to_officer
from gifthorse.procedures.hand_over import hand_over as hand_over_item
from gifthorse.procedures.people import colleagues
from gifthorse.procedures.take_custody import take_custody


@require_POST
def take_in(request: HttpRequest, item_id: str) -> HttpResponse:
    """An officer takes the item in."""
    form = CustodyForm(request.POST)
    if accepted(form, lambda: take_custody(actor(request), item_id, **form.step())) is None:
        return item_page(request, item_id, custody_form=form)
    said(request, _("The item is in your custody."))
    return redirect("item", item_id)


@require_POST
def hand_over(request: HttpRequest, item_id: str) -> HttpResponse:
    """The item changes hands."""
    form = HandOverForm(request.POST, colleagues=colleagues(actor(request)))
    if accepted(form, lambda: hand_over_item(actor(request), item_id, **form.step())) is None:
        return item_page(request, item_id, hand_over_form=form)
    said(request, _("The hand-over is on record."))
    return redirect("item", item_id)


@require_POST
def decide(request: HttpRequest, item_id: str) -> HttpResponse:
    """An officer decides, with a reason."""
    form = DecisionForm(request.POST)

    def deed() -> object:
        return decide_item.decide(actor(request), item_id, Outcome(form.cleaned_data["outcome"]), form.cleaned_data["reason"])

    if accepted(form, deed) is None:
        return item_page(request, item_id, decision_form=form)
    said(request, _("Your decision is on record. Please answer the person who brought it."))
    return redirect("item", item_id)


@require_POST
def close(request: HttpRequest, item_id: str) -> HttpResponse:
    """An officer closes the item."""
    decide_item.close(actor(request), item_id)
    said(request, _("The item is closed."))
    return redirect("item", item_id)


@require_POST
def answer(request: HttpRequest, item_id: str) -> HttpResponse:
    """An officer answers the reporter."""
    form = WordsForm(request.POST)
    if accepted(form, lambda: answer_reporter.answer(actor(request), item_id, form.cleaned_data["text"])) is None:
        return item_page(request, item_id, words_form=form)
    said(request, _("Your answer stands on the reporter's page."))
    return redirect("item", item_id)


@require_POST
def write(request: HttpRequest, item_id: str) -> HttpResponse:
    """A reporter writes to the officer."""
    form = WordsForm(request.POST)
    if accepted(form, lambda: write_to_officer.write(actor(request), item_id, form.cleaned_data["text"])) is None:
        return item_page(request, item_id, words_form=form)
    said(request, _("The security desk has your message."))
    return redirect("item", item_id)
