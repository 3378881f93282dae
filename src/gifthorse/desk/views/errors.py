"""Pages for what went wrong: each says in plain words what happened and what to do next."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: Final[dict[int, str | Promise]] = {
    400: _("This didn't fit"),
    403: _("Your account may not do this"),
    404: _("There is nothing here"),
    405: _("This can't be done this way"),
    409: _("Not at this point"),
    410: _("This was erased"),
    413: _("This is too large"),
    429: _("Too many attempts"),
    500: _("Something broke on our side"),
}
WHAT_TO_DO: Final[dict[int, str | Promise]] = {
    400: _("Please go back, look at what you entered, and try again."),
    403: _("Ask the security desk if you think it should."),
    404: _("Please compare the number with the label or the list once more."),
    413: _("Please choose a smaller file, or ask an administrator to raise the limit."),
    429: _("Please wait five minutes and try again. If this wasn't you, tell the security desk."),
    500: _("Nothing you entered before is lost. Please try again, and tell the administrator if it happens again."),
}


def page_for(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """The page for *status*, with *message* or the usual words."""
    known = status if status in TITLES else 500
    context = {"title": TITLES[known], "message": message or WHAT_TO_DO.get(known, ""), "status": status}
    return render(request, "error.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404."""
    return page_for(request, 404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    return page_for(request, 403)


def did_not_fit(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return page_for(request, 400)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500; asks neither session nor database, since they may be what broke."""
    return HttpResponse(render_to_string("broken.html"), status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 for a form whose token doesn't match (it lay open too long, or came from elsewhere)."""
    message = _("This form lay open for too long. Please go back, reload the page, and send it again.")
    return page_for(request, 403, str(message))
