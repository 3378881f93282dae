import subprocess

import pytest

from gifthorse.demonstration.media import Format, PlacedFile, Scheme, Volume, write_medium
from tests.samples.disks import MIB, own_medium, own_volume, run, sample_files

PLACED = [PlacedFile(path=name, content=content) for name, content in sample_files().items()] + [
    PlacedFile(path="hidden.txt", content=b"h", hidden=True, system=True, read_only=True),
    PlacedFile(path="gone.exe", content=b"MZ" * 900, deleted=True),
    PlacedFile(path="scattered.bin", content=b"s" * 40_000, scattered=True),
    PlacedFile(path="an empty folder", folder=True),
]


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("format_", list(Format))
def test_debian_tools_find_nothing_wrong_with_our_volumes(format_, tmp_path):
    image = tmp_path / "volume.img"
    image.write_bytes(own_volume(format_, PLACED, label="HOLIDAYS"))
    run("fsck.exfat" if format_ is Format.EXFAT else "fsck.fat", "-n", image)


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("format_", [Format.FAT12, Format.FAT16, Format.FAT32])
def test_mtools_reads_back_what_was_written(format_, tmp_path):
    image = tmp_path / "volume.img"
    image.write_bytes(own_volume(format_, PLACED))
    (tmp_path / "out").mkdir()
    run(
        "mcopy",
        "-s",
        "-n",
        "-i",
        image,
        "::/a rather long name with several words and a number 12345.jpeg",
        "::/many",
        "::/scattered.bin",
        tmp_path / "out",
    )
    files = sample_files()
    long_name = "a rather long name with several words and a number 12345.jpeg"
    assert (tmp_path / "out" / long_name).read_bytes() == files[long_name]
    assert (tmp_path / "out" / "many" / "file number 149.dat").read_bytes() == files["many/file number 149.dat"]
    assert (tmp_path / "out" / "scattered.bin").read_bytes() == b"s" * 40_000
    shown = subprocess.run(["mattrib", "-i", str(image), "::/hidden.txt"], capture_output=True, text=True, check=True).stdout
    assert {"S", "H", "R"} <= set(shown.split("::")[0])


def test_a_medium_that_is_made_twice_is_the_same_twice():
    volumes = [Volume(format=Format.FAT16, size=8 * MIB, files=PLACED), Volume(format=Format.EXFAT, size=8 * MIB, files=PLACED)]
    assert own_medium(volumes, scheme=Scheme.GPT) == own_medium(volumes, scheme=Scheme.GPT)


def test_what_does_not_fit_is_refused(tmp_path):
    too_much = [PlacedFile(path="big", content=bytes(3 * MIB))]
    with pytest.raises(ValueError, match="do not fit"):
        own_volume(Format.FAT12, too_much, size=2 * MIB)
    with (tmp_path / "x").open("wb") as target, pytest.raises(ValueError, match="exactly one volume"):
        write_medium(target, [], scheme=Scheme.NONE)
