from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.errors import Unreadable
from gifthorse.report.mail_page import html_content
from gifthorse.report.mail_parts import Attached, Link, MailFacts
from gifthorse.report.mail_reading import LARGEST, MOST_LINKS, MOST_PARTS, MOST_TEXT, read_mail
from tests.report.mails import OURS, authenticated, forwarded, mail


def test_sender_subject_and_text_are_read() -> None:
    found = read_mail(mail(subject="Grüße", text="Kommen Sie?"))
    assert (found.sender.display, found.sender.address, found.sender.domain) == (
        "Dr Ada Lind",
        "ada.lind@opticsforum.example",
        "opticsforum.example",
    )
    assert (found.subject, found.text, found.within, found.not_read) == ("Grüße", "Kommen Sie?", False, ())


def test_encoded_names_are_read() -> None:
    assert read_mail(mail(sender="=?utf-8?b?0K7RgNC40Lk=?= <a@b.example>")).sender.display == "Юрий"


def test_results_are_read_with_server_and_place() -> None:
    found = read_mail(
        mail(
            headers=(
                ("Received", "from x by y"),
                authenticated(),
                ("Received", "from z by x"),
                authenticated("fail", server="evil.example"),
            )
        )
    )
    assert [(header.server, header.hops_above) for header in found.authentication] == [(OURS, 1), ("evil.example", 2)]
    assert [(result.method, result.result) for result in found.authentication[0].results] == [
        ("spf", "pass"),
        ("dkim", "pass"),
        ("dmarc", "pass"),
    ]
    assert found.authentication[0].results[1].properties == {"header.d": "opticsforum.example"}


def test_links_are_read_with_what_they_show() -> None:
    page = '<p>Hello</p><a href="https://a.example/x">see <b>here</b></a><form action="https://f.example"></form><script>var a="https://no.example"</script> www.plain.example/y'
    found = read_mail(mail(html=page, text="plain"))
    assert Link(text="see here", target="https://a.example/x") in found.links
    assert Link(text="", target="https://f.example", form=True) in found.links
    assert Link(text="", target="http://www.plain.example/y") in found.links
    assert not any("no.example" in link.target for link in found.links)


PAGES = {
    "an attribute before": ("<a class=\"x\" href='https://a.example'>b</a>", ("b", "https://a.example")),
    "without quotes": ("<A HREF=https://a.example>b</A>", ("b", "https://a.example")),
    "entities": ('<a href="https://a.example/?x=1&amp;y=2">b &amp; c</a>', ("b & c", "https://a.example/?x=1&y=2")),
    "a larger sign in quotes": ('<a title="1 > 0" href="https://a.example">b</a>', ("b", "https://a.example")),
    "broken over lines": ('<a\nhref = "https://a.example"\n>b</a>', ("b", "https://a.example")),
    "never closed": ('<a href="https://a.example">b', ("b", "https://a.example")),
    "a line end in the address": ('<a href="https://a.ex\n\tample">b</a>', ("b", "https://a.example")),
    "a picture's words": ('<a href="https://a.example"><img alt="b" src="x"></a>', ("b", "https://a.example")),
}


@pytest.mark.parametrize("made", PAGES)
def test_a_link_is_found_however_it_is_written(made: str) -> None:
    page, (text, target) = PAGES[made]
    assert html_content(page).links == (Link(text=text, target=target),)


@pytest.mark.parametrize("endless", ["<!--", "<!", "<a href='", '<a x="', "<script>", "<a "])
def test_a_page_whose_markup_never_ends_is_read_up_to_there_and_said_so(endless: str) -> None:
    found = html_content(f"<b>seen</b>{endless}{'x' * 50}")
    assert (found.text, found.complete) == ("seen", False)


def test_what_a_page_hides_is_not_text() -> None:
    page = "<title>no</title>yes<style>p{}</style><!-- <p>no</p> --><script>'</p>no'</script> 1 < 2"
    assert html_content(page).text == "yes 1 < 2"


@settings(deadline=None)
@given(st.text(alphabet="<>!-/a \"'=&;s#", max_size=80))
def test_any_page_is_read(page: str) -> None:
    found = html_content(page)
    assert all("\n" not in link.target for link in found.links)
    assert found.complete or "<" in page


def test_attachments_are_named_and_not_opened() -> None:
    found = read_mail(mail(attachments=(("Programm ü.pdf", "application/pdf"), ("x.lnk", "application/octet-stream"))))
    assert found.attachments == (
        Attached(name="Programm ü.pdf", kind="application/pdf"),
        Attached(name="x.lnk", kind="application/octet-stream"),
    )


def test_of_a_mail_forwarded_whole_the_inner_one_is_read() -> None:
    found = read_mail(forwarded(mail(headers=(authenticated(),))))
    assert (found.sender.domain, found.within, len(found.authentication)) == ("opticsforum.example", True, 1)


def test_letters_that_cannot_be_seen_are_told() -> None:
    assert read_mail(mail(subject="In\u200bvoice")).hidden_letters
    assert read_mail(mail(sender='"gpj\u202e.example" <a@b.example>')).hidden_letters
    assert not read_mail(mail(subject="Invoice  two")).hidden_letters


