"""A verdict is kept for all the bytes that it was made of: those of further parts and of parents beside the source too."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options
from gifthorse.inspect.fingerprint import Fingerprint
from gifthorse.inspect.sources import Source, open_source
from gifthorse.inspect.verdict_cache import VerdictCache, versions_of
from gifthorse.model.inspections import RECALLED, Inspection
from tests.samples.archives import iso_of
from tests.samples.disk_files import differencing_vhd, dynamic_vhd, e01_set_of, vhd_with_id

OLD = iso_of({"readme.txt": b"hello"}).ljust(300_000, b"\0")
NEW = iso_of({"readme.txt": b"hello", "more.txt": b"words"}).ljust(300_000, b"\0")
RAW = OLD.ljust(700_001, b"\0")
SETS = {
    "evidence": {f"a.E0{number + 1}": body for number, body in enumerate(e01_set_of(OLD, 3))},
    "raw parts": {"a.001": RAW[:250_001], "a.002": RAW[250_001:500_000], "a.003": RAW[500_000:]},
    "changes": {
        "now.vhd": differencing_vhd(NEW, OLD, bytes([1] * 16)),
        "base.vhd": vhd_with_id(dynamic_vhd(OLD), bytes([1] * 16)),
    },
}


@contextmanager
def opened(folder: Path, files: dict[str, bytes]) -> Iterator[Source]:
    for name, body in files.items():
        (folder / name).write_bytes(body)
    with open_source(str(folder / next(iter(files)))) as source:
        yield source


def cache_of(folder: Path, source: Source) -> VerdictCache:
    return VerdictCache(folder / "cache", b"engine 1", beside=tuple((one.fd, one.size) for one in source.relatives))


def looked(folder: Path, source: Source) -> Inspection:
    """The outcome of *source*, kept."""
    cache = cache_of(folder, source)
    content = cache.digest()
    reading = Fingerprint(source.fd, source.size or 0, content)
    reading.run()
    made = engine.inspect(source, options=Options(workers=1))
    cache.keep(source.fd, content.digest(), made)
    return made


def recalled(folder: Path, source: Source) -> Inspection | None:
    return cache_of(folder, source).recall(source.fd, source.size or 0, lambda _done: False)


@pytest.mark.parametrize("kind", SETS)
def test_the_same_set_is_recalled_and_one_changed_bit_in_any_of_its_files_is_looked_at_anew(tmp_path: Path, kind: str) -> None:
    with opened(tmp_path, SETS[kind]) as source:
        made = looked(tmp_path, source)
    with opened(tmp_path, SETS[kind]) as source:
        assert recalled(tmp_path, source) == msgspec.structs.replace(made)
    for name, body in SETS[kind].items():
        changed = bytearray(body)
        changed[len(body) * 2 // 3 + 5] ^= 1
        with opened(tmp_path, SETS[kind] | {name: bytes(changed)}) as source:
            assert recalled(tmp_path, source) is None, name


def test_a_parent_more_or_less_is_another_source(tmp_path: Path) -> None:
    with opened(tmp_path, SETS["changes"]) as source:
        looked(tmp_path, source)
    with opened(tmp_path, SETS["changes"] | {"another.vhd": dynamic_vhd(OLD)}) as source:
        assert recalled(tmp_path, source) is None


def test_a_set_that_changes_meanwhile_has_another_version(tmp_path: Path) -> None:
    with opened(tmp_path, SETS["evidence"]) as source:
        before = versions_of(source.fd, source.descriptors)
        assert before == versions_of(source.fd, source.descriptors)
        assert before is not None
        assert len(before) == 3
        os.utime(tmp_path / "a.E02", ns=(1, 1))
        assert versions_of(source.fd, source.descriptors) != before


def test_a_set_with_a_part_that_is_no_regular_file_has_no_version(tmp_path: Path) -> None:
    with opened(tmp_path, SETS["evidence"]) as source:
        pipe = os.pipe()
        try:
            assert versions_of(source.fd, pipe) is None
        finally:
            for end in pipe:
                os.close(end)


@pytest.mark.parametrize("kind", SETS)
def test_a_second_look_at_a_set_needs_no_parser_and_names_its_parts_again(tmp_path: Path, kind: str) -> None:
    options = Options(workers=1, cache=str(tmp_path / "cache"))
    with opened(tmp_path, SETS[kind]) as source:
        first = engine.inspect(source, options=options)
    with opened(tmp_path, SETS[kind]) as source:
        second = engine.inspect(source, options=options)
    assert RECALLED in second.timings.parts_s
    assert second == msgspec.structs.replace(first, timings=second.timings)
