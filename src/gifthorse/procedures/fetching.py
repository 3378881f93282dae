"""A file is fetched from an address that somebody has set: https alone, no house's own network, bounded in size and time.

The name is looked up once, every address that it stands for must be public, and the connection goes to the very address that was
checked, so that a name which answers differently the second time leads nowhere. Redirections are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.model.words import N_

LARGEST: Final = 32 * 1024 * 1024
SECONDS: Final = 30.0
CHUNK: Final = 64 * 1024
LONGEST_ADDRESS: Final = 2000
NO_ADDRESS: Final = N_("Please give an address that begins with https:// and holds no name or password.")
NOT_PUBLIC: Final = N_("This address does not lead out of this network, so the desk does not fetch it. Please upload the file instead.")
NOT_FETCHED: Final = N_("The address did not answer as it should. Please check it, or upload the file instead.")
TOO_LARGE: Final = N_("What lies at this address is too large, or comes too slowly. Please upload the file instead.")
# Where a network carries IPv4 within IPv6: RFC 6052 (well-known, last 32 bits), RFC 8215 (within a house), RFC 4291 (IPv4-compatible).
TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
WITHIN: Final = (ipaddress.ip_network("64:ff9b:1::/48"), ipaddress.ip_network("::/96"), ipaddress.ip_network("fec0::/10"))
Lookup = Callable[[str, int], list[str]]


def checked_address(untrusted_address: str) -> str:
    """The address as it may be kept and fetched; `webcal://` counts as https. Raises NotAccepted."""
    text = untrusted_address.strip()
    if text.lower().startswith("webcal://"):
        text = "https://" + text[len("webcal://") :]
    try:
        parts = urlsplit(text)
        fits = parts.scheme == "https" and parts.hostname and not parts.username and not parts.password and (parts.port or 443) > 0
    except ValueError:
        fits = False
    if not fits or len(text) > LONGEST_ADDRESS or not text.isprintable() or " " in text:
        raise NotAccepted(NO_ADDRESS, field="address")
    return text


def looked_up(host: str, port: int) -> list[str]:
    """The numeric addresses that *host* stands for. Raises Unreadable when nobody knows it."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Unreadable(NOT_FETCHED) from error


def public_address(host: str, port: int, lookup: Lookup = looked_up) -> str:
    """A numeric address of *host*; raises NotAccepted when any that it stands for lies within a house, a machine or a test network."""
    found = lookup(host, port)
    if not found or not all(_is_public(address) for address in found):
        raise NotAccepted(NOT_PUBLIC, field="address")
    return found[0]


def fetched(untrusted_address: str, lookup: Lookup = looked_up) -> bytes:
    """What lies at the address, at most 32 MiB within 30 s. Raises NotAccepted or Unreadable, each with what to do next."""
    parts = urlsplit(checked_address(untrusted_address))
    host, port = parts.hostname or "", parts.port or 443
    connection = _Pinned(host, port, public_address(host, port, lookup))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    until = time.monotonic() + SECONDS
    end = threading.Timer(SECONDS, connection.cut)  # an answer whose head drips in would pass every timeout of a single read
    end.start()
    try:
        connection.request("GET", path.encode("ascii", "xmlcharrefreplace").decode(), headers={"Accept": "*/*", "User-Agent": "gifthorse"})
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise Unreadable(NOT_FETCHED)
        return _body(answer, until)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreadable(NOT_FETCHED) from error
    finally:
        end.cancel()
        connection.close()


def _body(answer: http.client.HTTPResponse, until: float) -> bytes:
    whole = bytearray()
    while chunk := answer.read1(CHUNK):
        whole += chunk
        if len(whole) > LARGEST or time.monotonic() > until:
            raise Unreadable(TOO_LARGE)
    return bytes(whole)


def _is_public(address: str) -> bool:
    try:
        told = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(told in network for network in WITHIN):
        return False
    if told in TRANSLATED:
        return _is_public(str(ipaddress.IPv4Address(int(told) & 0xFFFFFFFF)))
    inner = getattr(told, "ipv4_mapped", None) or getattr(told, "sixtofour", None)
    carried = getattr(told, "teredo", None)
    return told.is_global and not told.is_multicast and (inner is None or inner.is_global) and (carried is None or carried[1].is_global)


class _Pinned(http.client.HTTPSConnection):
    """A connection to one numeric address, whose certificate must be that of the name."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=SECONDS / 3, context=ssl.create_default_context())
        self._address = address
        self._tls = ssl.create_default_context()

    def connect(self) -> None:
        """To the address that was checked, not to what the name stands for by now."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """Whoever waits for a byte waits no longer."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
