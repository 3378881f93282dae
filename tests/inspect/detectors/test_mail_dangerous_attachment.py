import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import mail_dangerous_attachment
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.budgets import Budget
from tests.samples import documents as make
from tests.samples import posted
from tests.samples.files import severities

PROGRAM = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)
FORMS = {"eml": (make.mail, FileType.EML), "msg": (make.outlook_message, FileType.MSG)}


def found(content, filetype=FileType.EML):
    return [(finding.id, finding.severity.value) for finding in mail_dangerous_attachment.examine(make.an_item(content, "a.eml", filetype))]


def members(content, filetype=FileType.EML):
    return [
        (part.untrusted_name, part.content.read(0, 1 << 20))
        for part in document_members(make.an_item(content, "a.eml", filetype), Budget())
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "content", "severity"),
    [
        ("invoice.pdf", PROGRAM, "high"),
        ("Angebot.pdf.js", b"var a = 1;", "high"),
        ("scan.iso", b"anything", "high"),
        ("offer.docm", make.macro_document({"M": "Sub AutoOpen()\nEnd Sub"}), "high"),
        ("login.html", b"<html><body>sign in</body></html>", "medium"),
        ("drawings.zip", make.zipped({"a.txt": b"a"}), "low"),
    ],
)
def test_an_attachment_weighs_what_it_can_do_in_either_kind_of_mail(form, name, content, severity):
    build, filetype = FORMS[form]
    mail = build(attachments=[(name, content)])
    assert found(mail, filetype) == [("mail.dangerous-attachment", severity)]
    assert (name, content) in members(mail, filetype)


@pytest.mark.parametrize("form", FORMS)
def test_pictures_tables_and_text_are_no_finding(form):
    build, filetype = FORMS[form]
    assert found(build(attachments=[("fair.csv", b"a,b\n1,2\n"), ("notes.txt", b"thank you")]), filetype) == []


def test_a_name_in_encoded_words_is_read():
    mail = make.mail(attachments=[("x.bin", b"a = 1")]).replace(b'filename="x.bin"', b'filename="=?utf-8?B?cHJlaXMudmJz?="')
    assert found(mail) == [("mail.dangerous-attachment", "high")]


@pytest.mark.parametrize("form", FORMS)
def test_a_link_that_shows_one_place_and_leads_to_another_is_told(form):
    build, filetype = FORMS[form]
    assert found(build(html='<a href="https://evil.example.com/x">https://www.bank.example.org/</a>'), filetype) == [
        ("mail.deceptive-link", "low")
    ]
    assert found(build(html="<a href='http://198.51.100.7/x'>bank.example.org</a>"), filetype) == [("mail.deceptive-link", "medium")]
    assert found(build(html='<a href="https://bank.example.org@evil.example.com/x">Sign in</a>'), filetype) == [
        ("mail.deceptive-link", "medium")
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://www.example.org/login">example.org</a>',
        '<a href="https://example.org/">Click here</a>',
        '<a href="https://safelinks.example.net/?url=https%3A%2F%2Fexample.org%2F">example.org</a>',
        '<a href="mailto:ann@example.org">ann@example.org</a>',
        "<a name='top'>www.example.org</a>",
    ],
)
def test_ordinary_links_are_no_finding(link):
    assert found(make.mail(html=link)) == []


def test_a_name_that_shows_another_address_is_worth_caution():
    assert found(make.mail(headers={"From": '"chief@example.org" <x@evil.example.com>'})) == [("mail.sender-doubtful", "medium")]


def test_an_answer_that_goes_elsewhere_is_a_line():
    assert found(make.mail(headers={"Reply-To": "ann@other.example.com"})) == [("mail.sender-doubtful", "info")]
    assert found(make.mail(headers={"Reply-To": "desk@mail.example.org"})) == []


def test_what_the_receiving_server_found_wanting_is_told():
    report = "mx.example.net; spf=fail smtp.mailfrom=a; dkim=none; dmarc=fail header.from=example.org"
    assert found(make.mail(headers={"Authentication-Results": report})) == [("mail.sender-doubtful", "medium")]
    assert found(make.mail(headers={"Authentication-Results": "mx.example.net; spf=pass; dkim=pass; dmarc=pass"})) == []


def test_a_mail_inside_a_mail_is_handed_out_whole():
    inner = make.mail(attachments=[("a.exe", PROGRAM)])
    outer = b"From: a@example.org\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    parts = members(outer)
    assert parts[0][0] == "message.eml"
    assert found(parts[0][1]) == [("mail.dangerous-attachment", "high")]


