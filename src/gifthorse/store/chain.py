"""The chain that makes tampering with the ledger visible.

Each entry's digest covers its own canonical bytes and the digest before it, so an entry can't be changed, removed or moved without
breaking the chain where it happened. A cut tail and a rewritten whole are only seen against a checkpoint kept elsewhere
(`checkpoint.py`).
"""

import hashlib
from collections.abc import Iterable
from typing import Final, NamedTuple

Digest = bytes

GENESIS: Final[Digest] = bytes(32)
# set apart from every other use of SHA-256 here, so that no other digest can stand for a link
_DOMAIN: Final = b"gifthorse ledger entry 1\n"


class Link(NamedTuple):
    """One entry as the chain sees it: its place (counted from 1), its canonical bytes, and the digest that is stored with it."""

    position: int
    body: bytes
    digest: Digest


def seal(previous: Digest, body: bytes) -> Digest:
    """Digest of *body* chained to *previous* (32 bytes, SHA-256)."""
    return hashlib.sha256(_DOMAIN + previous + body).digest()


def first_break(links: Iterable[Link], start: Digest = GENESIS, position: int = 1) -> int | None:
    """Position at which the first link does not follow from the one before it, or None if the chain holds."""
    previous = start
    for expected, link in enumerate(links, start=position):
        if link.position != expected or link.digest != seal(previous, link.body):
            return expected
        previous = link.digest
    return None
