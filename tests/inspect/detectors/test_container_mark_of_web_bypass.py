"""container.mark-of-web-bypass: what disk images carry past Windows' warning, and what discs ordinarily hold."""

import pytest

from gifthorse.inspect.detectors.container_mark_of_web_bypass import examine_medium
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType

ISO = Seen(path="invoice.iso", size=1, filetype=FileType.ISO)


def inside(name: str, filetype: FileType, *, hidden: bool = False, around: str = "invoice.iso") -> Seen:
    return Seen(path=f"{around} > {name}", size=1, filetype=filetype, hidden=hidden, depth=1)


@pytest.mark.parametrize(
    "members",
    [
        [inside("Invoice.lnk", FileType.SHORTCUT), inside("lib/x.dll", FileType.PE, hidden=True)],
        [inside("Invoice.lnk", FileType.SHORTCUT)],
        [inside("run.js", FileType.SCRIPT), inside("x.dll", FileType.PE)],
        [inside("Report.exe", FileType.PE), inside("version.dll", FileType.PE, hidden=True)],
    ],
    ids=["shortcut and hidden library", "shortcut", "script and library", "program beside a hidden library"],
)
def test_what_is_built_to_slip_past_is_dangerous(members):
    (finding,) = examine_medium([ISO, *members])
    assert finding.severity == "high"
    assert finding.evidence[0].path.startswith("invoice.iso > ")
    assert finding.evidence[-1].path == "invoice.iso"


def test_a_program_shown_openly_calls_for_caution():
    (finding,) = examine_medium([ISO, inside("setup.exe", FileType.PE), inside("readme.txt", FileType.TEXT)])
    assert finding.severity == "medium"


@pytest.mark.parametrize(
    "seen",
    [
        [ISO, inside("photo.jpg", FileType.JPEG), inside("usr/bin/ls", FileType.ELF), inside("boot/run.sh", FileType.SCRIPT)],
        [ISO, inside("drivers/x/setup.exe", FileType.PE)],
        [Seen(path="a.zip", size=1, filetype=FileType.ZIP), inside("a.lnk", FileType.SHORTCUT, around="a.zip")],
        [Seen(path="a.lnk", size=1, filetype=FileType.SHORTCUT)],
    ],
    ids=["a Linux disc", "programs in folders", "an archive", "no image"],
)
def test_what_discs_ordinarily_hold_is_nothing(seen):
    assert not list(examine_medium(seen))


def test_images_of_the_same_name_on_two_partitions_are_told_apart():
    one = Seen(path="a.iso", size=1, filetype=FileType.ISO, partition=0)
    two = Seen(path="a.iso", size=1, filetype=FileType.ISO, partition=1)
    member = Seen(path="a.iso > a.lnk", size=1, filetype=FileType.SHORTCUT, partition=1)
    (finding,) = examine_medium([one, two, member])
    assert finding.evidence[-1].partition == 1


def test_documents_with_macros_at_the_root_are_worth_caution():
    (finding,) = examine_medium([ISO, inside("Offer.docm", FileType.OOXML_WORD)])
    assert finding.severity == "medium"
    assert finding.evidence[0].path == "invoice.iso > Offer.docm"
    assert list(examine_medium([ISO, inside("Offer.docx", FileType.OOXML_WORD)])) == []
