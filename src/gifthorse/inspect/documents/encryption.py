"""Whether an office document is encrypted, how, and whether office would open it without asking for a password."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from gifthorse.inspect.documents.compound import CompoundFile, compound_of
from gifthorse.inspect.documents.damage import FORMAT_ERRORS, DamagedDocument
from gifthorse.inspect.documents.once import once
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.documents.slides import CRYPT_SESSION, presentation_stream
from gifthorse.inspect.documents.spreadsheet import workbook_in
from gifthorse.inspect.documents.word import word_document_in
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item

# [MS-OFFCRYPTO] 2.1.4 and its notes: what Excel and PowerPoint try before they ask.
DEFAULT_PASSWORDS: Final = ("VelvetSweatshop", "/01Hannes Ruescher/01")
_ALWAYS_ASK: Final = frozenset({"Word 97-2003", "PowerPoint 97-2003"})
MOST_BYTES: Final = 64 << 20
MOST_PASSWORDS: Final = 50
MOST_ROUNDS: Final = 200_000  # office itself writes 100,000, about a tenth of a second
_ROUNDS: Final = re.compile(rb'spinCount="(\d{1,12})"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Encryption:
    """How the document is encrypted; `opened` is what lies beneath when one of the default passwords fits."""

    method: str
    opened: bytes | None = None

    @property
    def opens_unasked(self) -> bool:
        """Whether the office program shows the document without asking for a password."""
        return self.opened is not None


@once
def encryption_of(item: Item) -> Encryption | None:
    """The document's encryption, or None when it has none that was recognised."""
    if item.filetype is FileType.ODF:
        package = package_of(item)
        return Encryption(method="OpenDocument") if package and odf_encrypted(package) else None
    compound = compound_of(item)
    method = method_of(compound) if compound else None
    if method is None:
        return None
    return Encryption(method=method, opened=opened_with(item, DEFAULT_PASSWORDS) if method not in _ALWAYS_ASK else None)


def method_of(compound: CompoundFile) -> str | None:
    """The name of the encryption in use; None when there is none."""
    if ("EncryptedPackage",) in compound.streams:
        return "Office 2007 and later"
    document = word_document_in(compound)
    if document and document.encrypted:
        return "Word 97-2003"
    workbook = workbook_in(compound)
    if workbook and workbook.encrypted:
        return "Excel 97-2003"
    if CRYPT_SESSION in presentation_stream(compound) or ("EncryptedSummary",) in compound.streams:
        return "PowerPoint 97-2003"
    return None


def odf_encrypted(package: Package) -> bool:
    """Whether the manifest says that parts are encrypted (OpenDocument 1.3 part 2, 3.4.1)."""
    try:
        manifest = package.read("META-INF/manifest.xml", 4 << 20) if "META-INF/manifest.xml" in package.entries else b""
    except DamagedDocument:
        return False
    return b"encryption-data" in manifest


def opened_with(item: Item, passwords: Sequence[str]) -> bytes | None:
    """The document as the first fitting one of *passwords* opens it; None when none fits or trying would cost too much."""
    compound = compound_of(item)
    if compound is None or max(compound.streams.values(), default=0) > item.size:  # the library reads as much as a stream claims
        return None
    if item.size > MOST_BYTES or rounds_of(item) > MOST_ROUNDS:
        return None
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    opener: Any = msoffcrypto.OfficeFile
    for password in passwords[:MOST_PASSWORDS]:
        opened = BytesIO()
        try:
            office = opener(item.content.open())
            office.load_key(password=password, verify_password=True)
            office.decrypt(opened)
        except (*FORMAT_ERRORS, DecryptionError, FileFormatError, InvalidKeyError, ParseError):
            continue
        return opened.getvalue()
    return None


def rounds_of(item: Item) -> int:
    """How many rounds of hashing one password costs, as the document states ([MS-OFFCRYPTO] 2.3.4.10: up to ten million)."""
    compound = compound_of(item)
    stated = _ROUNDS.findall(compound.read_head(("EncryptionInfo",), 1 << 16)) if compound else []
    return max((int(number) for number in stated), default=0)