def test_the_mails_of_a_mailbox_are_handed_out_one_by_one():
    box = b"".join(
        b"From ann@example.org Sat Nov 21 10:00:00 2026\n" + make.mail(attachments=[(f"{n}.exe", PROGRAM)]) + b"\n" for n in range(3)
    )
    assert [found(content) for _, content in members(box, FileType.MBOX)] == [[("mail.dangerous-attachment", "high")]] * 3


def test_a_message_that_is_only_known_as_a_compound_file_is_read_as_a_message():
    assert found(make.outlook_message(attachments=[("a.exe", PROGRAM)]), FileType.OLE) == [("mail.dangerous-attachment", "high")]
    assert found(make.compound_file({"WordDocument": bytes(99)}), FileType.OLE) == []


def test_a_mail_of_nothing_but_nested_parts_ends_and_is_told():
    bomb = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000))
    item = make.an_item(bomb, "a.eml", FileType.EML)
    assert [part.reason.value for part in document_members(item, Budget())] == ["budget"]


@given(st.binary(max_size=400))
def test_damaged_mails_never_raise(noise):
    whole = make.mail(html="<a href='x'>y</a>", attachments=[("a.txt", b"a")])
    middle = len(whole) // 2
    item = make.an_item(whole[:middle] + noise + whole[middle:], "a.eml", FileType.EML)
    list(mail_dangerous_attachment.examine(item))
    list(document_members(item, Budget()))
    raw = make.an_item(noise, "a.eml", FileType.EML)
    list(mail_dangerous_attachment.examine(raw))


FORM = '<html><form action="{}" method=post><input name=u><input TYPE = "PassWord" name=p></form></html>'


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("action", ["https://files.example.net/p.php", ""])
def test_a_mail_whose_text_asks_for_a_password_is_worth_caution(form, action):
    make_mail, filetype = FORMS[form]
    assert ("mail.deceptive-link", "medium") in found(make_mail(html=FORM.format(action)), filetype)


@pytest.mark.parametrize("page", ["<form action='https://example.org'><input type=email></form>", "<p>input type=password</p>"])
def test_a_form_that_asks_for_an_address_is_no_finding(page):
    assert found(make.mail(html=f"<html>{page}</html>")) == []


@pytest.mark.parametrize(
    "address", ["file://files.example.net/s/a.lnk", "\\\\files.example.net\\s\\a", "search-ms:query=a&crumb=location:\\\\a.example\\s"]
)
def test_a_link_to_a_share_or_a_tool_of_the_system_is_worth_caution(address):
    assert ("mail.deceptive-link", "medium") in found(make.mail(html=f"<html><a href='{address}'>Agenda</a></html>"))


CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:Join\r\n"
    'X-ALT-DESC;FMTTYPE=text/html:<html><a href="https://{}/login">https://meet.exa\r\n mple.org/1</a></html>\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
)


@pytest.mark.parametrize(("host", "expected"), [("files.example.net", [("mail.deceptive-link", "low")]), ("meet.example.org", [])])
def test_an_invitation_is_read_for_links_that_lead_elsewhere(host, expected):
    head = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n"
    assert found(head + CALENDAR.format(host).encode()) == expected
    item = make.an_item(CALENDAR.format(host).encode(), "a.ics", FileType.TEXT)
    assert [(finding.id, finding.severity.value) for finding in mail_dangerous_attachment.examine(item)] == expected
    inside = make.an_item(CALENDAR.format(host).encode(), "a.ics", FileType.TEXT, chain=(FileType.EML,))
    assert list(mail_dangerous_attachment.examine(inside)) == []


def test_an_invitation_is_handed_out_to_be_looked_at():
    head = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar\r\n\r\n"
    assert [name for name, _body in members(head + CALENDAR.format("a.example").encode())] == ["invitation.ics"]


def test_a_wrapping_of_outlook_that_was_saved_is_told_by_what_it_holds():
    wrapping = posted.wrapping([("Tool.exe", b"MZ"), ("a.txt", b"1")])
    assert [one.value for one in severities(mail_dangerous_attachment, wrapping, "winmail.dat")] == ["high"]
    assert severities(mail_dangerous_attachment, wrapping, "a.eml > winmail.dat", chain=(FileType.EML,)) == []
    assert severities(mail_dangerous_attachment, posted.uuencoded("a.exe", b"MZ" * 30), "a.uue") == []


def test_a_mail_within_a_mail_that_is_sent_in_base64_is_read():
    inner = base64.encodebytes(make.mail(attachments=[("offer.scr", b"x")])).decode()
    outer = f"From: a@example.org\nMIME-Version: 1.0\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}"
    (part,) = document_members(make.an_item(outer.encode(), "a.eml", FileType.EML), Budget())
    assert b"offer.scr" in part.content.read(0, 1 << 16)
