"""People and items for the tests of procedures, made through the procedures themselves."""

from collections.abc import Callable

import pytest

from gifthorse.model.custody import ItemKind
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.procedures.keep_accounts import create
from gifthorse.procedures.report_gift import report_gift
from gifthorse.report.gift import GiftReport
from gifthorse.store.tables.item import Item

PASSWORD = "quiet harbour 1847 lantern"
ROLES: dict[str, tuple[Role, ...]] = {
    "staff": (Role.STAFF,),
    "colleague": (Role.STAFF,),
    "officer": (Role.STAFF, Role.OFFICER),
    "board": (Role.STAFF, Role.BOARD),
    "custodian": (Role.CUSTODIAN,),
    "auditor": (Role.AUDITOR,),
    "admin": (Role.ADMIN,),
    "research": (Role.RESEARCH_LEAD,),
}


@pytest.fixture
def actors(db: None) -> dict[str, Actor]:
    """One actor per entry of ROLES, each behind a real account."""
    return made_actors()


@pytest.fixture
def an_item(actors: dict[str, Actor]) -> Callable[..., Item]:
    """Makes an item that *reporter* was given."""
    return item_maker(actors)


def made_actors() -> dict[str, Actor]:
    """The actors of `actors`, for programs that are no test."""
    return {name: create(DESK_ITSELF, name, PASSWORD, roles, {"name": f"Name of {name}"}).as_actor() for name, roles in ROLES.items()}


def item_maker(actors: dict[str, Actor]) -> Callable[..., Item]:
    """What `an_item` gives, for programs that are no test."""

    def make(reporter: str = "staff", **answers: object) -> Item:
        report = GiftReport(**{"kind": ItemKind.MEMORY_STICK, "giver": "A. Nonymous", "said": "With our compliments"} | answers)
        return report_gift(actors[reporter], report)

    return make
