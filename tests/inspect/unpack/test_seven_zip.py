"""7z: every method that 7-Zip and py7zr write, locks on members and on the list itself."""

import hashlib
import io

import py7zr
import pytest

from gifthorse.inspect.unpack.budgets import Limits
from gifthorse.model.inspections import Reason
from tests.samples.archives import unfold

FILES = {"a.txt": b"hello " * 500, "d/b.bin": hashlib.shake_256(b"b").digest(5000), "empty": b"", "d/c.txt": b"there " * 3000}
FILTERS = {
    "lzma2": [{"id": py7zr.FILTER_LZMA2, "preset": 1}],
    "lzma": [{"id": py7zr.FILTER_LZMA, "preset": 1}],
    "bcj": [{"id": py7zr.FILTER_X86}, {"id": py7zr.FILTER_LZMA2, "preset": 1}],
    "delta": [{"id": py7zr.FILTER_DELTA}, {"id": py7zr.FILTER_LZMA2, "preset": 1}],
    "ppmd": [{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 20}],
    "bzip2": [{"id": py7zr.FILTER_BZIP2}],
    "deflate": [{"id": py7zr.FILTER_DEFLATE}],
    "zstd": [{"id": py7zr.FILTER_ZSTD, "level": 1}],
    "copy": [{"id": py7zr.FILTER_COPY}],
}


def seven_zip(files: dict[str, bytes], filters=None, password=None, header=False) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", filters=filters, password=password, header_encryption=header) as archive:
        for name, body in files.items():
            archive.writef(io.BytesIO(body), name)
    return out.getvalue()


@pytest.mark.parametrize("method", FILTERS)
def test_members_come_out_as_they_went_in(method):
    result = unfold(seven_zip(FILES, FILTERS[method]), "a.7z")
    assert result.files == {f"a.7z > {name}": body for name, body in FILES.items()}
    assert not result.findings
    assert not result.unseen


def test_locked_members_are_named_and_told():
    result = unfold(seven_zip(FILES, password="gift"), "a.7z")
    assert result.ids == {"archive.encrypted"}
    assert {line.reason for line in result.unseen} == {Reason.ENCRYPTED}
    assert "a.txt" in result.details()


def test_a_locked_list_is_told_for_the_whole_archive():
    result = unfold(seven_zip(FILES, password="gift", header=True), "a.7z")
    assert result.ids == {"archive.encrypted"}
    assert [line.path for line in result.unseen] == ["a.7z"]


@pytest.mark.parametrize("header", [False, True])
def test_a_password_at_hand_opens_it(header):
    result = unfold(seven_zip(FILES, password="gift", header=header), "a.7z", passwords=("wrong", "gift"))
    assert result.files["a.7z > d/c.txt"] == FILES["d/c.txt"]
    assert not result.findings


def test_a_bomb_in_it_ends_by_the_budget():
    result = unfold(seven_zip({"zeros": bytes(100 * 1024 * 1024)}, FILTERS["lzma2"]), "a.7z", limits=Limits(ratio_from=64 << 20))
    assert result.ids == {"archive.bomb"}


def test_a_broken_list_is_told():
    whole = bytearray(seven_zip(FILES))
    whole[-3] ^= 0xFF
    assert [line.reason for line in unfold(bytes(whole), "a.7z").unseen] == [Reason.UNREADABLE]
