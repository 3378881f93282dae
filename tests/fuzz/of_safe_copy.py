"""Targets: what makes harmless copies and redrawn photographs, and the coordinator's look at what a worker calls harmless."""

import warnings
from collections.abc import Callable
from functools import cache
from io import BytesIO

import msgspec
from PIL import Image

from gifthorse.inspect import clamd, photographs
from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.examine import Place
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item, shown
from gifthorse.inspect.safe_copy import copier, pages, pictures
from gifthorse.inspect.safe_copy.bound_pdf import bound
from gifthorse.inspect.safe_copy.checks import NotPlain, checked, ending_of, jpeg_size
from gifthorse.inspect.safe_copy.copier import Copier
from gifthorse.inspect.safe_copy.facts import Copied, Page, Words
from gifthorse.inspect.safe_copy.names import HarmlessNames, harmless_part
from gifthorse.inspect.safe_copy.texts import mail_text, page_text, text_of
from gifthorse.inspect.safe_copy.visible import visible
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.model.errors import Unreadable
from tests.fuzz.of_containers import LIMITS
from tests.fuzz.seeds import PAGE, mails, office, pdfs, texts
from tests.fuzz.target import Target, require
from tests.samples import documents, files

PACKAGES = (FileType.OOXML_WORD, FileType.OOXML_SHEET, FileType.OOXML_SLIDES, FileType.ODF)
# What Pillow's decoders raise for damaged pictures; the process that redraws photographs dies of it and the door says "no photograph".
DECODERS_RAISE = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning)
copier.preload()
Image.MAX_IMAGE_PIXELS = 4_000_000  # the bounds of production are tested by themselves: here a picture must not fill the memory


