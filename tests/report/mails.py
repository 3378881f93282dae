"""Builds mails from their parts, so that each test says only what is odd about its own."""

from email.message import EmailMessage

OURS = "mx.kestrelworks.example"


def mail(
    *,
    sender: str = "Dr Ada Lind <ada.lind@opticsforum.example>",
    subject: str = "Invitation",
    text: str = "Please join us.",
    html: str = "",
    headers: tuple[tuple[str, str], ...] = (),
    attachments: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """A mail as our server would keep it; *headers* stand above the others, in this order."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "someone@kestrelworks.example"
    message["Subject"] = subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, kind in attachments:
        maintype, _, subtype = kind.partition("/")
        message.add_attachment(b"content", maintype=maintype, subtype=subtype, filename=name)
    above = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return above.encode() + message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def authenticated(result: str = "pass", domain: str = "opticsforum.example", server: str = OURS) -> tuple[str, str]:
    """The header that a receiving server writes when SPF, DKIM and DMARC all came out as *result* for *domain*."""
    return (
        "Authentication-Results",
        f"{server}; spf={result} smtp.mailfrom=bounce@{domain}; dkim={result} (2048-bit key; note) header.d={domain}; dmarc={result} header.from={domain}",
    )


def forwarded(inner: bytes) -> bytes:
    """*inner* as the attachment of a mail within the house."""
    head = b'From: Sam <sam@kestrelworks.example>\r\nSubject: Fwd: look\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b0"\r\n\r\n'
    return (
        head
        + b"--b0\r\nContent-Type: text/plain\r\n\r\nIs this odd?\r\n--b0\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner
        + b"\r\n--b0--\r\n"
    )
