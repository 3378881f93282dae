"""Mails and mailboxes that were saved onto the medium."""

from tests.samples.archives import iso_of
from tests.samples.documents import macro_document, mail, outlook_message
from tests.samples.files import pe, shortcut, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW, INFO = Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO


def cases() -> list[Case]:
    """Dangerous attachments, deceiving links, doubtful senders."""
    return [*_attachments(), *_links(), *_senders()]


def _attachments() -> list[Case]:
    carried = [
        ("viewer.exe", pe(), HIGH),
        ("Agenda.pdf.lnk", shortcut("C:\\a.exe", "/x"), HIGH),
        ("Agenda.iso", iso_of({"a.txt": b"1"}), HIGH),
        ("Agenda.docm", macro_document({"M": "Sub AutoOpen()\n x = 1\nEnd Sub"}), HIGH),
        ("Agenda.html", b"<html><script>1</script></html>", MEDIUM),
        ("Agenda.zip", zip_of({"a.js": b"1"}), LOW),
    ]
    files = [(f"Invitation {n}.eml", mail(attachments=[(name, body)]), least) for n, (name, body, least) in enumerate(carried)]
    files += [
        (f"Invitation {n}.msg", outlook_message(attachments=[(name, body)]), least) for n, (name, body, least) in enumerate(carried[:3])
    ]
    box = b"From ann@example.org Sun Nov 22 10:00:00 2026\n" + mail(attachments=[("a.scr", pe())]).replace(b"\r\n", b"\n") + b"\n"
    files.append(("Inbox.mbox", box, HIGH))
    return [single("mail: dangerous attachment", name, body, "mail.dangerous-attachment", least=least) for name, body, least in files]


def _links() -> list[Case]:
    pages = [
        ('<a href="http://login.example.net/bank">https://bank.example.org/login</a>', LOW),
        ('<a href="http://203.0.113.9/x">www.bank.example.org</a>', MEDIUM),
        ('<a href="https://bank.example.org@files.example.net/x">Sign in</a>', MEDIUM),
    ]
    files = [(f"Notice {n}.eml", mail(html=f"<html>{page}</html>"), least) for n, (page, least) in enumerate(pages)]
    files.append(("Notice.msg", outlook_message(html=f"<html>{pages[1][0]}</html>"), MEDIUM))
    return [single("mail: link that deceives", name, body, "mail.deceptive-link", least=least) for name, body, least in files]


def _senders() -> list[Case]:
    headers = [
        ({"From": '"chair@institute.example.org" <a@files.example.net>'}, MEDIUM),
        ({"Reply-To": "chair@files.example.net"}, INFO),
        ({"Authentication-Results": "mx.example.net; spf=fail; dkim=fail; dmarc=fail"}, MEDIUM),
    ]
    return [
        single("mail: sender in doubt", f"Greeting {n}.eml", mail(headers=fields), "mail.sender-doubtful", least=least)
        for n, (fields, least) in enumerate(headers)
    ]
