"""Mails that came to the desk's mailbox in somebody's name without proof that they sent them: held, sealed, until that person says.

Nobody else reads a held mail, and it is no report. The notice that it is there points to the sealed mail; that is all that is kept of it.
The person says that they forwarded it (it becomes an invitation of theirs that is checked), or that they did not: then it becomes a
report of theirs about a mail in their name, with the mail beside it, inspected before an officer opens it. What nobody answers is
erased after ninety days; the mailbox has the original.
"""

from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import Final

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from gifthorse.model.errors import NotFound
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import DESK_ITSELF, Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, Deed, act, authorise, now
from gifthorse.procedures.check_invitation import NAME, check_invitation
from gifthorse.procedures.enclose import begin
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.tell import tell
from gifthorse.report.mail_text import cleaned, decoded
from gifthorse.store import vault
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.sealed import Sealed

MOST_EACH: Final = 20  # for one person
MOST: Final = 500  # for all together: a flood of forged mails stays in the mailbox
KEPT_FOR: Final = timedelta(days=90)
LONGEST_HEAD: Final = 64 * 1024
LONGEST_SUBJECT: Final = 200
CHUNK: Final = 1 << 20


class HeldMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that waits for one person's word: when it came, until when it is kept, and its subject line."""

    id: str
    came_at: datetime
    until: datetime
    untrusted_subject: str


def hold(person: str, untrusted_mail: bytes) -> bool:
    """Whether the mail is held for *person*, who hears of it; False where too many are held already, and nothing was kept."""
    if _waiting().count() >= MOST or _waiting(person=person).count() >= MOST_EACH:
        return False
    with act(DESK_ITSELF, Procedure.SEND_NOTICES, Relation.OTHERS) as deed:
        sealed = deed.note(vault.keep(untrusted_mail, moment=deed.moment))
        deed.subject = sealed.pk
        notify(deed, [person], NoticeKind.MAIL_HELD, sealed.pk)
    return True


def held_for(actor: Actor) -> tuple[HeldMail, ...]:
    """The mails that wait for the actor's word, oldest first. Raises Refused."""
    authorise(actor, Procedure.CHECK_INVITATION, Relation.NONE)
    notices = list(_waiting(person=actor.person))
    mails = Sealed.objects.select_related("key").in_bulk([notice.subject for notice in notices])
    return tuple(
        HeldMail(
            id=notice.pk,
            came_at=notice.created_at,
            until=notice.created_at + KEPT_FOR,
            untrusted_subject=_subject(next(vault.read_out(mails[notice.subject]), b"")),
        )
        for notice in notices
    )


def held_number(actor: Actor) -> int:
    """How many mails wait for the actor's word. Raises Refused."""
    authorise(actor, Procedure.CHECK_INVITATION, Relation.NONE)
    return _waiting(person=actor.person).count()


def held_at_all(actor: Actor) -> int:
    """How many mails wait for the word of those whose names they bear: for officers, a figure and no more. Raises Refused."""
    authorise(actor, Procedure.VIEW_REPORT, Relation.OTHERS)
    return _waiting().count()


def say_mine(actor: Actor, held_id: str) -> Report:
    """The actor forwarded it: it is checked, and kept with a report of theirs. Raises NotFound, or as `check_invitation`."""
    authorise(actor, Procedure.CHECK_INVITATION, Relation.NONE)
    untrusted_mail = vault.open_sealed(_sealed(actor, held_id))
    return check_invitation(actor, untrusted_mail, also=lambda deed, _report: _let_go(deed, actor, held_id)).report


def say_not_mine(actor: Actor, held_id: str, said: str) -> Report:
    """The actor did not send it: a report that says so in the words *said*, with the mail beside it. Raises NotFound or Refused."""
    authorise(actor, Procedure.CHECK_INVITATION, Relation.NONE)
    sealed = _sealed(actor, held_id)
    with transaction.atomic():
        report = tell(actor, ReportKind.SOMETHING_ELSE, {"words": said})
        arrival = begin(actor, report.pk, NAME)
        for chunk in vault.read_out(sealed):
            arrival.write(chunk)
        arrival.finish()
        with act(actor, Procedure.CHECK_INVITATION, Relation.NONE, subject=held_id) as deed:
            _let_go(deed, actor, held_id)
    return report


def erase_unanswered(most: int = 100) -> list[str]:
    """The ids of held mails that nobody answered in time, erased by the desk, each with an entry of its own."""
    late = _waiting(created_at__lte=now() - KEPT_FOR)[:most]
    rows = Sealed.objects.select_related("key").in_bulk([notice.subject for notice in late])
    for sealed in rows.values():
        with act(DESK_ITSELF, Procedure.ERASE_REPORT, Relation.OTHERS, subject=sealed.pk) as deed:
            deed.note(vault.destroy(sealed))
    return list(rows)


def _let_go(deed: Deed, actor: Actor, held_id: str) -> None:
    """The held mail is erased: it lives on with the report. Raises NotFound when that happened meanwhile."""
    held = Sealed.objects.select_for_update(of=("self",)).select_related("key").get(pk=_sealed(actor, held_id).pk)
    if held.erased:
        raise NotFound(NOT_THERE)
    deed.note(vault.destroy(held))


def _sealed(actor: Actor, held_id: str) -> Sealed:
    notice = _waiting(person=actor.person, pk=held_id).first()
    if notice is None:
        raise NotFound(NOT_THERE)
    return Sealed.objects.select_related("key").get(pk=notice.subject)


def _waiting(**narrowed: object) -> QuerySet[Notice]:
    """The notices of mails that are still held, oldest first."""
    held = Sealed.objects.filter(erased=False).values("pk")
    return Notice.objects.filter(kind=NoticeKind.MAIL_HELD.value, subject__in=held, **narrowed).order_by("created_at", "pk")


def _subject(untrusted_mail: bytes) -> str:
    try:
        message = BytesHeaderParser(policy=compat32).parsebytes(untrusted_mail[:LONGEST_HEAD])
        written = next((value for name, value in message.raw_items() if name.lower() == "subject"), "")
        return cleaned(decoded(str(written).encode("utf-8", "surrogateescape").decode("utf-8", "replace"), LONGEST_SUBJECT))
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return ""
