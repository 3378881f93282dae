"""Mails to the desk's mailbox: a report only where our own server vouches for the sender; held for whoever is named otherwise."""

from datetime import timedelta

import pytest

from gifthorse.model.errors import NotAccepted, NotFound, Refused
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.procedures import held_mails, house_settings, keep_accounts
from gifthorse.procedures.acting import as_of, now
from gifthorse.procedures.inspect_enclosure import waiting
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.notices import NoticeKind
from gifthorse.procedures.send_notices import send_due
from gifthorse.procedures.take_mail import Head, Senders, Taken, head_of, take_mail
from gifthorse.procedures.tell import as_told
from gifthorse.store import vault
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.report import Enclosure, Report
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.verify import verify
from tests.report.mails import OURS, authenticated, forwarded, mail
from tests.samples.people import PASSWORD

pytestmark = pytest.mark.django_db
HOME = "kestrelworks.example"
INVITATION = mail(sender="Dr Ada Lind <ada.lind@opticsforum.example>", text="We pay your flight and a fee of 3,000.")
WITHOUT_PROOF = forwarded(INVITATION)


def with_result(result: str = "pass", *, domain: str = HOME, server: str = OURS) -> bytes:
    """The forwarded mail with the header that a receiving server put above it."""
    name, value = authenticated(result, domain, server)
    return f"{name}: {value}\r\n".encode() + WITHOUT_PROOF


@pytest.fixture
def sam(actors):
    house_settings.set_setting(actors["officer"], house_settings.MAIL_SERVERS, [OURS])
    identity = {"name": "Sam", "mail": f"Sam@{HOME}"}
    return keep_accounts.create(DESK_ITSELF, "sam", PASSWORD, [Role.STAFF], identity).as_actor()


def notices_of(actor) -> list[str]:
    return list(Notice.objects.filter(person_id=actor.person).order_by("created_at").values_list("kind", flat=True))


def test_a_mail_that_our_server_vouches_for_is_a_report_of_its_sender_who_hears_of_it(sam):
    assert take_mail(with_result(), Senders()) is Taken.CHECKED
    report = Report.objects.get()
    assert report.reporter_id == sam.person
    assert kept_contact(report.contact).facts.mails == ("ada.lind@opticsforum.example",)
    assert notices_of(sam) == [NoticeKind.MAIL_TAKEN]


@pytest.mark.parametrize(
    "content",
    [
        WITHOUT_PROOF,
        with_result("fail"),
        with_result("none"),
        with_result(domain="elsewhere.example"),
        with_result(server="mx.elsewhere.example"),
        b"From: sam@kestrelworks.example\r\n" + with_result(),
    ],
    ids=["no result", "failed", "none", "another's domain", "another's server", "two senders"],
)
def test_a_mail_without_proof_puts_nothing_into_anybodys_mouth_and_is_held_for_whoever_it_names(sam, content):
    assert take_mail(content, Senders()) is Taken.HELD
    assert not Report.objects.exists()
    assert notices_of(sam) == [NoticeKind.MAIL_HELD]
    held = held_mails.held_for(sam)
    assert [one.untrusted_subject for one in held] == ["Fwd: look"]
    assert verify().damages == ()


def test_where_no_server_is_named_nobody_is_verified(sam, actors):
    house_settings.set_setting(actors["officer"], house_settings.MAIL_SERVERS, [])
    assert take_mail(with_result(), Senders()) is Taken.HELD


def test_the_mail_about_a_held_mail_says_that_something_waits_and_no_more(sam):
    take_mail(WITHOUT_PROOF, Senders())
    sent = []
    with as_of(now() + timedelta(days=1)):
        send_due(sent.append)
    assert [(one.to, one.number, one.urgent) for one in sent if one.to.startswith("Sam")] == [(f"Sam@{HOME}", 1, False)]


def test_said_to_be_theirs_it_is_checked_and_the_held_copy_is_gone(sam):
    take_mail(WITHOUT_PROOF, Senders())
    (held,) = held_mails.held_for(sam)
    report = held_mails.say_mine(sam, held.id)
    assert (report.reporter_id, report.kind) == (sam.person, "invitation")
    assert held_mails.held_for(sam) == ()
    with pytest.raises(NotFound):
        held_mails.say_mine(sam, held.id)
    assert Report.objects.count() == 1
    assert verify().damages == ()


