"""Reports that a phone sealed for this desk while it had no network (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM).

The phone holds the public key alone and can't read back what it sealed. The private key is derived from the key-encryption key.
"""

import struct
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_
from gifthorse.store.keyring import keyring

INFO: Final = b"gifthorse report 1"
LARGEST: Final = 256 << 10
_LENGTH: Final = struct.Struct(">I")


def public_key() -> bytes:
    """The 32 bytes to which phones seal."""
    return _private_key().public_key().public_bytes_raw()


def opened(untrusted_sealed: bytes) -> bytes:
    """What was sealed, without its padding. Raises NotAccepted when it was sealed for another desk, or changed on the way."""
    if len(untrusted_sealed) > LARGEST:
        raise NotAccepted(N_("This report is too large to take in. Please write it on the desk's own page."))
    try:
        padded = _suite().decrypt(untrusted_sealed, _private_key(), info=INFO)
        (length,) = _LENGTH.unpack_from(padded)
    except (InvalidTag, ValueError, struct.error) as error:
        raise NotAccepted(N_("This report was sealed for another desk, or damaged on its way. Please write it once more.")) from error
    if length > len(padded) - _LENGTH.size:
        raise NotAccepted(N_("This report was sealed for another desk, or damaged on its way. Please write it once more."))
    return padded[_LENGTH.size : _LENGTH.size + length]


def _private_key() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(keyring().intake_seed)


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