def unwarned(parse: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """*parse* with Pillow's warnings of damage unheard, as they are outside the tests."""

    def parsed(untrusted_input: bytes) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parse(untrusted_input)

    return parsed


class Stopped(BaseException):
    """A reader raised what it must not; no Exception, so that the copier's own guard lets it through."""


class Copies:
    """Stands for the outcomes that a worker sends; each copy is looked at as the coordinator looks at it."""

    def copied(self, copy: Copied) -> None:
        checked(copy)
        why = copy.left_out or ""
        if why.startswith(("its reader stopped", "it could not be opened to the end")):
            raise Stopped(why)

    def __getattr__(self, name: str) -> Callable[..., float]:
        return lambda *_given, **_named: 0.0


def copied(untrusted_input: bytes) -> None:
    """A file named by its first line, made harmless with everything in it."""
    first, _, body = untrusted_input.partition(b"\n")
    name = first[:200].decode("utf-8", "surrogateescape").replace("/", "_").replace("\0", "_") or "a"
    place = Place(path=shown(name), untrusted_name=name, attributes=frozenset())
    Copier(Copies(), ("gift",))._look_at(MemoryContent(body), place, Budget(LIMITS, passwords=("gift",)))  # type: ignore[arg-type]


def words(untrusted_input: bytes) -> None:
    """The words of the input, read as each kind of document that has words."""
    readers = ((FileType.TEXT, text_of), (FileType.HTML, page_text), (FileType.EML, mail_text))
    for kind, read in readers:
        said = visible(read(item_of(untrusted_input, kind)))
        require(visible(said) == said, "characters that don't show")


def picture(untrusted_input: bytes) -> None:
    ending_of(pictures.picture_again(untrusted_input))


def scan(untrusted_input: bytes) -> None:
    drawn_pages, _whole = pictures.pages_of_scan(untrusted_input)
    for page in drawn_pages:
        jpeg_size(page.jpeg)


def scans() -> list[bytes]:
    first, second = (Image.linear_gradient("L").resize((24, 16)).convert(mode) for mode in ("RGB", "L"))
    made = BytesIO()
    first.save(made, "TIFF", save_all=True, append_images=[second], dpi=(300, 300))
    return [made.getvalue()]


def drawn(untrusted_input: bytes) -> None:
    made, _total = pages.pages_of(untrusted_input)
    bound(made)


def photograph(untrusted_input: bytes) -> None:
    photographs._checked(photographs._small(BytesIO(untrusted_input)))


def answers(untrusted_input: bytes) -> None:
    """What a decoder that was taken over may send instead of a picture, a copy, or a name."""
    for look, allowed in ((ending_of, NotPlain), (jpeg_size, NotPlain), (photographs._checked, Unreadable)):
        try:
            look(untrusted_input)
        except allowed:
            continue
    page = Page(width=100.0, height=100.0, jpeg=untrusted_input, words=(Words(0.0, 0.0, 1.0, 1.0, "a"),))
    text = untrusted_input.decode("utf-8", "replace")
    for copy in ({"pages": (page,)}, {"text": text}, {"picture": untrusted_input, "note": text}):
        try:
            checked(Copied(path="a", sha256=None, filetype=FileType.TEXT, **copy))  # type: ignore[arg-type]
        except NotPlain:
            continue


def names(untrusted_input: bytes) -> None:
    paths = HarmlessNames()
    given = [paths.path_for(line, 0, "txt") for line in untrusted_input.decode("utf-8", "surrogateescape").splitlines()[:50]]
    require(len({one.casefold() for one in given}) == len(given), "two items in one place")
    for path in given:
        require(
            all(part[:20].rstrip(" '") == harmless_part(part[:20]) for part in path.removesuffix(".txt").split("/")),
            f"a harmful name {path!r}",
        )


class Channel:
    """Stands for the socket of a virus scanner; it gives the input in pieces."""

    def __init__(self, untrusted_input: bytes) -> None:
        self._pieces = [untrusted_input[at : at + 97] for at in range(0, len(untrusted_input), 97)]

    def recv(self, _most: int) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


def scanner(untrusted_input: bytes) -> None:
    shown(clamd._answer(Channel(untrusted_input)))  # type: ignore[arg-type]


def item_of(untrusted_input: bytes, filetype: FileType) -> Item:
    return Item(path="a", untrusted_name="a", content=MemoryContent(untrusted_input), filetype=filetype, head=untrusted_input[:65536])


@cache
def photographs_taken() -> list[bytes]:
    """Small pictures of every kind that is decoded, and the words before a JPEG's dots."""
    made = []
    for kind, mode in (("JPEG", "RGB"), ("PNG", "RGBA"), ("GIF", "P"), ("BMP", "RGB"), ("TIFF", "L"), ("WEBP", "RGB"), ("ICO", "RGBA")):
        out = BytesIO()
        Image.linear_gradient("L").resize((24, 16)).convert(mode).save(out, kind)
        made.append(out.getvalue())
    turned = BytesIO()
    facts = Image.Exif()
    facts[0x0112] = 6  # orientation: a quarter turn
    Image.new("RGB", (16, 8), "red").save(turned, "JPEG", exif=facts)
    return [*made, turned.getvalue(), files.jpeg(files.exif("Maker", "Model"))]


def named_files() -> list[bytes]:
    shown_kinds = [(b"a.txt", body) for body in texts()] + [(b"a.html", PAGE.encode())]
    shown_kinds += [(b"a.eml", body) for body in mails()] + [(b"a.pdf", body) for body in pdfs()]
    return [name + b"\n" + body for name, body in (*shown_kinds, *((b"a.jpg", body) for body in photographs_taken()))]


def as_sent() -> list[bytes]:
    jpeg, png = (pictures.encoded(Image.new(mode, (4, 4))) for mode in ("RGB", "RGBA"))
    return [jpeg, png, photographs._small(BytesIO(photographs_taken()[0])), msgspec.json.encode("a\u202eb\x07")]


def office_files() -> list[bytes]:
    plain = [body for kind in PACKAGES for body in office()[kind]]
    return [b"a.docx\n" + body for body in (*plain, *written_documents())]


def written_documents() -> list[bytes]:
    """A text, a table and a drawing as people write them: cells, styles of dates, pictures, notes."""
    dots = photographs_taken()[1]
    cells = (
        b'<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><v>45000.5</v></c></row><row r="3"><c r="B3" t="inlineStr">'
        b'<is><t>in</t></is></c><c r="D3" t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c r="E3" s="1"><f>1+1</f><v>45001</v></c></row>'
        b"</sheetData></worksheet>"
    )
    sheet = {
        "xl/worksheets/sheet1.xml": cells,
        "xl/sharedStrings.xml": b"<sst><si><t>one</t></si><si><r><t>t</t></r><r><t>wo</t></r></si></sst>",
        "xl/styles.xml": b'<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/workbook.xml": b'<workbook><workbookPr date1904="1"/><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": documents.relationships(("worksheet", "worksheets/sheet1.xml", False)),
    }
    text = (
        b'<w:document xmlns:w="w" xmlns:a="a" xmlns:r="r"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>A</w:t><w:tab/>'
        b"<w:br/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:drawing>"
        b'<a:blip r:embed="rId1"/></w:drawing></w:r></w:p></w:body></w:document>'
    )
    picture = documents.relationships(("image", "media/a.png", False))
    word = {"word/document.xml": text, "word/media/a.png": dots, "word/_rels/document.xml.rels": picture, "word/header1.xml": text}
    said = (
        '<text:h text:outline-level="1">A</text:h><text:p>b<text:s text:c="3"/><text:tab/><text:line-break/></text:p><table:table '
        'table:name="T"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"><text:p>c</text:p>'
        '</table:table-cell></table:table-row></table:table><draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    )
    return [
        documents.package("xlsx", sheet),
        documents.package("docx", word),
        documents.open_document({"Pictures/a.png": dots}, content=said),
    ]


def paths() -> list[bytes]:
    return ["a/b.txt > c.txt\nA/B.TXT > C.txt\nCON\n-x\n../../etc/passwd\n\u202etxt.exe\n. .\nß/ss\nSS/ß".encode()]


TARGETS = (
    Target(name="safe-copy.files", parse=unwarned(copied), seeds=named_files, tries=150),
    Target(
        name="safe-copy.words", parse=words, seeds=lambda: [*texts(), *mails(), PAGE.encode()], allowed=(pictures.NotRebuilt,), tries=300
    ),
    Target(name="safe-copy.office", parse=unwarned(copied), seeds=office_files, tries=100),
    Target(name="safe-copy.pictures", parse=unwarned(picture), seeds=photographs_taken, allowed=(pictures.NotRebuilt,), tries=300),
    Target(name="safe-copy.scans", parse=unwarned(scan), seeds=scans, tries=200),
    Target(name="safe-copy.pages", parse=drawn, seeds=pdfs, allowed=(pictures.NotRebuilt,), tries=100),
    Target(name="safe-copy.answers", parse=answers, seeds=as_sent),
    Target(name="safe-copy.names", parse=names, seeds=paths),
    Target(name="photographs", parse=unwarned(photograph), seeds=photographs_taken, allowed=DECODERS_RAISE, tries=300),
    Target(
        name="scanner.answers", parse=scanner, seeds=lambda: [b"stream: Eicar-Test-Signature FOUND\0", b"ClamAV 1.4.1/27\0", b"OK" * 99]
    ),
)
