"""Installer packages: their packed stream names, and a broken one told."""

import pytest

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.installers import LETTERS, unpacked_name
from gifthorse.model.inspections import Reason
from tests.samples.archives import unfold


def packed_name(name: str) -> str:
    out = ""
    while name:
        pair, name = name[:2], name[2:]
        first = LETTERS.index(pair[0])
        out += chr(0x3800 + first + (LETTERS.index(pair[1]) << 6)) if len(pair) == 2 else chr(0x4800 + first)
    return out


@pytest.mark.parametrize("name", ["cab1.cab", "Binary.helper", "a", "_Tables"])
def test_packed_names_are_read(name):
    assert unpacked_name(packed_name(name)) == name


def test_the_mark_of_a_table_is_shown():
    assert unpacked_name(chr(0x4840) + packed_name("File")) == "!File"


def test_a_broken_package_is_told():
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    assert [line.reason for line in unfold(body, "a.msi", FileType.MSI).unseen] == [Reason.UNREADABLE]
