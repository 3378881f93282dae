"""The places within a volume where no file lies and which its maker leaves empty, and those where a boot program may stand.

What each filesystem has of them is in `places_of_fat`, `places_of_ext`, `places_of_apple` and `places_of_discs`; those of NTFS beyond its
boot sector, and what needs the filesystem's own lists, come with the second look of the walk.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from gifthorse.inspect.item import shown
from gifthorse.inspect.layout import gpt, mbr
from gifthorse.inspect.layout.carving import headers_anywhere
from gifthorse.inspect.layout.facts import HiddenPlace, Look, Partition, Space, Table
from gifthorse.inspect.layout.gathering import Gathered, is_blank
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.layout.places_of_apple import apfs_places, hfs_places
from gifthorse.inspect.layout.places_of_discs import disc_places
from gifthorse.inspect.layout.places_of_ext import ext_places
from gifthorse.inspect.layout.places_of_fat import exfat_places, fat_places, ntfs_places
from gifthorse.inspect.layout.written import texts_in_program
from gifthorse.model.inspections import RangeKind
from gifthorse.model.words import N_

BOOT_PROGRAM: Final = N_("in the place of the boot program")
_READERS: Final[dict[str, Callable[[PatientReader, Partition], Iterator[HiddenPlace]]]] = {
    "fat12": fat_places,
    "fat16": fat_places,
    "fat32": fat_places,
    "exfat": exfat_places,
    "ntfs": ntfs_places,
    "ext2": ext_places,
    "ext3": ext_places,
    "ext4": ext_places,
    "hfs+": hfs_places,
    "hfsx": hfs_places,
    "apfs": apfs_places,
    "iso9660": disc_places,
    "udf": disc_places,
}
_MBR_CODE: Final = 440
_MBR_ENTRIES: Final = 446
_GPT_ENTRY: Final = 128
_PLACES_MOST: Final = 20_000
_STUB: Final = 16  # bytes with which a boot sector only says that it starts nothing
# Calls of the BIOS, one of which every program in a first sector makes: screen, disk, keyboard, next boot device, restart.
_BIOS_CALLS: Final = tuple(bytes([0xCD, number]) for number in (0x10, 0x13, 0x14, 0x15, 0x16, 0x18, 0x19, 0x1A))


def spaces_in_tables(reader: PatientReader, tables: Iterable[Table], *, starts_itself: bool) -> Iterator[Space]:
    """What lies in the boot program of the first sector, in links of the chain of partitions, and in entries of a table that name nothing.

    *starts_itself* when the first sector belongs to a filesystem, of which it is looked at then.
    """
    for table in tables:
        fields = Gathered(reader, None)
        if table.scheme == mbr.SCHEME:
            if not starts_itself:
                yield from program_space(reader, 0, _MBR_CODE, partition=None, first=True)
            for start, _length in table.occupied[1:]:
                fields.add(start, _MBR_ENTRIES)
                fields.add(start + _MBR_ENTRIES + 32, 32)
        elif table.scheme == gpt.SCHEME:
            for start, length in table.occupied:
                for at in unnamed_entries(reader.read(start, length)):
                    fields.add(start + at, _GPT_ENTRY)
        space = fields.space()
        yield from () if space is None else (space,)


def unnamed_entries(untrusted_entries: bytes) -> Iterator[int]:
    """Where in a table of GPT entries those begin that name no partition and are not empty; a header is no table."""
    if untrusted_entries.startswith(gpt.GPT_MARK):
        return
    for at in range(0, len(untrusted_entries) - _GPT_ENTRY + 1, _GPT_ENTRY):
        if not any(untrusted_entries[at : at + 16]) and any(untrusted_entries[at : at + _GPT_ENTRY]):
            yield at


def spaces_in_places(reader: PatientReader, partitions: Iterable[Partition]) -> Iterator[Space]:
    """What lies in the hidden places of each of *partitions*: one space for all its empty fields, and one for each boot program."""
    for partition in partitions:
        source = _READERS.get(partition.filesystem or "")
        fields = Gathered(reader, partition)
        for count, place in enumerate(source(reader, partition) if source else ()):
            if count == _PLACES_MOST:
                break
            start = partition.start + place.at
            length = max(0, min(place.length, partition.length - place.at, reader.size - start))
            if place.program:
                yield from program_space(reader, start, length, partition=partition, first=place.first)
            else:
                fields.add(start, length)
        space = fields.space()
        yield from () if space is None else (space,)


def places_told(reader: PatientReader, partition: Partition) -> list[tuple[int, int]]:
    """(first byte, byte behind the last) on the medium of each hidden place of *partition*, so that it is not told a second time."""
    source = _READERS.get(partition.filesystem or "")
    places = islice(source(reader, partition), _PLACES_MOST) if source else ()
    return [(partition.start + place.at, partition.start + place.at + place.length) for place in places]


def program_space(reader: PatientReader, start: int, length: int, *, partition: Partition | None, first: bool) -> Iterator[Space]:
    """What stands in the place of a boot program and is none, or is said by one in words that no boot program known here has.

    *first* when the computer begins there, so that a program without a call of the BIOS is none.
    """
    code = reader.read(start, length)
    if is_blank(code) or not code:
        return
    marks = list(headers_anywhere(code, start))
    texts = list(texts_in_program(code))
    used = len(code) - code.count(code[-1:])
    nothing = first and used > _STUB and not any(call in code for call in _BIOS_CALLS)
    if not marks and not texts and not nothing:
        return
    at = marks[0][0] - start if marks else texts[0][0] if texts else 0
    data = used if nothing else sum(len(text) for _at, text in texts)
    yield Space(
        start=start,
        length=length,
        kind=RangeKind.GAP,
        label=BOOT_PROGRAM,
        partition=None if partition is None else partition.index,
        data_bytes=max(1, data),
        first=start + at,
        last=start + len(code) - 1,
        look=Look(marks[0][1]) if marks else Look.TEXT if texts else Look.DATA,
        marks=tuple((place, name) for place, _look, name in marks),
        excerpt=shown((texts[0][1] if texts else code[at : at + 48])[:96].decode("latin-1")),
    )
