"""What becomes of each file and of what is in it: a copy, or a reason; nothing is passed over that is not part of another's copy."""

import io
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pypdfium2
import pytest
from PIL import Image

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.examine import Place
from gifthorse.inspect.safe_copy.checks import checked
from gifthorse.inspect.safe_copy.copier import Copier
from gifthorse.inspect.safe_copy.facts import Copied
from gifthorse.inspect.unpack.budgets import Budget
from tests.inspect.safe_copy.test_making import copied, gift, pdf
from tests.samples.binary_office import Line, book8, book12, cell8, cell12, row12, text8, word_97
from tests.samples.binary_slides import OTHER, Slide, dots, said, shape, slides_97
from tests.samples.compiled_formulas import text12
from tests.samples.documents import ole_native, outlook_message, package, rich_text, rtf_object
from tests.samples.documents import pdf as pdf_of
from tests.samples.files import pe, zip_of

__all__ = ["gift"]


def copies_of(body: bytes, name: str, *passwords: str) -> dict[str, Copied]:
    """What is sent of a file and all in it, by path, as the coordinator lets it through."""
    sent: list[Copied] = []
    copier = Copier(SimpleNamespace(copied=sent.append), passwords)  # type: ignore[arg-type]
    copier._look_at(MemoryContent(body), Place(path=name, untrusted_name=name), Budget(passwords=passwords))
    return {checked(one).path: one for one in sent}


def kinds(copies: dict[str, Copied]) -> dict[str, str]:
    return {
        path: "picture" if one.picture else "pages" if one.pages else "text" if one.text is not None else one.left_out or ""
        for path, one in copies.items()
    }


def scan(*colours: str, form: str = "TIFF") -> bytes:
    first, *rest = (Image.new("RGB", (300, 600), colour) for colour in colours)
    written = io.BytesIO()
    first.save(written, form, save_all=True, append_images=rest, **({"dpi": (300, 300)} if form == "TIFF" else {}))
    return written.getvalue()


def test_every_page_of_a_scan_is_there_in_its_size_in_print() -> None:
    (copy,) = copies_of(scan("red", "lime", "blue"), "fax.tif").values()
    assert [(page.width, page.height) for page in copy.pages] == [(72.0, 144.0)] * 3
    middle = [Image.open(io.BytesIO(page.jpeg)).getpixel((9, 9)) for page in copy.pages]
    assert [max(range(3), key=dot.__getitem__) for dot in middle if isinstance(dot, tuple)] == [0, 1, 2]
    assert (copy.note or "").startswith("the dots of its pictures only: place, time, camera")


def test_a_scan_of_one_page_stays_a_picture_and_a_film_of_pictures_says_that_it_is_the_first() -> None:
    assert kinds(copies_of(scan("red"), "a.tif")) == {"a.tif": "picture"}
    (film,) = copies_of(scan("red", "lime", form="GIF"), "a.gif").values()
    assert film.picture
    assert "its first picture only" in (film.note or "")


def test_pages_behind_a_broken_one_are_left_out_and_that_is_said() -> None:
    body = scan("red", "lime", "blue", "red")
    with Image.open(io.BytesIO(body)) as opened:
        opened.seek(2)
        directory = opened._frame_pos[2]  # type: ignore[attr-defined] # where the third picture is described
    broken = body[:directory] + b"\xff" * (len(body) - directory)
    (copy,) = copies_of(broken, "a.tif").values()
    assert len(copy.pages) == 2
    assert (copy.note or "").startswith("the first 2 of its pictures only")


def test_files_in_documents_of_every_kind_stand_by_themselves_or_with_their_reason() -> None:
    held = ole_native("tool.exe", pe())
    assert kinds(copies_of(word_97(Line("text"), objects={"ObjectPool/_1/\x01Ole10Native": held}), "a.doc")) == {
        "a.doc": "pages",
        "a.doc > tool.exe": "it is a program",
    }
    rtf = rich_text(rtf_object(b"plain words in it"), "Hello")
    assert kinds(copies_of(rtf, "a.rtf"))["a.rtf"] == "pages"
    assert len(copies_of(rtf, "a.rtf")) == 2


def test_files_in_packages_are_told_of_and_their_parts_are_not() -> None:
    inner = package("docx", {"word/document.xml": b"<w:document><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:document>"})
    outer = package(
        "docx",
        {
            "word/document.xml": b"<w:document><w:p><w:r><w:t>outer</w:t></w:r></w:p></w:document>",
            "word/embeddings/a.docx": inner,
            "word/embeddings/b.bin": pe(),
        },
    )
    assert kinds(copies_of(outer, "a.docx")) == {
        "a.docx": "pages",
        "a.docx > word/embeddings/a.docx": "pages",
        "a.docx > word/embeddings/b.bin": "it is a program",
    }


