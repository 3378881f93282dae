"""Documents made from bytes, for tests: compound files with macro projects, office packages, rich text, PDF, notebooks, mails. All inert."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from typing import Any

import pikepdf

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.identify import identify
from gifthorse.inspect.item import Item
from tests.samples.compound_files import compound_file, compressed_chunk, directory_entry, vba_compressed, vba_project, vba_streams

__all__ = ["compound_file", "compressed_chunk", "directory_entry", "vba_compressed", "vba_project", "vba_streams"]


def an_item(content: bytes, name: str, filetype: FileType | None = None, chain: tuple[FileType, ...] = ()) -> Item:
    """An item of *content*, its type found by content unless given."""
    kind = filetype or identify(content[: 64 << 10], len(content), lambda length: content[-length:] if length else b"", name)
    return Item(path=name, untrusted_name=name, content=MemoryContent(content), filetype=kind, head=content[: 64 << 10], chain=chain)


# --- compound files ([MS-CFB])


def word_binary(
    text: bytes = b"Dear Sir or Madam\r", *, flags: int = 0, extra: Mapping[str, bytes] | None = None, template: str = ""
) -> bytes:
    """A Word 97 document whose header says *flags* and whose text follows it."""
    strings = (
        b"\xff\xff" + struct.pack("<HH", 2, 0) + struct.pack("<H", 0) + struct.pack("<H", len(template)) + template.encode("utf-16-le")
    )
    head = bytearray(1024)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", head, 10, flags | 0x0200)
    struct.pack_into("<II", head, 0x019A, 0, len(strings))
    return compound_file({"WordDocument": bytes(head) + text, "1Table": strings.ljust(64, b"\0"), **(extra or {})})


def workbook_stream(
    sheets: Sequence[tuple[str, int, int]], *, auto_open: bool = False, encrypted: bool = False, links: Sequence[str] = ()
) -> bytes:
    """The globals of a BIFF8 workbook; *sheets* are (name, kind, visibility)."""
    record = lambda kind, body: struct.pack("<HH", kind, len(body)) + body  # noqa: E731 - two lines' use
    out = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if encrypted:
        out += record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    for name, kind, visibility in sheets:
        out += record(0x0085, struct.pack("<IBB", 0, visibility, kind) + bytes([len(name), 0]) + name.encode("latin-1"))
    for link in links:
        out += record(0x01AE, struct.pack("<HHB", 0, len(link), 0) + link.encode("latin-1"))
    if auto_open:
        out += record(0x0018, struct.pack("<HBBHHHBBBB", 0x0020, 0, 1, 0, 0, 0, 0, 0, 0, 0) + b"\0\x01")
    return out + record(0x000A, b"")


# --- packages (ECMA-376, OpenDocument)

TYPES = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relationships(*targets: tuple[str, str, bool]) -> bytes:
    """A relationships part; *targets* are (kind, target, external)."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONSHIP}{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if external else ""}/>'
        for number, (kind, target, external) in enumerate(targets, 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'.encode()


def package(kind: str, parts: Mapping[str, bytes] | None = None, overrides: Mapping[str, str] | None = None, main_type: str = "") -> bytes:
    """An office package with *parts* beside the ones it must have; *overrides* are content types by part."""
    main = TYPES[kind]
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{value}"/>'
        for name, value in {main: main_type or _MAIN[kind], **(overrides or {})}.items()
    )
    base = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="r"/>{types}</Types>'.encode(),
        "_rels/.rels": relationships(("officeDocument", main, False)),
        main: b'<?xml version="1.0"?><w:document xmlns:w="w"><w:body/></w:document>',
    }
    return zipped({**base, **(parts or {})})


