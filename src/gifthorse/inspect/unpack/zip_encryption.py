"""Members of zip archives that a password opens: the old ZipCrypto, and WinZip's AES.

ZipCrypto: PKWARE APPNOTE.TXT 6.3.10 section 6.1. AES: "AES Encryption Information: Encryption Specification AE-1 and AE-2" (WinZip).
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged, Encrypted, pieces_of
from gifthorse.inspect.unpack.zip_directory import Header, extra_field

AES_EXTRA: Final = 0x9901
AES_METHOD: Final = 99
ZIPCRYPTO_MOST: Final = 16 * 1024 * 1024  # it steps byte by byte: this much takes some seconds
SALT_BYTES: Final = {1: 8, 2: 12, 3: 16}
KEY_BYTES: Final = {1: 16, 2: 24, 3: 32}


def real_method(header: Header) -> int:
    """The compression under the encryption: AES members name it in their extra field."""
    aes = extra_field(header.extra, AES_EXTRA)
    if header.method == AES_METHOD and aes is not None and len(aes) >= 7:
        return int.from_bytes(aes[5:7], "little")
    return header.method


def decrypted(content: Content, header: Header, data: int, packed: int, password: str) -> Iterator[bytes]:
    """The member's compressed bytes in the clear; raises Encrypted when *password* (none: empty) doesn't fit."""
    aes = header.method == AES_METHOD
    if header.flags & 0x40 and not aes:
        raise Encrypted("strong encryption of PKWARE")
    if not aes and password and packed > ZIPCRYPTO_MOST:
        raise Encrypted(f"ZipCrypto over {packed} bytes: unpack it elsewhere with the password")
    spellings = dict.fromkeys((password.encode("utf-8"), password.encode("cp437", "replace"))) if password else ()
    for spelling in spellings:
        pieces = _aes(content, header, data, packed, spelling) if aes else _zipcrypto(content, header, data, packed, spelling)
        if pieces is not None:
            return pieces
    raise Encrypted("encrypted with AES" if aes else "encrypted with ZipCrypto")


def _aes(content: Content, header: Header, data: int, packed: int, password: bytes) -> Iterator[bytes] | None:
    extra = extra_field(header.extra, AES_EXTRA)
    strength = extra[4] if extra is not None and len(extra) >= 7 else 0
    if strength not in KEY_BYTES:
        raise Damaged("an AES member without its parameters")
    salt_length, key_length = SALT_BYTES[strength], KEY_BYTES[strength]
    head = content.read(data, salt_length + 2)
    keys = hashlib.pbkdf2_hmac("sha1", password, head[:salt_length], 1000, 2 * key_length + 2)
    if packed < salt_length + 12 or not hmac.compare_digest(keys[-2:], head[salt_length:]):
        return None
    start, end = data + salt_length + 2, data + packed - 10
    seal = hmac.new(keys[key_length : 2 * key_length], digestmod="sha1")
    for piece in pieces_of(content, start, end):
        seal.update(piece)
    # the two check bytes fit one wrong password in 65,536; the seal of ten bytes decides
    if not hmac.compare_digest(seal.digest()[:10], content.read(end, 10)):
        return None
    return _aes_pieces(content, start, end, keys[:key_length])


def _aes_pieces(content: Content, start: int, end: int, key: bytes) -> Iterator[bytes]:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    # WinZip counts blocks from one in little-endian order, which no CTR mode offers: the counters are encrypted as blocks
    block = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - builds the counter mode of the format
    count = 1
    for piece in pieces_of(content, start, end):
        blocks = -(-len(piece) // 16)
        counters = b"".join((count + index).to_bytes(16, "little") for index in range(blocks))
        stream = block.update(counters)[: len(piece)]
        yield (int.from_bytes(piece, "little") ^ int.from_bytes(stream, "little")).to_bytes(len(piece), "little")
        count += blocks


class _Keys:
    """The three keys of ZipCrypto and their stepping."""

    def __init__(self, password: bytes) -> None:
        self.one, self.two, self.three = 0x12345678, 0x23456789, 0x34567890
        for byte in password:
            self.step(byte)

    def step(self, plain: int) -> None:
        self.one = (self.one >> 8) ^ TABLE[(self.one ^ plain) & 255]
        self.two = ((self.two + (self.one & 255)) * 134775813 + 1) & 0xFFFFFFFF
        self.three = (self.three >> 8) ^ TABLE[(self.three ^ (self.two >> 24)) & 255]

    def clear(self, data: bytes) -> bytes:
        out = bytearray(len(data))
        for index, byte in enumerate(data):
            mask = (self.three | 2) & 0xFFFF
            plain = byte ^ (((mask * (mask ^ 1)) >> 8) & 255)
            out[index] = plain
            self.step(plain)
        return bytes(out)


def _zipcrypto(content: Content, header: Header, data: int, packed: int, password: bytes) -> Iterator[bytes] | None:
    keys = _Keys(password)
    head = keys.clear(content.read(data, 12))
    if len(head) < 12:
        raise Damaged("an encrypted member without its header")
    local_time = struct.unpack("<H", content.read(header.time_at, 2))[0] if header.sizes_follow and header.time_at else 0
    checks = {header.checksum >> 24, local_time >> 8}
    if head[11] not in checks:
        return None
    return (keys.clear(piece) for piece in pieces_of(content, data + 12, data + packed))


def _table() -> tuple[int, ...]:
    table = []
    for value in range(256):
        for _bit in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)  # noqa: PLW2901 - the register of the CRC
        table.append(value)
    return tuple(table)


TABLE: Final = _table()
