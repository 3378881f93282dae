import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.report.invitation import card, reply_to_official_channel
from gifthorse.report.invitation_card import Card, CardLine, Dealings, Receiving, Topic, Verified
from gifthorse.report.mail_reading import read_mail
from tests.report.mails import OURS, authenticated, forwarded, mail
from tests.report.many_tellers import NAMES

RECEIVING = Receiving(servers=frozenset({OURS}), own_domains=frozenset({"kestrelworks.example"}))
KNOWN = {"opticsforum.example": "Optics Forum", "northlight.example": "Northlight"}
HOP = ("Received", "from a by mx.kestrelworks.example")


def carded(body: bytes, dealings: Dealings | None = None) -> Card:
    return card(read_mail(body), RECEIVING, KNOWN, dealings or Dealings())


def lines(body: bytes, topic: Topic) -> list[CardLine]:
    return [line for line in carded(body).lines if line.topic is topic]


def marks(body: bytes, topic: Topic) -> list[Verified]:
    return [line.verified for line in lines(body, topic)]


@pytest.mark.parametrize("topic", [Topic.SPF, Topic.DKIM, Topic.DMARC])
@pytest.mark.parametrize(
    ("result", "mark"), [("pass", Verified.YES), ("fail", Verified.NO), ("none", Verified.CANNOT_TELL), ("softfail", Verified.CANNOT_TELL)]
)
def test_our_own_servers_results_are_told(topic: Topic, result: str, mark: Verified) -> None:
    assert marks(mail(headers=(HOP, authenticated(result))), topic) == [mark]


def test_results_of_other_servers_are_not_used_and_that_is_said() -> None:
    body = mail(headers=(HOP, authenticated(server="mx.helpful.example")))
    (line,) = lines(body, Topic.DMARC)
    assert (line.verified, line.reason.values["count"]) == (Verified.CANNOT_TELL, "1")


def test_a_result_in_our_name_that_the_sender_could_have_written_is_not_used() -> None:
    body = mail(headers=(HOP, ("Received", "from evil by a"), authenticated()))
    assert marks(body, Topic.DMARC) == [Verified.CANNOT_TELL]


def test_results_that_contradict_each_other_tell_nothing() -> None:
    assert marks(mail(headers=(authenticated(), authenticated("fail"))), Topic.DMARC) == [Verified.CANNOT_TELL]


def test_one_signature_that_holds_is_enough() -> None:
    header = ("Authentication-Results", f"{OURS}; dkim=fail header.d=list.example; dkim=pass header.d=opticsforum.example")
    assert marks(mail(headers=(header,)), Topic.DKIM) == [Verified.YES]


@pytest.mark.parametrize("topic", [Topic.SPF, Topic.DKIM, Topic.DMARC])
def test_a_pass_for_another_domain_verifies_nothing(topic: Topic) -> None:
    assert marks(mail(headers=(authenticated(domain="bulk.example"),)), topic) == [Verified.CANNOT_TELL]
    assert marks(mail(headers=(authenticated(domain="notopticsforum.example"),)), topic) == [Verified.CANNOT_TELL]


def test_a_sender_that_only_looks_known_is_told() -> None:
    (line,) = lines(mail(sender="Ada <ada@opticsf0rum.example>"), Topic.SENDER)
    assert (line.verified, line.reason.values["known"]) == (Verified.NO, "opticsforum.example")


@pytest.mark.parametrize(
    ("sender", "part"),
    [
        ("a@opticsforum.example", "Optics Forum"),
        ("a@mail.opticsforum.example", "Optics Forum"),
        ("a@opticsforum-events.com", "bears the name"),
        ("a@gmail.com", "Anyone can get"),
        ("a@elsewhere.example", "not known"),
        ("sam@kestrelworks.example", "our own house"),
    ],
)
def test_where_a_sender_stands_is_said_without_vouching_for_it(sender: str, part: str) -> None:
    (line,) = lines(mail(sender=sender), Topic.SENDER)
    assert line.verified is Verified.CANNOT_TELL
    assert part in line.reason.in_english()


def test_two_senders_are_one_too_many() -> None:
    assert marks(mail(sender="a@opticsforum.example, b@elsewhere.example"), Topic.SENDER) == [Verified.NO]


@pytest.mark.parametrize(
    ("reply", "mark"),
    [
        ("ada.lind@opticsforum.example", Verified.YES),
        ("office@opticsforum.example", Verified.CANNOT_TELL),
        ("ada.lind@mail.example", Verified.NO),
    ],
)
def test_the_reply_address_is_compared_with_the_senders(reply: str, mark: Verified) -> None:
    assert marks(mail(headers=(("Reply-To", reply),)), Topic.REPLY) == [mark]