def zipped(parts: Mapping[str, bytes], stored: Sequence[str] = ()) -> bytes:
    """A ZIP of *parts*, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def macro_document(modules: Mapping[str, str], part: str = "word/vbaProject.bin", **options: Any) -> bytes:
    """A docm with *modules*, the project under any name."""
    return package("docx", {part: vba_project(modules, **options)}, {part: "application/vnd.ms-office.vbaProject"})


def word_fields(*runs: str) -> bytes:
    """A Word part with one complex field whose code is split over *runs*."""
    code = "".join(f'<w:r><w:instrText xml:space="preserve">{run}</w:instrText></w:r>' for run in runs)
    return (
        '<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>!Unexpected</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "</w:body></w:document>"
    ).encode()


def open_document(parts: Mapping[str, bytes] | None = None, content: str = "", kind: str = "text") -> bytes:
    """An OpenDocument file."""
    base = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": f'<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:xlink="x" xmlns:script="s" xmlns:text="t">{content}</office:document-content>'.encode(),
        "META-INF/manifest.xml": b'<?xml version="1.0"?><manifest/>',
    }
    return zipped({**base, **(parts or {})}, stored=["mimetype"])


# --- OLE objects, rich text, notebooks


def packaged(name: str, content: bytes) -> bytes:
    r"""What the packager puts around a file, without the size before it in ``\x01Ole10Native``."""
    text = name.encode("cp1252") + b"\0"
    return (
        struct.pack("<H", 2)
        + text
        + b"C:\\"
        + text
        + struct.pack("<HHI", 0, 3, len(text))
        + text
        + struct.pack("<I", len(content))
        + content
    )


def ole_native(name: str, content: bytes) -> bytes:
    r"""The ``\x01Ole10Native`` stream of a packaged file."""
    inner = packaged(name, content)
    return struct.pack("<I", len(inner)) + inner


def ole1(class_name: str, native: bytes) -> bytes:
    """An OLE 1 embedded object, as rich text holds it."""
    counted = class_name.encode() + b"\0"
    return struct.pack("<III", 0x0501, 2, len(counted)) + counted + struct.pack("<II", 0, 0) + struct.pack("<I", len(native)) + native


def rich_text(objects: str = "", body: str = "Hello") -> bytes:
    """A rich text with *objects* in it."""
    return f"{{\\rtf1\\ansi\\deff0 {{\\fonttbl{{\\f0 Arial;}}}}{objects} {body}\\par}}".encode("latin-1")


def rtf_object(content: bytes, words: str = "\\objemb", class_name: str = "Package") -> str:
    """An object of a rich text, its hex broken into lines."""
    digits = content.hex()
    lines = "\n".join(digits[at : at + 64] for at in range(0, len(digits), 64))
    return f"{{\\object{words}\\objw100\\objh100{{\\*\\objclass {class_name}}}{{\\*\\objdata {lines}}}}}"


def notebook(*files: tuple[str, bytes]) -> bytes:
    """A OneNote section with *files*."""
    head = bytes.fromhex("E4525C7B8CD8A74DAEB15378D02996D3") + bytes(1008)
    guid = bytes.fromhex("E716E3BD65261145A4C48D4D0B7A9EAC")
    body = b"".join(guid + struct.pack("<QIQ", len(content), 0, 0) + content + bytes(16) for _, content in files)
    names = b"".join(struct.pack("<I", len(name) * 2 + 2) + name.encode("utf-16-le") + b"\0\0" for name, _ in files if name)
    return head + body + names


# --- PDF


def pdf(build: Any = None, **saving: Any) -> bytes:
    """A PDF of one page that *build* may change, saved with *saving* (``object_stream_mode``, ``encryption``)."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    if build:
        build(document)
    out = io.BytesIO()
    document.save(out, **saving)
    return out.getvalue()


def hidden(document: bytes) -> bytes:
    """*document* with all its objects in compressed object streams."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        out = io.BytesIO()
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


# --- mail


def mail(*, html: str = "", attachments: Sequence[tuple[str, bytes]] = (), headers: Mapping[str, str] | None = None) -> bytes:
    """A mail."""
    message = EmailMessage()
    for name, value in {"From": "Ann <ann@example.org>", "To": "bob@example.net", "Subject": "Fair", **(headers or {})}.items():
        message[name] = value
    message.set_content("See below.\n")
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def outlook_message(*, html: str = "", headers: str = "", attachments: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """An Outlook .msg."""
    streams = {"__properties_version1.0": bytes(32), "__substg1.0_0037001F": "Fair".encode("utf-16-le")}
    if headers:
        streams["__substg1.0_007D001F"] = headers.encode("utf-16-le")
    if html:
        streams["__substg1.0_10130102"] = html.encode()
    for number, (name, content) in enumerate(attachments):
        storage = f"__attach_version1.0_#{number:08X}/"
        streams[storage + "__substg1.0_37010102"] = content
        streams[storage + "__substg1.0_3707001F"] = name.encode("utf-16-le")
    return compound_file(streams)
