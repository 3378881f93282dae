"""The reports' part of the worker: what came in is inspected, people are reminded and told, what is past its time is erased.

Each runs in a thread of its own until *over*. What a crash interrupted is simply still waiting; a trouble with one thing keeps no other
from being done.
"""

import imaplib
import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from django.db import DatabaseError, close_old_connections, connection

BETWEEN_ENCLOSURES: Final = 1.0  # seconds
BETWEEN_NOTICES: Final = 10.0
BETWEEN_MAILBOXES: Final = 60.0
BETWEEN_ERASURES: Final = 300.0
LONGEST_WAIT: Final = 3600.0
logger = logging.getLogger(__name__)


def inspect_enclosures(over: threading.Event) -> None:
    """Until *over*: enclosures are inspected as they come."""
    from gifthorse.procedures import inspect_enclosure

    broken: set[str] = set()

    def look() -> None:
        for enclosure_id in inspect_enclosure.waiting():
            if over.is_set():
                return
            if enclosure_id not in broken and not _done(enclosure_id, partial(inspect_enclosure.inspect_enclosure, enclosure_id)):
                broken.add(enclosure_id)

    _again_and_again(over, BETWEEN_ENCLOSURES, look, first=inspect_enclosure.take_up_again)


def remind_and_tell(over: threading.Event) -> None:
    """Until *over*: stand-ins are called, reminders made, and mails sent; who couldn't be reached is tried again later and later."""
    from gifthorse.desk.outgoing import sender
    from gifthorse.procedures.call_stand_ins import call_stand_ins
    from gifthorse.procedures.make_reminders import make_reminders
    from gifthorse.procedures.send_notices import send_due

    send, waits = sender(), Waits()

    def look() -> None:
        call_stand_ins()
        make_reminders()
        sent = send_due(send, leave_out=waits.not_yet())
        waits.note(sent.failed)
        if sent.failed:
            logger.warning("%d mails could not be sent now; they are tried again", len(sent.failed))

    _again_and_again(over, BETWEEN_NOTICES, look)


def read_mailbox(over: threading.Event) -> None:
    """Until *over*: forwarded invitations are checked; nothing where no mailbox is set."""
    from gifthorse.desk.mailbox import LeftUnread, Mailbox, fetch
    from gifthorse.procedures.take_mail import Senders, take_mail

    mailbox = Mailbox.from_environment()
    if not mailbox.host:
        return
    left = LeftUnread()

    def look() -> None:
        senders = Senders()
        try:
            fetched = fetch(mailbox, lambda mail: take_mail(mail, senders), left)
        except (OSError, imaplib.IMAP4.error) as error:
            logger.warning("The mailbox could not be read now: %s", type(error).__name__)
            return
        unread = (fetched.strangers, fetched.unreadable, fetched.too_large, fetched.no_room)
        if any(unread):
            logger.warning("Mails left unread: %d of strangers, %d unreadable, %d too large, %d because too many are held", *unread)

    _again_and_again(over, BETWEEN_MAILBOXES, look)


def close_accounts_of_leavers(over: threading.Event) -> None:
    """Until *over*: an account is closed once its person's last day is over."""
    from gifthorse.procedures.keep_people import close_leavers_today

    _again_and_again(over, BETWEEN_ERASURES, close_leavers_today)


def erase_what_is_due(over: threading.Event) -> None:
    """Until *over*: closed reports past their time are erased, and mails that nobody said were theirs."""
    from gifthorse.procedures.erase_reports import erase_due
    from gifthorse.procedures.held_mails import erase_unanswered

    def look() -> None:
        _all(erase_due)
        _all(erase_unanswered)

    _again_and_again(over, BETWEEN_ERASURES, look)


class Waits:
    """Who is not tried for a while: twice as long after each failure, an hour at most. Counted in looks, so that no clock is asked."""

    def __init__(self, seconds: float = BETWEEN_NOTICES) -> None:
        self._most = int(LONGEST_WAIT / seconds)
        self._looks = 0
        self._until: dict[str, tuple[int, int]] = {}

    def not_yet(self) -> frozenset[str]:
        """Who is left out at this look."""
        self._looks += 1
        return frozenset(person for person, (until, _step) in self._until.items() if until > self._looks)

    def note(self, failed: tuple[str, ...]) -> None:
        """These could not be reached at this look; everybody else who was due has been."""
        for person in [one for one, (until, _step) in self._until.items() if until <= self._looks and one not in failed]:
            del self._until[person]
        for person in failed:
            step = min(self._until.get(person, (0, 3))[1] * 2, self._most)
            self._until[person] = (self._looks + step, step)


def _all(some: Callable[[], list[str]]) -> None:
    while some():
        pass


def _again_and_again(over: threading.Event, seconds: float, look: Callable[[], object], first: Callable[[], object] = lambda: None) -> None:
    """*first* once and *look* again and again until *over*, each with a fresh connection where the old one has ended."""
    begun = False
    try:
        while not over.wait(seconds):
            close_old_connections()
            try:
                if not begun:
                    first()
                    begun = True
                look()
            except DatabaseError:  # away for a moment; what waits is still waiting afterwards
                logger.exception("The database could not be asked")
            except Exception:
                logger.exception("A look of the worker broke off; the next one comes")
    finally:
        connection.close()


def _done(record: str, deed: Callable[[], object]) -> bool:
    """False when it should not be tried again in this process."""
    try:
        deed()
    except DatabaseError:
        logger.exception("%s could not be inspected now", record)
    except Exception:
        logger.exception("%s could not be inspected", record)
        return False
    return True
