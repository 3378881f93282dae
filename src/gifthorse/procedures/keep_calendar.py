"""One's duties as a calendar that a phone subscribes to, under an address that nobody can guess and that can be changed."""

import secrets
from collections.abc import Callable
from typing import Final

from gifthorse.brief.duties.calendar_feed import calendar_feed
from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import Phrase
from gifthorse.procedures.acting import NOT_THERE, act, authorise, now
from gifthorse.procedures.view_duties import feed_of
from gifthorse.store import search_index
from gifthorse.store.tables.duty import CalendarKey

SECRET_BYTES: Final = 24


def renew(actor: Actor) -> str:
    """The secret of the calendar's new address, told this once: the desk keeps a keyed digest. An older address is void."""
    with act(actor, Procedure.KEEP_CALENDAR, Relation.NONE) as deed:
        secret = secrets.token_urlsafe(SECRET_BYTES)
        row = CalendarKey.objects.filter(person_id=actor.person).first() or CalendarKey(person_id=actor.person)
        row.mark = _mark(secret)
        deed.keep(row)
        deed.subject = row.pk
        return secret


def has_calendar(actor: Actor) -> bool:
    """Whether the actor's calendar has an address. Raises Refused."""
    authorise(actor, Procedure.KEEP_CALENDAR, Relation.NONE)
    return CalendarKey.objects.filter(person_id=actor.person).exists()


def feed(untrusted_secret: str, say: Callable[[Phrase | str], str]) -> bytes:
    """The calendar of whoever's secret it is, with neutral titles alone, as an iCalendar file.

    Whoever has the address reads it, as calendar programs can't sign in. Raises NotFound, also for somebody who has left.
    """
    row = CalendarKey.objects.filter(mark=_mark(untrusted_secret), person__account__is_active=True).first()
    if row is None:
        raise NotFound(NOT_THERE)
    return calendar_feed(feed_of(row.person_id), now(), say)


def _mark(secret: str) -> str:
    # `mark` folds letters, so the secret goes in as its bytes in hexadecimal
    return search_index.mark("calendar " + secret.encode("utf-8", "surrogatepass").hex())
