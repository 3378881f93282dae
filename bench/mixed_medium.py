"""A mixed 600 MB memory stick as people carry them: photographs, films, office files, PDFs, programs, thousands of small files.

Everything is made here or taken from this project's own environment (the compiled modules stand for programs), with a fixed seed.
"""

import io
import random
import shutil
import struct
import subprocess
import sys
import sysconfig
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from gifthorse.demonstration.documents import brochure, letter, zipped

MEGABYTE = 1_000_000
SIZE = 720 * (1 << 20)  # whole tracks, which mtools insists on
PHOTOGRAPHS, FILMS, PDFS, OFFICE_FILES, SMALL_FILES = 90, 3, 40, 60, 4000
PROGRAM_BYTES = 110 * MEGABYTE


def build(image: Path, *, seed: int = 7) -> Path:
    """*image*, a FAT32 volume with about 600 MB of files; one that is there already is used again."""
    if image.exists():
        return image
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        photographs(root / "DCIM" / "100FERNB", chance)
        films(root / "Films", chance)
        documents(root / "Documents", chance)
        programs(root / "Tools")
        small_files(root / "Archive", chance)
        volume(image, root)
    return image


def photographs(folder: Path, chance: random.Random) -> None:
    """Camera pictures of about 2.5 MB: noise over a drawn scene, so that they compress like photographs."""
    folder.mkdir(parents=True)
    noise = Image.effect_noise((1000, 750), 25)
    for number in range(PHOTOGRAPHS):
        scene = Image.merge("RGB", [noise.rotate(chance.randrange(360)), noise, noise.transpose(Image.Transpose.FLIP_LEFT_RIGHT)])
        exif = scene.getexif()
        exif[0x010F], exif[0x0110] = "Fernblick", "FB-20"
        exif[0x0132] = datetime(2026, 9, 1 + number % 28, tzinfo=UTC).strftime("%Y:%m:%d %H:%M:%S")
        body = io.BytesIO()
        scene.resize((4000, 3000)).save(body, "JPEG", quality=88, exif=exif)
        (folder / f"FBK_{number + 1:04d}.JPG").write_bytes(body.getvalue())


def films(folder: Path, chance: random.Random) -> None:
    """MP4 files: the boxes a player looks for around random bytes."""
    folder.mkdir(parents=True)
    for number in range(FILMS):
        data = chance.randbytes(55 * MEGABYTE)
        boxes = box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + box(b"moov", box(b"mvhd", bytes(100))) + box(b"mdat", data)
        (folder / f"MOV_{number + 1:04d}.MP4").write_bytes(boxes)


def box(kind: bytes, body: bytes) -> bytes:
    """One box of ISO/IEC 14496-12."""
    return struct.pack(">I", len(body) + 8) + kind + body


def documents(folder: Path, chance: random.Random) -> None:
    """PDFs and office files with differing text."""
    folder.mkdir(parents=True)
    for number in range(PDFS):
        (folder / f"brochure {number}.pdf").write_bytes(brochure(f"Pump series {number}", sentences(chance, 30)))
    for number in range(OFFICE_FILES):
        (folder / f"letter {number}.docx").write_bytes(letter(" ".join(sentences(chance, 400))))


def sentences(chance: random.Random, count: int) -> list[str]:
    """Made-up sentences."""
    words = ("the", "pump", "valve", "pressure", "rises", "when", "seals", "wear", "flow", "of", "oil", "bearings", "below", "limits")
    return [" ".join(chance.choices(words, k=9)) for _ in range(count)]


def programs(folder: Path) -> None:
    """The largest compiled modules of this environment, up to the wanted number of bytes."""
    folder.mkdir(parents=True)
    modules = sorted(Path(sysconfig.get_path("platlib")).rglob("*.so*"), key=lambda path: (-path.stat().st_size, path.name))
    total = 0
    for number, module in enumerate(modules):
        size = module.stat().st_size
        if total + size <= PROGRAM_BYTES:
            shutil.copyfile(module, folder / f"{number:03d}-{module.name.split('.')[0]}.so")
            total += size


def small_files(folder: Path, chance: random.Random) -> None:
    """Texts, tables, pictures and small archives of 0.2 to 20 KB."""
    for number in range(SMALL_FILES):
        text = "\n".join(sentences(chance, chance.randrange(4, 200)))
        place = folder / f"{number // 200:02d}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 10 == 9:
            (place / f"notes {number}.zip").write_bytes(zipped({"notes.txt": text.encode()}))
        else:
            ending = ("txt", "csv", "md", "json", "xml")[number % 5]
            (place / f"notes {number}.{ending}").write_text(f"<n>{text}</n>" if ending == "xml" else text)


def volume(image: Path, root: Path) -> None:
    """*root* copied into a new FAT32 volume at *image*, by Debian's tools."""
    part = image.with_suffix(".part")
    with part.open("wb") as file:
        file.truncate(SIZE)
    subprocess.run(["mkfs.fat", "-F", "32", "-n", "MIXED", str(part)], check=True, stdout=subprocess.DEVNULL)
    environment = {"MTOOLS_SKIP_CHECK": "1", "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}
    subprocess.run(["mcopy", "-s", "-Q", "-i", str(part), *map(str, sorted(root.iterdir())), "::/"], check=True, env=environment)
    part.rename(image)


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