def test_a_name_that_shows_another_address_is_told() -> None:
    assert marks(mail(sender='"ada@opticsforum.example" <x@elsewhere.example>'), Topic.NAME) == [Verified.NO]
    assert marks(mail(sender='"ada@opticsforum.example" <ada@opticsforum.example>'), Topic.NAME) == []


def test_an_organisation_that_is_named_from_elsewhere_is_told() -> None:
    (line,) = lines(mail(sender="Northlight Events <x@elsewhere.example>"), Topic.ORGANISATION)
    assert line.reason.values["domain"] == "northlight.example"
    assert lines(mail(sender="Northlight Events <x@northlight.example>"), Topic.ORGANISATION) == []


@pytest.mark.parametrize(
    ("html", "mark", "part"),
    [
        ('<a href="https://evil.example/x">www.opticsforum.example</a>', Verified.NO, "shows www.opticsforum.example"),
        ('<a href="https://opticsf0rum.example/">programme</a>', Verified.NO, "looks like"),
        ('<a href="https://opticsforum.pages.example/">programme</a>', Verified.CANNOT_TELL, "bears the name"),
        ('<a href="https://bit.ly/3x">programme</a>', Verified.CANNOT_TELL, "short link"),
        ('<a href="https://xn--mnchen-3ya.example/">programme</a>', Verified.CANNOT_TELL, "letters"),
        ('<a href="http://192.0.2.7/">programme</a>', Verified.CANNOT_TELL, "number"),
        ('<a href="https://opticsforum.example@evil.example/">programme</a>', Verified.NO, "before the @"),
        ('<a href="javascript:alert(1)">programme</a>', Verified.NO, "javascript"),
        ('<form action="https://f.example/">x</form>', Verified.CANNOT_TELL, "form"),
    ],
    ids=["other target", "look-alike", "borrowed", "short", "letters", "number", "at sign", "script", "form"],
)
def test_links_that_stand_out_are_told(html: str, mark: Verified, part: str) -> None:
    told = lines(mail(html=html), Topic.LINKS)
    first = told[0]
    assert first.verified is mark
    assert part in f"{first.saw.in_english()} {first.reason.in_english()}"


def test_an_ordinary_link_is_listed_and_not_called_good() -> None:
    told = lines(mail(html='<a href="https://www.opticsforum.example/2027">www.opticsforum.example</a>'), Topic.LINKS)
    assert [(line.verified, line.saw.values.get("hosts")) for line in told] == [(Verified.CANNOT_TELL, "www.opticsforum.example")]


def test_a_rewritten_link_is_judged_by_its_target() -> None:
    link = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.opticsforum.example%2F2027"
    told = lines(mail(html=f'<a href="{link}">www.opticsforum.example</a>'), Topic.LINKS)
    assert [line.verified for line in told] == [Verified.CANNOT_TELL]


def test_attachments_are_named_with_the_promise_to_inspect_them() -> None:
    (line,) = lines(mail(attachments=(("a.pdf", "application/pdf"),)), Topic.ATTACHMENTS)
    assert line.saw.values["names"] == "a.pdf (application/pdf)"
    assert "inspects them before anyone opens them" in line.reason.in_english()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("We offer an honorarium of 3,000 USD.", Topic.FEE),
        ("Wir zahlen ein Honorar.", Topic.FEE),
        ("All expenses will be covered by our partner.", Topic.PAYER),
        ("Wir übernehmen Flug und Hotel.", Topic.PAYER),
        ("Please confirm within 24 hours.", Topic.DEADLINE),
        ("Bitte antworten Sie umgehend.", Topic.DEADLINE),
        ("Let us continue on WhatsApp.", Topic.PRIVATE),
        ("Bitte behandeln Sie dies vertraulich.", Topic.PRIVATE),
        ("Send a copy of your passport.", Topic.PAPERS),
        ("Wir brauchen eine Passkopie.", Topic.PAPERS),
    ],
)
def test_sentences_worth_reading_are_quoted(text: str, topic: Topic) -> None:
    told = [line for line in lines(mail(text=f"Dear colleague.\n{text}\nKind regards"), topic) if line.quotes]
    assert [line.quotes for line in told] == [(text,)]
    assert told[0].verified is Verified.CANNOT_TELL


def test_who_pays_is_always_a_line() -> None:
    (line,) = lines(mail(text="Come and see us."), Topic.PAYER)
    assert line.quotes == ()
    assert "no proof" in line.reason.in_english()


def test_earlier_dealings_are_told_and_vouch_for_nothing() -> None:
    (line,) = [line for line in carded(mail(), Dealings(of_address=3, of_domain=9, reports=1)).lines if line.topic is Topic.HISTORY]
    assert line.verified is Verified.CANNOT_TELL
    assert (line.saw.values["address"], line.saw.values["reports"]) == ("3", "1")


