"""The table of first bytes, and the checks that the formats without a plain signature need.

Facts from the formats' own specifications; each check takes the first bytes, the size and nothing else.
"""

import struct
from collections.abc import Callable
from typing import Final

from gifthorse.inspect.filetypes import FileType as T
from gifthorse.inspect.formats.mpeg import mpeg_audio, transport_stream

Check = Callable[[bytes, int], T | None]

_IMAGE_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"jpeg", b"miaf"}
)
_BITMAP_HEADER_SIZES: Final = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
# Makers whose raw photographs are TIFF files with their own tags, as TIFF tag 271 (Make) names them.
_RAW_MAKERS: Final = (
    b"NIKON",
    b"SONY",
    b"PENTAX",
    b"SAMSUNG",
    b"Hasselblad",
    b"Phase One",
    b"Leaf",
    b"Mamiya",
    b"EPSON",
    b"Kodak",
    b"RICOH",
)
_DNG_VERSION_TAG: Final = 0xC612
_SUB_IFDS_TAG: Final = 0x014A


def bitmap(head: bytes, size: int) -> T | None:
    """BMP when the information header has a known length and the stated size is not absurd."""
    if len(head) < 26:
        return None
    stated, _reserved, pixels, header = struct.unpack_from("<4I", head, 2)
    plausible = header in _BITMAP_HEADER_SIZES and 14 + header <= pixels <= max(size, stated)
    return T.BMP if plausible else None


def riff(head: bytes, _size: int) -> T | None:
    """WAVE, AVI or WebP by the form type at byte 8."""
    return {b"WEBP": T.WEBP, b"AVI ": T.AVI, b"WAVE": T.WAV}.get(head[8:12])


def tiff(head: bytes, _size: int) -> T:
    """TIFF, or RAW_PHOTO for the makers' variants of it (CR2, DNG, NEF, ARW, PEF…)."""
    if head[8:10] == b"CR" or head[2:4] in {b"RO", b"RS", b"U\0"}:
        return T.RAW_PHOTO
    tags, maker = _first_directory(head)
    by_maker = _SUB_IFDS_TAG in tags and maker.upper().startswith(tuple(name.upper() for name in _RAW_MAKERS))
    return T.RAW_PHOTO if _DNG_VERSION_TAG in tags or by_maker else T.TIFF


def _first_directory(head: bytes) -> tuple[frozenset[int], bytes]:
    """The tag numbers of the first TIFF directory, as far as it lies within *head*, and the maker's name (tag 271)."""
    order = "<" if head[:2] == b"II" else ">"
    if len(head) < 8:
        return frozenset(), b""
    (start,) = struct.unpack_from(order + "I", head, 4)
    if start + 2 > len(head):
        return frozenset(), b""
    (count,) = struct.unpack_from(order + "H", head, start)
    tags, maker = set(), b""
    for entry in range(start + 2, min(start + 2 + 12 * count, len(head) - 11), 12):
        tag, _kind, length, where = struct.unpack_from(order + "HHII", head, entry)
        tags.add(tag)
        if tag == 0x010F and length > 4:
            maker = head[where : where + min(length, 40)]
    return frozenset(tags), maker


def icon(head: bytes, size: int) -> T | None:
    """ICO or CUR when the first directory entry points inside the file."""
    if len(head) < 22:
        return None
    count = struct.unpack_from("<H", head, 4)[0]
    length, start = struct.unpack_from("<II", head, 14)
    fits = 0 < count <= 512 and start >= 6 + 16 * count and start + length <= size and head[9] == 0
    return T.ICO if fits else None


def dos_program(head: bytes, size: int) -> T | None:
    """PE, or DOS_EXE for plain MZ, NE and LE programs; None when the two letters MZ merely start something else."""
    if len(head) < 28:
        return None
    if len(head) >= 64:
        (new_header,) = struct.unpack_from("<I", head, 0x3C)
        if head[new_header : new_header + 4] == b"PE\0\0":
            return T.PE
        if len(head) <= new_header < size - 4 and new_header < 1 << 28:
            return T.PE  # the new header lies past what was read; nothing but a program states such an offset here
        if head[new_header : new_header + 2] in {b"NE", b"LE", b"LX"} and new_header >= 64:
            return T.DOS_EXE
    last_page, pages, relocations, paragraphs = struct.unpack_from("<4H", head, 2)
    plausible = last_page < 512 and pages > 0 and 2 <= paragraphs < 0x1000 and relocations < 0x4000 and pages * 512 <= size + 512
    return T.DOS_EXE if plausible else None


