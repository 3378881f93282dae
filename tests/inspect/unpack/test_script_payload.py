import gzip

import pytest

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.identify import identify
from tests.samples.archives import tar_of, unfold
from tests.samples.files import elf, pe, zip_of

LINES = b"#!/bin/sh\ntail -n +4 $0 | tar xz\nexit\n"


@pytest.mark.parametrize(
    "payload", [gzip.compress(tar_of({"x": elf()}), mtime=0), elf() + bytes(200), zip_of({"a.exe": pe()}) + b"rest", pe()]
)
def test_what_a_script_carries_behind_its_lines_is_a_member(payload: bytes) -> None:
    result = unfold(LINES + payload, "install.run", FileType.SCRIPT)
    assert result.files["install.run > (behind the script)"] == payload


@pytest.mark.parametrize("body", [LINES, LINES + b"MZ is how programs begin\n", b"echo MZ\n\x1f\x8b\x08" + bytes(50)])
def test_a_script_of_lines_alone_has_no_members(body: bytes) -> None:
    assert unfold(body, "a.sh", FileType.SCRIPT).files == {}


def test_a_script_with_bytes_behind_it_is_a_script_and_one_with_a_zip_that_zip() -> None:
    bundle = b"#!/usr/bin/env python3\n" + zip_of({"__main__.py": b"print()"})
    for body, kind in ((LINES + b"\x1f\x8b\x08\0" + bytes(range(256)), FileType.SCRIPT), (bundle, FileType.ZIP)):
        assert identify(body, len(body), lambda count, body=body: body[-count:]) is kind
    assert unfold(bundle, "tool.pyz").files == {"tool.pyz > __main__.py": b"print()"}
