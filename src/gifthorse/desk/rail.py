"""The narrow rail at the side of every page: the few sections that somebody's roles lead to."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.addresses import away, register, reports, threads, travel
from gifthorse.desk.labels import ROLES
from gifthorse.desk.requests import has_role, signed_in
from gifthorse.desk.section import Section
from gifthorse.model.roles import Role

ITEM_PAGES = frozenset({"item", "receipt", "inspection", "contents", "compare", "withdraw"})
SECTIONS = (
    Section(name=_("Today"), route="home", roles=frozenset(Role), pages=frozenset({"home"})),
    Section(name=_("I was given something"), route="report", roles=frozenset({Role.STAFF}), pages=frozenset({"report"})),
    Section(name=_("Items"), route="items", roles=frozenset({Role.OFFICER}), pages=ITEM_PAGES | {"items"}),
    Section(name=_("My items"), route="my_items", roles=frozenset({Role.STAFF}), pages=ITEM_PAGES | {"my_items"}),
    Section(name=_("Release a name"), route="release", roles=frozenset({Role.CUSTODIAN}), pages=frozenset({"release"})),
    Section(name=_("Erase"), route="erase", roles=frozenset({Role.CUSTODIAN}), pages=frozenset({"erase"})),
    Section(name=_("Ledger"), route="ledger", roles=frozenset({Role.AUDITOR}), pages=frozenset({"ledger", "trail"})),
    Section(name=_("Check records"), route="verify", roles=frozenset({Role.AUDITOR}), pages=frozenset({"verify"})),
    Section(name=_("Figures"), route="figures", roles=frozenset({Role.AUDITOR}), pages=frozenset({"figures"})),
    Section(
        name=_("Accounts"), route="accounts", roles=frozenset({Role.ADMIN}), pages=frozenset({"accounts", "new_account", "account_roles"})
    ),
)


def rail(request: HttpRequest) -> dict[str, Any]:
    """What the layout needs on every page: the sections, which of them is current, and who is signed in."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"sections": (), "account": None}
    page = request.resolver_match.url_name if request.resolver_match else ""
    every = (*SECTIONS[:1], *reports.SECTIONS, *travel.SECTIONS, *away.SECTIONS, *SECTIONS[1:], *threads.SECTIONS, *register.SECTIONS)
    shown = [section for section in every if has_role(request, *section.roles)]
    current = next((section.route for section in shown if page in section.pages), "")
    account = signed_in(request)
    return {
        "sections": [{"name": section.name, "address": reverse(section.route), "current": section.route == current} for section in shown],
        "account": account,
        "account_roles": [ROLES[Role(role)] for role in account.roles],
    }
