"""Images of media for tests: what Debian's tools make, and what our own writers and a hostile hand make."""

import hashlib
import io
import os
import random
import struct
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gifthorse.demonstration.media import Format, PlacedFile, Volume, write_medium
from gifthorse.demonstration.partitioning import Scheme, Share, mbr_entry, mbr_sector
from gifthorse.inspect.content import FileContent, MemoryContent
from gifthorse.inspect.layout.facts import Layout, Partition
from gifthorse.inspect.layout.reading import read_layout
from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.sleuthkit import Filesystem, open_filesystem
from gifthorse.model.findings import Finding

MIB = 1024 * 1024
# A program header that starts nothing: the DOS stub's words and the PE mark, then zeros.
INERT_PROGRAM = (
    (b"MZ" + bytes(58) + struct.pack("<I", 0x80) + b"This program cannot be run in DOS mode.\r\n$").ljust(0x80, b"\0")
    + b"PE\0\0"
    + bytes(400)
)


def whole_program(seed: int = 1, size: int = 20_000) -> bytes:
    """A Windows program with one section of random bytes: whole by its headers, and no code that runs."""
    at, raw = 0x80, 0x400
    dos = (b"MZ" + bytes(58) + struct.pack("<I", at)).ljust(at, b"\0")
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x22)
    optional = struct.pack("<H", 0x20B) + bytes(238)
    section = b".text\0\0\0" + struct.pack("<IIII", size - raw, 0x1000, size - raw, raw) + bytes(16)
    return (dos + coff + optional + section).ljust(raw, b"\0") + random.Random(seed).randbytes(size - raw)


class Medium(MemoryContent):
    """A medium in memory: offsets in it are offsets on the medium."""

    def medium_offset(self, offset: int) -> int | None:
        return offset


def opened(path: Path) -> FileContent:
    """The image at *path*; its descriptor lives as long as the test process."""
    fd = os.open(path, os.O_RDONLY)
    return FileContent(fd, os.fstat(fd).st_size, on_medium=True)


def sample_files(seed: int = 1) -> dict[str, bytes]:
    """Names and contents that ask something of a filesystem reader."""
    chance = random.Random(seed)
    files = {
        "README.TXT": b"read me",
        "empty": b"",
        "one byte": b"x",
        "exactly a sector.bin": chance.randbytes(512),
        "a rather long name with several words and a number 12345.jpeg": chance.randbytes(70_001),
        "übergrößenträger Ελλάδα 漢字.txt": b"letters",
        "DCIM/100CANON/IMG_0001.JPG": chance.randbytes(33_333),
        "a/b/c/d/e/f/g/deep.txt": b"deep",
        "big.bin": chance.randbytes(300_000),
    }
    files |= {f"many/file number {number:03}.dat": chance.randbytes(number) for number in range(150)}
    return files


def run(*words: str | Path, **extra: object) -> None:
    """A Debian tool has done its work; its output shows when it fails."""
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        check=False,
        env={**os.environ, "MTOOLS_SKIP_CHECK": "1", "LC_ALL": "C.UTF-8"},
        **extra,
    )
    assert done.returncode == 0, (words, done.stdout[-400:], done.stderr[-400:])


