"""Where people stand in the house: unit, duties, time zone, last day; and the first password of an account that has none."""

import secrets
from datetime import date, timedelta
from typing import Final
from zoneinfo import available_timezones

import msgspec
from django.db.models import QuerySet

from gifthorse.brief.kinds import RoleKind
from gifthorse.model.errors import NotAccepted, NotFound, WrongState
from gifthorse.model.roles import DESK_ITSELF, Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act, now, relation_to
from gifthorse.procedures.keeping_many import change_all, sealed_anew
from gifthorse.procedures.kept_people import KeptPerson, kept_by_id
from gifthorse.procedures.person_words import PERSON, noted
from gifthorse.store import search_index
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.placement import Placement, Unit

PASSWORD_BYTES: Final = 12  # 16 characters, 96 bits
LONGEST_UNIT: Final = 120
SUBJECT: Final = "people"


class PlaceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody stands: `unit` by its title, a new one is made; `zone` is an IANA name; `stands_in` for an officer who is away."""

    name: str
    mail: str = ""
    unit: str = ""
    duty_kind: str = ""
    signs: bool = False
    zone: str = ""
    language: str = ""
    leaving_on: date | None = None
    stands_in: bool = False


def place(actor: Actor, person_id: str, facts: PlaceFacts) -> Placement:
    """The person's place, as *facts* say. An account ends with the last day. Raises NotAccepted, NotFound or Refused."""
    kept = _kept(person_id)
    with act(actor, Procedure.KEEP_PEOPLE, relation_to(actor, person_id), subject=person_id) as deed:
        _check(actor, person_id, facts, deed.moment.date())
        _rename(deed, kept, facts)
        placement = kept.placement or Placement(person=kept.person)
        for field in ("duty_kind", "signs", "zone", "language", "leaving_on", "stands_in"):
            setattr(placement, field, getattr(facts, field))
        placement.unit = _unit(deed, " ".join(facts.unit.split()))
        deed.keep(placement)
        account = kept.account
        if account is not None and account.is_active and facts.leaving_on is not None and facts.leaving_on <= deed.moment.date():
            account.is_active = False
            deed.keep(account)
        return placement


def close_leavers(actor: Actor, *, until: date | None = None) -> int:
    """How many accounts of people whose last day is *until* (today) or before were still open; they are closed now, but for the actor's."""
    with act(actor, Procedure.KEEP_PEOPLE, Relation.OTHERS, subject=SUBJECT) as deed:
        accounts = list(_still_open(until or deed.moment.date()).exclude(person_id=actor.person))
        for account in accounts:
            account.is_active = False
        change_all(deed, accounts, "is_active")
        return len(accounts)


def close_leavers_today() -> int:
    """How many accounts the desk itself closed because the last day of their people was yesterday or before.

    On the last day itself people still tell and hand in. Nothing is written when there is nobody.
    """
    yesterday = now().date() - timedelta(days=1)
    return close_leavers(DESK_ITSELF, until=yesterday) if _still_open(yesterday).exists() else 0


def _still_open(until: date) -> QuerySet[Account]:
    return Account.objects.filter(is_active=True, person__placement__leaving_on__lte=until)


def give_first_password(actor: Actor, person_id: str) -> str:
    """A fresh password for an account that has none that works, to be shown once. Raises WrongState for any other account.

    Nobody's working password can be replaced in this way: an administrator must not get into the account of a custodian.
    """
    kept = _kept(person_id)
    with act(actor, Procedure.KEEP_PEOPLE, relation_to(actor, person_id), subject=person_id) as deed:
        if kept.account is None or not kept.account.is_active:
            raise WrongState(N_("This person has no open account. Give them a login name in the list of people first."))
        if kept.account.has_usable_password():
            raise WrongState(N_("This account has a password already. It can be changed by its owner alone."))
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        kept.account.set_password(password)
        deed.keep(kept.account)
        return password


def _kept(person_id: str) -> KeptPerson:
    kept = kept_by_id([person_id]).get(person_id)
    if kept is None or kept.erased:
        raise NotFound(NOT_THERE)
    return kept


def _check(actor: Actor, person_id: str, facts: PlaceFacts, today: date) -> None:
    if not facts.name.strip():
        raise NotAccepted(N_("Please enter the person's name. It is kept encrypted."), field="name")
    if len(facts.unit) > LONGEST_UNIT:
        raise NotAccepted(N_("Please shorten the department to 120 characters."), field="unit")
    if facts.duty_kind and facts.duty_kind not in set(RoleKind):
        raise NotAccepted(N_("Please choose what the person does from the list."), field="duty_kind")
    if facts.zone and facts.zone not in available_timezones():
        raise NotAccepted(N_("This is no time zone. Write it as Europe/Berlin."), field="zone")
    if person_id == actor.person and facts.leaving_on is not None and facts.leaving_on <= today:
        raise NotAccepted(N_("Nobody closes their own account. Please ask another administrator."), field="leaving_on")


def _rename(deed: Deed, kept: KeptPerson, facts: PlaceFacts) -> None:
    told = {"name": " ".join(facts.name.split()), "mail": facts.mail.strip().lower()}
    identity = {**kept.identity, **told}
    if identity == kept.identity or (
        not told["mail"] and {**kept.identity, "name": told["name"]} == kept.identity and not kept.told("mail")
    ):
        return
    kept.person.identity = sealed_anew(deed, kept.person.identity, identity)
    deed.keep(kept.person)
    search_index.note_many(PERSON, [noted(kept.id, identity)])


def _unit(deed: Deed, title: str) -> Unit | None:
    if not title:
        return None
    return Unit.objects.filter(title__iexact=title).first() or deed.keep(Unit(title=title))
