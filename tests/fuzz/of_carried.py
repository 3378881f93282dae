"""Targets: files in letters and in Outlook's wrapping, exchanges in texts, and the signs that a file is a second thing too."""

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import type_polyglot
from gifthorse.inspect.documents.spelt_files import MOST_FILES, files_spelt_in
from gifthorse.inspect.documents.text_exchanges import text_exchanges
from gifthorse.inspect.documents.winmail import MOST_ATTACHMENTS, wrapped_in
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats import archive_marks, second_kinds
from gifthorse.inspect.formats.java_behind_program import java_behind
from gifthorse.inspect.item import Item
from gifthorse.inspect.whole_image import second_kind_of
from tests.fuzz.of_containers import opened_as
from tests.fuzz.target import Target, require
from tests.samples import posted
from tests.samples.hostile import carried, several_kinds

TEXTS = (
    (FileType.TEXT, "a.xls"),
    (FileType.TEXT, "a.csv"),
    (FileType.DATA, "a.csv"),
    (FileType.HTML, "a.xls"),
    (FileType.XML, "a.xml"),
)


def item_of(untrusted_input: bytes, filetype: FileType, name: str) -> Item:
    return Item(path=name, untrusted_name=name, content=MemoryContent(untrusted_input), filetype=filetype, head=untrusted_input[:65536])


def in_letters(untrusted_input: bytes) -> None:
    archive_marks.named(untrusted_input)
    found = list(files_spelt_in(untrusted_input))
    require(len(found) <= 2 * MOST_FILES, "more files than are read")
    allowed = 2 * len(untrusted_input) + 1024 * len(found)
    require(sum(len(one.content) for one in found) <= allowed, "more bytes than letters")


def in_wrapping(untrusted_input: bytes) -> None:
    found = wrapped_in(untrusted_input)
    require(len(found.attachments) <= MOST_ATTACHMENTS + 1, "more attachments than are read")
    require(all(len(one.content) <= len(untrusted_input) for one in found.attachments), "an attachment longer than its wrapping")


def exchanged(untrusted_input: bytes) -> None:
    for filetype, name in TEXTS:
        for place, call in text_exchanges(item_of(untrusted_input, filetype, name)):
            require(place and isinstance(call, str), "an exchange without a place")


def twofold(untrusted_input: bytes) -> None:
    content = MemoryContent(untrusted_input)
    second_kinds.script_around(untrusted_input[:65536], untrusted_input[-65536:])
    for kind in FileType:
        end = second_kinds.stated_end(content, kind)
        require(end is None or end > 0, "an end before the beginning")
        for finding in type_polyglot.examine(item_of(untrusted_input, kind, "a.hta" if kind is FileType.PNG else "a.txt")):
            offset = finding.evidence[0].offset
            require(offset is not None and 0 <= offset <= len(untrusted_input), "a second kind outside the file")
    java_behind(item_of(untrusted_input, FileType.PE, "a.jar"))
    list(second_kind_of(content))


def letters() -> list[bytes]:
    body = bytes(range(256)) * 2
    return [
        posted.HEADERS + b"\r\n" + posted.uuencoded("a.exe", b"MZ" + body) + posted.yencoded("b.exe", body),
        posted.base64_begun("a.zip", b"PK\3\4" + body) + posted.uuencoded("c", body).replace(b"\r\nM", b" #\r\nM"),
        posted.yencoded("a", body).replace(b"name=a\r\n", b"name=a\r\n=ypart begin=1 end=9\r\n"),
        b"Words.\n" + b"TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" * 8,
    ]


def wrappings() -> list[bytes]:
    files = [("a.exe", b"MZ" * 40), ("b.txt", b"words")]
    return [posted.wrapping(files), posted.wrapping(files, page=b"<html>x</html>", by_properties=True)]


def texts() -> list[bytes]:
    return [body for case in carried.cases() if case.expected == ("office.dde",) for body in case.files.values()]


def both() -> list[bytes]:
    return [body for case in several_kinds.cases() for body in case.files.values() if len(body) < 60_000]


TARGETS = (
    Target(name="documents.spelt-files", parse=in_letters, seeds=letters),
    Target(name="documents.winmail", parse=in_wrapping, seeds=wrappings),
    Target(name="documents.text-exchanges", parse=exchanged, seeds=texts),
    Target(name="formats.second-kinds", parse=twofold, seeds=both, tries=200),
    Target(name="unpack.posted", parse=opened_as(FileType.OTHER_ARCHIVE), seeds=lambda: [*letters()[1:3], *wrappings()], tries=100),
)
