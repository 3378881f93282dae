"""type.polyglot: scripts around headers, pages behind drawings, web archives in PDFs, discs, archives and Java programs behind others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import type_polyglot as detector
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats import second_kinds
from gifthorse.inspect.formats.java_behind_program import signature_end
from gifthorse.model.findings import Severity
from tests.samples.archives import cab_of, iso_of, rar5_of, tar_of
from tests.samples.files import bmp, box, chunk, comment, elf, findings_of, gif, jpeg, mp4, ole, pdf, pe, png, severities, wav, zip_of

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
JAVA = zip_of({"META-INF/MANIFEST.MF": b"Main-Class: Main\r\n", "Main.class": b"\xca\xfe\xba\xbe\0\0\0\x34"})
PROGRAMS = zip_of({"setup.exe": pe()})
HTA = b"<html><hta:application/><script language='vbscript'>x=1</script></html>"
SCRIPT = b"<html><script>document.title='x'</script></html>"
MIME = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>"
DISC = iso_of({"a.txt": b"1"})


def begun(start: bytes) -> bytes:
    """A disc image whose system area begins with *start*."""
    return start + DISC[len(start) :]


def wide_jpeg(closing: bytes) -> bytes:
    """A JPEG whose first segment is as long as the letters of a remark say."""
    body = b"JFIF\0\1\1\0\0\1\0\1\0\0" + closing
    return b"\xff\xd8\xff\xe0/*" + body.ljust(0x2F2A - 2, b" ") + jpeg()[20:]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"BM/*" + bytes(2) + bmp()[6:] + b"*/=1;alert(1)", "a.bmp"),
        (b"BM=1/*" + bmp()[6:] + b"*/;f(1)//", "b.bmp"),
        (b"RIFF=1/*" + wav()[8:] + b"*/\nalert(1)", "a.wav"),
        (b"RIFF/**/" + b"WEBPVP8 " + bytes(30) + b"*/=1;alert(1)", "a.webp"),
        (b"GIF89a=`" + gif()[8:] + b"`;alert(1)", "a.gif"),
        (b"ID3/*" + bytes(9) + b"*/=1;alert(1)" + bytes(90), "a.mp3"),
        (wide_jpeg(b"*/=alert(1)/*"), "a.jpg"),
        (b"RIFF=1/*" + wav()[8:] + b"*/;alert(1)/*" + bytes(200_000), "b.wav"),
        (b"RIFF=1/*" + wav()[8:] + bytes(200_000) + b"*/;alert(1)", "c.wav"),
    ],
)
def test_a_header_that_is_a_remark_with_code_behind_it_is_a_script(body, name):
    assert severities(detector, body, name) == [MEDIUM]


@pytest.mark.parametrize(
    "body",
    [
        b"BM/*" + bytes(2) + bmp()[6:],
        b"BM/*" + bytes(2) + bmp()[6:] + b"*/\0\0\0",
        b"RIFF/*\0\0" + wav()[8:] + bytes(range(256)) * 4,
        b"BM=`" + bytes(2) + bmp()[6:] + b"` ",
    ],
)
def test_a_length_that_happens_to_be_such_letters_is_none(body):
    assert severities(detector, body, "a") == []


@given(st.sampled_from([b"BM/*", b"RIFF=1/*", b"GIF89a=`", b"\xff\xd8\xff\xe0/*"]), st.binary(max_size=200))
def test_binary_data_without_code_is_taken_for_no_script(start, rest):
    closing = b"*/" if b"/*" in start else b"`"
    assert second_kinds.script_around(start + rest.replace(closing, b""), rest.replace(closing, b"")) is False


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        (pdf() + MIME + b"<p>x</p>\r\n--b--", MEDIUM),
        (pdf() + MIME.replace(b"MIME", b"mImE") + b"<p>x</p>\r\n--b--", MEDIUM),
        (MIME + b"<p>x</p>\r\n--b--\r\n" + pdf(), MEDIUM),
        (pdf() + MIME + b"<script>x</script>\r\n--b--", HIGH),
        (
            pdf()[:9]
            + b"9 0 obj\n<<>>stream\n"
            + bytes(70_000)
            + b"\n"
            + MIME
            + b"QWN0aXZlTWltZQAA\nendstream\nendobj"
            + bytes(70_000)
            + pdf()[9:],
            HIGH,
        ),
    ],
)
def test_a_web_archive_in_a_pdf_is_found_wherever_it_lies(body, severity):
    assert severities(detector, body, "plan.pdf") == [severity]


def test_words_of_mail_in_a_pdf_are_no_web_archive():
    assert severities(detector, pdf() + b"\nMIME-Version: 1.0 is the first line of\n", "a.pdf") == []
    assert severities(detector, pdf() + b"\nthe MIME-Version: 1.0\nContent-Type: text/html\n", "a.pdf") == []


@pytest.mark.parametrize(
    ("body", "name", "severity"),
    [
        (DRAWING + SCRIPT, "a.svg", MEDIUM),
        (DRAWING + b"<script>x</script>", "b.svg", MEDIUM),
        (DRAWING + HTA, "c.svg", HIGH),
        (DRAWING + b"\n<!doctype html><form action='x'></form>", "d.html", MEDIUM),
        (DRAWING + PROGRAMS, "e.svg", HIGH),
        (b"some words\n" * 9 + PROGRAMS, "f.txt", HIGH),
    ],
)
def test_a_page_or_archive_behind_a_drawing_or_text_is_found(body, name, severity):
    assert severities(detector, body, name) == [severity]


@pytest.mark.parametrize(
    "body",
    [
        DRAWING,
        DRAWING + b"\n<!-- made by hand -->\n",
        b"<svg xmlns='s'><svg><rect/></svg><script>f()</script></svg>",
        b"<svg xmlns='s'><foreignObject><body xmlns='h'><p>x</p></body></foreignObject></svg>",
    ],
)
def test_drawings_that_are_nothing_else_are_silent(body):
    assert severities(detector, body, "a.svg") == []


@pytest.mark.parametrize(
    ("body", "name", "severity"),
    [
        (begun(SCRIPT), "a.iso", MEDIUM),
        (begun(b"#!/bin/sh\nid\n"), "b.iso", MEDIUM),
        (begun(b"alert(1)/*"), "c.iso", MEDIUM),
        (begun(PROGRAMS), "d.iso", HIGH),
        (begun(rar5_of({"a": b"1"})), "e.rar", HIGH),
        (DISC + PROGRAMS, "f.iso", HIGH),
    ],
)
def test_what_stands_in_a_discs_system_area_or_behind_it_is_found(body, name, severity):
    assert severities(detector, body, name) == [severity]


@pytest.mark.parametrize(
    "start", [b"", b"\x33\xed" + b"\x90" * 400, b"CD-ROM Disc with Sun sparc boot created by mkisofs", b"ER\x02\0" + bytes(300)]
)
def test_boot_loaders_and_labels_in_a_system_area_are_silent(start):
    assert severities(detector, begun(start), "a.iso") == []


def _tar_named(name: bytes) -> bytes:
    block = bytearray(tar_of({"x": b"1"}))
    block[: len(name)] = name
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block[:512])
    return bytes(block)


@pytest.mark.parametrize(
    ("body", "name", "severity"),
    [
        (_tar_named(b"<script>x=1</script>"), "a.tar", MEDIUM),
        (tar_of({"a": pdf()}), "b.pdf", MEDIUM),
        (tar_of({"a": b"1"}) + PROGRAMS, "c.tar", HIGH),
        (cab_of({"a": b"1"}) + PROGRAMS, "d.cab", HIGH),
        (ole("WordDocument") + PROGRAMS, "e.doc", HIGH),
    ],
)
def test_an_archive_or_document_that_is_another_thing_too_is_found(body, name, severity):
    assert severities(detector, body, name) == [severity]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (tar_of({"a.pdf": pdf(), "b.zip": PROGRAMS}), "a.tar"),
        (cab_of({"a.zip": PROGRAMS}, packed=False), "b.cab"),
        (cab_of({"a.zip": PROGRAMS}, packed=False) + bytes(40), "b.cab"),
        (ole("WordDocument") + bytes(512), "c.doc"),
        (zip_of({"a.iso": DISC}), "d.zip"),
    ],
)
def test_archives_that_hold_archives_are_ordinary(body, name):
    assert severities(detector, body, name) == []


def test_a_java_program_behind_a_program_is_found_by_what_it_is():
    assert severities(detector, pe() + JAVA, "tool.exe") == [MEDIUM]
    assert severities(detector, elf() + JAVA, "tool") == [MEDIUM]
    assert severities(detector, pe() + JAVA, "tool.jar") == [HIGH]
    assert severities(detector, pe(signature=bytes(24)) + JAVA, "tool.exe") == [HIGH]


@pytest.mark.parametrize(
    "behind",
    [
        zip_of({"data/setup.dat": b"1"}),
        zip_of({"library/zipfile.pyc": b"1", "main.pyc": b"1"}),
        zip_of({"META-INF/MANIFEST.MF": b"1", "a.txt": b"1"}),
        b"\xef\xbe\xad\xdeNullsoftInst" + bytes(400),
    ],
)
def test_programs_that_unpack_themselves_are_silent(behind):
    assert severities(detector, pe() + behind, "setup.exe") == []


def test_a_program_made_to_start_the_java_program_behind_it_is_silent_under_a_programs_name():
    wrapper = pe() + b"Launch4j\0launch4j.log\0"
    assert severities(detector, wrapper + JAVA, "tool.exe") == []
    (finding,) = findings_of(detector, wrapper + JAVA, "tool.jar")
    assert finding.severity is HIGH
    assert finding.detail is not None
    assert finding.detail.values["second"] == "a Java program"


def test_where_a_signature_ends_is_read_from_the_header():
    assert signature_end(pe()) == 0
    assert signature_end(pe(signature=bytes(24))) == len(pe(signature=bytes(24)))
    assert signature_end(b"MZ" + bytes(70)) == 0


@pytest.mark.parametrize(
    ("body", "name", "severity"),
    [
        (png(chunk(b"tEXt", b"Comment\0" + HTA)), "a.png", HIGH),
        (png(chunk(b"tEXt", b"Comment\0" + b"A" * 9000 + HTA)), "b.png", HIGH),
        (png(chunk(b"IDAT", bytes(80_000)), chunk(b"iTXt", b"c\0\0\0\0\0" + bytes(60) + SCRIPT)), "c.png", MEDIUM),
        (png() + HTA, "d.hta", HIGH),
        (gif() + bytes(70_000) + SCRIPT, "e.html", MEDIUM),
        (jpeg(comment(b"<hta:application/>")), "f.jpg", HIGH),
    ],
)
def test_a_page_for_mshta_in_a_picture_is_high_wherever_it_stands(body, name, severity):
    assert severities(detector, body, name) == [severity]


def test_an_archive_of_programs_within_a_film_is_found_when_more_of_the_film_follows():
    def film(archive: bytes) -> bytes:
        return mp4() + box(b"mdat", b"\1" * 90 + archive + bytes(300))

    assert severities(detector, film(PROGRAMS), "a.mp4") == [HIGH]
    assert severities(detector, film(zip_of({"notes.txt": b"1"})), "b.mp4") == []


@given(st.sampled_from([ole("A"), cab_of({"a": b"1"}), b"7z\xbc\xaf\x27\x1c"]), st.binary(max_size=600))
def test_the_stated_end_of_anything_is_a_place_or_unknown(start, rest):
    for kind in (FileType.OLE_WORD, FileType.CAB, FileType.SEVEN_ZIP):
        end = second_kinds.stated_end(MemoryContent(start + rest), kind)
        assert end is None or end > 0


@pytest.mark.parametrize(
    ("body", "name", "severity"),
    [
        (b"<html><!-- " + pdf() + b" --></html>", "a.html", MEDIUM),
        (pdf().replace(b"\n", b"\n%" + SCRIPT + b"\n", 1), "b.pdf", MEDIUM),
        (wav(bytes(20_000) + SCRIPT), "c.wav", MEDIUM),
        (b"<svg xmlns='s'/><html><body>x</body></html>", "d.svg", MEDIUM),
        (pe() + HTA, "e.exe", HIGH),
        (pe() + bytes(80_000) + HTA + bytes(900), "f.exe", HIGH),
        (pe() + zip_of({"a.txt": b"1"}), "g.docx", MEDIUM),
    ],
)
def test_a_page_or_document_in_a_place_that_few_look_at_is_found(body, name, severity):
    assert severities(detector, body, name) == [severity]


def test_words_about_pages_in_documents_and_programs_are_silent():
    assert severities(detector, pdf().replace(b"\n", b"\n% the <html> tag, and <script> too\n", 1), "a.pdf") == []
    assert severities(detector, pe() + b"<html><body>Thank you for installing</body></html>", "b.exe") == []
    assert severities(detector, b"<html><p>A file begins with %PDF-1.7</p></html>", "c.html") == []
