"""Mails, virtual disks and what USB devices say, as sources of their own."""

import gzip
import hashlib
import os
from pathlib import Path

import pytest

from gifthorse.inspect import engine
from gifthorse.inspect.sources import open_source
from gifthorse.model.inspections import Inspection, Reason, SourceKind, Verdict
from tests.samples import usb
from tests.samples.archives import iso_of
from tests.samples.files import zip_of

MAIL = "From: a@example.org\nTo: b@example.org\nSubject: Fair\nDate: Mon, 2 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n"
ATTACHED = (
    'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nsee there\n'
    '--x\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="invoice.bat"\n\n@echo off\ndir\n--x--\n'
)


def _inspected(path: Path, as_kind: str = "auto") -> Inspection:
    with open_source(str(path), as_kind=as_kind) as source:
        return engine.inspect(source)


def _file(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _ids(inspection: Inspection) -> set[str]:
    return {finding.id for finding in inspection.findings}


@pytest.mark.parametrize("name", ["letter.eml", "letter", "letter.jpg"])
def test_a_mail_is_known_by_its_content_and_its_attachments_are_seen(tmp_path: Path, name: str) -> None:
    path = _file(tmp_path, name, MAIL + ATTACHED)
    inspection = _inspected(path)
    assert inspection.source.kind is SourceKind.MAIL
    assert inspection.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "mail.dangerous-attachment" in _ids(inspection)
    assert any(content.path.endswith("> invoice.bat") for content in inspection.contents)


def test_an_mbox_is_mail(tmp_path: Path) -> None:
    body = "From a@example.org Mon Nov  2 10:00:00 2026\n" + MAIL + ATTACHED + "\n"
    inspection = _inspected(_file(tmp_path, "box", body))
    assert inspection.source.kind is SourceKind.MAIL
    assert "mail.dangerous-attachment" in _ids(inspection)


def test_a_letter_that_only_speaks_of_mail_is_a_file(tmp_path: Path) -> None:
    assert _inspected(_file(tmp_path, "a.txt", "Dear friend,\nFrom: here to there\n")).source.kind is SourceKind.FILE


def test_a_text_that_is_said_to_be_mail_is_read_as_one(tmp_path: Path) -> None:
    path = _file(tmp_path, "stripped", "X-Odd: 1\n" + ATTACHED)
    assert "mail.dangerous-attachment" in _ids(_inspected(path, "mail"))
    assert _inspected(path, "mail").source.kind is SourceKind.MAIL


def test_what_lsusb_prints_is_read_as_a_device(tmp_path: Path) -> None:
    path = _file(tmp_path, "seen.txt", usb.lsusb(usb.STORAGE, usb.KEYBOARD))
    inspection = _inspected(path)
    assert inspection.source.kind is SourceKind.USB
    assert inspection.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert _ids(inspection) == {"usb.storage-and-keyboard"}
    assert inspection.verdict is Verdict.DANGEROUS
    assert inspection.coverage.bytes_accounted == inspection.coverage.bytes_total == path.stat().st_size
    assert [inspection.contents[0].findings, inspection.contents[0].path] == [(0,), "seen.txt"]


@pytest.mark.parametrize("as_kind", ["auto", "usb"])
def test_raw_descriptors_are_read_as_a_device(tmp_path: Path, as_kind: str) -> None:
    inspection = _inspected(_file(tmp_path, "descriptors", usb.blob(usb.STORAGE, usb.NETWORK)), as_kind)
    assert (inspection.source.kind, _ids(inspection)) == (SourceKind.USB, {"usb.storage-and-network"})


def test_an_ordinary_stick_gives_nothing(tmp_path: Path) -> None:
    inspection = _inspected(_file(tmp_path, "descriptors", usb.blob(usb.STORAGE)))
    assert (inspection.source.kind, inspection.findings, inspection.verdict) == (SourceKind.USB, (), Verdict.CLEAR)


def test_the_same_words_said_to_be_a_file_are_a_file(tmp_path: Path) -> None:
    inspection = _inspected(_file(tmp_path, "seen.txt", usb.lsusb(usb.STORAGE, usb.KEYBOARD)), "file")
    assert (inspection.source.kind, inspection.findings) == (SourceKind.FILE, ())


def test_a_description_among_other_files_is_only_a_file(tmp_path: Path) -> None:
    _file(tmp_path, "seen.txt", usb.lsusb(usb.STORAGE, usb.KEYBOARD))
    inspection = _inspected(tmp_path)
    assert (inspection.source.kind, inspection.findings) == (SourceKind.FOLDER, ())


@pytest.mark.parametrize("content", [b"no device at all\n", b"\x00\x01\x02\x03" * 50, b"\x0a\x0d\x0d\x0a" + bytes(60)])
def test_what_is_said_to_be_usb_and_is_not_was_not_inspected(tmp_path: Path, content: bytes) -> None:
    inspection = _inspected(_file(tmp_path, "x", content), "usb")
    assert [gap.reason for gap in inspection.coverage.not_inspected] == [Reason.UNREADABLE]
    assert inspection.verdict is Verdict.NOT_INSPECTED


def _device(folder: Path, *interfaces: usb.Interface, product: str = "1666") -> Path:
    folder.mkdir(parents=True)
    _file(folder, "descriptors", usb.blob(*interfaces))
    _file(folder, "idVendor", "0951\n")
    _file(folder, "idProduct", f"{product}\n")
    _file(folder, "product", "Stick \u202e\n")
    return folder


def test_the_folder_of_a_device_is_read_and_has_no_digest(tmp_path: Path) -> None:
    folder = _device(tmp_path / "1-2", usb.STORAGE, usb.KEYBOARD)
    inspection = _inspected(folder)
    assert (inspection.source.kind, inspection.source.sha256, inspection.source.name) == (SourceKind.USB, None, "1-2")
    assert _ids(inspection) == {"usb.storage-and-keyboard"}
    assert inspection.findings[0].evidence[0].path == "1-2"
    total = sum(path.stat().st_size for path in folder.iterdir())
    assert (inspection.coverage.bytes_accounted, inspection.coverage.bytes_total) == (total, total)
    assert (inspection.coverage.items_inspected, inspection.coverage.not_inspected) == (1, ())


def test_a_listing_of_devices_shows_each_once_though_links_lead_there_twice(tmp_path: Path) -> None:
    tree = tmp_path / "devices" / "usb1"
    _device(tree, usb.HUB)
    _device(tree / "1-2", usb.STORAGE, usb.NETWORK)
    listing = tmp_path / "bus"
    listing.mkdir()
    (listing / "usb1").symlink_to(tree)
    (listing / "1-2").symlink_to(tree / "1-2")
    (tree / "1-2" / "subsystem").symlink_to(listing)
    (listing / "elsewhere").symlink_to("/etc/hostname")
    inspection = _inspected(listing, "usb")
    assert [content.path for content in inspection.contents] == ["1-2", "usb1"]
    assert [finding.evidence[0].path for finding in inspection.findings if finding.id == "usb.storage-and-network"] == ["1-2"]


def test_a_folder_without_devices_that_is_said_to_be_usb_was_not_inspected(tmp_path: Path) -> None:
    (tmp_path / "gift").mkdir()
    _file(tmp_path / "gift", "a.txt", "x")
    inspection = _inspected(tmp_path / "gift", "usb")
    assert [(gap.path, gap.reason) for gap in inspection.coverage.not_inspected] == [("gift", Reason.UNREADABLE)]
    assert inspection.verdict is Verdict.NOT_INSPECTED


def test_a_pipe_in_place_of_an_attribute_holds_nothing_up(tmp_path: Path) -> None:
    folder = _device(tmp_path / "1-2", usb.STORAGE)
    os.mkfifo(folder / "serial")
    assert _inspected(folder).verdict is Verdict.CLEAR


def test_a_virtual_disk_is_told_as_an_image(tmp_path: Path) -> None:
    footer = b"conectix" + bytes(504)
    assert _inspected(_file(tmp_path, "disk.vhd", bytes(64 * 512) + footer)).source.kind is SourceKind.IMAGE
    assert _inspected(_file(tmp_path, "a.gz", gzip.compress(b"x"))).source.kind is SourceKind.FILE


@pytest.mark.parametrize(
    ("start", "reason"),
    [(b"LUKS\xba\xbe\0\2", Reason.ENCRYPTED), (b"\xeb\x58\x90-FVE-FS-", Reason.ENCRYPTED), (b"\x93\x1f\x77", Reason.UNSUPPORTED)],
)
@pytest.mark.parametrize("beside", [False, True])
def test_a_disk_that_nobody_can_look_into_is_never_clear(tmp_path, start: bytes, reason: Reason, beside: bool) -> None:
    (tmp_path / "stick.img").write_bytes(start.ljust(510, b"\x5a") + b"\x55\xaa" + bytes(range(256)) * 512)
    if beside:
        (tmp_path / "a.txt").write_text("hello")
    found = engine.inspect(str(tmp_path if beside else tmp_path / "stick.img"))
    assert [gap.reason for gap in found.coverage.not_inspected] == [reason]
    assert found.verdict is (Verdict.CAUTION if beside else Verdict.NOT_INSPECTED)


@pytest.mark.parametrize("start", [b"<html><script>1</script></html>", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n", zip_of({"a.exe": b"MZ"})])
def test_an_image_that_is_another_kind_of_file_too_is_told_as_such(tmp_path: Path, start: bytes) -> None:
    disc = iso_of({"a.txt": b"1"})
    inspection = _inspected(_file(tmp_path, "plan.pdf", start + disc[len(start) :]))
    assert inspection.source.kind is SourceKind.IMAGE
    assert [evidence.path for finding in inspection.findings if finding.id == "type.polyglot" for evidence in finding.evidence] == [""]
    assert "type.polyglot" not in _ids(_inspected(_file(tmp_path, "plain.iso", disc)))
