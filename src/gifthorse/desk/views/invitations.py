"""An invitation is checked: the mail goes in as a file, the card comes back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gifthorse.desk.forms.report import InvitationForm
from gifthorse.desk.requests import actor
from gifthorse.desk.views.answering import accepted, said
from gifthorse.model.errors import NotAccepted, NotFound, Unreadable
from gifthorse.model.roles import Procedure, Relation, require
from gifthorse.procedures.acting import NOT_THERE
from gifthorse.procedures.check_invitation import Checked, card_of, check_invitation, reply_for
from gifthorse.procedures.held_mails import held_for, say_mine, say_not_mine


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """The mail, as a file."""
    require(actor(request), Procedure.CHECK_INVITATION, Relation.NONE)
    form = InvitationForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        checked = accepted(form, lambda: _checked(request, form))
        if checked is not None:
            said(request, _("The invitation is kept, and a person reads it, too."))
            return redirect("invitation_card", checked.report.pk)
    return render(request, "reports/invitation.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def invitation_card(request: HttpRequest, report_id: str) -> HttpResponse:
    """The card, with a reply to copy."""
    require(actor(request), Procedure.CHECK_INVITATION, Relation.NONE)
    card = card_of(actor(request), report_id)
    if card is None:
        raise NotFound(NOT_THERE)
    return render(request, "reports/card.html", {"card": card, "report_id": report_id, "reply": reply_for(actor(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def held_mails(request: HttpRequest) -> HttpResponse:
    """Mails in the reader's name that nobody could verify: theirs, or not."""
    trouble = ""
    if request.method == "POST":
        try:
            return _answered(request, request.POST.get("mail", ""), mine=request.POST.get("said") == "mine")
        except (NotAccepted, Unreadable) as error:
            trouble = _(str(error))
    context = {"mails": held_for(actor(request)), "trouble": trouble}
    return render(request, "reports/held_mails.html", context, status=400 if trouble else 200)


def _answered(request: HttpRequest, held_id: str, *, mine: bool) -> HttpResponse:
    if mine:
        report = say_mine(actor(request), held_id)
        said(request, _("The invitation is kept, and a person reads it, too."))
        return redirect("invitation_card", report.pk)
    report = say_not_mine(actor(request), held_id, _("A mail came to the desk's mailbox in my name. I did not send it."))
    return redirect("sent", report.pk)


def _checked(request: HttpRequest, form: InvitationForm) -> Checked:
    file = form.cleaned_data["file"]
    try:
        return check_invitation(actor(request), file.read(), file.name or "")
    except Unreadable as error:
        raise NotAccepted(str(error), field="file") from error
