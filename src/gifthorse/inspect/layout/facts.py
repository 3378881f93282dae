"""What is known of a medium's division, as facts that cross the pipe (`Layout`) and as the fuller survey that the detectors read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.findings import Finding
from gifthorse.model.inspections import Range, RangeKind

FARTHEST: Final = 1 << 62  # beyond any medium; what a table states farther away is told as this, so that it still fits into 64 bits


class Trait(StrEnum):
    """What sets a partition apart from one that a computer shows by itself."""

    HIDDEN_TYPE = "hidden-type"
    HIDDEN_ATTRIBUTE = "hidden-attribute"
    NO_DRIVE_LETTER = "no-drive-letter"
    SYSTEM = "system"  # EFI system, BIOS boot and the like: there to start a computer
    RESERVED = "reserved"  # Microsoft reserved, which holds no filesystem
    RECOVERY = "recovery"
    SWAP = "swap"
    ACTIVE = "active"
    LOGICAL = "logical"
    FOUND_IN_GAP = "found-in-gap"  # no table names it
    SECOND_TABLE = "second-table"  # only a table names it that computers don't look at first
    BACKUP_ONLY = "backup-only"  # only the backup copy of the table names it
    BESIDE = "beside"  # a second filesystem that begins at the byte where another does


class Partition(msgspec.Struct, frozen=True, kw_only=True):
    """One partition, or the filesystem of a medium without a table.

    `start` and `length` are bytes on the medium as the table states them (so `start + length` may lie past its end); `index` counts
    from 0; `type` is the table's own type ("0x0C", a GUID, "Apple_HFS") or empty. `hidden` when a usual computer would not show it.
    `filesystem` is what its content was recognised as, and `volume_length` the bytes which that filesystem states for itself.
    """

    index: int
    start: int
    length: int
    scheme: str
    type: str
    name: str
    hidden: bool
    filesystem: str | None = None
    volume_length: int | None = None
    traits: frozenset[Trait] = frozenset()

    @property
    def end(self) -> int:
        """The first byte after it."""
        return self.start + self.length


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """The division of a medium: `ranges` cover [0, size) exactly and don't overlap."""

    partitions: tuple[Partition, ...]
    ranges: tuple[Range, ...]
    findings: tuple[Finding, ...]
    scheme: str = "none"
    sector_size: int = 512


class Volume(msgspec.Struct, frozen=True, kw_only=True):
    """A filesystem (or an encrypted or composed volume) recognised by its content; `length` None when it doesn't state its own.

    `spare` are stretches inside it, as (offset from its start, length), that belong to no file and no structure.
    """

    kind: str
    length: int | None
    spare: tuple[tuple[int, int], ...] = ()


class HiddenPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a volume, from byte `at` of it, that its maker leaves empty, or where a boot program stands when `program`.

    `first` when it is there that a computer begins, and not where the program goes on.
    """

    at: int
    length: int
    program: bool = False
    first: bool = False


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a partition table, in bytes."""

    start: int
    length: int
    scheme: str
    type: str
    name: str = ""
    traits: frozenset[Trait] = frozenset()


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One partition table: its entries, the bytes that it occupies itself as (start, length), and what is wrong with it."""

    scheme: str
    sector_size: int
    slots: tuple[Slot, ...]
    occupied: tuple[tuple[int, int], ...]
    complaints: tuple["Complaint", ...] = ()


class Trouble(StrEnum):
    """What can be wrong with a partition table."""

    PRIMARY_DAMAGED = "primary-damaged"
    BACKUP_DAMAGED = "backup-damaged"
    BACKUP_MISSING = "backup-missing"
    COPIES_DIFFER = "copies-differ"
    CHAIN_BROKEN = "chain-broken"
    BOOT_COPY = "boot-copy"


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with a table, at byte `offset` of the medium."""

    trouble: Trouble
    offset: int
    length: int


class Look(StrEnum):
    """What the bytes of a stretch look like that should be empty."""

    BOOT_CODE = "boot-code"
    OLD_TABLE = "old-table"
    RAID = "raid-metadata"
    PROGRAM = "program"
    ARCHIVE = "archive"
    DOCUMENT = "document"
    FILESYSTEM = "filesystem"
    ENCRYPTED = "high-entropy"
    TEXT = "text"
    DATA = "data"


class Space(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch that belongs to no file: `data_bytes` of it (counted in sectors) differ from its fill value, between `first` and `last`.

    `marks` are the headers found in it, as (byte on the medium, what it is).
    """

    start: int
    length: int
    kind: RangeKind
    label: str
    partition: int | None
    data_bytes: int
    first: int
    last: int
    look: Look
    marks: tuple[tuple[int, str], ...] = ()
    excerpt: str = ""


@dataclass(kw_only=True)
class Survey:
    """All that the detectors of the layout look at; `twins` are partitions, by index, whose first byte their table names twice."""

    size: int
    scheme: str
    sector_size: int
    partitions: tuple[Partition, ...]
    spaces: tuple[Space, ...]
    complaints: tuple[Complaint, ...] = ()
    unreadable: tuple[tuple[int, int], ...] = ()
    tables: tuple[tuple[int, int], ...] = ()
    twins: tuple[int, ...] = ()
