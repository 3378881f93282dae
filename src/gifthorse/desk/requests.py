"""What a request tells: who asks, and from which kind of page."""

from typing import cast

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from gifthorse.model.roles import Actor, Role
from gifthorse.store.tables.account import Account

FURTHEST_PAGE = 1_000_000
SECOND_FACTOR_SEEN = "second_factor"


def signed_in(request: HttpRequest) -> Account:
    """The account that asks; only called behind the gate."""
    return cast(Account, request.user)


def actor(request: HttpRequest) -> Actor:
    """The actor that procedures check."""
    return signed_in(request).as_actor()


def has_role(request: HttpRequest, *roles: Role) -> bool:
    """Whether the account has one of *roles*, for choosing what to show; permission is the procedures' business."""
    return not set(roles).isdisjoint(signed_in(request).roles)


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def page_number(request: HttpRequest) -> int:
    """The page of a list that is asked for; the first for anything that is no page."""
    asked = request.GET.get("page", "")
    return min(int(asked[:9]), FURTHEST_PAGE) if asked.isdecimal() else 1


def second_factor_is_set(request: HttpRequest) -> bool:
    """Whether the account has an authenticator app or a passkey; remembered in the session once it is so."""
    if request.session.get(SECOND_FACTOR_SEEN):
        return True
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    is_set = bool(Authenticator.objects.filter(user=signed_in(request), type__in=kinds).exists())
    if is_set:
        request.session[SECOND_FACTOR_SEEN] = True
    return is_set
