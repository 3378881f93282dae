"""origin.zone-note: the note that Windows keeps about where a file came from is told as it was seen, and weighs nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import origin_zone_note as detector
from gifthorse.inspect.engine import inspect
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.formats.where_from import is_note, read_note
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import Verdict
from tests.samples.disks import ntfs_by_tools
from tests.samples.files import item_of, seen_of

NOTE = b"[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://portal.example.org/start\r\nHostUrl=https://ann:pw@files.example.net/a/offer.pdf?token=s3cret#x\r\n"


def noted(*notes: tuple[str, bytes]) -> list[Seen]:
    return [seen_of(detector, body, path) for path, body in notes]


def test_zone_host_and_address_are_told_without_what_may_be_private() -> None:
    note = read_note(NOTE)
    assert note is not None
    assert (note.zone, note.host, note.address) == (3, "files.example.net", "https://files.example.net/a/offer.pdf")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"[ZoneTransfer]\nZoneId=3\n", (3, "", "")),
        ("[ZoneTransfer]\r\nZoneId=1\r\n".encode("utf-16"), (1, "", "")),
        (b"[ZoneTransfer]\nZoneId=3\nReferrerUrl=C:\\Users\\ann\\pack.zip\nHostUrl=about:internet\n", (3, "", "")),
        (b"[ZoneTransfer]\nZoneId=x\nReferrerUrl=http://a.example\n", (None, "a.example", "http://a.example")),
    ],
    ids=["zone only", "two bytes to the letter", "no address of the web", "no zone"],
)
def test_notes_of_every_shape_are_read(body: bytes, expected: tuple[int | None, str, str]) -> None:
    assert read_note(body) == expected


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(body: bytes) -> None:
    note = read_note(b"[ZoneTransfer]\n" + body)
    assert note is None or (len(note.address) <= 300 and "?" not in note.address)


def test_only_streams_of_that_name_are_notes() -> None:
    assert is_note("offer.pdf:Zone.Identifier")
    assert is_note("offer.pdf:zone.identifier:$DATA")
    assert not is_note("Zone.Identifier")
    assert detector.about(item_of(NOTE, "offer.txt")) == {}
    assert detector.about(item_of(b"no note", "offer.pdf:Zone.Identifier")) == {}


def test_files_from_one_host_make_one_finding_that_alarms_nobody() -> None:
    other = NOTE.replace(b"files.", b"other.")
    seen = noted(*((f"{n}.pdf:Zone.Identifier", NOTE) for n in range(30)), ("x.pdf:Zone.Identifier", other), ("a.txt", b"hello"))
    first, second = detector.examine_medium(seen)
    assert first.severity is second.severity is Severity.INFO
    assert len(first.evidence) == detector.MOST_PLACES
    assert first.evidence[0].excerpt == "https://files.example.net/a/offer.pdf"
    assert first.detail is not None
    assert first.detail.in_english() == "Zone: the internet. From: files.example.net. Files: 30."


def test_the_note_of_an_ntfs_volume_is_found_beside_its_file(tmp_path: Path) -> None:
    image = ntfs_by_tools(tmp_path, {"letter.txt": b"hello"}, {("letter.txt", "Zone.Identifier"): NOTE})
    inspection = inspect(str(image))
    (found,) = (finding for finding in inspection.findings if finding.id == "origin.zone-note")
    assert found.evidence[0].path == "letter.txt:Zone.Identifier"
    assert found.evidence[0].excerpt == "https://files.example.net/a/offer.pdf"
    assert inspection.verdict is Verdict.CLEAR
