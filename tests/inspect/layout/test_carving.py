import gzip
import io
import random
import zipfile

import pytest

from gifthorse.inspect.layout.carving import ARCHIVE, DOCUMENT, PROGRAM, filesystem_starts, headers_in, looks_random
from tests.samples.disks import INERT_PROGRAM


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")
    return target.getvalue()


SEVEN_ZIP = bytes.fromhex("377abcaf271c00048d9bd50f") + bytes(20)
CASES = [
    (INERT_PROGRAM, PROGRAM),
    (b"\x7fELF\x02\x01\x01" + bytes(50), PROGRAM),
    (b"\xcf\xfa\xed\xfe\x07\0\0\1\3\0\0\0\2\0\0\0" + bytes(50), PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46" + bytes(50), PROGRAM),
    (b"#!/bin/sh\necho\n", PROGRAM),
    (zipped(), ARCHIVE),
    (b"Rar!\x1a\x07\x01\0" + bytes(50), ARCHIVE),
    (gzip.compress(b"a", mtime=0), ARCHIVE),
    (b"MSCF\0\0\0\0" + bytes(50), ARCHIVE),
    (b"%PDF-1.7\n", DOCUMENT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), DOCUMENT),
]


@pytest.mark.parametrize(("header", "look"), CASES)
def test_a_header_at_the_start_of_a_sector_is_found_and_elsewhere_is_not(header, look):
    chunk = bytes(1024) + header.ljust(1024, b"\0")
    assert [(at, kind) for at, kind, _name in headers_in(chunk, 4096)] == [(4096 + 1024, look)]
    assert list(headers_in(bytes(1030) + header.ljust(1024, b"\0"), 0)) == []


def test_random_bytes_and_two_letters_alone_seldom_pass_for_a_header():
    noise = random.Random(4).randbytes(8 * 1024 * 1024)
    assert list(headers_in(noise, 0)) == []
    words = b"MZ, PK and #! are only letters".ljust(512, b" ") * 100
    assert list(headers_in(words, 0)) == []


def test_encrypted_looking_bytes_are_told_from_text_and_programs():
    assert looks_random(random.Random(1).randbytes(65536))
    assert not looks_random(b"The quick brown fox jumps over the lazy dog. " * 2000)
    assert not looks_random(bytes(65536))
    assert not looks_random(b"short")


def test_the_start_of_a_filesystem_is_told_from_its_mark():
    chunk = bytearray(8192)
    chunk[1024 + 3 : 1024 + 11] = b"NTFS    "
    chunk[4096 + 1080 : 4096 + 1082] = b"\x53\xef"
    assert set(filesystem_starts(bytes(chunk), 1 << 20)) == {(1 << 20) + 1024, (1 << 20) + 4096}