def test_attachments_of_a_pdf_and_of_an_outlook_message_stand_by_themselves() -> None:
    def attach(document: object) -> None:
        document.attachments["notes.txt"] = b"a note"  # type: ignore[attr-defined]

    assert kinds(copies_of(pdf_of(attach), "a.pdf")) == {"a.pdf": "pages", "a.pdf > notes.txt": "text"}
    message = outlook_message(html="<p>Hi</p>", attachments=[("x.exe", pe()), ("y.txt", b"words")])
    copies = copies_of(message, "a.msg")
    assert kinds(copies) == {"a.msg": "text", "a.msg > x.exe": "it is a program", "a.msg > y.txt": "text"}
    assert copies["a.msg"].text == "Subject: Fair\n\nHi"


def test_an_encrypted_pdf_is_copied_with_its_password_and_without_it_is_told_why_not() -> None:
    import pikepdf

    locked = pdf_of(encryption=pikepdf.Encryption(user="fair", owner="fair"))
    assert "can't be opened as a PDF" in kinds(copies_of(locked, "a.pdf"))["a.pdf"]
    assert kinds(copies_of(locked, "a.pdf", "fair"))["a.pdf > decrypted.pdf"] == "pages"


def test_an_encrypted_package_is_copied_with_its_password() -> None:
    import msoffcrypto.format.ooxml as ooxml

    locked = io.BytesIO()
    text = b"<w:document><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:document>"
    body = package("docx", {"word/document.xml": text, "docProps/fill.bin": Random(3).randbytes(9000)})  # a shorter one is locked wrongly
    ooxml.OOXMLFile(io.BytesIO(body)).encrypt("fair", locked)
    assert list(kinds(copies_of(locked.getvalue(), "a.docx"))) == ["a.docx"]
    opened = kinds(copies_of(locked.getvalue(), "a.docx", "fair"))
    assert opened["a.docx"].startswith("it is encrypted")
    assert opened["a.docx > decrypted"] == "pages"


@pytest.mark.parametrize("ending", ["pages", "numbers", "key"])
def test_documents_of_apple_are_named_as_what_they_are_and_leave_their_preview(ending: str) -> None:
    copies = kinds(copies_of(zip_of({"Index/Document.iwa": b"\0\1\2\3" * 9, "preview.jpg": dots("JPEG")}), f"a.{ending}"))
    assert copies[f"a.{ending}"].startswith("Apple's office documents are not rebuilt")
    assert copies[f"a.{ending} > preview.jpg"] == "picture"


def test_xml_is_text_that_shows() -> None:
    copies = copies_of('<?xml version="1.0"?><list>\u202ea</list>'.encode(), "a.xml")
    assert copies["a.xml"].text == '<?xml version="1.0"?><list>\\u{202E}a</list>'


def test_confined_workers_read_every_old_kind_and_the_manifest_says_what_each_copy_lacks(gift: Path, tmp_path: Path) -> None:
    cell = cell8(0xFD, 0, 0, bytes(4))
    files = {
        "a.doc": word_97(Line("from word")),
        "b.xls": book8(("S", 0, cell), texts=[text8("from excel")]),
        "c.xlsb": book12(("S", 0, row12(0) + cell12(6, 0, text12("from packed excel")))),
        "d.ppt": slides_97(Slide(shape(texts=[said(OTHER, "from slides")]))),
        "e.rtf": rb"{\rtf1{\fonttbl{\f0\fcharset128 A;}}\f0 from rich \'93\'fa}",
        "f.tif": scan("red", "blue"),
        "g.pdf": pdf("from pdf"),
    }
    for name, body in files.items():
        (gift / name).write_bytes(body)
    manifest = copied(gift, tmp_path / "safe")
    entries = {entry["path"]: entry for entry in manifest["copies"]}  # type: ignore[attr-defined]
    assert set(entries) == set(files)
    assert all(entry["lacks"] and entry["sha256"] and entry["safe_sha256"] for entry in entries.values())
    told = {}
    for name, entry in entries.items():
        document = pypdfium2.PdfDocument((tmp_path / "safe" / entry["safe_path"]).read_bytes())
        told[name] = [page.get_textpage().get_text_range().replace("\r\n", " ").strip() for page in document]
        document.close()
    assert told == {
        "a.doc": ["from word"],
        "b.xls": ["S A 1 from excel"],
        "c.xlsb": ["S A 1 from packed excel"],
        "d.ppt": ["Slide 1 from slides"],
        "e.rtf": ["from rich 日"],
        "f.tif": ["", ""],
        "g.pdf": ["from pdf"],
    }
    assert entries["f.tif"]["how"] == "picture re-encoded"
    assert entries["a.doc"]["how"] == "words and pictures set on pages of our own"
