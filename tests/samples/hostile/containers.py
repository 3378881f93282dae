"""Archives and disk images that hide, lead out, burst or carry."""

import gzip
import io
import struct
import zipfile
import zlib

from tests.samples.archives import (
    cpio_of,
    fixed_vhd,
    flat_zip_bomb,
    iso_of,
    local_header,
    overlapping_zip,
    qcow2_of,
    rar4_of,
    rar5_of,
    tar_of,
    zip_with_hidden_member,
)
from tests.samples.disks import Format, own_volume
from tests.samples.files import elf, pe, shortcut, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
LINK = shortcut("C:\\Windows\\System32\\cmd.exe", "/c start a.dll")
MIB = 1 << 20


def cases() -> list[Case]:
    """Traversal, links, bombs, hidden and locked members, disk images, and what was packed inside of something else."""
    return [*_leading_out(), *_bombs(), *_hidden(), *_locked(), *_disks(), *_nested()]


def _leading_out() -> list[Case]:
    names = ["../../../etc/cron.d/x", "..\\..\\Startup\\a.bat", "C:\\Users\\a.exe", "\\\\files.example.net\\s\\a", "a/../../../b"]
    files = [
        single("archive: leads out of its folder", f"Album{n}.zip", zip_of({name: b"1"}), "archive.traversal")
        for n, name in enumerate(names)
    ]
    files += [
        single("archive: leads out of its folder", "Album.tar", tar_of({"../../.bashrc": b"1"}), "archive.traversal"),
        single(
            "archive: leads out of its folder", "Album.tgz", gzip.compress(tar_of({"../x/../../y": b"1"}), mtime=0), "archive.traversal"
        ),
        single("archive: leads out of its folder", "Album.rar", rar5_of({"../../a.lnk": LINK}), "archive.traversal"),
        single("archive: leads out of its folder", "Album.cpio", cpio_of({"../../../home/a": b"1"}), "archive.traversal"),
    ]
    links = [{"data": "/etc/passwd"}, {"a": "../../../home"}, {"d": "C:\\Windows"}]
    files += [
        single("archive: link out of its folder", f"Links{n}.tar", tar_of({"x.txt": b"1"}, links=link), "archive.link", least=LOW)
        for n, link in enumerate(links)
    ]
    return [*files, single("archive: link out of its folder", "Links.zip", _zip_with_link(), "archive.link", least=LOW)]


def _zip_with_link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("photos", (2026, 11, 22, 0, 0, 0))
        entry.create_system = 3
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc")
    return out.getvalue()


def _bombs() -> list[Case]:
    inner = flat_zip_bomb(64 * MIB)
    files = [
        ("a.zip", flat_zip_bomb(1500 * MIB)),
        ("b.zip", overlapping_zip(400, MIB)),
        ("c.zip", zip_of({f"{n}.zip": inner for n in range(40)})),
        ("d.gz", gzip.compress(gzip.compress(bytes(200 * MIB), 9, mtime=0), 9, mtime=0)),
    ]
    return [single("archive: bursts", name, body, "archive.bomb", "budget.exceeded", least=LOW) for name, body in files]


def _hidden() -> list[Case]:
    shown = {"Programme.txt": b"Nine o'clock: welcome.\n"}
    renamed = bytearray(zip_of({"Programme.txt": b"x", "photo.jpg": b"1" * 40}))
    at = renamed.find(b"photo.jpg")
    renamed[at : at + 9] = b"photo.exe"
    files = [
        ("a.zip", zip_with_hidden_member(shown, "run.exe", pe())),
        ("b.zip", zip_with_hidden_member(shown, "Programme.lnk", LINK)),
        ("c.zip", bytes(renamed)),
    ]
    return [single("archive: shows different contents", name, body, "archive.hidden-member") for name, body in files]


def _locked_zip(name: bytes) -> bytes:
    """A zip of one member whose flag says that it is encrypted."""
    whole = bytearray(local_header(name, bytes(range(60))))
    whole[6] |= 1
    start = len(whole)
    check = zlib.crc32(bytes(range(60)))
    whole += struct.pack("<4s6HIII5HII", b"PK\x01\x02", 20, 20, 1, 0, 0, 0, check, 60, 60, len(name), 0, 0, 0, 0, 0, 0) + name
    return bytes(whole) + struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, 1, 1, len(whole) - start, start, 0)


def _locked() -> list[Case]:
    files = [
        ("a.zip", _locked_zip(b"a.exe")),
        ("b.rar", rar4_of({"a.exe": pe()}, locked=True)),
        ("c.rar", rar5_of({"b.exe": pe()}, locked=True)),
    ]
    told = [
        ("Photos password=fair26.zip", _locked_zip(b"a.scr")),
        ("Report_pw_1234.zip", _locked_zip(b"b.exe")),
        ("Album (Passwort: sommer).rar", rar5_of({"a": b"1"}, locked=True)),
        ("Papers pass-word is 77.rar".replace("pass-word", "password"), rar4_of({"a": b"1"}, locked=True)),
        ("照片 密码 8888.zip", _locked_zip(b"c.exe")),
    ]
    return [
        *(single("archive: locked", name, body, "archive.encrypted", least=LOW) for name, body in files),
        *(single("archive: tells its password", name, body, "archive.password-in-name") for name, body in told),
    ]


def _disks() -> list[Case]:
    pair = {"Documents.lnk": LINK, "a.dll": pe(library=True)}
    volume = own_volume(Format.FAT12, pair)
    images = [
        ("Papers.iso", iso_of(pair)),
        ("Papers.img", volume),
        ("Papers.vhd", fixed_vhd(volume)),
        ("Papers.qcow2", qcow2_of(volume)),
        ("Scans.iso", iso_of({"open.bat": b"@ver\r\n", "x.exe": pe()})),
        ("Scans.img", own_volume(Format.FAT12, {"View.vbs": b"x = 1\r\n", "v.exe": pe()})),
    ]
    return [
        *(single("disk image: slips past the warning", name, body, "container.mark-of-web-bypass") for name, body in images),
        *(single("disk image", name, body, "container.disk-image", least=LOW) for name, body in images[:4]),
    ]


def _nested() -> list[Case]:
    program = {"holiday.jpg": pe()}
    layers = [
        ("a.zip", zip_of({"b.zip": zip_of({"c.zip": zip_of(program)})})),
        ("a.tar.gz", gzip.compress(tar_of(program), mtime=0)),
        ("a.iso", iso_of({"inner.zip": zip_of(program)})),
        ("a.rar", rar5_of({"inner.tar": tar_of({"photo.png": elf()})})),
        ("a.docx", zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/media/i.png": pe()})),
        ("a.epub", zip_of({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<c/>", "OEBPS/cover.jpg": elf()})),
    ]
    return [single("program packed inside", name, body, "executable.disguised", least=HIGH) for name, body in layers]
