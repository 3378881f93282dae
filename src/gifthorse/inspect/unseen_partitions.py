"""Partitions that can't be walked: said in one line each, so that nothing is passed over in silence."""

from typing import Final

from gifthorse.inspect.layout.facts import Partition, Trait
from gifthorse.inspect.layout.filesystems import ENCRYPTED
from gifthorse.model.inspections import NotInspected, Reason

WALKED: Final = frozenset(
    {"fat12", "fat16", "fat32", "exfat", "ntfs", "ext2", "ext3", "ext4", "iso9660", "udf", "apfs", "hfs+", "hfsx", "hfs"}
)
_NO_FILES: Final = frozenset({Trait.SWAP, Trait.RESERVED})


def unseen_partition(partition: Partition) -> NotInspected | None:
    """Why *partition* is not walked, None when it is."""
    if partition.filesystem in WALKED:
        return None
    path = f"(partition {partition.index})"
    if partition.filesystem in ENCRYPTED:
        return NotInspected(path=path, reason=Reason.ENCRYPTED, detail=f"encrypted as a whole ({partition.filesystem})")
    if partition.filesystem is not None:
        return NotInspected(path=path, reason=Reason.UNSUPPORTED, detail=f"{partition.filesystem} is not read by this version")
    return NotInspected(path=path, reason=Reason.UNSUPPORTED, detail="it holds no filesystem that is known here")
