"""Reports and photographs that a phone sealed for this desk while it had no network (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM).

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
INFO_OF_PHOTOGRAPHS: Final = b"gifthorse photograph 1"
LARGEST: Final = 256 << 10
LARGEST_PHOTOGRAPH: Final = (8 << 20) + (128 << 10)  # 8 MiB of picture, with its name, its padding and the seal
_LENGTH: Final = struct.Struct(">I")


def public_key() -> bytes:
    """The 32 bytes to which phones seal."""
    return _private_key().public_key().public_bytes_raw()


def opened(untrusted_sealed: bytes) -> bytes:
    """The report that was sealed, without its padding. Raises NotAccepted when it was sealed for another desk, or changed on the way."""
    if len(untrusted_sealed) > LARGEST:
        raise NotAccepted(N_("This report is too large to take in. Please write it on the desk's own page."))
    return _opened(untrusted_sealed, INFO, N_("This report was sealed for another desk, or damaged on its way. Please write it once more."))


def opened_photograph(untrusted_sealed: bytes) -> bytes:
    """The photograph that was sealed, without its padding. Raises NotAccepted as `opened`."""
    if len(untrusted_sealed) > LARGEST_PHOTOGRAPH:
        raise NotAccepted(N_("This photograph is too large to take in. Please add it to the report on the desk's own page."))
    damaged = N_("This photograph was sealed for another desk, or damaged on its way. Please add it to the report once more.")
    return _opened(untrusted_sealed, INFO_OF_PHOTOGRAPHS, damaged)


def _opened(untrusted_sealed: bytes, info: bytes, damaged: str) -> bytes:
    try:
        padded = _suite().decrypt(untrusted_sealed, _private_key(), info=info)
        (length,) = _LENGTH.unpack_from(padded)
    except (InvalidTag, ValueError, struct.error) as error:
        raise NotAccepted(damaged) from error
    if length > len(padded) - _LENGTH.size:
        raise NotAccepted(damaged)
    return padded[_LENGTH.size : _LENGTH.size + length]


def _private_key() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(keyring().intake_seed)


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
