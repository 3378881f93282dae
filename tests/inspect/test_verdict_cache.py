import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from gifthorse.inspect import engine, verdict_cache
from gifthorse.inspect.engine import Options
from gifthorse.inspect.verdict_cache import VerdictCache, is_lasting
from gifthorse.model.errors import Interrupted, NotAccepted
from gifthorse.model.inspections import RECALLED, Inspection, NotInspected, Reason, Timings, to_json
from tests.samples.own_detectors import detector_that

SIZE = 3_000_000


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    path = tmp_path / "wedding pictures.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("holiday.jpg.bat", "@echo off\r\ndir\r\n")
        archive.writestr("noise.bin", os.urandom(SIZE))
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def _looked(path: Path, cache: Path, **options: object) -> Inspection:
    return engine.inspect(str(path), options=Options(cache=str(cache), **options))  # type: ignore[arg-type]


def _is_recalled(inspection: Inspection) -> bool:
    return RECALLED in inspection.timings.parts_s


def _entries(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.verdict"))


def test_a_second_look_gives_the_same_document_and_starts_no_parser(gift: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _looked(gift, cache)
    monkeypatch.delattr("gifthorse.inspect.engine.Parent")
    second = _looked(gift, cache)
    assert (_is_recalled(first), _is_recalled(second)) == (False, True)
    assert first.findings
    assert second == msgspec.structs.replace(first, timings=second.timings)
    untimed = [msgspec.structs.replace(one, timings=Timings(total_s=0)) for one in (first, second)]
    assert to_json(untimed[0], contents=True) == to_json(untimed[1], contents=True)


@pytest.mark.parametrize("place", [0, 7, 1_234_567, SIZE])
def test_one_changed_bit_is_looked_at_anew(gift: Path, cache: Path, place: int) -> None:
    """Most of these places are in no sample by which an entry is found."""
    _looked(gift, cache)
    facts = gift.stat()
    with gift.open("rb+") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))
    os.utime(gift, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert not _is_recalled(_looked(gift, cache))


def test_other_passwords_rules_detectors_and_names_are_looked_at_anew(gift: Path, cache: Path) -> None:
    _looked(gift, cache)
    own = Path(detector_that(gift.parent, "pass"))
    assert not _is_recalled(_looked(gift, cache, passwords=("secret",)))
    assert not _is_recalled(_looked(gift, cache, own_detectors=(str(own),)))
    assert _is_recalled(_looked(gift, cache, own_detectors=(str(own),)))
    own.write_text(own.read_text() + "\n# altered\n")
    assert not _is_recalled(_looked(gift, cache, own_detectors=(str(own),)))
    assert not _is_recalled(_looked(gift.rename(gift.with_name("other.jpg")), cache))


def test_an_image_under_another_name_is_known_again(tmp_path: Path, cache: Path) -> None:
    from gifthorse.demonstration import gifts

    image = tmp_path / "a.img"
    with image.open("wb+") as target:
        gifts.autorun_stick(target)
    first = _looked(image, cache)
    second = _looked(image.rename(tmp_path / "b.img"), cache)
    assert _is_recalled(second)
    assert (second.source.name, second.findings) == ("b.img", first.findings)


def test_another_version_of_the_engine_looks_anew(gift: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _looked(gift, cache)
    monkeypatch.setattr("gifthorse.inspect.engine.engine_fingerprint", lambda *_: bytes(32))
    assert not _is_recalled(_looked(gift, cache))


def _flip(body: bytes) -> bytes:
    return body[:100] + bytes([body[100] ^ 1]) + body[101:]


@pytest.mark.parametrize("harm", [_flip, lambda body: body[:-1], lambda _: b"", lambda body: body + b"x", lambda _: b"x" * 40])
def test_a_damaged_entry_is_not_believed_and_is_replaced(gift: Path, cache: Path, harm: Callable[[bytes], bytes]) -> None:
    _looked(gift, cache)
    (entry,) = _entries(cache)
    entry.write_bytes(harm(entry.read_bytes()))
    assert not _is_recalled(_looked(gift, cache))
    assert _entries(cache) == [entry]
    assert _is_recalled(_looked(gift, cache))


def test_an_entry_moved_to_another_file_does_not_open(gift: Path, cache: Path) -> None:
    _looked(gift, cache)
    (mine,) = _entries(cache)
    other = gift.parent / "other.txt"
    other.write_text("hello\n")
    _looked(other, cache)
    (theirs,) = set(_entries(cache)) - {mine}
    theirs.write_bytes(mine.read_bytes())
    assert not _is_recalled(_looked(other, cache))


def test_the_folder_tells_nothing_of_what_was_looked_at_and_is_its_owners_alone(gift: Path, cache: Path) -> None:
    _looked(gift, cache)
    everything = b"".join(path.read_bytes() + path.name.encode() for path in cache.iterdir())
    for word in (b"wedding", b"holiday", b"name.double-extension"):
        assert word not in everything
    assert cache.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in cache.iterdir())


def test_what_crashed_is_not_kept(gift: Path, cache: Path) -> None:
    trap = gift.rename(gift.with_name("a.trap"))
    own = detector_that(gift.parent, "raise ValueError('no')")
    assert "parser.crashed" in {finding.id for finding in _looked(trap, cache, own_detectors=(own,)).findings}
    assert _entries(cache) == []


@pytest.mark.parametrize(
    ("reason", "lasting"),
    [
        (Reason.ENCRYPTED, True),
        (Reason.UNSUPPORTED, True),
        (Reason.BUDGET, False),
        (Reason.UNREADABLE, False),
        (Reason.PARSER_CRASHED, False),
    ],
)
def test_only_what_would_come_out_the_same_again_lasts(gift: Path, cache: Path, reason: Reason, lasting: bool) -> None:
    made = _looked(gift, cache)
    gaps = (NotInspected(path="x", reason=reason),)
    assert is_lasting(made)
    assert is_lasting(msgspec.structs.replace(made, coverage=msgspec.structs.replace(made.coverage, not_inspected=gaps))) is lasting
    assert not is_lasting(msgspec.structs.replace(made, engine=msgspec.structs.replace(made.engine, confinement=("rlimits",))))
    assert not is_lasting(msgspec.structs.replace(made, source=msgspec.structs.replace(made.source, sha256=None)))


def test_a_folder_is_not_kept(gift: Path, tmp_path: Path) -> None:
    cache = tmp_path.parent / f"{tmp_path.name}-cache"
    _looked(tmp_path, cache)
    assert not cache.exists()


def test_a_file_that_was_altered_meanwhile_is_not_kept(gift: Path, cache: Path) -> None:
    def altered(*_values: object) -> None:
        os.utime(gift, ns=(1, 1))

    engine.inspect(str(gift), options=Options(cache=str(cache)), progress=altered)
    assert _entries(cache) == []


def test_it_can_be_stopped_while_it_reads(gift: Path, cache: Path) -> None:
    _looked(gift, cache)
    with pytest.raises(Interrupted):
        engine.inspect(str(gift), options=Options(cache=str(cache)), should_stop=lambda: True)


def test_a_folder_that_can_not_be_used_is_refused_with_a_way_out(gift: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    with pytest.raises(NotAccepted, match="Choose one"):
        _looked(gift, file)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "key").write_bytes(b"short")
    with pytest.raises(NotAccepted, match="not ours"):
        _looked(gift, tmp_path / "other")


def test_a_verdict_that_can_not_be_written_does_not_harm_the_inspection(
    gift: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_values: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(VerdictCache, "_write", full)
    assert _looked(gift, cache).findings
    assert "No space left" in caplog.text


def test_old_and_too_many_entries_are_swept(gift: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _looked(gift, cache)
    (first,) = _entries(cache)
    os.utime(first, (1, 1))
    (cache / ".new-lost").write_bytes(b"x")
    os.utime(cache / ".new-lost", (1, 1))
    _looked(gift, cache, passwords=("a",))
    (second,) = _entries(cache)
    assert second != first
    assert not (cache / ".new-lost").exists()
    monkeypatch.setattr(verdict_cache, "LARGEST_CACHE", second.stat().st_size + 10)
    os.utime(second, (second.stat().st_mtime - 60,) * 2)
    _looked(gift, cache, passwords=("b",))
    (third,) = _entries(cache)
    assert third != second


def test_what_is_used_stays(gift: Path, cache: Path) -> None:
    _looked(gift, cache)
    (entry,) = _entries(cache)
    os.utime(entry, (1, 1))
    assert _is_recalled(_looked(gift, cache))
    assert entry.stat().st_mtime > 1_000_000
