"""Targets: what a file is, and the readers of single formats that detectors share."""

import base64
import struct
import zlib

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import executable_app_package
from gifthorse.inspect.detectors.html_smuggling import unveiled
from gifthorse.inspect.documents import pdf_remains, text_macros
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats import bidi, commands, launchers, mpeg, payload, places, where_from
from gifthorse.inspect.formats.coded_text import decoded_start
from gifthorse.inspect.formats.exif import camera_of
from gifthorse.inspect.formats.picture_size import stated_size
from gifthorse.inspect.formats.program import facts_of
from gifthorse.inspect.formats.settings import read_settings
from gifthorse.inspect.formats.shortcut import read_shortcut
from gifthorse.inspect.formats.skipped_parts import skipped_parts
from gifthorse.inspect.formats.trailer import after_known_trailers
from gifthorse.inspect.formats.true_end import true_end
from gifthorse.inspect.identify import identify
from gifthorse.inspect.item import Item, shown
from gifthorse.inspect.layout import carving
from gifthorse.inspect.walk.programs import program_length
from tests.fuzz.seeds import every_kind, manifests, pictures, programs
from tests.fuzz.target import Target, require
from tests.samples import documents, files

ENDED = (
    FileType.JPEG,
    FileType.PNG,
    FileType.GIF,
    FileType.WEBP,
    FileType.WAV,
    FileType.AVI,
    FileType.BMP,
    FileType.MP4,
    FileType.HEIF,
    FileType.PDF,
    FileType.ZIP,
    FileType.TIFF,
    FileType.ICO,
    FileType.MP3,
    FileType.SEVEN_ZIP,
    FileType.OLE_WORD,
)
NAMES = ("", "a.txt", "photo.jpg", "a.ps1", "letter.eml", "autorun.inf", "x.vbs", "y.html")


def item_of(untrusted_input: bytes, filetype: FileType, name: str = "a.bin") -> Item:
    return Item(path=name, untrusted_name=name, content=MemoryContent(untrusted_input), filetype=filetype, head=untrusted_input[:65536])


def identity(untrusted_input: bytes) -> None:
    def tail(count: int) -> bytes:
        return untrusted_input[max(0, len(untrusted_input) - count) :]

    for name in NAMES:
        kind = identify(untrusted_input[:65536], len(untrusted_input), tail, name)
        require(isinstance(kind, FileType), "no type")
    identify(untrusted_input[:600], len(untrusted_input), tail, "")
    identify(untrusted_input, len(untrusted_input), None, "")


def shortcut(untrusted_input: bytes) -> None:
    found = read_shortcut(untrusted_input)
    require(found.end <= len(untrusted_input), "the shortcut ends behind its file")
    commands.calls_interpreter(found.target, found.arguments)


def settings(untrusted_input: bytes) -> None:
    for setting in read_settings(untrusted_input):
        require(setting.offset <= len(untrusted_input) + 4, "a line behind the end of its file")


def ends(untrusted_input: bytes) -> None:
    content = MemoryContent(untrusted_input)
    for kind in ENDED:
        end = true_end(content, kind)
        require(end is None or end > 0, "an end before the beginning")
        if end is not None and end < content.size:
            after_known_trailers(content, end)


def sizes(untrusted_input: bytes) -> None:
    for kind in FileType:
        stated_size(untrusted_input, kind)


def program(untrusted_input: bytes) -> None:
    for kind in (FileType.PE, FileType.ELF, FileType.MACHO):
        facts_of(item_of(untrusted_input, kind))


def manifest(untrusted_input: bytes) -> None:
    executable_app_package._permissions(untrusted_input)


def words(untrusted_input: bytes) -> None:
    text = untrusted_input.decode("utf-8", "surrogateescape")
    half = len(text) // 2
    bidi.displayed(text[:2000])
    shown(text)
    commands.calls_interpreter(text[:half], text[half:])
    commands.is_strong(text)
    places.network_host(text)
    places.web_address(text)


def payloads(untrusted_input: bytes) -> None:
    payload.named(untrusted_input)
    payload.in_base64(untrusted_input)
    payload.looks_like_script(untrusted_input)
    mpeg.mpeg_audio(untrusted_input, len(untrusted_input))
    mpeg.transport_stream(untrusted_input, len(untrusted_input))


def coded(untrusted_input: bytes) -> None:
    decoded_start(untrusted_input, payload.PROGRAM_STARTS)
    require(len(unveiled(untrusted_input)) == len(untrusted_input), "places have moved")


def skipped(untrusted_input: bytes) -> None:
    content = MemoryContent(untrusted_input)
    for kind in ENDED:
        for offset, start in skipped_parts(content, kind):
            require(untrusted_input[offset : offset + len(start)] == start, "a part that lies elsewhere")


