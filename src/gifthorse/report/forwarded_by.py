"""Whether the house's own mail server found that a mail comes from the address that it shows as its sender.

A sender can write any address, and any result of any server, into a mail. What counts is the topmost Authentication-Results header that
bears the name of one of the house's servers (RFC 8601, section 5: a server takes out what others wrote under its name), and in it a
result about exactly the domain of the sender, or one above it.
"""

from collections.abc import Collection, Iterable
from typing import Final

from gifthorse.report.mail_parts import AuthHeader, AuthResult

MOST_HOPS: Final = 1  # Received headers that the house's own servers put above their results
SIGNED_IN: Final = "auth"  # RFC 8601, section 2.7.4: whoever sent it was signed in at the server
_STATED: Final = {"spf": ("smtp.mailfrom",), "dkim": ("header.d", "header.i"), "dmarc": ("header.from",)}


def is_shown_to_be_from(address: str, headers: Iterable[AuthHeader], servers: Collection[str]) -> bool:
    """Whether a server of *servers* says so of *address*; *headers* from the top of the mail down.

    SPF, DKIM or DMARC pass for the address's domain, or the sender was signed in with the very address. No result of DMARC says
    otherwise. Nothing is shown where no server is named.
    """
    named = {server.lower() for server in servers}
    ours = next((header for header in headers if header.server in named), None)
    if ours is None or ours.hops_above > MOST_HOPS:
        return False
    if any(result.method == "dmarc" and result.result != "pass" for result in ours.results):
        return False
    return any(_says_so(result, address.lower()) for result in ours.results if result.result == "pass")


def _says_so(result: AuthResult, address: str) -> bool:
    domain = address.rpartition("@")[2]
    if result.method == SIGNED_IN:
        return "@" in address and result.properties.get("smtp.auth") == address
    stated = (result.properties[name].rpartition("@")[2] for name in _STATED.get(result.method, ()) if name in result.properties)
    return bool(domain) and any(_covers(one.rstrip("."), domain, exact=result.method == "dmarc") for one in stated)


def _covers(stated: str, domain: str, *, exact: bool) -> bool:
    """Whether *stated* is *domain*, or stands above it. What stands below may belong to others."""
    return stated == domain or (not exact and "." in stated and domain.endswith("." + stated))
