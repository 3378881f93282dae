"""Sign-in accounts: a login name that need not be a real name, the roles, and the person behind it."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gifthorse.model.roles import Actor, Role
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record


class AccountLookup(BaseUserManager["Account"]):
    """Finds accounts by login name; accounts are made by the procedure `create_account` alone."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account with this login name, in any case of letters."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser, Record):
    """An account. The password hash and the last sign-in are Django's business and not covered by the ledger."""

    PREFIX: ClassVar[str] = "account"
    UNRECORDED: ClassVar[frozenset[str]] = frozenset({"password", "last_login"})
    USERNAME_FIELD = "username"

    username = models.CharField(max_length=64, unique=True)
    roles = models.JSONField(default=list)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)

    objects = AccountLookup()

    class Meta:
        db_table = "account"

    def as_actor(self) -> Actor:
        """The actor that procedures check."""
        return Actor(person=self.person_id, roles=frozenset(Role(role) for role in self.roles))