def spread(folder: Path, files: Mapping[str, bytes]) -> Path:
    """*files* as a real folder."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def blank(path: Path, size: int) -> Path:
    with path.open("wb") as image:
        image.truncate(size)
    return path


def fat_by_tools(folder: Path, files: Mapping[str, bytes], *, bits: int = 32, size: int = 64 * MIB, sector: int = 512) -> Path:
    image = blank(folder / f"fat{bits}.img", size)
    run("mkfs.fat", f"-F{bits}", "-S", str(sector), image)
    source = spread(folder / f"source{bits}", files)
    run("mcopy", "-s", "-i", image, *sorted(source.iterdir()), "::/")
    return image


def ext_by_tools(
    folder: Path, files: Mapping[str, bytes], *, kind: str = "ext4", size: int = 32 * MIB, options: Sequence[str] = ()
) -> Path:
    image = folder / f"{kind}.img"
    run("mke2fs", "-q", "-t", kind, *options, "-d", spread(folder / f"source-{kind}", files), image, f"{size // 1024}k")
    return image


def iso_by_tools(folder: Path, files: Mapping[str, bytes], *options: str) -> Path:
    image = folder / "disc.iso"
    run("genisoimage", "-quiet", *options, "-o", image, spread(folder / "source-iso", files))
    return image


def ntfs_by_tools(
    folder: Path, files: Mapping[str, bytes], streams: Mapping[tuple[str, str], bytes] | None = None, size: int = 24 * MIB
) -> Path:
    """Files in the root only: ntfscp makes no folders."""
    image = blank(folder / "ntfs.img", size)
    run("mkfs.ntfs", "-F", "-Q", "-q", image)
    part = folder / "part"
    for name, content in files.items():
        part.write_bytes(content)
        run("ntfscp", image, part, name)
    for (name, stream), content in (streams or {}).items():
        part.write_bytes(content)
        run("ntfscp", "-N", stream, image, part, name)
    return image


def own_medium(volumes: Sequence[Volume], *, scheme: Scheme = Scheme.NONE, size: int | None = None) -> bytes:
    """What our own writers make, in memory."""
    target = io.BytesIO()
    write_medium(target, volumes, scheme=scheme, size=size)
    return target.getvalue()


def own_volume(
    format_: Format, files: Mapping[str, bytes] | Sequence[PlacedFile] = (), *, size: int | None = None, label: str = ""
) -> bytes:
    """A volume without a partition table."""
    smallest = {Format.FAT12: 2, Format.FAT16: 8, Format.FAT32: 40, Format.EXFAT: 8}[format_] * MIB
    placed = [PlacedFile(path=name, content=content) for name, content in files.items()] if isinstance(files, Mapping) else files
    return own_medium([Volume(format=format_, size=size or smallest, files=placed, label=label)])


def with_bytes(image: bytes, *changes: tuple[int, bytes]) -> bytes:
    """*image* with each (offset, bytes) written over it, made longer where needed."""
    body = bytearray(image)
    for offset, piece in changes:
        if len(body) < offset + len(piece):
            body.extend(bytes(offset + len(piece) - len(body)))
        body[offset : offset + len(piece)] = piece
    return bytes(body)


def mbr_medium(size: int, *parts: tuple[int, bytes, int], boot_code: bytes = b"") -> bytes:
    """A medium with partitions of (start, content, type byte)."""
    entries = [mbr_entry(Share(start=start, length=len(content), format="fat16"), kind=kind) for start, content, kind in parts]
    body = with_bytes(bytes(size), *((start, content) for start, content, _kind in parts))
    return with_bytes(body[:size], (0, mbr_sector(entries, boot_code)))


def layout_of(image: bytes | Path) -> Layout:
    return read_layout(opened(image) if isinstance(image, Path) else Medium(image))


def filesystem_of(image: bytes | Path, partition: int = 0) -> Filesystem:
    medium = opened(image) if isinstance(image, Path) else Medium(image)
    return open_filesystem(medium, read_layout(medium).partitions[partition])


def listed(filesystem: Filesystem) -> tuple[dict[str, Entry], list[Finding]]:
    """Entries by path, those recovered from free space too, and the findings."""
    entries = {entry.path: entry for entry in filesystem.entries()}
    findings = list(filesystem.findings)
    for met in filesystem.recovered(lambda: None):
        if isinstance(met, Entry):
            entries[met.path] = met
        else:
            findings.append(met)
    return entries, findings


def digests(filesystem: Filesystem, keep: Callable[[Entry], bool] = lambda _entry: True) -> dict[str, str]:
    """Path to SHA-256 of every live file that *keep* lets through."""
    files = [entry for entry in filesystem.entries() if not entry.folder and not entry.deleted and keep(entry)]
    return {entry.path: hashlib.sha256(b"".join(filesystem.content(entry).chunks())).hexdigest() for entry in files}


def expected(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def whole_partition(size: int, filesystem: str) -> Partition:
    return Partition(index=0, start=0, length=size, scheme="none", type="", name="", hidden=False, filesystem=filesystem)
