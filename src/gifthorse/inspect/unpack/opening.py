"""The one door to every container: `members` gives what lies in it, within the budget, whatever the container tries."""

import hashlib
import struct
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

from gifthorse.inspect.detectors.archive_bomb import bomb
from gifthorse.inspect.detectors.archive_encrypted import encrypted
from gifthorse.inspect.detectors.budget_exceeded import exceeded
from gifthorse.inspect.filetypes import DISK_IMAGES, OLE_DOCUMENTS, ZIP_BASED, FileType
from gifthorse.inspect.item import Item
from gifthorse.inspect.unpack.budgets import Budget, BudgetExceeded, Limit, in_words
from gifthorse.inspect.unpack.members import Damaged, Encrypted, Opened, Unsupported, unread
from gifthorse.model.findings import Finding
from gifthorse.model.inspections import NotInspected, Reason
from gifthorse.model.words import N_, phrase

Opener = Callable[[Item, Budget], Iterator[Opened]]

DOCUMENTS: Final = ("gifthorse.inspect.documents.parts", "document_members")
STREAMS: Final = (f"{__package__}.streams", "stream_members")
DISKS: Final = (f"{__package__}.disks", "disk_members")
# module and function of each opener, imported when the first container of its kind is met or when a worker's parent preloads them
OPENERS: Final[dict[FileType, tuple[str, str]]] = {
    **dict.fromkeys(
        (
            *OLE_DOCUMENTS,
            FileType.OLE_ENCRYPTED_OFFICE,
            FileType.RTF,
            FileType.PDF,
            FileType.ONENOTE,
            FileType.EML,
            FileType.MBOX,
            FileType.MSG,
        ),
        DOCUMENTS,
    ),
    **dict.fromkeys(ZIP_BASED, (f"{__package__}.zip", "zip_members")),
    **dict.fromkeys((FileType.GZIP, FileType.BZIP2, FileType.XZ, FileType.LZMA, FileType.ZSTD), STREAMS),
    **dict.fromkeys(DISK_IMAGES, DISKS),
    FileType.TAR: (f"{__package__}.tar", "tar_members"),
    FileType.SEVEN_ZIP: (f"{__package__}.seven_zip", "seven_zip_members"),
    FileType.RAR: (f"{__package__}.rar", "rar_members"),
    FileType.CAB: (f"{__package__}.cab", "cab_members"),
    FileType.AR: (f"{__package__}.unix_archives", "ar_members"),
    FileType.CPIO: (f"{__package__}.unix_archives", "cpio_members"),
    FileType.LHA: (f"{__package__}.unopened", "lha_members"),
    FileType.OTHER_ARCHIVE: (f"{__package__}.unopened", "unopened_members"),
    FileType.MSI: (f"{__package__}.installers", "installer_members"),
    FileType.CHM: (f"{__package__}.chm", "chm_members"),
    FileType.PE: (f"{__package__}.self_extracting", "program_members"),
    FileType.SCRIPT: (f"{__package__}.script_payload", "script_members"),
}
CONTAINER_TYPES: Final = frozenset(OPENERS)
ARCHIVES: Final = frozenset(
    {
        FileType.ZIP,
        FileType.TAR,
        FileType.GZIP,
        FileType.BZIP2,
        FileType.XZ,
        FileType.LZMA,
        FileType.ZSTD,
        FileType.SEVEN_ZIP,
        FileType.RAR,
        FileType.CAB,
    }
)
# what openers import when they need it; a confined worker can't
LIBRARIES: Final = (
    "backports.zstd",
    "bcj",
    "cryptography.hazmat.primitives.ciphers.algorithms",
    "cryptography.hazmat.primitives.ciphers.modes",
    "gifthorse.inspect.unpack.dmg",
    "gifthorse.inspect.unpack.e01",
    "gifthorse.inspect.unpack.qcow2",
    "gifthorse.inspect.unpack.sparse_image",
    "gifthorse.inspect.unpack.vhd",
    "gifthorse.inspect.unpack.vhdx",
    "gifthorse.inspect.unpack.vmdk",
    "inflate64",
    "pyppmd",
)
FINGERPRINT_MOST: Final = 4 * 1024 * 1024


def preload() -> None:
    """Every opener and the libraries it needs are imported, so that confined workers need no file for that."""
    for library in LIBRARIES:
        import_module(library)
    for module in {f"{__package__}.libarchive", *(module for module, _function in (*OPENERS.values(), DOCUMENTS))}:
        getattr(import_module(module), "preload", _nothing)()


def members(item: Item, budget: Budget) -> Iterator[Opened]:
    """Members of the container *item*, findings about it, and what could not be seen.

    The engine makes one Budget per outermost file and passes ``budget.child()`` with each member that it examines in turn. Never
    raises for what the container holds: damage, encryption and exceeded budgets become entries.
    """
    try:
        budget.opening(item.size, _fingerprint(item))
        if budget.holds_itself():
            yield from _quine(item, budget)
            return
        for opened in _opened(item, budget):
            gap = opened if isinstance(opened, NotInspected) else None
            yield opened
            del opened  # what a member held is given back before the next one is unpacked
            if gap is not None and gap.reason is Reason.BUDGET:
                yield exceeded(item, phrase(N_("{path}: {limit}."), path=gap.path, limit=gap.detail))
    except BudgetExceeded as over:
        yield from _over(item, budget, over)
    except (Damaged, OSError, struct.error) as broken:  # struct: a record that its container's end cuts off
        yield unread(item.path, Reason.UNREADABLE, str(broken))
    except Unsupported as why:
        yield unread(item.path, Reason.UNSUPPORTED, str(why))
    except Encrypted as why:
        yield encrypted(item, phrase(N_("The whole container is locked ({how})."), how=why))
        yield unread(item.path, Reason.ENCRYPTED, str(why))


def _opened(item: Item, budget: Budget) -> Iterator[Opened]:
    yield from _opener(OPENERS[item.filetype])(item, budget)
    if item.filetype is FileType.ODF:  # what the zip reader can't see: that its parts are encrypted
        yield from _opener(DOCUMENTS)(item, budget)


def _opener(named: tuple[str, str]) -> Opener:
    opener: Opener = getattr(import_module(named[0]), named[1])
    return opener


def _fingerprint(item: Item) -> str | None:
    if item.sha256 is not None or item.size > FINGERPRINT_MOST:
        return item.sha256
    return hashlib.sha256(item.content.whole(FINGERPRINT_MOST)).hexdigest()


def _quine(item: Item, budget: Budget) -> Iterator[Finding | NotInspected]:
    if budget.tell_bomb_once():
        yield bomb(item, phrase(N_("The archive holds itself, byte for byte: unpacking it never ends.")))
    yield unread(item.path, Reason.BUDGET, "it holds itself")


def _over(item: Item, budget: Budget, over: BudgetExceeded) -> Iterator[Finding | NotInspected]:
    """A level was overdrawn: this one, or one around it that this one's bytes count to."""
    endless = over.limit is Limit.DEPTH and ARCHIVES.issuperset((*item.chain, item.filetype))
    if over.limit is Limit.RATIO or endless:
        if budget.tell_bomb_once():
            yield bomb(item, phrase(N_("Stopped after {produced} bytes: {limit}."), produced=budget.produced, limit=in_words(over)))
    elif budget.tell_once(over):
        yield exceeded(item, phrase(N_("Stopped after {produced} bytes: {limit}."), produced=budget.produced, limit=in_words(over)))
    yield unread(item.path, Reason.BUDGET, in_words(over))


def _nothing() -> None:
    """What a module needs to preload that needs nothing."""