def cafebabe(head: bytes, _size: int) -> T | None:
    """Fat Mach-O (a small number of architectures) or a Java class (a version of 43 or above at byte 6)."""
    if len(head) < 8:
        return None
    minor, major = struct.unpack_from(">HH", head, 4)
    if minor == 0 and 0 < major < 30:
        return T.MACHO
    return T.JAVA_CLASS if 43 <= major < 200 else None


def isobmff(head: bytes, _size: int) -> T:
    """HEIF, RAW_PHOTO (Canon CR3) or MP4 by the brand in the ftyp box."""
    if head[8:12] == b"crx ":
        return T.RAW_PHOTO
    return T.HEIF if head[8:12] in _IMAGE_BRANDS else T.MP4


def quicktime(head: bytes, size: int) -> T | None:
    """MP4 for QuickTime films without ftyp, when the first box has a length that fits."""
    (length,) = struct.unpack_from(">I", head)
    return T.MP4 if length in {0, 1} or 8 <= length <= size else None


def python_bytecode(head: bytes, _size: int) -> T | None:
    """Compiled Python 3: magic number 3000-3999 and flags of PEP 552, or Python 2's 62xxx."""
    if len(head) < 16 or head[2:4] != b"\r\n":
        return None
    magic, flags = struct.unpack_from("<H2xI", head)
    return T.PYTHON_BYTECODE if (3000 <= magic < 4000 and flags <= 3) or 62000 <= magic < 62400 else None