def test_the_lines_stand_in_the_order_of_the_card() -> None:
    topics = [line.topic for line in carded(mail(headers=(authenticated(),), text="urgent: honorarium")).lines]
    assert topics == sorted(topics, key=list(Topic).index)


def test_a_forwarded_mail_is_judged_itself() -> None:
    assert marks(forwarded(mail(headers=(HOP, authenticated()))), Topic.DMARC) == [Verified.YES]


def test_no_line_ever_calls_a_mail_good() -> None:
    perfect = carded(mail(headers=(HOP, authenticated(), ("Reply-To", "ada.lind@opticsforum.example"))), Dealings(of_address=40))
    said = " ".join(f"{line.saw.in_english()} {line.reason.in_english()}" for line in perfect.lines).lower()
    assert not any(word in said for word in ("clean", "safe", "trustworthy", "harmless", "genuine", "suspect"))
    assert any(line.verified is Verified.CANNOT_TELL for line in perfect.lines)


@settings(deadline=None)
@given(person=st.sampled_from(NAMES))
def test_what_a_sender_is_called_changes_no_mark(person: tuple[str, str]) -> None:
    named = f'"{person[0].replace(chr(34), "")}" <a@elsewhere.example>'
    plain = [(line.topic, line.verified, line.reason) for line in carded(mail(sender="a@elsewhere.example")).lines]
    assert [(line.topic, line.verified, line.reason) for line in carded(mail(sender=named)).lines] == plain


def test_the_reply_moves_it_to_the_official_channel() -> None:
    body = reply_to_official_channel("Kestrel Works", "invitations@kestrelworks.example").body.in_english()
    assert "invitations@kestrelworks.example" in body
    assert "who pays for what" in body


def link_marks(page: str) -> list[tuple[str, Verified]]:
    """The lines about single links, without the list of all places."""
    found = lines(mail(html=page, headers=(authenticated(),)), Topic.LINKS)
    return [(line.saw.text, line.verified) for line in found if "hosts" not in line.saw.values]


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://opticsforum.example/agenda.pdf">agenda.pdf</a>',
        '<a href="mailto:ada.lind@opticsforum.example?subject=x">ada.lind@opticsforum.example</a>',
        '<a href="https://urldefense.com/v3/__https://opticsforum.example/a__;!!x!y$">opticsforum.example/a</a>',
        '<a href="https://xn--grnwerk-o2a.example/">grünwerk.example</a>',
    ],
)
def test_an_honest_link_is_not_made_to_look_bad(page: str) -> None:
    known = {**KNOWN, "xn--grnwerk-o2a.example": "Grünwerk"}
    found = card(read_mail(mail(html=page)), RECEIVING, known, Dealings()).lines
    assert [line for line in found if line.topic is Topic.LINKS and "hosts" not in line.saw.values] == []


@pytest.mark.parametrize(
    "page",
    [
        '<a href="mailto:ada@elsewhere.example">ada.lind@opticsforum.example</a>',
        '<a href="//elsewhere.example/x">www.opticsforum.example</a>',
        '<a href="https://elsewhere.example/">The programme is on www.opticsforum.example</a>',
        '<a href="https://urldefense.com/v3/__https://elsewhere.example/a__;!!x!y$">opticsforum.example/a</a>',
    ],
)
def test_a_link_that_shows_one_place_and_leads_to_another_is_not_true(page: str) -> None:
    assert [mark for _saw, mark in link_marks(page)] == [Verified.NO]


def test_a_link_that_is_counted_on_its_way_is_told_as_that() -> None:
    page = '<a href="https://count.example/c?to=https%3A%2F%2Fopticsforum.example%2Fa">opticsforum.example/a</a>'
    assert [mark for _saw, mark in link_marks(page)] == [Verified.CANNOT_TELL]


def test_a_button_that_sends_what_is_typed_is_named() -> None:
    assert [mark for _saw, mark in link_marks('<button formaction="https://a.example/x">Go</button>')] == [Verified.CANNOT_TELL]


@pytest.mark.parametrize(
    ("reply", "mark"),
    [
        ("a@events.opticsforum.example", Verified.CANNOT_TELL),
        ("a@opticsforum.example.elsewhere.example", Verified.NO),
        ("a@example", Verified.NO),
    ],
)
def test_a_branch_of_the_senders_domain_is_no_other_place(reply: str, mark: Verified) -> None:
    assert marks(mail(headers=(("Reply-To", reply),)), Topic.REPLY) == [mark]


def test_a_signature_that_could_not_be_checked_has_not_failed() -> None:
    header = ("Authentication-Results", f"{OURS}; dkim=permerror header.d=opticsforum.example")
    assert marks(mail(headers=(header,)), Topic.DKIM) == [Verified.CANNOT_TELL]
