"""Targets: what a file is, and the readers of single formats that detectors share."""

import base64

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import executable_app_package
from gifthorse.inspect.detectors.html_smuggling import unveiled
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats import bidi, commands, mpeg, payload, places
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
from tests.fuzz.seeds import every_kind, manifests, pictures, programs
from tests.fuzz.target import Target, require
from tests.samples import files

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
)
NAMES = ("", "a.txt", "photo.jpg", "a.ps1", "letter.eml", "autorun.inf", "x.vbs", "y.html")


def item_of(untrusted_input: bytes, filetype: FileType, name: str = "a.bin") -> Item:
    return Item(
        path=name, untrusted_name=name, content=MemoryContent(untrusted_input), filetype=filetype, head=untrusted_input[:65536], sha256=None
    )


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
    decoded_start(untrusted_input)
    require(len(unveiled(untrusted_input)) == len(untrusted_input), "places have moved")


def skipped(untrusted_input: bytes) -> None:
    content = MemoryContent(untrusted_input)
    for kind in ENDED:
        for offset, start in skipped_parts(content, kind):
            require(untrusted_input[offset : offset + len(start)] == start, "a part that lies elsewhere")


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


TARGETS = (
    Target(name="formats.coded-text", parse=coded, seeds=coded_texts),
    Target(name="formats.skipped-parts", parse=skipped, seeds=pictures, tries=300),
    Target(name="identify", parse=identity, seeds=lambda: list(every_kind().values()), tries=400),
    Target(name="formats.shortcut", parse=shortcut, seeds=shortcuts, tries=400),
    Target(name="formats.settings", parse=settings, seeds=inis),
    Target(name="formats.exif", parse=camera_of, seeds=lambda: [files.jpeg(files.exif("Maker", "Model")), files.exif("M")[10:]], tries=400),
    Target(name="formats.true-end", parse=ends, seeds=lambda: [*pictures(), files.pdf(), files.zip_of({"a": b"b"}, b"note")], tries=400),
    Target(name="formats.picture-size", parse=sizes, seeds=pictures, tries=300),
    Target(name="formats.program", parse=program, seeds=programs, tries=400),
    Target(name="formats.app-manifest", parse=manifest, seeds=manifests),
    Target(name="formats.words", parse=words, seeds=texts),
    Target(name="formats.payload", parse=payloads, seeds=lambda: [*texts(), *programs(), b"TVqQAAMAAAAEAAAA//8AALgAAAAA" * 20]),
)
