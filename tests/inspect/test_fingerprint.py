import hashlib
import os

import pytest

from gifthorse.inspect.fingerprint import Fingerprint

BODY = os.urandom(3_000_001)


def _medium() -> int:
    fd = os.memfd_create("medium")
    os.write(fd, BODY)
    return fd


def test_the_digest_is_that_of_all_bytes() -> None:
    fingerprint = Fingerprint(_medium(), len(BODY))
    fingerprint.run()
    assert fingerprint.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (fingerprint.done_bytes, fingerprint.missing_bytes) == (len(BODY), 0)


def test_a_medium_that_ends_early_has_no_digest_and_its_missing_bytes_are_counted() -> None:
    fingerprint = Fingerprint(_medium(), len(BODY) + 5000)
    fingerprint.run()
    assert fingerprint.sha256 is None
    assert fingerprint.unreadable == [(len(BODY), 5000)]


def test_bad_blocks_are_counted_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = range(1_500_000, 1_510_000)
    real = os.preadv, os.pread

    def touches(offset: int, length: int) -> bool:
        return offset < bad.stop and offset + length > bad.start

    def preadv(fd: int, buffers: list[memoryview], offset: int) -> int:
        if touches(offset, len(buffers[0])):
            raise OSError(5, "Input/output error")
        return real[0](fd, buffers, offset)

    def pread(fd: int, length: int, offset: int) -> bytes:
        if touches(offset, length):
            raise OSError(5, "Input/output error")
        return real[1](fd, length, offset)

    monkeypatch.setattr(os, "preadv", preadv)
    monkeypatch.setattr(os, "pread", pread)
    fingerprint = Fingerprint(_medium(), len(BODY))
    fingerprint.run()
    assert fingerprint.sha256 is None
    assert fingerprint.unreadable == [(1_499_136, 12_288)]  # the three blocks of 4 KiB that the bad stretch touches
    assert fingerprint.done_bytes == len(BODY)


def test_it_stops_when_it_is_told() -> None:
    fingerprint = Fingerprint(_medium(), 1 << 40)
    fingerprint.stop()
    fingerprint.run()
    assert fingerprint.done_bytes == 0
