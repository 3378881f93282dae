"""container.disk-image: a file that is a whole disk."""

from gifthorse.inspect.detectors.container_disk_image import WANTS, examine
from gifthorse.inspect.filetypes import FileType
from tests.samples.archives import iso_of, item_of


def test_an_image_in_the_gift_is_worth_a_line():
    (finding,) = examine(item_of(iso_of({"a": b"a"}), "a.iso"))
    assert (finding.id, finding.severity) == ("container.disk-image", "low")
    assert "iso" in finding.detail.in_english()


def test_it_wants_disks_and_nothing_else():
    assert FileType.VHD in WANTS
    assert FileType.ZIP not in WANTS


def test_disks_that_are_not_opened_here_are_told_and_other_archives_are_not():
    virtual = b"<<< Oracle VM VirtualBox Disk Image >>>\n".ljust(64, b"\0") + b"\x7f\x10\xda\xbe" + bytes(400)
    for name, body in (("a.vdi", virtual), ("b.wim", b"MSWIM\0\0\0" + bytes(200))):
        (finding,) = examine(item_of(body, name, FileType.OTHER_ARCHIVE))
        assert finding.severity == "low"
    assert list(examine(item_of(b"LZIP" + bytes(40), "a.lz", FileType.OTHER_ARCHIVE))) == []
