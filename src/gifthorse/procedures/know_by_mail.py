"""Whose mail address it is: for signing in through the house's own provider, which vouches for the address."""

from typing import Final

from gifthorse.procedures.acting import now
from gifthorse.procedures.compare_people import has_left
from gifthorse.procedures.kept_people import kept_by_id
from gifthorse.procedures.person_words import PERSON
from gifthorse.store import search_index
from gifthorse.store.tables.account import Account

LONGEST: Final = 320  # RFC 3696, erratum 1690: 64 before the @ and 255 after


def account_of_mail(untrusted_mail: str) -> Account | None:
    """The open account of the one person in the register with exactly this mail address; None when there is none, or more than one.

    The index of words finds who may be meant (no table holds an address in clear); the sealed identity of each then decides.
    """
    mail = untrusted_mail.strip().casefold()
    if not mail or len(mail) > LONGEST:
        return None
    ids = [record for _kind, record in search_index.find(mail, kinds=[PERSON])]
    meant = [kept for kept in kept_by_id(ids).values() if kept.told("mail").casefold() == mail]
    if len(meant) != 1 or has_left(meant[0], now().date()):
        return None
    account = meant[0].account
    return account if account is not None and account.is_active else None
