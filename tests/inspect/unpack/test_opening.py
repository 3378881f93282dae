"""The one door: nothing that a damaged container does comes through it but entries."""

import random
import time
import zipfile

import pytest

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.opening import CONTAINER_TYPES, OPENERS, preload
from tests.inspect.unpack.test_seven_zip import FILES as SEVEN_FILES
from tests.inspect.unpack.test_seven_zip import seven_zip
from tests.inspect.unpack.test_streams import PACKERS
from tests.samples import archives

FILES = {"a.txt": b"hello " * 300, "b.bin": bytes(range(256)) * 20}
DISK = archives.iso_of(FILES)
SAMPLES = {
    "zip": (archives.zip_of(FILES), FileType.ZIP),
    "zip-lzma": (archives.zip_of(FILES, zipfile.ZIP_LZMA), FileType.ZIP),
    "tar": (archives.tar_of(FILES), FileType.TAR),
    "sparse": (archives.sparse_tar(1 << 16), FileType.TAR),
    "cpio": (archives.cpio_of(FILES), FileType.CPIO),
    "ar": (archives.ar_of(FILES), FileType.AR),
    "7z": (seven_zip(SEVEN_FILES), FileType.SEVEN_ZIP),
    "rar4": (archives.rar4_of(FILES), FileType.RAR),
    "rar5": (archives.rar5_of(FILES), FileType.RAR),
    "cab": (archives.cab_of(FILES), FileType.CAB),
    "chm": (archives.chm_of({"/a": (0, b"hello"), "/b": (1, b"x")}), FileType.CHM),
    "exe": (archives.program_of(archives.zip_of(FILES)), FileType.PE),
    "iso": (DISK, FileType.ISO),
    "vhd": (archives.dynamic_vhd(DISK), FileType.VHD),
    "qcow2": (archives.qcow2_of(DISK, packed=True), FileType.QCOW2),
    "vmdk": (archives.vmdk_of(DISK), FileType.VMDK),
    "dmg": (archives.dmg_of(DISK), FileType.DMG),
    "e01": (archives.e01_of(DISK), FileType.E01),
    **{kind.value: (pack(b"hello " * 2000), kind) for kind, pack in PACKERS.items()},
}


def broken(body: bytes, seed: int) -> bytes:
    """*body* cut, flipped, or with a stretch overwritten; mostly near its structures at both ends."""
    chance = random.Random(seed)
    if seed % 4 == 0:
        return body[: chance.randrange(len(body))]
    out = bytearray(body)
    for _ in range(chance.randrange(1, 8)):
        near = min(len(out), 600)
        at = chance.choice([chance.randrange(len(out)), chance.randrange(near), len(out) - 1 - chance.randrange(near)])
        out[at] = chance.choice([0, 0xFF, out[at] ^ 1 << chance.randrange(8), chance.randrange(256)])
    return bytes(out)


@pytest.mark.parametrize("name", SAMPLES)
def test_damage_of_any_kind_becomes_entries_and_never_an_error(name):
    body, kind = SAMPLES[name]
    for seed in range(60):
        started = time.process_time()
        archives.unfold(broken(body, seed), f"a.{name}", kind)
        assert time.process_time() - started < 5


@pytest.mark.parametrize("kind", sorted(CONTAINER_TYPES))
@pytest.mark.parametrize("body", [b"", b"\x00", b"PK", bytes(100), b"\xff" * 2000], ids=["empty", "one", "two", "zeros", "ones"])
def test_what_is_no_container_at_all_becomes_entries(kind, body):
    result = archives.unfold(body, "a", kind)
    # a hundred zeros are an old lzma stream of nothing
    assert not any(result.files.values())


def test_preloading_imports_every_opener():
    preload()
    assert set(OPENERS) == CONTAINER_TYPES