def remains(untrusted_input: bytes) -> None:
    for found in pdf_remains.remains_of(item_of(untrusted_input, FileType.PDF)):
        require(0 <= found.offset <= len(untrusted_input), "a name behind the end of its file")


def projects(untrusted_input: bytes) -> None:
    for kind in (FileType.XML, FileType.EML):
        text_macros.projects_in_text(item_of(untrusted_input, kind))
    text_macros.basic_in_text(item_of(untrusted_input, FileType.XML, "a.fodt"))


def noted(untrusted_input: bytes) -> None:
    found = where_from.read_note(untrusted_input)
    require(found is None or shown(found.address) is not None, "a note of nothing")


def launched(untrusted_input: bytes) -> None:
    """Each of the small languages that start something."""
    text = untrusted_input.decode("utf-8", "replace")
    for judge in LAUNCHERS:
        judge(text)


def carved(untrusted_input: bytes) -> None:
    """Headers at the beginnings of sectors, and how long the programs behind them are."""
    for at, _look, name in (*carving.headers_in(untrusted_input, 0), *carving.sector_heads(untrusted_input, 0)):
        require(at % carving.SECTOR == 0 and at < len(untrusted_input), f"a header of {name} at {at}")
    list(carving.filesystem_starts(untrusted_input, 0))
    carving.looks_random(untrusted_input)
    length = program_length(untrusted_input[:65536])
    require(length is None or length >= 0, "a program that ends before it begins")


