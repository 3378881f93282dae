"""Signing in through the house's own OpenID Connect provider: only people of the register, known by their mail address, none kept.

The provider is asked who somebody is, and the answer is thrown away once it led to an account: allauth's tables of outside accounts stay
empty, so neither their number at the provider nor name or mail address lies anywhere but in the vault.
"""

from typing import Any, Final

from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gifthorse.procedures.know_by_mail import account_of_mail

PROVIDER: Final = "house"
UNKNOWN: Final = _("The house's sign-in knows you, but this desk doesn't. Ask your administrator whether your mail address is in the list.")
UNVERIFIED: Final = _("The house's sign-in doesn't vouch for your mail address. Ask your administrator.")
FAILED: Final = _("Signing in through the house didn't work. Please try again, or sign in with your password.")


class HouseSignIn(DefaultSocialAccountAdapter):
    """Leads from what the provider says to an account of the register; nothing of it is kept, and nobody signs up."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        """Never: people come into the register by the house's list."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Always ends here: at the desk, at the second step, or at the sign-in page with a sentence."""
        mail = vouched_mail(sociallogin.account.extra_data, trusted=settings.GIFTHORSE_OIDC_MAIL == "trusted")
        if not mail:
            raise ImmediateHttpResponse(_back(request, UNVERIFIED))
        account = account_of_mail(mail)
        if account is None:
            raise ImmediateHttpResponse(_back(request, UNKNOWN))
        raise ImmediateHttpResponse(perform_login(request, account, redirect_url=sociallogin.get_redirect_url(request)))

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
        """Back at the sign-in page, with a sentence."""
        raise ImmediateHttpResponse(_back(request, FAILED))


@require_safe
def to_the_house(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """On the way to the house's provider. A link, not a form: the policy lets forms lead nowhere but to the desk itself."""
    return _guarded(openid_connect.login, request, provider_id)


@require_safe
def back_from_the_house(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The way back, with the provider's answer."""
    return _guarded(openid_connect.callback, request, provider_id)


def vouched_mail(told: dict[str, Any], *, trusted: bool) -> str:
    """The mail address in the provider's answer, or nothing when nobody vouches for it.

    *trusted* takes the silence of providers that keep the addresses themselves; a plain no counts always. Where the answer has two
    parts they must be about the same person (OpenID Connect Core 1.0, 5.3.2).
    """
    parts = [part for part in (told.get("userinfo"), told.get("id_token")) if isinstance(part, dict)]
    if not parts or len({part.get("sub") for part in parts}) != 1 or not parts[0].get("sub"):
        return ""
    for part in parts:
        mail, verified = part.get("email"), part.get("email_verified")
        if isinstance(mail, str) and mail:
            return mail if verified is True or (trusted and verified is None) else ""
    return ""


def _guarded(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The answer of *view*; a provider whose answers lack what the standard asks for is no reason for a broken page."""
    try:
        answer: HttpResponseBase = view(request, provider_id)
    except (KeyError, TypeError, ValueError):
        return _back(request, FAILED)
    return answer


def _back(request: HttpRequest, sentence: Any) -> HttpResponse:
    messages.error(request, str(sentence))
    return redirect("account_login")
