"""A brief: its page, its paper, and the tap that says it was read."""

from datetime import UTC, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gifthorse.brief.clauses import told_reason
from gifthorse.brief.composed import TITLES, WHY_LEFT_OUT, Sentence
from gifthorse.brief.output.as_pdf import as_pdf
from gifthorse.brief.output.wording import Wording, source_words
from gifthorse.desk.forms.trip import TextForm
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import said
from gifthorse.procedures import view_brief
from gifthorse.procedures.view_brief import BriefView


@require_safe
def brief(request: HttpRequest, trip_id: str, person_id: str = "") -> HttpResponse:
    """The newest brief of a traveller, oneself unless another is named."""
    view = view_brief.brief_of(actor(request), trip_id, person_id)
    wording = _wording(view)
    composed = view.composed
    context = {
        "view": view,
        "parts": [
            {"id": section.kind, "title": _(TITLES[section.kind]), "sentences": [_told(one, wording) for one in section.sentences]}
            for section in composed.sections
        ],
        "card": [_told(one, wording) for one in composed.card],
        "left_out": [
            {"part": _(TITLES[one.kind]), "text": wording.say(one.text), "why": _(WHY_LEFT_OUT[one.why])} for one in composed.left_out
        ],
        "text_form": TextForm(),
    }
    return render(request, "travel/brief.html", context)


@require_safe
def brief_pdf(request: HttpRequest, trip_id: str, person_id: str = "") -> HttpResponse:
    """The same brief on paper."""
    view = view_brief.brief_of(actor(request), trip_id, person_id)
    paper = as_pdf(view.composed, _wording(view, printed=True))
    return HttpResponse(paper, content_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="brief.pdf"'})


@require_POST
def brief_read(request: HttpRequest, trip_id: str) -> HttpResponse:
    """It was read."""
    view_brief.acknowledge(actor(request), trip_id)
    said(request, _("Thank you. It is on record that you have read your brief."))
    return redirect("brief", trip_id)


def _wording(view: BriefView, *, printed: bool = False) -> Wording:
    direction: Literal["ltr", "rtl"] = "rtl" if get_language_bidi() else "ltr"
    return Wording(
        trip=view.trip_title,
        printed_on=datetime.now(UTC).date() if printed else None,
        language=get_language() or "en",
        direction=direction,
        translate=_,
        show_agreed_word=False,
    )


def _told(sentence: Sentence, wording: Wording) -> dict[str, Any]:
    return {
        "text": wording.sentence(sentence),
        "why": told_reason(sentence.because, wording.say),
        "source": source_words(sentence, wording),
        "quoted": sentence.attribution is not None,
        "attribution": wording.say(sentence.attribution) if sentence.attribution else "",
        "warnings": [wording.say(warning) for warning in sentence.warnings],
    }
