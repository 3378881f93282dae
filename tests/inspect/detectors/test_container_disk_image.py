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
