"""Mails of the desk on their way out: through the house's own server, or into a folder. They never say what waits, nor about whom."""

import os
import secrets
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gifthorse.desk import surroundings
from gifthorse.procedures.send_notices import Mail

FOLDER: Final = "outgoing"
SECONDS: Final = 30


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """How mails leave the house; without a host they are laid into a folder."""

    host: str
    port: int
    security: str
    user: str
    password_file: str
    sender: str
    desk: str

    @classmethod
    def from_environment(cls) -> "Server":
        """As the environment says, see `variables`."""
        return cls(
            host=os.environ.get("GIFTHORSE_SMTP_HOST", "").strip(),
            port=surroundings.number("GIFTHORSE_SMTP_PORT", 587),
            security=surroundings.choice("GIFTHORSE_SMTP_SECURITY", "starttls", ("starttls", "tls", "none")),
            user=os.environ.get("GIFTHORSE_SMTP_USER", "").strip(),
            password_file=os.environ.get("GIFTHORSE_SMTP_PASSWORD_FILE", "").strip(),
            sender=os.environ.get("GIFTHORSE_SMTP_FROM", "").strip() or "gifthorse@localhost",
            desk=os.environ.get("GIFTHORSE_DESK_URL", "").strip(),
        )


def sender(server: Server | None = None) -> Callable[[Mail], None]:
    """What sends one mail; it raises OSError when that isn't possible now."""
    chosen = server or Server.from_environment()
    deliver = _by_server if chosen.host else _into_folder
    return lambda mail: deliver(written(mail, chosen), chosen)


def written(mail: Mail, server: Server) -> EmailMessage:
    """The mail, in the language of its reader. Its only personal word is the reader's own address."""
    with translation.override(mail.language or None):
        message = EmailMessage()
        message["From"], message["To"] = server.sender, mail.to
        message["Subject"] = _("Please look in at the desk now") if mail.urgent else _("Something waits for you at the desk")
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answers from machines
        message.set_content(_body(mail, server))
    return message


def _body(mail: Mail, server: Server) -> str:
    waits = ngettext("Something waits for you at the desk.", "{number} things wait for you at the desk.", mail.number).format(
        number=mail.number
    )
    lines = [waits, _("Please sign in to see what it is."), server.desk, _("This mail never says more, so that nobody else can read it.")]
    return "\n\n".join(line for line in lines if line) + "\n"


def _into_folder(message: EmailMessage, _server: Server) -> None:
    folder = Path(settings.GIFTHORSE_DATA) / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(12)}.eml"
    part = path.with_suffix(".part")
    fd = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def _by_server(message: EmailMessage, server: Server) -> None:
    context = ssl.create_default_context()
    if server.security == "tls":
        with smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context) as link:
            _hand_over(link, message, server)
        return
    with smtplib.SMTP(server.host, server.port, timeout=SECONDS) as link:
        if server.security == "starttls":
            link.starttls(context=context)
        _hand_over(link, message, server)


def _hand_over(link: smtplib.SMTP, message: EmailMessage, server: Server) -> None:
    if server.user:
        link.login(server.user, Path(server.password_file).read_text(encoding="utf-8").strip())
    link.send_message(message)
