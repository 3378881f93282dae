"""Whether a file is the raw image of a medium: the marks that partition tables and filesystems leave at fixed places.

Only these few fields are looked at outside the confined workers. Sources: UEFI 2.10 chapter 5 (MBR, GPT), Microsoft's FAT and exFAT
specifications, the NTFS boot sector, ext4's on-disk layout (kernel.org), ECMA-119 (ISO 9660), ECMA-167 (UDF), Apple TN1150 (HFS Plus);
LUKS, BitLocker, ReFS, XFS, LVM and F2FS by the marks that util-linux documents.
"""

import struct
from typing import Final

HEAD_NEEDED: Final = 40 * 1024
SECTOR: Final = 512
_BOOT_MARK: Final = b"\x55\xaa"
_ISO_DESCRIPTORS: Final = 32768
# Virtual disks whose own first block may lie where the marks of the disk within are seen: a sparse image of macOS, QCOW2, VHDX, VMDK.
_WRAPPERS: Final = (b"sprs\0\0\0\3", b"QFI\xfb", b"vhdxfile", b"KDMV")


def is_medium(head: bytes, size: int) -> bool:
    """Whether *head* (the first 40 KiB) of a file of *size* bytes begins a disk image."""
    return not head.startswith(_WRAPPERS) and (_is_partitioned(head, size) or _is_filesystem(head))


def is_foreign_volume(head: bytes) -> bool:
    """Whether *head* begins a volume that is encrypted as a whole, or one of a kind that not every system reads."""
    return (
        head.startswith((b"LUKS\xba\xbe", b"XFSB\0\0"))
        or head[3:11] in {b"-FVE-FS-", b"ReFS\0\0\0\0"}
        or head[32:36] == b"NXSB"
        or head[512:520] == b"LABELONE"
        or head[1024:1028] == b"\x10\x20\xf5\xf2"
    )


def _is_partitioned(head: bytes, size: int) -> bool:
    has_gpt = head[SECTOR : SECTOR + 8] == b"EFI PART" or head[4096:4104] == b"EFI PART"
    has_apple_map = head[:2] == b"ER" and head[SECTOR : SECTOR + 2] == b"PM"
    return has_gpt or has_apple_map or _has_mbr(head, size)


def _has_mbr(head: bytes, size: int) -> bool:
    """A boot mark, four entries that are bootable or not and nothing else, and one at least that begins on the medium."""
    if head[510:512] != _BOOT_MARK or head[:2] == b"MZ":
        return False
    entries = [head[place : place + 16] for place in range(446, 510, 16)]
    if any(entry[0] not in {0x00, 0x80} for entry in entries):
        return False
    return any(_begins_on(entry, size) for entry in entries)


def _begins_on(entry: bytes, size: int) -> bool:
    start, length = (int.from_bytes(entry[place : place + 4], "little") for place in (8, 12))
    return entry[4] != 0 and length != 0 and 0 < start * SECTOR < size


def _is_filesystem(head: bytes) -> bool:
    if head[3:11] in {b"NTFS    ", b"EXFAT   "} and head[510:512] == _BOOT_MARK:
        return True
    if is_foreign_volume(head):
        return True
    if head[1080:1082] == b"\x53\xef" and _is_ext(head):
        return True
    if head[1024:1026] in {b"H+", b"HX"} and head[1026:1028] in {b"\x00\x04", b"\x00\x05"}:
        return True
    return is_disc(head) or _is_fat(head)


def is_disc(head: bytes) -> bool:
    """Whether the descriptors of a disc stand where they begin, or a little further on for systems that skip what they don't know."""
    places = range(_ISO_DESCRIPTORS + 1, len(head) - 4, 2048)
    return any(head[place : place + 5] in {b"CD001", b"BEA01", b"NSR02", b"NSR03"} for place in places)


def _is_ext(head: bytes) -> bool:
    """Revision 0 or 1 and a block size that exists (1 KiB to 64 KiB), so that two stray bytes are not a filesystem."""
    block_shift, revision = (int.from_bytes(head[place : place + 4], "little") for place in (1024 + 24, 1024 + 76))
    return block_shift <= 6 and revision <= 1


def _is_fat(head: bytes) -> bool:
    """A FAT boot sector with sane geometry; the boot mark alone would also fit a boot loader."""
    if len(head) < SECTOR or head[510:512] != _BOOT_MARK or head[0] not in {0xEB, 0xE9}:
        return False
    sector_bytes, cluster_sectors, reserved, copies = struct.unpack_from("<HBHB", head, 11)
    return (
        sector_bytes in {512, 1024, 2048, 4096}
        and cluster_sectors in {1, 2, 4, 8, 16, 32, 64, 128}
        and reserved > 0
        and copies in {1, 2}
        and (head[21] >= 0xF8 or head[21] == 0xF0)
    )
