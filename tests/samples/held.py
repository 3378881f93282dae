"""A mail in somebody's name that nobody vouches for."""

from gifthorse.model.roles import Actor
from gifthorse.procedures.held_mails import hold
from gifthorse.procedures.notices import NoticeKind
from gifthorse.store.tables.notice import Notice
from tests.report.mails import mail


def held(actor: Actor) -> str:
    """The id of a mail that is held for the actor."""
    hold(actor.person, mail())
    return Notice.objects.filter(person=actor.person, kind=NoticeKind.MAIL_HELD.value).order_by("-created_at")[0].pk
