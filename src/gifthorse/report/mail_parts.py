"""The facts of one mail, as read from its bytes: frozen, and untrusted in every word."""

import msgspec

from gifthorse.model.words import Phrase


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A display name and an address as the mail states them; `domain` in lower case, empty when there is none."""

    display: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """What stands after the last @, in lower case and without a final dot."""
        return self.address.rpartition("@")[2].lower().rstrip(".") if "@" in self.address else ""


class AuthResult(msgspec.Struct, frozen=True, kw_only=True):
    """One result of one method in an Authentication-Results header (RFC 8601)."""

    method: str
    result: str
    properties: dict[str, str] = {}


class AuthHeader(msgspec.Struct, frozen=True, kw_only=True):
    """One Authentication-Results header. `hops_above` counts the Received headers above it: the more, the less it is our server's."""

    server: str
    results: tuple[AuthResult, ...]
    hops_above: int


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A link: the text it shows and where it leads; `form` sends what is typed."""

    text: str
    target: str
    form: bool = False


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """An attachment by name and declared kind. Nobody has looked into it."""

    name: str
    kind: str


class MailFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What one mail says of itself. `within` says that it was found as an attachment of another mail (forwarded whole)."""

    sender: Address
    reply_to: tuple[Address, ...] = ()
    subject: str = ""
    authentication: tuple[AuthHeader, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Attached, ...] = ()
    text: str = ""
    senders: int = 1  # addresses in From, over all From headers: one in a proper mail
    within: bool = False
    hidden_letters: bool = False
    not_read: tuple[Phrase, ...] = ()
