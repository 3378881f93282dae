"""Something happened: what kind, then the questions that fit, then thanks with what happens next."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gifthorse.desk.forms.tell import Telling, first, kinds_in_order
from gifthorse.desk.marked_text import marked
from gifthorse.desk.requests import actor, is_fragment
from gifthorse.desk.uploads import PHOTOGRAPHS_AT_ONCE
from gifthorse.desk.views.answering import said
from gifthorse.model.errors import GifthorseError, NotAccepted, NotFound
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation, require
from gifthorse.procedures import enclose
from gifthorse.procedures.acting import NOT_THERE
from gifthorse.procedures.hand_in import hand_in as hand_in_gift
from gifthorse.procedures.house_interviews import house_interview
from gifthorse.procedures.tell import About, SentBack, tell
from gifthorse.procedures.tellers_lists import lists_for
from gifthorse.procedures.thanks import thanks_for, whom_to_call

ABOUT = ("trip", "event", "item")


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """What kind of thing happened: one tap."""
    require(actor(request), Procedure.TELL, Relation.NONE)
    return render(request, "reports/kinds.html", {"kinds": kinds_in_order(), "odd": ReportKind.IS_THIS_ODD})


@require_http_methods(["GET", "HEAD", "POST"])
def odd(request: HttpRequest) -> HttpResponse:
    """Is this odd? One field."""
    return tell_kind(request, ReportKind.IS_THIS_ODD.value)


@require_http_methods(["GET", "HEAD", "POST"])
def tell_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The questions of one kind; sent, they become a report."""
    require(actor(request), Procedure.TELL, Relation.NONE)
    if kind not in set(ReportKind):
        raise NotFound(NOT_THERE)
    interview = house_interview(ReportKind(kind))
    if request.method != "POST":
        return _page(request, first(interview))
    telling = Telling(interview, request.POST)
    if is_fragment(request):
        return _changed_questions(request, telling)
    if request.POST.get("step") == "next":
        return _page(request, telling)
    if telling.unseen():
        return _page(request, telling, more=True)
    return _told(request, telling)


@require_safe
def sent(request: HttpRequest, report_id: str) -> HttpResponse:
    """Thanks, by when an answer comes, and whom to call meanwhile."""
    return render(request, "reports/sent.html", {"thanks": thanks_for(actor(request), report_id), "numbers": whom_to_call()})


@require_POST
def hand_in(request: HttpRequest, report_id: str) -> HttpResponse:
    """A gift that was told becomes an item, with its receipt."""
    return redirect("receipt", hand_in_gift(actor(request), report_id).pk)


def _told(request: HttpRequest, telling: Telling) -> HttpResponse:
    trip, event, item = (request.POST.get(name, "")[:40] for name in ABOUT)
    about = About(trip=trip, event=event, item=item)
    try:
        pictures = _pictures(request)
        report = tell(actor(request), telling.interview.kind, telling.untrusted_answers, about)
    except SentBack as back:
        return _page(request, telling, status=400, sent_back=back.why, marks=[marked(text) for text in back.why.text.split("\n")])
    except NotAccepted as error:
        field = error.field or telling.interview.questions[0].id
        return _page(request, telling, status=400, errors={field: _(str(error))})
    _keep(request, actor(request), report.pk, pictures)
    return redirect("sent", report.pk)


def _page(request: HttpRequest, telling: Telling, *, status: int = 200, errors: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    asked = telling.shown(_lists(request, telling), errors)
    about = [(name, value) for name in ABOUT if (value := (request.POST.get(name) or request.GET.get(name, ""))[:40])]
    context = {
        "interview": telling.interview,
        "asked": asked,
        "wrong": [question for question in asked if question.error],
        "about": about,
        "numbers": whom_to_call() if telling.interview.kind is ReportKind.PRESSURE else (),
        "branches": any(question.asks_on for question in asked),
        "one_tap": any(option.sends for question in asked for option in question.options),
    }
    return render(request, "reports/tell.html", context | more, status=status)


def _changed_questions(request: HttpRequest, telling: Telling) -> HttpResponse:
    """The questions that came to fit, or ceased to, since the page was drawn; nothing else is touched, so nobody loses their place."""
    asked = telling.shown(_lists(request, telling))
    changed = [one for one in asked if one.fits != (one.id in telling.seen) or (one.type == "people" and telling.sought)]
    return render(request, "reports/_changed.html", {"asked": changed})


def _lists(request: HttpRequest, telling: Telling) -> Any:
    return lists_for(actor(request), telling.interview.kind, sought=telling.sought, chosen=telling.people)


def _pictures(request: HttpRequest) -> list[UploadedFile[bytes]]:
    pictures = list(request.FILES.getlist("photographs"))
    if len(pictures) > PHOTOGRAPHS_AT_ONCE:
        raise NotAccepted(_("Please choose at most six files at once."), field="photos")
    return pictures


def _keep(request: HttpRequest, reporter: Actor, report_id: str, pictures: list[UploadedFile[bytes]]) -> None:
    """The files are with the report; one that can't be kept is said, and takes nothing of the report away."""
    for picture in pictures:
        try:
            arrival = enclose.begin(reporter, report_id, picture.name or "")
            for chunk in picture.chunks():
                arrival.write(chunk)
            arrival.finish()
        except GifthorseError as error:
            said(request, _(str(error)))
