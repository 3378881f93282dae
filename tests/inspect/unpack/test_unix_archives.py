"""ar and cpio: slices of the archive, in every form of header."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.inspect.filetypes import FileType
from gifthorse.model.inspections import Reason
from tests.samples.archives import ar_of, cpio_of, tar_of, unfold

FILES = st.dictionaries(
    st.text("abcdefgh.-", min_size=1, max_size=12).filter(lambda name: name.strip(".")), st.binary(max_size=300), min_size=1, max_size=5
)


@settings(max_examples=40, deadline=None)
@given(files=FILES)
@pytest.mark.parametrize(("make", "kind"), [(ar_of, FileType.AR), (cpio_of, FileType.CPIO)])
def test_members_come_out_as_they_went_in(make, kind, files):
    result = unfold(make(files), "a", kind)
    assert {path: body for path, body in result.files.items() if path.count(" > ") == 1} == {
        f"a > {name}": body for name, body in files.items()
    }


def test_a_debian_package_opens_down_to_its_files():
    body = ar_of({"debian-binary": b"2.0\n", "data.tar": tar_of({"./usr/bin/x": b"x"})})
    assert unfold(body, "a.deb").files["a.deb > data.tar > usr/bin/x"] == b"x"


def test_long_names_of_both_makes_are_read():
    gnu = b"!<arch>\n" + b"%-48s%-10d`\n" % (b"//", 20) + b"a-very-long-name.o/\n" + b"%-48s%-10d`\n" % (b"/0", 2) + b"hi"
    bsd = b"!<arch>\n" + b"%-48s%-10d`\n" % (b"#1/4", 6) + b"namehi"
    assert unfold(gnu, "a", FileType.AR).files == {"a > a-very-long-name.o": b"hi"}
    assert unfold(bsd, "a", FileType.AR).files == {"a > name": b"hi"}


def test_the_old_forms_of_cpio_are_read():
    odc = b"070707" + b"000000" * 2 + b"100644" + b"000000" * 4 + b"00000000000" + b"000002" + b"00000000002" + b"a\x00hi"
    binary = struct.pack("<13H", 0o70707, 0, 0, 0o100644, 0, 0, 1, 0, 0, 0, 2, 0, 2) + b"a\x00hi"
    assert unfold(odc, "a", FileType.CPIO).files == {"a > a": b"hi"}
    assert unfold(binary, "a", FileType.CPIO).files == {"a > a": b"hi"}


def test_a_member_cut_off_is_told():
    assert [line.reason for line in unfold(ar_of({"a": b"hello" * 100})[:-50], "a", FileType.AR).unseen] == [Reason.UNREADABLE]
