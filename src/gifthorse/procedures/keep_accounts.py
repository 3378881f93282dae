"""Accounts: made, given roles and closed by administrators; the identity behind each goes to the vault."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gifthorse.model.errors import NotAccepted, NotFound
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, act, authorise, relation_to
from gifthorse.procedures.person_words import PERSON, noted
from gifthorse.store import search_index, vault
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.person import Person

PEOPLE_ROLES = frozenset(Role) - {Role.DESK}


def create(actor: Actor, username: str, password: str, roles: Iterable[Role], identity: Mapping[str, str]) -> Account:
    """The new account with its person. *identity* needs a "name" and may hold "mail", "phone", "unit".

    Raises NotAccepted for a login name that is taken or empty, a weak password, a missing name or no role.
    """
    with act(actor, Procedure.CREATE_ACCOUNT, Relation.NONE) as deed:
        login = username.strip().lower()
        _checked(login, password, identity)
        identity_sealed = deed.note(vault.keep_json(dict(identity), moment=deed.moment))
        person = deed.keep(Person(identity=identity_sealed))
        account = Account(username=login, roles=_role_list(roles), person=person)
        account.set_password(password)
        deed.keep(account)
        deed.subject = account.pk
        search_index.note_many(PERSON, [noted(person.pk, identity)])
        return account


def change_roles(actor: Actor, account_id: str, roles: Iterable[Role]) -> Account:
    """The account with exactly these roles. Nobody changes their own."""
    account = _account(account_id)
    with act(actor, Procedure.CHANGE_ROLES, relation_to(actor, account.person_id), subject=account.pk) as deed:
        account.roles = _role_list(roles)
        return deed.keep(account)


def close(actor: Actor, account_id: str) -> Account:
    """The account, which can't sign in any more; its records stay."""
    account = _account(account_id)
    with act(actor, Procedure.CLOSE_ACCOUNT, relation_to(actor, account.person_id), subject=account.pk) as deed:
        account.is_active = False
        return deed.keep(account)


def accounts(actor: Actor) -> list[Account]:
    """All accounts by login name. Raises Refused."""
    authorise(actor, Procedure.VIEW_ACCOUNTS, Relation.NONE)
    return list(Account.objects.order_by("username"))


def _account(account_id: str) -> Account:
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound(NOT_THERE)
    return account


def _role_list(roles: Iterable[Role]) -> list[str]:
    chosen = set(roles)
    if not chosen or not chosen <= PEOPLE_ROLES:
        raise NotAccepted(N_("Please choose at least one role."), field="roles")
    return [role.value for role in Role if role in chosen]


def _checked(login: str, password: str, identity: Mapping[str, str]) -> None:
    if not login or Account.objects.filter(username=login).exists():
        raise NotAccepted(N_("This login name is empty or already in use. Please choose another."), field="username")
    if not identity.get("name", "").strip():
        raise NotAccepted(N_("Please enter the person's name. It is kept encrypted."), field="name")
    try:
        validate_password(password)
    except ValidationError as error:
        raise NotAccepted(" ".join(error.messages), field="password") from error
