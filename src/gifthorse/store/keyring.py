"""The keys that lie outside the database: the key-encryption key, from which all others are derived, and the signing key.

The folder holds `kek` (32 random bytes) and `signing` (32 bytes, Ed25519), both readable by the desk's own user alone. The
key-encryption key may instead come from `GIFTHORSE_KEK` (base64) or the file that `GIFTHORSE_KEK_FILE` names, as a secrets
manager hands it over. Subkeys are derived by HKDF-SHA256 (RFC 5869), one for each purpose.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gifthorse.model.errors import Damaged, KeyMissing
from gifthorse.model.words import N_

KEY_LENGTH: Final = 32
FINGERPRINT_LENGTH: Final = 8
NONCE_LENGTH: Final = 12  # SP 800-38D: 96 bits, random; safe for 2^32 wraps under one key
KEK_FILE: Final = "kek"
SIGNING_FILE: Final = "signing"


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """The process's keys. Never shown: their representation is a fingerprint."""

    key_encryption_key: bytes = field(repr=False)
    signing_seed: bytes = field(repr=False)

    @classmethod
    def open(cls, folder: Path, environment: Mapping[str, str] = os.environ) -> Self:
        """The keyring in *folder*; raises KeyMissing when a key is absent or not 32 bytes."""
        kek = _from_environment(environment) or _read(folder / KEK_FILE)
        return cls(key_encryption_key=_whole(kek), signing_seed=_whole(_read(folder / SIGNING_FILE)))

    @classmethod
    def create(cls, folder: Path, environment: Mapping[str, str] = os.environ) -> Self:
        """A new keyring, on disk and readable by this user alone; raises KeyMissing rather than replace one that is there."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _from_environment(environment) is None:
            _write(folder / KEK_FILE, secrets.token_bytes(KEY_LENGTH))
        _write(folder / SIGNING_FILE, secrets.token_bytes(KEY_LENGTH))
        _sync_folder(folder)
        return cls.open(folder, environment)

    @property
    def wrapping_key(self) -> bytes:
        """Wraps the keys of records and backups."""
        return self._derived("wrapping key")

    @property
    def ledger_key(self) -> bytes:
        """Keys the digests that the ledger holds, so that they tell nothing about short or guessable records."""
        return self._derived("ledger key")

    @property
    def token_key(self) -> bytes:
        """Signs what the web desk hands out: sessions, links."""
        return self._derived("token key")

    @property
    def mark_key(self) -> bytes:
        """Keys the marks by which the same finding is known again."""
        return self._derived("mark key")

    @property
    def index_key(self) -> bytes:
        """Keys the digests by which sealed texts are found, and by which a staff number or a place is known again."""
        return self._derived("index key")

    @property
    def intake_seed(self) -> bytes:
        """The private key (X25519, 32 bytes) to which phones without a network seal reports for this desk."""
        return self._derived("intake key")

    @property
    def fingerprint(self) -> bytes:
        """Names the key-encryption key (8 bytes) without telling anything about it."""
        return self._derived("fingerprint")[:FINGERPRINT_LENGTH]

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """Signs checkpoints."""
        return Ed25519PrivateKey.from_private_bytes(self.signing_seed)

    @property
    def public_key(self) -> Ed25519PublicKey:
        """Checks the signatures of checkpoints."""
        return self.signing_key.public_key()

    def wrap(self, key: bytes, purpose: str) -> bytes:
        """*key*, encrypted so that only `unwrap` with the same *purpose* (a record's id, say) gives it back."""
        nonce = secrets.token_bytes(NONCE_LENGTH)
        return self.fingerprint + nonce + AESGCM(self.wrapping_key).encrypt(nonce, key, purpose.encode())

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """The key in *wrapped*; raises KeyMissing when another keyring wrapped it, Damaged when it was changed or moved."""
        fingerprint, rest = wrapped[:FINGERPRINT_LENGTH], wrapped[FINGERPRINT_LENGTH:]
        if fingerprint != self.fingerprint:
            raise KeyMissing(N_("This record was sealed under another key. Put the keyring that belongs to this database in place."))
        try:
            return AESGCM(self.wrapping_key).decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise Damaged(N_("A record's key was changed. Run `gifthorse verify`, then restore the last good backup.")) from error

    def _derived(self, purpose: str) -> bytes:
        return _derive(self.key_encryption_key, purpose)


@lru_cache(maxsize=64)
def _derive(key_encryption_key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_LENGTH, salt=None, info=f"gifthorse {purpose} 1".encode()).derive(key_encryption_key)


def keyring() -> Keyring:
    """The keyring of `settings.GIFTHORSE_KEYRING`, read once; raises KeyMissing."""
    return _opened(Path(settings.GIFTHORSE_KEYRING))


@lru_cache(maxsize=8)
def _opened(folder: Path) -> Keyring:
    return Keyring.open(folder)


def forget_keys() -> None:
    """The next use reads the keyring again: after it was created or replaced."""
    _opened.cache_clear()
    _derive.cache_clear()


def _from_environment(environment: Mapping[str, str]) -> bytes | None:
    if path := environment.get("GIFTHORSE_KEK_FILE"):
        return _read(Path(path))
    if text := environment.get("GIFTHORSE_KEK"):
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise KeyMissing(N_("GIFTHORSE_KEK is not base64. Set it to the 32 bytes of the key, in base64.")) from error
    return None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyMissing(
            f"The key file {path} can't be read. Bring the keyring folder back from where you keep it; without it nothing can be opened."
        ) from error


def _whole(key: bytes) -> bytes:
    if len(key) != KEY_LENGTH:
        raise KeyMissing(N_("A key file is not 32 bytes long. Bring the keyring folder back from where you keep it."))
    return key


def _write(path: Path, key: bytes) -> None:
    try:
        fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise KeyMissing(f"There is a key in {path} already; it is never replaced. Move the keyring away if you want a new one.") from error
    with os.fdopen(fd, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
