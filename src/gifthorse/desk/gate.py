"""The door: nobody passes without signing in but to the few places listed here, and what is refused is said in plain words."""

import logging
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gifthorse.desk.requests import second_factor_is_set, signed_in
from gifthorse.desk.views.errors import page_for
from gifthorse.model.errors import Damaged, GifthorseError, Interrupted, KeyMissing, NotAccepted, NotFound, Refused, Unreadable, WrongState
from gifthorse.model.roles import Role

# Names of routes, each with the reason why it is open. A test walks all routes and finds every other one closed.
OPEN_TO_ALL: Final[dict[str, str]] = {
    "account_login": "signing in",
    "account_inactive": "says that an account was closed",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "openid_connect_login": "signing in through the house's own provider",
    "openid_connect_callback": "the way back from there",
    "set_language": "sets the language of the pages, and nothing else",
    "healthz": "says that the desk is up, and nothing else",
    "calendar_feed": "calendar programs can't sign in; the address is the secret, and says that something is due, never what",
}
# Where somebody who must set up a second factor may go before it is done.
OPEN_WITHOUT_SECOND_FACTOR: Final = frozenset({"account_logout", "account_reauthenticate", "mfa_reauthenticate"})
STATUS: Final[dict[type[GifthorseError], int]] = {
    Refused: 403,
    NotFound: 404,
    WrongState: 409,
    Interrupted: 409,
    NotAccepted: 400,
    Unreadable: 400,
    KeyMissing: 410,  # the content was erased
    Damaged: 500,
}
logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponseBase]


def forget_browser(get_response: Answer) -> Answer:
    """Requests reach the rest without the name of the browser: nothing here needs it, so that nothing can write it down."""

    def without(request: HttpRequest) -> HttpResponseBase:
        request.META.pop("HTTP_USER_AGENT", None)
        return get_response(request)

    return without


class sign_in_first:  # noqa: N801 - a middleware is named like a function
    """Sends everybody who isn't signed in to the sign-in page, except on the way to `OPEN_TO_ALL`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the rest."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """None to go on, or the way to the sign-in page."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in OPEN_TO_ALL:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        return _second_factor_first(request, name or "")


def _second_factor_first(request: HttpRequest, name: str) -> HttpResponse | None:
    if settings.GIFTHORSE_SECOND_FACTOR != "required" or name.startswith("mfa_") or name in OPEN_WITHOUT_SECOND_FACTOR:
        return None
    if set(signed_in(request).roles) <= {Role.STAFF} or second_factor_is_set(request):
        return None
    messages.info(request, _("Your role needs a second step when signing in. Please set one up first."))
    return redirect("mfa_index")


class plain_words:  # noqa: N801
    """Turns the errors that procedures raise into pages that say what to do next."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the rest."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error of ours, None for any other."""
        if not isinstance(error, GifthorseError):
            return None
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
        if status >= 500:
            logger.error("%s at %s", type(error).__name__, request.path)
        return page_for(request, status, _(str(error)))