def test_said_not_to_be_theirs_the_desk_hears_it_in_their_words_with_the_mail_beside_it(sam):
    take_mail(WITHOUT_PROOF, Senders())
    (held,) = held_mails.held_for(sam)
    report = held_mails.say_not_mine(sam, held.id, "I did not send it.")
    assert [answer.text for answer in as_told(report).given] == ["I did not send it."]
    enclosure = Enclosure.objects.select_related("content__key").get(report=report)
    assert vault.open_sealed(enclosure.content) == WITHOUT_PROOF
    assert waiting() == [enclosure.pk]
    assert held_mails.held_number(sam) == 0
    assert verify().damages == ()


def test_a_held_mail_that_cannot_be_read_stays_until_its_owner_says_that_it_is_not_theirs(sam):
    content = b"From: sam@kestrelworks.example\r\n\r\n" + b"boundary " * 200
    take_mail(content, Senders())
    (held,) = held_mails.held_for(sam)
    with pytest.raises(NotAccepted):
        held_mails.say_mine(sam, held.id)
    assert held_mails.held_number(sam) == 1
    held_mails.say_not_mine(sam, held.id, "Not mine.")
    assert held_mails.held_number(sam) == 0


def test_nobody_else_sees_or_answers_a_held_mail_and_officers_see_the_figure_alone(sam, actors):
    take_mail(WITHOUT_PROOF, Senders())
    (held,) = held_mails.held_for(sam)
    assert held_mails.held_for(actors["colleague"]) == ()
    for say in (
        lambda: held_mails.say_mine(actors["colleague"], held.id),
        lambda: held_mails.say_not_mine(actors["colleague"], held.id, "x"),
    ):
        with pytest.raises(NotFound):
            say()
    assert held_mails.held_at_all(actors["officer"]) == 1
    for login in ("auditor", "custodian"):
        with pytest.raises((Refused, NotFound)):
            held_mails.held_at_all(actors[login])
    assert not Report.objects.exists()


def test_what_nobody_answers_is_erased_after_ninety_days_and_not_before(sam):
    take_mail(WITHOUT_PROOF, Senders())
    with as_of(now() + timedelta(days=89)):
        assert held_mails.erase_unanswered() == []
    with as_of(now() + timedelta(days=91)):
        assert len(held_mails.erase_unanswered()) == 1
        assert held_mails.held_for(sam) == ()
        assert held_mails.erase_unanswered() == []
    assert verify().damages == ()


def test_a_flood_of_forged_mails_stays_in_the_mailbox(sam):
    before = Sealed.objects.count()
    became = [take_mail(WITHOUT_PROOF, Senders()) for _ in range(held_mails.MOST_EACH + 1)]
    assert became == [Taken.HELD] * held_mails.MOST_EACH + [Taken.NO_ROOM]
    assert Sealed.objects.count() == before + held_mails.MOST_EACH


@pytest.mark.parametrize(
    "sender",
    ["Eve <eve@elsewhere.example>", "", "sam@kestrelworks.example, eve@elsewhere.example", "sam@kestrelworks.example.evil.example"],
)
def test_a_stranger_tells_nothing(sam, sender):
    assert take_mail(mail(sender=sender) if sender else b"Subject: x\r\n\r\nhello", Senders()) is Taken.STRANGER
    assert not Report.objects.exists()
    assert held_mails.held_number(sam) == 0


def test_the_outer_sender_is_read_and_not_that_of_the_mail_within():
    assert head_of(WITHOUT_PROOF, frozenset({OURS})) == Head(address=f"sam@{HOME}", verified=False)
    assert head_of(with_result(), frozenset({OURS})) == Head(address=f"sam@{HOME}", verified=True)
    assert head_of(b"From: a@b.example\r\nFrom: c@d.example\r\n\r\n", frozenset({OURS})) == Head()
