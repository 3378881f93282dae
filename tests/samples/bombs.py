"""Small files that unfold, loop or nest without end, each made here by code. None does anything but be large when it is unpacked."""

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable

from backports import zstd

from tests.samples import archives, documents, files

MIB = 1 << 20
GIB = 1 << 30


def deflated_zeros(total: int) -> bytes:
    """A deflate stream of *total* zeros (a multiple of 64 MiB), made without compressing them all: one stretch, said again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stretch = packer.compress(bytes(64 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return stretch * (total // (64 * MIB)) + packer.flush()


def zip_around(packed: bytes, size: int, name: bytes = b"zeros.bin") -> bytes:
    """A zip with one deflated member."""
    fields = (20, 0, 8, 0, 0, 0, len(packed), min(size, 0xFFFFFFFE))
    local = struct.pack("<4s5HIII2H", b"PK\x03\x04", *fields, len(name), 0) + name + packed
    central = struct.pack("<4s6HIII5HII", b"PK\x01\x02", 20, *fields, len(name), 0, 0, 0, 0, 0, 0) + name
    return local + central + struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)


def flat_zip(total: int = 10 * GIB) -> bytes:
    return zip_around(deflated_zeros(total), total)


def gzip_zeros(total: int = 10 * GIB) -> bytes:
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + deflated_zeros(total) + struct.pack("<II", 0, total & 0xFFFFFFFF)


def nested_zip(levels: int = 5, width: int = 16, leaf: int = 256 * MIB) -> bytes:
    """Zips of sixteen zips of sixteen zips, with zeros at the bottom."""
    body = zip_around(deflated_zeros(leaf), leaf)
    for _ in range(levels):
        body = archives.zip_of({f"book {number}.zip": body for number in range(width)})
    return body


def zip_of_large_members(count: int = 10, size: int = 128 * MIB) -> bytes:
    """Each member may be held, so each is looked at, until their sum is too much."""
    packed = deflated_zeros(size)
    local, central, at = b"", b"", 0
    for number in range(count):
        name, fields = b"%d.txt" % number, (20, 0, 8, 0, 0, 0, len(packed), size)
        header = struct.pack("<4s5HIII2H", b"PK\x03\x04", *fields, len(b"%d.txt" % number), 0) + name
        central += struct.pack("<4s6HIII5HII", b"PK\x01\x02", 20, *fields, len(name), 0, 0, 0, 0, 0, at) + name
        local += header + packed
        at = len(local)
    return local + central + struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, count, count, len(central), len(local), 0)


def log_gzip(lines: int = 700_000) -> bytes:
    """No bomb: 70 MB of the same few log lines."""
    lines_of = [
        b'{"time": "2026-11-22T10:%02d:00Z", "level": "info", "message": "the pump runs at its usual speed", "n": %d}\n' % (n % 60, n % 7)
        for n in range(420)
    ]
    return gzip.compress(b"".join(lines_of) * (lines // 420), 9, mtime=0)


def overlapping_zip() -> bytes:
    return archives.overlapping_zip(3000, 4 * MIB)


def sparse_tar() -> bytes:
    return archives.sparse_tar(1 << 43)


def xz_zeros() -> bytes:
    one = lzma.compress(bytes(256 * MIB), preset=0)
    return one * 12


def bz2_zeros() -> bytes:
    return bz2.compress(bytes(45 * MIB)) * 60


def zstd_zeros() -> bytes:
    return zstd.compress(bytes(64 * MIB), 3) * 48


def seven_zip_zeros() -> bytes:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", filters=[{"id": py7zr.FILTER_DEFLATE}]) as archive:
        archive.writef(io.BytesIO(bytes(200 * MIB)), "zeros.bin")
    packed = out.getvalue()
    return archives.zip_of({f"{number}.7z": packed for number in range(20)}, zipfile.ZIP_STORED)


def png_bomb() -> bytes:
    """60,000 × 60,000 pixels of one grey."""
    return files.png(width=60_000, height=60_000)[:-12] + files.chunk(b"IDAT", zlib.compress(bytes(4 * MIB))) + files.chunk(b"IEND", b"")


def jpeg_bomb() -> bytes:
    return files.jpeg(width=65_500, height=65_500)


def gif_bomb() -> bytes:
    """65,535 × 65,535 pixels, and ten thousand pictures of them."""
    picture = b",\0\0\0\0" + struct.pack("<HH", 65_535, 65_535) + b"\0\x02\x02D\x01\0"
    return b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + bytes(6) + picture * 10_000 + b";"


def tiff_bomb() -> bytes:
    """A TIFF of 100,000 × 100,000 pixels whose directories lead back to themselves."""
    entries = [(0x100, 4, 1, 100_000), (0x101, 4, 1, 100_000), (0x102, 3, 1, 8), (0x103, 3, 1, 5), (0x111, 4, 1, 8), (0x117, 4, 1, 100)]
    return (
        b"II*\0"
        + struct.pack("<IH", 8, len(entries))
        + b"".join(struct.pack("<HHII", *entry) for entry in entries)
        + struct.pack("<I", 8)
        + bytes(200)
    )


def deep_json() -> bytes:
    return b"[" * 2_000_000 + b"]" * 2_000_000


def deep_xml() -> bytes:
    return b"<?xml version='1.0'?>" + b"<a>" * 500_000 + b"</a>" * 500_000


def laughing() -> str:
    """The entity that names ten of the next, ten times over."""
    lines = ['<!ENTITY l0 "lol">', *(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 11))]
    return "<!DOCTYPE svg [" + "".join(lines) + "]>"


def laughing_svg() -> bytes:
    return f'<?xml version="1.0"?>{laughing()}<svg xmlns="http://www.w3.org/2000/svg"><text>&l10;</text></svg>'.encode()


def laughing_docx() -> bytes:
    part = f'<?xml version="1.0"?>{laughing()}<w:document xmlns:w="w"><w:body>&l10;</w:body></w:document>'.encode()
    return documents.package("docx", {"word/document.xml": part})


def many_object_pdf(count: int = 1_000_000) -> bytes:
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", *(b"<</A %d 0 R>>" % (number + 1) for number in range(4, count)))


def deep_pdf() -> bytes:
    """Dictionaries two hundred thousand deep."""
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>", b"<</A" * 200_000 + b">>" * 200_000)


def recursive_pdf() -> bytes:
    """An attachment packed five times over, a stream whose length and filter are itself, and actions that lead to themselves."""
    packed = zlib.compress(bytes(64 * MIB), 9)
    for _ in range(4):
        packed = zlib.compress(packed, 9)
    stream = b"<</Type/EmbeddedFile/Filter[" + b"/FlateDecode" * 5 + b"]/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>>>",
        b"<</S/JavaScript/JS 4 0 R/Next 4 0 R>>",
        b"<</Type/Filespec/F(a)/EF<</F 6 0 R>>>>",
        stream,
        b"<</Length 7 0 R/Filter 7 0 R>>stream\nx\nendstream",
        b"<</Type/Filespec/EF 8 0 R/F 8 0 R>>",
    )


def pdf_of(catalog: bytes, *objects: bytes) -> bytes:
    """A PDF of one empty page (objects 2 and 3), *objects* from 4 on, and a table that finds them."""
    body = bytearray(b"%PDF-1.5\n")
    places = []
    pages = (b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    for number, one in enumerate((catalog, *pages, *objects), 1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(body) + end % (count, table, count, len(body))


def mail_of_many_parts(count: int = 100_000) -> bytes:
    """Multiparts within multiparts, a hundred thousand deep."""
    head = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    opening = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(count))
    return head + opening + b"Content-Type: text/plain\r\n\r\nx\r\n"


def mail_of_flat_parts(count: int = 100_000) -> bytes:
    head = (
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    )
    return head + b"--b\r\nContent-Type: application/x; name=a.exe\r\n\r\nx\r\n" * count + b"--b--\r\n"


def mail_in_mail(depth: int = 400) -> bytes:
    body = b"From: a@example.org\r\nSubject: x\r\n\r\nhello\r\n"
    for number in range(depth):
        start = b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=c%d\r\n\r\n--c%d\r\n" % (
            number,
            number,
        )
        body = start + b"Content-Type: message/rfc822\r\n\r\n" + body + b"\r\n--c%d--\r\n" % number
    return body


def zip_in_zip(depth: int = 200) -> bytes:
    body = b"hello"
    for _ in range(depth):
        body = archives.zip_of({"inner.zip": body}, zipfile.ZIP_STORED)
    return body


def object_in_object(depth: int = 60) -> bytes:
    body = b"hello"
    for _ in range(depth):
        body = documents.compound_file({"\x01Ole10Native": documents.ole_native("inner.doc", body)})
    return body


def rich_text_braces() -> bytes:
    return b"{\\rtf1" + b"{\\object\\objdata 0105" * 300_000


BOMBS: dict[str, Callable[[], bytes]] = {
    "flat.zip": flat_zip,
    "flat.gz": gzip_zeros,
    "nested.zip": nested_zip,
    "large-members.zip": zip_of_large_members,
    "log.json.gz": log_gzip,
    "overlapping.zip": overlapping_zip,
    "sparse.tar": sparse_tar,
    "zeros.xz": xz_zeros,
    "zeros.bz2": bz2_zeros,
    "zeros.zst": zstd_zeros,
    "seven.zip": seven_zip_zeros,
    "bomb.png": png_bomb,
    "bomb.jpg": jpeg_bomb,
    "bomb.gif": gif_bomb,
    "bomb.tif": tiff_bomb,
    "deep.json": deep_json,
    "deep.xml": deep_xml,
    "laughs.svg": laughing_svg,
    "laughs.docx": laughing_docx,
    "objects.pdf": many_object_pdf,
    "deep.pdf": deep_pdf,
    "recursive.pdf": recursive_pdf,
    "nested.eml": mail_of_many_parts,
    "flat.eml": mail_of_flat_parts,
    "mail-in-mail.eml": mail_in_mail,
    "deep.zip": zip_in_zip,
    "deep.doc": object_in_object,
    "braces.rtf": rich_text_braces,
}
