"""The kinds of file that the inspection tells apart, by content and never by name."""

from enum import StrEnum
from typing import Final


class FileType(StrEnum):
    """What the bytes are. `DATA` is what no other fits; `EMPTY` has no bytes."""

    EMPTY = "empty"
    DATA = "data"
    TEXT = "text"
    # pictures, sound and film
    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    BMP = "bmp"
    TIFF = "tiff"
    WEBP = "webp"
    HEIF = "heif"
    ICO = "ico"
    PSD = "psd"
    SVG = "svg"
    RAW_PHOTO = "raw-photo"
    MP4 = "mp4"
    AVI = "avi"
    MATROSKA = "matroska"
    MPEG = "mpeg"
    MP3 = "mp3"
    WAV = "wav"
    OGG = "ogg"
    FLAC = "flac"
    # documents
    PDF = "pdf"
    RTF = "rtf"
    HTML = "html"
    XML = "xml"
    OOXML_WORD = "ooxml-word"
    OOXML_SHEET = "ooxml-sheet"
    OOXML_SLIDES = "ooxml-slides"
    OOXML_OTHER = "ooxml-other"
    ODF = "odf"
    OLE = "ole"
    OLE_WORD = "ole-word"
    OLE_SHEET = "ole-sheet"
    OLE_SLIDES = "ole-slides"
    OLE_ENCRYPTED_OFFICE = "ole-encrypted-office"
    MSG = "msg"
    MSI = "msi"
    ONENOTE = "onenote"
    CHM = "chm"
    EML = "eml"
    MBOX = "mbox"
    EPUB = "epub"
    # containers
    ZIP = "zip"
    JAR = "jar"
    APK = "apk"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "zstd"
    LZMA = "lzma"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    CAB = "cab"
    CPIO = "cpio"
    AR = "ar"
    LHA = "lha"
    OTHER_ARCHIVE = "other-archive"
    ISO = "iso"
    VHD = "vhd"
    VHDX = "vhdx"
    VMDK = "vmdk"
    QCOW2 = "qcow2"
    DMG = "dmg"
    E01 = "e01"
    DISK_IMAGE = "disk-image"
    # programs
    PE = "pe"
    DOS_EXE = "dos-exe"
    ELF = "elf"
    MACHO = "mach-o"
    JAVA_CLASS = "java-class"
    PYTHON_BYTECODE = "python-bytecode"
    WASM = "wasm"
    # what the system acts on
    SHORTCUT = "shortcut"
    SCRIPT = "script"
    REGISTRY = "registry"
    INI = "ini"
    # the rest that is worth a name
    SQLITE = "sqlite"
    FONT = "font"
    JSON = "json"
    CERTIFICATE = "certificate"
    PCAP = "pcap"
    PCAPNG = "pcapng"


PROGRAMS: Final = frozenset({FileType.PE, FileType.DOS_EXE, FileType.ELF, FileType.MACHO})
PICTURES: Final = frozenset(
    {FileType.JPEG, FileType.PNG, FileType.GIF, FileType.BMP, FileType.TIFF, FileType.WEBP, FileType.HEIF, FileType.RAW_PHOTO}
)
MEDIA: Final = PICTURES | {
    FileType.MP4,
    FileType.AVI,
    FileType.MATROSKA,
    FileType.MPEG,
    FileType.MP3,
    FileType.WAV,
    FileType.OGG,
    FileType.FLAC,
}
OOXML: Final = frozenset({FileType.OOXML_WORD, FileType.OOXML_SHEET, FileType.OOXML_SLIDES, FileType.OOXML_OTHER})
OLE_DOCUMENTS: Final = frozenset({FileType.OLE, FileType.OLE_WORD, FileType.OLE_SHEET, FileType.OLE_SLIDES})
MAIL: Final = frozenset({FileType.EML, FileType.MSG, FileType.MBOX})
ZIP_BASED: Final = OOXML | {FileType.ZIP, FileType.JAR, FileType.APK, FileType.ODF, FileType.EPUB}
DISK_IMAGES: Final = frozenset(
    {FileType.ISO, FileType.VHD, FileType.VHDX, FileType.VMDK, FileType.QCOW2, FileType.DMG, FileType.E01, FileType.DISK_IMAGE}
)
