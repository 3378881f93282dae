"""What waits is told by mail: that something waits, and where the desk is. Never what, never who, never a number."""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from gifthorse.model.errors import KeyMissing
from gifthorse.model.roles import DESK_ITSELF, Procedure, Relation
from gifthorse.procedures.acting import act, now
from gifthorse.procedures.notices import NoticeKind
from gifthorse.store import vault
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.person import Person

MOST_PEOPLE: Final = 200
TOGETHER: Final = timedelta(hours=1)  # what comes within an hour of the last mail waits, and goes out as one
TRIED_FOR: Final = timedelta(days=3)
# One address that a mail header takes as one: no list, no group, no quoting, nothing that a header decodes.
ADDRESS: Final = re.compile(
    r"(?!.*=\?)[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff@,;:<>()\[\]\"\\]+@[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff@,;:<>()\[\]\"\\]+"
)
AT_ONCE: Final = frozenset({NoticeKind.SEALED_REPORT.value, NoticeKind.STAND_IN.value})


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """One mail to one of ours, in their `language` (empty: that of the desk); `number` counts what waits, `urgent` asks to look now."""

    to: str
    number: int
    urgent: bool
    language: str = ""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """How many mails went out, and to whom (opaque ids) one didn't: they are tried again."""

    mails: int
    failed: tuple[str, ...]


def send_due(send: Callable[[Mail], None], *, leave_out: Collection[str] = ()) -> Sent:
    """Each person for whom something waits, but *leave_out*, was sent one mail for all of it.

    *send* raises OSError when a mail can't be delivered now; after three days of that a notice is given up, and says so on record.
    """
    moment = now()
    waiting = _waiting(moment, leave_out)
    people = Person.objects.filter(pk__in=waiting).select_related("identity__key", "placement")
    mails, failed = 0, []
    for person in people:
        notices = waiting[person.pk]
        mail = _mail(person, notices)
        if mail is None:
            _note(notices, gave_up=True)
            continue
        try:
            send(mail)
        except OSError:
            failed.append(person.pk)
            _note([one for one in notices if one.created_at < moment - TRIED_FOR], gave_up=True)
        else:
            mails += 1
            _note(notices, gave_up=False)
    return Sent(mails=mails, failed=tuple(failed))


def _waiting(moment: datetime, leave_out: Collection[str]) -> dict[str, list[Notice]]:
    due = Notice.objects.filter(sent_at__isnull=True, gave_up=False, not_before__lte=moment)
    rows = list(due.exclude(person__in=leave_out).order_by("not_before", "pk")[: MOST_PEOPLE * 5])
    people = {row.person_id for row in rows}
    lately = set(Notice.objects.filter(person__in=people, sent_at__gt=moment - TOGETHER).values_list("person_id", flat=True))
    found: dict[str, list[Notice]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    pressing = {person for person, some in found.items() if any(one.kind in AT_ONCE for one in some)}
    return {person: some for person, some in list(found.items())[:MOST_PEOPLE] if person not in lately or person in pressing}


def _mail(person: Person, notices: Collection[Notice]) -> Mail | None:
    """The mail, None where nobody could get it: no address or none that mail knows, an erased identity, a closed account."""
    if not Account.objects.filter(person_id=person.pk, is_active=True).exists():
        return None
    try:
        address = str(vault.open_json(person.identity).get("mail", "")).strip()
    except KeyMissing:
        return None
    if not ADDRESS.fullmatch(address):
        return None
    placement = getattr(person, "placement", None)
    urgent = any(one.kind in AT_ONCE for one in notices)
    return Mail(to=address, number=len(notices), urgent=urgent, language=placement.language if placement else "")


def _note(notices: Iterable[Notice], *, gave_up: bool) -> None:
    some = list(notices)
    if not some:
        return
    with act(DESK_ITSELF, Procedure.SEND_NOTICES, Relation.OTHERS, subject=some[0].pk) as deed:
        for notice in some:
            notice.gave_up = gave_up
            notice.sent_at = None if gave_up else deed.moment
            deed.keep(notice)
