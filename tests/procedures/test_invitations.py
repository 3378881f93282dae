"""Invitations: read in a confined process, put on a card that never says "good", kept with a report; forwarded ones by their sender."""

import pytest

from gifthorse.model.errors import NotAccepted, NotFound, Refused
from gifthorse.procedures import house_settings
from gifthorse.procedures.check_invitation import card_of, check_invitation, reply_for
from gifthorse.procedures.confined_reading import read_confined
from gifthorse.procedures.inspect_enclosure import waiting
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.mail_files import Asked, read_with
from gifthorse.procedures.view_report import report_for
from gifthorse.report.invitation_card import Topic, Verified
from gifthorse.store.tables.report import Report
from tests.report.mails import OURS, authenticated, forwarded, mail
from tests.samples.documents import outlook_message

pytestmark = pytest.mark.django_db
INVITATION = mail(
    sender="Dr Ada Lind <ada.lind@opticsforum.example>",
    text="We pay your flight and a fee of 3,000. Please answer by tomorrow and tell nobody. See https://opticsforum.example/talk",
    headers=(("Received", "from x by mx"), authenticated("fail")),
)


@pytest.mark.parametrize(
    "content", [INVITATION, forwarded(INVITATION), outlook_message(html='<a href="http://a.example">b</a>')], ids=["eml", "fwd", "msg"]
)
def test_inside_the_same_is_read_as_outside(content):
    assert read_confined("mail", content, {}) == read_with(content, Asked())


def test_the_card_says_what_could_be_verified_and_both_sides_see_it(actors):
    house_settings.set_setting(actors["officer"], house_settings.OWN_DOMAINS, ["kestrelworks.example"])
    house_settings.set_setting(actors["officer"], house_settings.MAIL_SERVERS, [OURS])
    checked = check_invitation(actors["staff"], INVITATION)
    told = {line.topic: line for line in checked.card.lines}
    assert told[Topic.SPF].verified is Verified.NO
    assert told[Topic.DEADLINE].quotes
    assert card_of(actors["staff"], checked.report.pk) == card_of(actors["officer"], checked.report.pk) == checked.card


def test_the_invitation_becomes_a_report_with_its_sender_and_the_mail_waits_for_inspection(actors):
    report = check_invitation(actors["staff"], INVITATION).report
    view = report_for(actors["officer"], report.pk)
    assert (view.row.kind.value, view.row.state.value) == ("invitation", "read")
    assert kept_contact(report.contact).facts.mails == ("ada.lind@opticsforum.example",)
    assert [one.untrusted_name for one in view.enclosures] == ["invitation.eml"]
    assert waiting() == [one.id for one in view.enclosures]


def test_what_the_person_told_before_of_the_sender_is_on_the_card_and_what_others_told_is_not(actors):
    check_invitation(actors["colleague"], INVITATION)
    first = check_invitation(actors["staff"], INVITATION).card
    second = check_invitation(actors["staff"], INVITATION).card
    said = [next(line.saw.values for line in card.lines if line.topic is Topic.HISTORY) for card in (first, second)]
    assert [values["address"] for values in said] == ["0", "1"]


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x00" * 5000, bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)], ids=["empty", "text", "zeros", "compound"]
)
def test_what_is_no_mail_is_refused_with_what_to_do_and_nothing_is_kept(actors, content):
    with pytest.raises(NotAccepted) as refused:
        check_invitation(actors["staff"], content)
    assert refused.value.field == "file"
    assert not Report.objects.exists()


def test_an_outlook_file_is_read_from_its_properties():
    content = outlook_message(
        html='<a href="http://elsewhere.example/x">www.opticsforum.example</a>',
        headers="From: Ada Lind <ada@opticsforum.example>\r\nSubject: A talk\r\nContent-Type: text/plain\r\n\r\n",
        attachments=(("programme.pdf", b"x"),),
    )
    facts = read_with(content, Asked())
    assert (facts.sender.address, facts.subject) == ("ada@opticsforum.example", "A talk")
    assert [link.target for link in facts.links] == ["http://elsewhere.example/x"]
    assert [one.name for one in facts.attachments] == ["programme.pdf"]
    assert "Outlook" in facts.not_read[-1].text


def test_the_reply_names_the_official_channel_once_the_house_has_set_it(actors):
    assert reply_for(actors["staff"]) is None
    house_settings.set_setting(
        actors["officer"], house_settings.OFFICIAL_ADDRESS, {"organisation": "Kestrel Works", "address": "invitations@kestrelworks.example"}
    )
    assert "invitations@kestrelworks.example" in reply_for(actors["staff"]).body.in_english()


def test_nobody_else_sees_the_card(actors):
    report = check_invitation(actors["staff"], INVITATION).report
    for login in ("colleague", "custodian", "auditor"):
        with pytest.raises((NotFound, Refused)):
            card_of(actors[login], report.pk)
    with pytest.raises(Refused):
        check_invitation(actors["auditor"], INVITATION)
