"""The form in which sealed bytes lie on disk: encrypted in segments, so that a file of any size streams through little memory.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance", CRYPTO 2015) over AES-256-GCM:

    magic 4 | nonce prefix 7 | segment 0 | segment 1 | … | last segment

A segment is up to 1 MiB of ciphertext and its tag of 16 bytes. Its nonce is prefix 7 | counter 4 (big-endian) | 1 when it is the
last, else 0; the record's id is associated data of each. So segments can't be changed, exchanged, left out, repeated, cut off at
the end or moved to another record without the reader noticing.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gifthorse.model.errors import Damaged
from gifthorse.model.words import N_

MAGIC: Final = b"GHS1"
PREFIX_LENGTH: Final = 7
SEGMENT_LENGTH: Final = 1 << 20
TAG_LENGTH: Final = 16
DAMAGED: Final = N_("What was sealed here was changed or cut off. Run `gifthorse verify`, then restore the last good backup.")


class Sealer:
    """Encrypts what is written to it into *sink*. `size` and `sha256` are of the plaintext, `digest` is of the ciphertext."""

    def __init__(self, key: bytes, associated: bytes, sink: Callable[[bytes], object]) -> None:
        self._cipher = AESGCM(key)
        self._associated = associated
        self._sink = sink
        self._prefix = secrets.token_bytes(PREFIX_LENGTH)
        self._counter = 0
        self._waiting = bytearray()
        self._plain = hashlib.sha256()
        self._sealed = hashlib.sha256()
        self.size = 0
        self._emit(MAGIC + self._prefix)

    def write(self, chunk: bytes) -> None:
        """*chunk* is taken; whole segments go to the sink. One segment is held back, since the last is marked as such."""
        self._plain.update(chunk)
        self.size += len(chunk)
        self._waiting += chunk
        start = 0
        while len(self._waiting) - start > SEGMENT_LENGTH:
            self._segment(bytes(memoryview(self._waiting)[start : start + SEGMENT_LENGTH]), last=False)
            start += SEGMENT_LENGTH
        del self._waiting[:start]

    def finish(self) -> None:
        """The last segment is written; nothing more may follow."""
        self._segment(bytes(self._waiting), last=True)
        self._waiting.clear()

    @property
    def sha256(self) -> str:
        """SHA-256 of the plaintext so far, in hex."""
        return self._plain.hexdigest()

    @property
    def digest(self) -> bytes:
        """SHA-256 of the ciphertext so far (32 bytes)."""
        return self._sealed.digest()

    def _segment(self, plaintext: bytes, *, last: bool) -> None:
        self._emit(self._cipher.encrypt(_nonce(self._prefix, self._counter, last=last), plaintext, self._associated))
        self._counter += 1

    def _emit(self, ciphertext: bytes) -> None:
        self._sealed.update(ciphertext)
        self._sink(ciphertext)


def opened(key: bytes, associated: bytes, read: Callable[[int], bytes]) -> Iterator[bytes]:
    """The plaintext, in chunks of at most 1 MiB. *read(n)* gives n bytes, fewer only at the end.

    Raises Damaged at the first segment that isn't as it was sealed; what came before it was.
    """
    head = read(len(MAGIC) + PREFIX_LENGTH)
    if len(head) != len(MAGIC) + PREFIX_LENGTH or not head.startswith(MAGIC):
        raise Damaged(DAMAGED)
    cipher = AESGCM(key)
    prefix = head[len(MAGIC) :]
    counter = 0
    segment = read(SEGMENT_LENGTH + TAG_LENGTH)
    while True:
        following = read(SEGMENT_LENGTH + TAG_LENGTH)
        try:
            yield cipher.decrypt(_nonce(prefix, counter, last=not following), segment, associated)
        except (InvalidTag, ValueError) as error:
            raise Damaged(DAMAGED) from error
        if not following:
            return
        segment = following
        counter += 1


def _nonce(prefix: bytes, counter: int, *, last: bool) -> bytes:
    return prefix + counter.to_bytes(4, "big") + bytes([last])
