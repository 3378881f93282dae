"""Whole files that look random: told apart from what was merely compressed."""

import bz2
import lzma
import random
import zlib
from pathlib import Path

import pytest

from gifthorse.inspect import engine
from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.formats.random_looking import LEAST, looks_random_throughout
from gifthorse.model.inspections import Reason, Verdict


def text(seed: int, size: int) -> bytes:
    chance = random.Random(seed)
    words = [bytes(chance.choices(b"etaoinshrdlu", k=chance.randrange(2, 9))) for _ in range(3000)]
    return b" ".join(chance.choice(words) for _ in range(size // 6))


@pytest.mark.parametrize("size", [LEAST, LEAST + 512, 1 << 20])
def test_random_bytes_are_taken_for_what_they_may_be(size: int) -> None:
    chance = random.Random(size)
    assert all(looks_random_throughout(MemoryContent(chance.randbytes(size))) for _ in range(40))


@pytest.mark.parametrize("size", [LEAST - 512, LEAST + 1, 0])
def test_small_files_and_odd_sizes_are_not(size: int) -> None:
    assert not looks_random_throughout(MemoryContent(random.Random(1).randbytes(size)))


@pytest.mark.parametrize("seed", range(6))
def test_headers_and_gaps_tell_other_data(seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(chance.randbytes(1 << 18))
    place = chance.choice([0, (1 << 17), (1 << 18) - 512])
    body[place : place + 512] = bytes(512)
    assert not looks_random_throughout(MemoryContent(bytes(body)))


@pytest.mark.parametrize("seed", range(8))
def test_compressed_text_without_its_header_is_not_taken_for_random(seed: int) -> None:
    body = text(seed, 3_000_000)
    packed = zlib.compress(body, 9)[64:], bz2.compress(body)[64:]
    assert not any(looks_random_throughout(MemoryContent(one[: len(one) // 512 * 512])) for one in packed)


def test_such_a_file_is_never_clear_and_nothing_is_said_against_it(tmp_path: Path) -> None:
    (tmp_path / "holiday").write_bytes(random.Random(7).randbytes(1 << 18))
    (tmp_path / "notes.xz").write_bytes(lzma.compress(text(1, 900_000)))
    inspection = engine.inspect(str(tmp_path))
    assert [(gap.path, gap.reason) for gap in inspection.coverage.not_inspected] == [("holiday", Reason.ENCRYPTED)]
    assert inspection.verdict is Verdict.CAUTION
    assert not [finding for finding in inspection.findings if finding.severity.rank > 1]


def test_any_size_counts_where_the_name_promises_a_known_kind_and_cipher_blocks_count_always(tmp_path: Path) -> None:
    body = random.Random(9).randbytes(LEAST + 33)
    assert looks_random_throughout(MemoryContent(body), of_any_size=True)
    assert not looks_random_throughout(MemoryContent(body))
    assert looks_random_throughout(MemoryContent(body[: LEAST + 32]))
    (tmp_path / "offer.pdf").write_bytes(body)
    (tmp_path / "offer.bin").write_bytes(body)
    gaps = engine.inspect(str(tmp_path)).coverage.not_inspected
    assert [(gap.path, gap.reason) for gap in gaps] == [("offer.pdf", Reason.ENCRYPTED)]
    assert "probably encrypted" in gaps[0].detail
