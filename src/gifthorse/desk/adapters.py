"""How signing in by allauth is fitted to the desk: no addresses are stored, no mail is sent, and secrets are sealed."""

from base64 import b64decode, b64encode
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from gifthorse.desk.qr_codes import qr_code
from gifthorse.store.keyring import keyring

NO_ADDRESS: Final = "::"  # the unspecified address (RFC 4291, 2.5.2): the column of the session list can't be left empty
PURPOSE: Final = "second factor"


class Accounts(DefaultAccountAdapter):
    """Sign-in alone: no sign-up, no mail. The network address serves the sign-in brake in memory and is written nowhere."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never: accounts are made by administrators."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address while the sign-in brake counts (before anybody is signed in), and no address for what is stored after."""
        if request.user.is_authenticated:
            return NO_ADDRESS
        return str(get_client_ip(request) or NO_ADDRESS)

    def send_mail(self, _template_prefix: str, _email: str, _context: dict[str, Any]) -> None:
        """No mail is sent, ever."""

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """No mail is sent, ever."""


class SecondFactor(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes encrypted under the desk's keyring."""

    def encrypt(self, text: str) -> str:
        """*text*, sealed under the keyring, base 64."""
        return b64encode(keyring().wrap(text.encode(), PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` took."""
        return keyring().unwrap(b64decode(encrypted_text), PURPOSE).decode()

    def build_totp_svg(self, url: str) -> str:
        """*url* as a QR code, drawn as SVG that stands in the page itself (the policy allows no data: pictures)."""
        return qr_code(url)