def reckoned() -> list[bytes]:
    """A song, an icon, a picture with a strip and a preview, and an archive's first header: kinds whose end has to be reckoned."""
    song = b"ID3\3\0\0\0\0\0\x0a" + bytes(10) + (b"\xff\xfb\x90\x64" + bytes(413)) * 4
    icon = b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, 40, 22) + bytes(40)
    entries = [(256, 3, 1, 8), (273, 4, 1, 200), (279, 4, 1, 64), (330, 4, 1, 90), (513, 4, 2, 180), (514, 4, 2, 180)]
    picture = (
        b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(200)
    )
    compound = documents.compound_file({"WordDocument": bytes(600)})
    return [compound, song, icon, picture, b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<IQQI", 0, 20, 30, 0) + bytes(50)]


def broken_pdfs() -> list[bytes]:
    packed = zlib.compress(b"<< /OpenAction 1 0 R /S /J#61vaScript /JS (app.alert\\(1\\)) >>")
    return [
        b"%PDF-1.7\n1 0 obj << /AA << /F (a.exe) /S /Launch >> >>",
        b"%PDF-1.5\nstream\r\n" + packed + b"\nendstream",
        files.pdf()[:200],
    ]


def flat_documents() -> list[bytes]:
    project = documents.vba_project({"a": "Sub AutoOpen()\r\nEnd Sub\r\n"})
    mime = b"ActiveMime\0\0\1\0" + bytes(36) + zlib.compress(project)
    basic = b"<office:document><script:source-code>Sub A&amp;B()\nEnd Sub</script:source-code></office:document>"
    return [basic, b"<pkg:binaryData>" + base64.encodebytes(project), b"MIME-Version: 1.0\r\n\r\n" + base64.encodebytes(mime)]


def notes() -> list[bytes]:
    note = b"[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://a@example.org/x?y=1\r\nHostUrl=https://files.example.org/a.exe#b\r\n"
    return [note, b"\xff\xfe" + note.decode().encode("utf-16-le"), b"[ZoneTransfer]\r\nZoneId=9\r\n"]


def launcher_texts() -> list[bytes]:
    return [
        b'<?xml version="1.0"?><PCSettings><SearchableContent><ApplicationInformation><DeepLink>%windir%\\system32\\cmd.exe</DeepLink>',
        b"full address:s:198.51.100.7\r\nremoteapplicationprogram:s:||a\r\nsigned:s:1\r\ndrivestoredirect:s:*\r\n",
        b"WEB\r\n1\r\nhttps://example.org/q?a=1\r\n",
        b"[DefaultInstall]\r\nRunPreSetupCommands=a\r\nUnRegisterOCXs=b\r\n[a]\r\ncmd /c x\r\n[Strings]\r\nq=1\r\n",
        b"BEGIN:VCARD\r\nURL:file://host/a.cpl\r\nEND:VCARD\r\n",
        b"[Theme]\r\nSCRNSAVE.EXE=\\\\host\\a.scr\r\n[boot]\r\nWallpaper=\\\\host\\w.jpg\r\n",
        b"<Configuration><LogonCommand><Command>cmd</Command></LogonCommand><MappedFolders/></Configuration>",
        b"<Types><Type><Name>a</Name><TypeConverter/><ScriptProperty><GetScriptBlock>iex x</GetScriptBlock></ScriptProperty></Type></Types>",
        b"remote 198.51.100.7\r\nup /bin/sh\r\nscript-security 2\r\n",
        b"[a]\r\nCustomDialDll=x.dll\r\nPhonebook=1\r\n",
        b'<Project><Target Name="a"><Exec Command="cmd"/></Target><UsingTask TaskFactory="CodeTaskFactory"/></Project>',
    ]


def sectors() -> list[bytes]:
    heads = (
        *programs(),
        b"PK\3\4\x14\0\0\0\x08\0" + bytes(16) + b"\1\0\0\0a",
        files.pdf(),
        b"#!/bin/sh\n",
        files.jpeg(),
        bytes(range(256)) * 16,
    )
    marks = b"\xeb\x3c\x90MSDOS5.0".ljust(54, b"\0") + b"FAT12   " + bytes(450)
    return [b"".join(head.ljust(-(-len(head) // 512) * 512, b"\0") for head in heads)[:20000], marks, *programs()]


def coded_texts() -> list[bytes]:
    program = files.pe()
    page = b'document.write(unescape("%3Cscript%3Ex%28%29%3C%2Fscript%3E%3Cb%3E%3C%2Fb%3E"))'
    return [b"-----BEGIN X-----\n" + base64.encodebytes(program), program.hex(" ").encode(), page]


def texts() -> list[bytes]:
    return [
        b"cmd.exe /c start https://example.org/a",
        b"\\\\server\\share\\a.ico powershell -w hidden -enc QUJDREVGR0hJSktMTU5PUA==",
        "invoice\u202efdp.exe\u2066 1 \u05d0\u05d1 2\u2069".encode(),
    ]


def shortcuts() -> list[bytes]:
    return [
        files.shortcut("C:\\Windows\\System32\\cmd.exe", "/c start notes", icon="a.ico", environment="%ComSpec%", name="n"),
        files.shortcut("\\\\server\\share\\a.exe", unc=True),
        files.shortcut(arguments="x" * 300),
    ]


def inis() -> list[bytes]:
    text = "[autorun]\r\nopen=setup.exe\r\n; note\r\nicon = a.ico\r\n"
    return [text.encode(), b"\xff\xfe" + text.encode("utf-16-le"), b"\xef\xbb\xbf" + text.encode()]


LAUNCHERS = (
    launchers.setting_link,
    launchers.remote_desktop,
    launchers.web_query,
    launchers.console,
    launchers.set_up_information,
    launchers.contact,
    launchers.desktop_theme,
    launchers.sandbox,
    launchers.types_of_shell,
    launchers.shell_data,
    launchers.tunnel,
    launchers.dial_up,
    launchers.build_project,
)
TARGETS = (
    Target(name="formats.pdf-remains", parse=remains, seeds=broken_pdfs),
    Target(name="formats.text-macros", parse=projects, seeds=flat_documents),
    Target(name="formats.where-from", parse=noted, seeds=notes),
    Target(name="formats.launchers", parse=launched, seeds=launcher_texts),
    Target(name="formats.carving", parse=carved, seeds=sectors, tries=300),
    Target(name="formats.coded-text", parse=coded, seeds=coded_texts),
    Target(name="formats.skipped-parts", parse=skipped, seeds=pictures, tries=300),
    Target(name="identify", parse=identity, seeds=lambda: list(every_kind().values()), tries=400),
    Target(name="formats.shortcut", parse=shortcut, seeds=shortcuts, tries=400),
    Target(name="formats.settings", parse=settings, seeds=inis),
    Target(name="formats.exif", parse=camera_of, seeds=lambda: [files.jpeg(files.exif("Maker", "Model")), files.exif("M")[10:]], tries=400),
    Target(
        name="formats.true-end",
        parse=ends,
        seeds=lambda: [*pictures(), *reckoned(), files.pdf(), files.zip_of({"a": b"b"}, b"note")],
        tries=400,
    ),
    Target(name="formats.picture-size", parse=sizes, seeds=pictures, tries=300),
    Target(name="formats.program", parse=program, seeds=programs, tries=400),
    Target(name="formats.app-manifest", parse=manifest, seeds=manifests),
    Target(name="formats.words", parse=words, seeds=texts),
    Target(name="formats.payload", parse=payloads, seeds=lambda: [*texts(), *programs(), b"TVqQAAMAAAAEAAAA//8AALgAAAAA" * 20]),
)
