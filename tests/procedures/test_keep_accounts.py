import pytest

from gifthorse.model.errors import NotAccepted, Refused
from gifthorse.model.roles import Actor, Role
from gifthorse.procedures.keep_accounts import accounts, change_roles, close, create
from gifthorse.store.tables.account import Account

pytestmark = pytest.mark.django_db
GOOD = "quiet harbour 1847 lantern"


def test_an_account_holds_no_name_and_no_address(actors: dict[str, Actor]) -> None:
    create(actors["admin"], "m.k", GOOD, [Role.STAFF], {"name": "Mira Kanafi", "mail": "mira@kanafi.example"})
    row = str(Account.objects.filter(username="m.k").values().get())
    assert "Mira" not in row
    assert "kanafi.example" not in row


@pytest.mark.parametrize(
    ("username", "password", "roles", "identity", "field"),
    [
        ("", GOOD, [Role.STAFF], {"name": "N"}, "username"),
        ("Staff", GOOD, [Role.STAFF], {"name": "N"}, "username"),
        ("new", "short", [Role.STAFF], {"name": "N"}, "password"),
        ("new", GOOD, [], {"name": "N"}, "roles"),
        ("new", GOOD, [Role.DESK], {"name": "N"}, "roles"),
        ("new", GOOD, [Role.STAFF], {"name": " "}, "name"),
    ],
)
def test_what_does_not_fit_is_sent_back_to_its_field(actors: dict[str, Actor], username, password, roles, identity, field) -> None:
    with pytest.raises(NotAccepted) as refusal:
        create(actors["admin"], username, password, roles, identity)
    assert refusal.value.field == field


def test_nobody_raises_their_own_roles(actors: dict[str, Actor]) -> None:
    own = Account.objects.get(username="admin")
    with pytest.raises(Refused):
        change_roles(actors["admin"], own.pk, [Role.ADMIN, Role.OFFICER])
    other = Account.objects.get(username="staff")
    assert change_roles(actors["admin"], other.pk, [Role.OFFICER, Role.STAFF]).roles == ["staff", "officer"]


def test_a_closed_account_is_kept_but_inactive(actors: dict[str, Actor]) -> None:
    account = Account.objects.get(username="staff")
    close(actors["admin"], account.pk)
    assert [a.is_active for a in accounts(actors["admin"]) if a.pk == account.pk] == [False]
    with pytest.raises(Refused):
        accounts(actors["officer"])