def lzma_alone(head: bytes, _size: int) -> T | None:
    """LZMA's old format: properties byte 0x5D, a dictionary of 2^n or 3*2^n bytes, and a size that is unknown or below 1 TiB."""
    if len(head) < 13:
        return None
    dictionary, size = struct.unpack_from("<IQ", head, 1)
    good_dictionary = dictionary >= 4096 and (
        dictionary & (dictionary - 1) == 0 or (dictionary % 3 == 0 and (dictionary // 3).bit_count() == 1)
    )
    return T.LZMA if good_dictionary and (size == 2**64 - 1 or size < 2**40) else None


def truetype(head: bytes, _size: int) -> T | None:
    """FONT when the number of tables is small and the first table's tag is printable."""
    return T.FONT if len(head) >= 16 and 0 < head[5] < 64 and head[4] == 0 and head[12:16].isascii() and head[12] >= 0x20 else None


def der(head: bytes, size: int) -> T | None:
    """CERTIFICATE for a DER sequence that is as long as the file and holds an object identifier of X.509 or PKCS."""
    if len(head) < 32 or struct.unpack_from(">H", head, 2)[0] != size - 4:
        return None
    start = head[:2048]
    named = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01" in start or b"\x06\x03\x55\x04" in start or b"\x06\x08\x2a\x86\x48\xce" in start
    return T.CERTIFICATE if named else None


def ms_cab(head: bytes, _size: int) -> T | None:
    """CAB when the reserved field after the signature is zero."""
    return T.CAB if head[4:8] == b"\0\0\0\0" else None


def bzip2(head: bytes, _size: int) -> T | None:
    """BZIP2 when the block or end-of-stream magic follows the level digit."""
    return T.BZIP2 if head[3:4].isdigit() and head[4:10] in {b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"} else None


def pcapng(head: bytes, _size: int) -> T | None:
    """PCAPNG when the byte-order magic stands at byte 8."""
    return T.PCAPNG if head[8:12] in {b"\x1a\x2b\x3c\x4d", b"\x4d\x3c\x2b\x1a"} else None


_SIGNATURES: Final[tuple[tuple[bytes, T | Check], ...]] = (
    (b"\xff\xd8\xff", T.JPEG),
    (b"\x89PNG\r\n\x1a\n", T.PNG),
    (b"GIF87a", T.GIF),
    (b"GIF89a", T.GIF),
    (b"BM", bitmap),
    (b"II*\0", tiff),
    (b"MM\0*", tiff),
    (b"IIRO", T.RAW_PHOTO),
    (b"IIRS", T.RAW_PHOTO),
    (b"IIU\0", T.RAW_PHOTO),
    (b"FUJIFILMCCD-RAW", T.RAW_PHOTO),
    (b"FOVb", T.RAW_PHOTO),
    (b"\0MRM", T.RAW_PHOTO),
    (b"RIFF", riff),
    (b"\0\0\1\0", icon),
    (b"\0\0\2\0", icon),
    (b"8BPS\0", T.PSD),
    (b"\x1a\x45\xdf\xa3", T.MATROSKA),
    (b"\0\0\1\xba", T.MPEG),
    (b"\0\0\1\xb3", T.MPEG),
    (b"ID3", T.MP3),
    (b"\xff\xfb", mpeg_audio),
    (b"\xff\xfa", mpeg_audio),
    (b"\xff\xf3", mpeg_audio),
    (b"\xff\xf2", mpeg_audio),
    (b"\xff\xe3", mpeg_audio),
    (b"\xff\xe2", mpeg_audio),
    (b"OggS\0", T.OGG),
    (b"fLaC", T.FLAC),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", T.ONENOTE),
    (b"ITSF", T.CHM),
    (b"\x1f\x8b\x08", T.GZIP),
    (b"BZh", bzip2),
    (b"\xfd7zXZ\0", T.XZ),
    (b"\x28\xb5\x2f\xfd", T.ZSTD),
    (b"\x5d\0\0", lzma_alone),
    (b"7z\xbc\xaf\x27\x1c", T.SEVEN_ZIP),
    (b"Rar!\x1a\x07", T.RAR),
    (b"MSCF", ms_cab),
    (b"070701", T.CPIO),
    (b"070702", T.CPIO),
    (b"070707", T.CPIO),
    (b"\xc7\x71", T.CPIO),
    (b"!<arch>\n", T.AR),
    (b"conectix", T.VHD),
    (b"sprs\0\0\0\x03", T.DMG),
    (b"vhdxfile", T.VHDX),
    (b"KDMV", T.VMDK),
    (b"# Disk DescriptorFile", T.VMDK),
    (b"QFI\xfb", T.QCOW2),
    (b"EVF\x09\x0d\x0a\xff\0", T.E01),
    (b"EVF2\x0d\x0a\x81\0", T.E01),
    (b"MZ", dos_program),
    (b"ZM", dos_program),
    (b"\x7fELF", T.ELF),
    (b"\xfe\xed\xfa\xce", T.MACHO),
    (b"\xfe\xed\xfa\xcf", T.MACHO),
    (b"\xce\xfa\xed\xfe", T.MACHO),
    (b"\xcf\xfa\xed\xfe", T.MACHO),
    (b"\xca\xfe\xba\xbf", T.MACHO),
    (b"\xca\xfe\xba\xbe", cafebabe),
    (b"\0asm\1\0\0\0", T.WASM),
    (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46", T.SHORTCUT),
    (b"SQLite format 3\0", T.SQLITE),
    (b"OTTO\0", T.FONT),
    (b"\0\1\0\0\0", truetype),
    (b"true\0", T.FONT),
    (b"ttcf\0", T.FONT),
    (b"wOFF", T.FONT),
    (b"wOF2", T.FONT),
    (b"\x30\x82", der),
    (b"\xd4\xc3\xb2\xa1", T.PCAP),
    (b"\xa1\xb2\xc3\xd4", T.PCAP),
    (b"\x4d\x3c\xb2\xa1", T.PCAP),
    (b"\xa1\xb2\x3c\x4d", T.PCAP),
    (b"\x0a\x0d\x0d\x0a", pcapng),
)


def _by_first_two() -> dict[bytes, tuple[tuple[bytes, T | Check], ...]]:
    table: dict[bytes, list[tuple[bytes, T | Check]]] = {}
    for prefix, answer in _SIGNATURES:
        table.setdefault(prefix[:2], []).append((prefix, answer))
    return {first: tuple(rows) for first, rows in table.items()}


_TABLE: Final = _by_first_two()
_BOX_TYPES: Final = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})


def by_first_bytes(head: bytes, size: int) -> T | None:
    """The type that the first bytes alone decide, or None."""
    for prefix, answer in _TABLE.get(head[:2], ()):
        if head.startswith(prefix):
            found = answer if isinstance(answer, T) else answer(head, size)
            if found is not None:
                return found
    if head[4:8] == b"ftyp":
        return isobmff(head, size)
    if head[2:4] == b"\r\n":
        return python_bytecode(head, size)
    if head[4:8] in _BOX_TYPES:
        return quicktime(head, size)
    if head[:1] == b"G" or head[4:5] == b"G":
        return transport_stream(head, size)
    return None
