"""Every bomb ends by its budget, quickly and without memory; what ordinary people hand on does not count as one."""

import bz2
import gzip
import hashlib
import io
import lzma
import resource
import zipfile
import zlib

import pytest

from gifthorse.inspect.unpack.budgets import Budget, Limits
from gifthorse.inspect.unpack.members import Member
from gifthorse.inspect.unpack.opening import members
from gifthorse.inspect.unpack.zip import OVERLAPPING_MOST
from gifthorse.model.findings import Finding
from gifthorse.model.inspections import Reason
from tests.samples.archives import MIB, flat_zip_bomb, item_of, overlapping_zip, sparse_tar, tar_of, unfold, zip_of


def nested_zip_bomb(levels: int, width: int, leaf: int) -> bytes:
    body = zip_of({"0": bytes(leaf)})
    for _ in range(levels):
        body = zip_of({f"lib {index}.zip": body for index in range(width)})
    return body


def gzip_zeros(total: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(16 * MIB)) for _ in range(total // (16 * MIB))) + packer.flush()


def xz_zeros(total: int) -> bytes:
    packer = lzma.LZMACompressor(preset=0)
    return b"".join(packer.compress(bytes(16 * MIB)) for _ in range(total // (16 * MIB))) + packer.flush()


# The real limits need a gigabyte to unfold, see tests/inspect/test_bombs.py; the same thing happens earlier with these.
EARLY = Limits(ratio_from=64 * MIB, stream_from=256 * MIB)
BOMBS = {
    "flat.zip": lambda: flat_zip_bomb(1024 * MIB),
    "nested.zip": lambda: nested_zip_bomb(4, 16, 32 * MIB),
    "overlapping.zip": lambda: overlapping_zip(1000, 4 * MIB),
    "flat.gz": lambda: gzip_zeros(512 * MIB),
    "twice.gz": lambda: gzip.compress(gzip_zeros(256 * MIB)),
    "flat.xz": lambda: xz_zeros(512 * MIB),
    "flat.bz2": lambda: bz2.compress(bytes(64 * MIB)) * 4,
    "sparse.tar": lambda: sparse_tar(1 << 40),
    "inside.zip": lambda: zip_of({"a.tar": tar_of({"b.xz": xz_zeros(512 * MIB)})}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_found_once_and_ends_within_its_memory(name):
    body = BOMBS[name]()
    before = resource.getrusage(resource.RUSAGE_SELF)
    result = unfold(body, name, limits=EARLY)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert [finding.id for finding in result.findings].count("archive.bomb") == 1
    assert result.severity("archive.bomb") == "high"
    assert any(line.reason is Reason.BUDGET for line in result.unseen)
    assert after.ru_utime - before.ru_utime < 10
    assert (after.ru_maxrss - before.ru_maxrss) < 300 * 1024


def test_what_lies_beside_a_bomb_is_still_seen():
    whole = zip_of({"bomb.zip": flat_zip_bomb(256 * MIB), "photo.bin": bytes(range(256)) * 40_000}, zipfile.ZIP_STORED)
    result = unfold(whole, "gift.zip", limits=EARLY)
    assert "archive.bomb" in result.ids
    assert "gift.zip > photo.bin" in result.files


def test_an_archive_that_holds_itself_is_found():
    body = zip_of({"a.txt": b"a"})
    around = Budget()
    around.opening(len(body), hashlib.sha256(body).hexdigest())
    opened = list(members(item_of(body, "r.zip"), around.child()))
    assert [one.id for one in opened if isinstance(one, Finding)] == ["archive.bomb"]
    assert not any(isinstance(one, Member) for one in opened)


def test_archives_nested_without_end_are_a_bomb():
    body = b"x"
    for _ in range(12):
        body = zip_of({"inner.zip": body})
    result = unfold(body, "deep.zip")
    assert result.ids == {"archive.bomb"}
    assert "deep" in result.details()


@pytest.mark.parametrize(
    "body",
    [
        zip_of({f"{index}.bin": bytes(MIB) for index in range(10)}),
        gzip.compress(bytes(20 * MIB)),
        tar_of({f"{index}.txt": b"line\n" * 1000 for index in range(50)}),
        zip_of({"a.zip": zip_of({"b.zip": zip_of({"c.txt": b"c"})})}),
    ],
    ids=["sparse zip", "sparse gzip", "tar", "three deep"],
)
def test_ordinary_content_that_shrinks_well_is_no_bomb(body):
    result = unfold(body, "a.bin")
    assert not result.findings
    assert not result.unseen


def test_a_log_that_shrinks_a_hundredfold_is_looked_at_and_is_no_bomb():
    log = gzip.compress(b'{"level": "info", "message": "the pump runs at its usual speed"}\n' * 1_100_000, mtime=0)
    result = unfold(log, "pump.json.gz")
    assert len(log) < 70 * MIB / 100
    assert not result.findings
    assert not result.unseen


def test_content_too_large_to_hold_that_ends_before_a_gigabyte_exceeds_the_budget_and_is_no_bomb():
    result = unfold(gzip_zeros(256 * MIB), "empty.img.gz")
    assert result.ids == {"budget.exceeded"}
    assert result.severity("budget.exceeded") == "low"
    assert [line.reason for line in result.unseen] == [Reason.BUDGET]


def test_a_bomb_whose_stored_layers_count_to_the_total_first_is_a_bomb_all_the_same():
    inner = zip_of({"zeros": bytes(40 * MIB)})
    body = zip_of({f"{number}.zip": inner + bytes(number) for number in range(3)}, zipfile.ZIP_STORED)
    result = unfold(body, "a.zip", limits=Limits(total=100 * MIB, ratio_from=100 * MIB))
    assert result.ids == {"archive.bomb"}


def test_a_large_ordinary_archive_exceeds_the_budget_and_is_no_bomb():
    noise = hashlib.shake_256(b"gift").digest(40_000)
    body = zip_of({f"{index}.jpg": noise for index in range(5)})
    result = unfold(body, "photos.zip", limits=Limits(total=100_000, total_per_byte=0))
    assert result.ids == {"budget.exceeded"}
    assert "100000" in result.details()
    assert result.severity("budget.exceeded") == "low"
    assert [line.reason for line in result.unseen] == [Reason.BUDGET]


def test_too_many_members_exceed_the_budget():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for index in range(30):
            archive.writestr(str(index), b"")
    result = unfold(out.getvalue(), "many.zip", limits=Limits(members=20))
    assert result.ids == {"budget.exceeded"}
    assert "20" in result.details()


def test_one_member_too_large_to_hold_is_told_and_the_others_are_seen():
    noise = hashlib.shake_256(b"gift").digest(3 * MIB)
    body = zip_of({"large.bin": noise, "small.txt": b"hello"})
    result = unfold(body, "a.zip", limits=Limits(held=MIB))
    assert result.files == {"a.zip > small.txt": b"hello"}
    assert result.ids == {"budget.exceeded"}


def test_a_compressed_tar_too_large_to_hold_is_read_while_it_streams():
    noise = {f"{index}.bin": hashlib.shake_256(bytes([index])).digest(300_000) for index in range(8)}
    result = unfold(gzip.compress(tar_of(noise)), "big.tar.gz", limits=Limits(held=MIB))
    assert result.files == {f"big.tar.gz > big.tar > {name}": body for name, body in noise.items()}
    assert not result.unseen


def test_members_in_each_others_bytes_are_unfolded_a_few_times_and_then_only_counted():
    result = unfold(overlapping_zip(400, MIB), "a.zip")
    unfolded = sum(map(len, result.files.values()))
    assert OVERLAPPING_MOST < unfolded <= OVERLAPPING_MOST + 3 * MIB
    told = [gap.detail for gap in result.unseen if gap.reason is Reason.BUDGET]
    assert told == [f"{400 - len(result.files)} members lie in the same bytes as others, enough of which were looked at"]
    assert "archive.bomb" in {finding.id for finding in result.findings}
