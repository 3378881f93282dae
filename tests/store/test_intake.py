"""What a phone sealed is opened by this desk's keyring alone, whole and unchanged."""

import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from gifthorse.model.errors import NotAccepted
from gifthorse.store import intake


def sealed(text: bytes, *, size: int = 1024, to: bytes | None = None, length: int | None = None, info: bytes = intake.INFO) -> bytes:
    padded = (struct.pack(">I", len(text) if length is None else length) + text).ljust(size, b"\0")
    return intake._suite().encrypt(padded, X25519PublicKey.from_public_bytes(to or intake.public_key()), info=info)


def test_what_was_sealed_for_this_desk_is_opened_without_its_padding():
    assert intake.opened(sealed("Jörg war da".encode())) == "Jörg war da".encode()
    assert intake.opened(sealed(b"")) == b""


def test_the_key_is_the_same_each_time():
    assert intake.public_key() == intake.public_key()
    assert len(intake.public_key()) == 32


@pytest.mark.parametrize(
    "untrusted",
    [
        pytest.param(lambda: sealed(b"x", to=X25519PrivateKey.generate().public_key().public_bytes_raw()), id="for another desk"),
        pytest.param(lambda: sealed(b"x")[:-1], id="cut short"),
        pytest.param(lambda: bytes([sealed(b"x")[0] ^ 1]) + sealed(b"x")[1:], id="changed"),
        pytest.param(lambda: b"", id="empty"),
        pytest.param(lambda: bytes(40), id="zeros"),
        pytest.param(lambda: sealed(b"x", length=5000), id="a length beyond its end"),
        pytest.param(lambda: sealed(b"x", info=b"another purpose"), id="for another purpose"),
        pytest.param(lambda: bytes(intake.LARGEST + 1), id="too large"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(untrusted):
    with pytest.raises(NotAccepted, match=r"once more|own page"):
        intake.opened(untrusted())
