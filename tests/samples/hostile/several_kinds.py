"""What was missed when the inspection was examined a third time: two kinds of file in the same bytes, told apart by neither's reader."""

from tests.samples.archives import cab_of, iso_of, tar_of
from tests.samples.files import bmp, box, chunk, comment, gif, jpeg, mp4, ole, pdf, pe, png, wav, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
PROGRAMS = zip_of({"Viewer.exe": pe()})
JAVA = zip_of({"META-INF/MANIFEST.MF": b"Main-Class: App\r\n", "App.class": b"\xca\xfe\xba\xbe\0\0\0\x3d"})
PAGE = b"<html><body><script>location='https://files.example.net/'</script></body></html>"
HTA = b"<html><head><hta:application id='a'/></head><script language='VBScript'>x=1</script></html>"
ARCHIVE = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=part\r\n\r\n--part\r\nContent-Location: file:///C:/1/a.htm\r\n"
    b"Content-Type: text/html\r\n\r\n<html><link rel='Edit-Time-Data' href='a_files/editdata.mso'></html>\r\n--part--\r\n"
)
DRAWING = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><circle r='4'/></svg>"
DISC = iso_of({"READ.TXT": b"1"})


def cases() -> list[Case]:
    """Scripts in headers, pages in documents and drawings, programs behind programs, discs and archives that begin or end as others."""
    return [*_scripts(), *_pages(), *_programs(), *_discs_and_archives()]


def _found(kind: str, files: list[tuple[str, bytes, Severity]]) -> list[Case]:
    return [single(kind, name, body, "type.polyglot", least=least) for name, body, least in files]


def _scripts() -> list[Case]:
    long_part = b"JFIF\0\1\1\0\0\1\0\1\0\0*/=document.title='x'/*"
    files = [
        ("banner.bmp", b"BM/*" + bytes(2) + bmp()[6:] + b"*/=1;fetch('https://files.example.net/')", MEDIUM),
        ("button.bmp", b"BM=7/*" + bmp()[6:] + b"*/;document.title=7", MEDIUM),
        ("ring.wav", b"RIFF=1/*" + wav()[8:] + b"*/;eval(name)//", MEDIUM),
        ("icon.webp", b"RIFF/**/WEBPVP8 " + bytes(40) + b"*/=1;eval(name)", MEDIUM),
        ("dot.gif", b"GIF87a=`" + gif()[8:] + b"`;eval(name)//", MEDIUM),
        ("face.jpg", b"\xff\xd8\xff\xe0/*" + long_part.ljust(0x2F2A - 2, b" ") + jpeg()[20:], MEDIUM),
        ("song.mp3", b"ID3/*" + bytes(40) + b"*/=1;eval(name)//" + bytes(90), MEDIUM),
    ]
    return _found("script around a picture or sound", files)


def _pages() -> list[Case]:
    files = [
        ("Report.pdf", pdf() + ARCHIVE, HIGH),
        ("Report.doc", pdf() + ARCHIVE.replace(b"MIME-Version", b"mimE-veRsion"), HIGH),
        ("Summary.pdf", ARCHIVE + pdf(), HIGH),
        ("Logo.svg", DRAWING + PAGE, MEDIUM),
        ("Logo2.svg", DRAWING + HTA, HIGH),
        ("Stamp.png", png(chunk(b"tEXt", b"Comment\0" + b" " * 9000 + HTA)), HIGH),
        ("Map.png", png(chunk(b"IDAT", bytes(90_000)), chunk(b"iTXt", b"a\0\0\0\0\0" + bytes(60) + HTA)), HIGH),
        ("Photo.hta", jpeg(comment(b" " * 100)) + bytes(70_000) + HTA, HIGH),
        ("talk.wav", wav(PAGE.ljust(100)), MEDIUM),
    ]
    return _found("page inside a picture, drawing or document", files)


def _programs() -> list[Case]:
    signed = pe(signature=b"\x18\0\0\0\0\2\2\0" + b"s" * 16)
    files = [
        ("Update.exe", pe() + JAVA, MEDIUM),
        ("Update.jar", pe() + JAVA, HIGH),
        ("Signed.exe", signed + JAVA, HIGH),
        ("Set-up.msi", ole("a") + JAVA, HIGH),
    ]
    return _found("Java program behind another program", files)


def _discs_and_archives() -> list[Case]:
    def begun(start: bytes) -> bytes:
        return start + DISC[len(start) :]

    header = bytearray(tar_of({"x": b"1"}))
    name = b"<script>eval(1)</script>"
    header[: len(name)] = name
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    files = [
        ("Films.iso", begun(PAGE), MEDIUM),
        ("Music.iso", begun(b"#!/bin/sh\nexec ./x\n"), MEDIUM),
        ("Books.iso", begun(PROGRAMS), HIGH),
        ("Games.iso", DISC + PROGRAMS, HIGH),
        ("Backup.tar", bytes(header), MEDIUM),
        ("Backup.pdf", tar_of({"a": pdf()}), MEDIUM),
        ("Old.tar", tar_of({"a": b"1"}) + PROGRAMS, HIGH),
        ("Drivers.cab", cab_of({"a": b"1"}) + PROGRAMS, HIGH),
        ("Letter.doc", ole("WordDocument") + PROGRAMS, HIGH),
        ("Clip.mp4", mp4() + box(b"mdat", b"\1" * 80 + PROGRAMS + bytes(200)), HIGH),
        ("Icons.svg", DRAWING + PROGRAMS, HIGH),
        ("Notes.txt", b"Nothing to see here.\n" * 4 + PROGRAMS, HIGH),
    ]
    return _found("disc or archive that is another one too", files)