def test_what_lies_above_a_bound_is_named() -> None:
    many_links = " ".join(f"https://a{number}.example" for number in range(MOST_LINKS + 50))
    found = read_mail(mail(text=many_links))
    assert len(found.links) == MOST_LINKS
    assert any("links" in note.text for note in found.not_read)
    long = read_mail(mail(text="a b\n" * MOST_TEXT))
    assert len(long.text) <= MOST_TEXT
    assert any("text" in note.text for note in long.not_read)


def test_too_many_parts_are_named() -> None:
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    body = (
        b'From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + part * (MOST_PARTS + 20)
        + b"--b--\r\n"
    )
    assert any("parts" in note.text for note in read_mail(body).not_read)


def nested(depth: int) -> bytes:
    body = b"Content-Type: text/plain\r\n\r\nx"
    for level in range(depth):
        edge = b"b%d" % level
        body = b'Content-Type: multipart/mixed; boundary="' + edge + b'"\r\n\r\n--' + edge + b"\r\n" + body + b"\r\n--" + edge + b"--\r\n"
    return b"From: a@b.example\r\nMIME-Version: 1.0\r\n" + body


REFUSED = {
    "empty": b"",
    "no mail": b"\x00\x01\x02 nothing of the kind",
    "only white space": b"\r\n\r\n\r\n",
    "too deep": nested(400),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(5000),
    "headers without an end": b"From: a@b.example\r\n" + b"X: y\r\n" * 60_000,
    "a million edges": b"From: a@b.example\r\n\r\n" + b"--b\r\n" * 30_000,
    "nothing but line ends": b"From: a@b.example\r\n\r\n" + b"\n" * 1_600_000,
    "too large": b"From: a@b.example\r\n\r\n" + b"x" * LARGEST,
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_to_do(fault: str) -> None:
    with pytest.raises(Unreadable, match=r"upload|hand it to the desk"):
        read_mail(REFUSED[fault])


def test_a_moderately_nested_mail_is_read() -> None:
    assert read_mail(nested(30)).text == "x"


BROKEN = {
    "unknown character set": mail().replace(b'charset="utf-8"', b'charset="klingon"'),
    "broken encoded word": mail(subject="X").replace(b"Subject: X", b"Subject: =?utf-8?b?####?= =?x?q?=ZZ?="),
    "broken base64": mail().replace(b"Content-Transfer-Encoding: 7bit", b"Content-Transfer-Encoding: base64"),
    "no boundary given": mail(html="<p>a</p>").replace(b"boundary=", b"edge="),
    "raw bytes in headers": mail().replace(b"Dr Ada", b"\xff\xfe\x80"),
    "address without an end": mail(sender="x <a@b.example>").replace(b"<a@b.example>", b"<<a@b.example"),
    "endless comment": mail().replace(b"From: ", b"From: " + b"(" * 5000),
    "a declaration that never ends": mail(html="<p>a</p>x").replace(b"<p>a</p>", b"<![if <!foo <a href='https://a.example'"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_mail_is_read_as_far_as_it_goes(fault: str) -> None:
    found = read_mail(BROKEN[fault])
    assert isinstance(found, MailFacts)
    assert found.subject


def outcome(body: bytes) -> str:
    """What became of *body*: whose mail it is, or why it was refused. Anything else that is raised fails the test."""
    try:
        return f"read: {read_mail(body).sender.address}"
    except Unreadable as refusal:
        return str(refusal)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    assert outcome(body)


WHOLE = mail(html='<a href="https://a.example">b</a>', headers=(authenticated(),), attachments=(("a.pdf", "application/pdf"),))


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), cut=st.integers(0, 40), new=st.binary(max_size=12))
def test_a_mail_with_any_wound_is_read_or_refused(at: int, cut: int, new: bytes) -> None:
    assert outcome(WHOLE[:at] + new + WHOLE[at + cut :])


@pytest.mark.parametrize(
    ("kind", "in_base64"),
    [("message/rfc822", True), ('application/octet-stream; name="Invitation.EML"', True), ('text/plain; name="a.eml"', False)],
)
def test_a_mail_attached_as_a_file_is_the_mail_that_is_read(kind: str, in_base64: bool) -> None:
    inner = mail(text="Please come.")
    content, coding = (b64encode(inner), "base64") if in_base64 else (inner, "8bit")
    head = f"From: Sam <sam@kestrelworks.example>\r\nSubject: Fwd\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n--b0\r\nContent-Type: {kind}\r\n"
    found = read_mail(f"{head}Content-Transfer-Encoding: {coding}\r\n\r\n".encode() + content + b"\r\n--b0--\r\n")
    assert (found.sender.domain, found.within, found.text) == ("opticsforum.example", True, "Please come.")


def test_a_file_that_only_calls_itself_a_mail_is_an_attachment() -> None:
    found = read_mail(mail(attachments=(("note.eml", "application/octet-stream"),)))
    assert (found.within, [one.name for one in found.attachments]) == (False, ["note.eml"])
