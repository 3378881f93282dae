"""The sealed form: any chunking gives the same plaintext, and nothing can be changed, cut, moved or repeated."""

import io
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.model.errors import Damaged
from gifthorse.store import segments
from gifthorse.store.segments import Sealer, opened

KEY, ID = bytes(range(32)), b"sealed-1"
LENGTH = 64
HEAD = len(segments.MAGIC) + segments.PREFIX_LENGTH
WHOLE = LENGTH + segments.TAG_LENGTH


@pytest.fixture(autouse=True, scope="module")
def short_segments():
    """64 bytes a segment, so that a small plaintext has many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "SEGMENT_LENGTH", LENGTH)
        yield


def sealed(plaintext, cuts=()):
    out = io.BytesIO()
    sealer = Sealer(KEY, ID, out.write)
    places = [0, *sorted(cut for cut in cuts if cut <= len(plaintext)), len(plaintext)]
    for start, end in pairwise(places):
        sealer.write(plaintext[start:end])
    sealer.finish()
    assert sealer.size == len(plaintext)
    return out.getvalue()


def read(ciphertext, key=KEY, associated=ID):
    return b"".join(opened(key, associated, io.BytesIO(ciphertext).read))


plaintexts = st.one_of(st.binary(max_size=5 * LENGTH), st.integers(0, 5).map(lambda count: b"x" * LENGTH * count))


@given(plaintexts, st.lists(st.integers(0, 5 * LENGTH), max_size=8))
def test_any_chunking_gives_the_same_plaintext(plaintext, cuts):
    assert read(sealed(plaintext, cuts)) == plaintext


@given(plaintexts, st.data())
def test_any_changed_bit_is_damage(plaintext, data):
    ciphertext = bytearray(sealed(plaintext))
    ciphertext[data.draw(st.integers(0, len(ciphertext) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Damaged):
        read(bytes(ciphertext))


@given(plaintexts, st.data())
def test_anything_cut_off_or_added_is_damage(plaintext, data):
    ciphertext = sealed(plaintext)
    for damaged in (
        ciphertext[: data.draw(st.integers(0, len(ciphertext) - 1))],
        ciphertext + data.draw(st.binary(min_size=1, max_size=2 * WHOLE)),
    ):
        with pytest.raises(Damaged):
            read(damaged)


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 2], [0, 1], [0, 0, 1, 2], [2], [0, 1, 1, 2], [0, 1, 2, 2]])
def test_segments_left_out_repeated_or_exchanged_are_damage(order):
    ciphertext = sealed(b"a" * LENGTH + b"b" * LENGTH + b"c" * LENGTH)
    parts = [ciphertext[HEAD + n * WHOLE : HEAD + (n + 1) * WHOLE] for n in range(3)]
    with pytest.raises(Damaged):
        read(ciphertext[:HEAD] + b"".join(parts[n] for n in order))


def test_a_segment_of_another_file_under_the_same_key_is_damage():
    one, other = sealed(b"a" * 3 * LENGTH), sealed(b"a" * 3 * LENGTH)
    with pytest.raises(Damaged):
        read(one[: HEAD + WHOLE] + other[HEAD + WHOLE :])


def test_another_key_or_another_record_opens_nothing():
    ciphertext = sealed(b"private")
    for key, associated in ((bytes(32), ID), (KEY, b"sealed-2")):
        with pytest.raises(Damaged):
            read(ciphertext, key, associated)


def test_two_sealings_of_the_same_text_differ():
    assert sealed(b"same") != sealed(b"same")


def test_what_was_sealed_by_the_first_version_still_opens():
    ciphertext = bytes.fromhex("47485331b394d76a304286559822ae55a0743905f46038469d281062b476b86d967ce73d0d0053b61273e50df94b8c")
    assert read(ciphertext) == b"With our compliments"


def test_memory_stays_small_however_large_the_file(monkeypatch):
    monkeypatch.setattr(segments, "SEGMENT_LENGTH", 1 << 20)
    sealer = Sealer(KEY, ID, lambda ciphertext: None)
    tracemalloc.start()
    for _ in range(64):
        sealer.write(bytes(1 << 20))
    sealer.finish()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sealer.size == 64 << 20
    assert peak < 8 << 20
