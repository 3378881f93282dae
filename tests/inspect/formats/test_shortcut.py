"""The shortcut reader, against LnkParse3 as an independent reader of the same files."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from LnkParse3.lnk_file import LnkFile

from gifthorse.inspect.formats.shortcut import Shortcut, read_shortcut
from tests.samples.files import shortcut


@pytest.mark.parametrize(
    "body",
    [
        shortcut("C:\\a\\b.exe", "-x", icon="C:\\i.ico", name="words"),
        shortcut("\\\\host\\share\\a\\b.exe", "-x", unc=True),
        shortcut("C:\\é.exe", "ünï"),
    ],
)
def test_both_readers_agree(body: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = LnkFile(indata=body).get_json()
    ours = read_shortcut(body)
    assert ours.arguments == theirs["data"].get("command_line_arguments", "")
    assert ours.icon == theirs["data"].get("icon_location", "")
    assert ours.description == theirs["data"].get("description", "")
    info = theirs["link_info"]
    stated = info.get("local_base_path") or f"{info['location_info']['net_name']}\\{info['common_path_suffix']}"
    assert ours.target == stated


def test_the_environment_block_names_the_target_first() -> None:
    read = read_shortcut(shortcut("C:\\decoy.txt", environment="%windir%\\System32\\cmd.exe"))
    assert read.target == "%windir%\\System32\\cmd.exe"
    assert read.places == ("%windir%\\System32\\cmd.exe", "C:\\decoy.txt")


def test_the_end_is_where_the_shortcut_ends() -> None:
    body = shortcut("C:\\a.exe", "x")
    assert read_shortcut(body + b"more behind it").end == len(body)


def test_what_is_no_shortcut_is_empty() -> None:
    assert read_shortcut(b"") == Shortcut()
    assert read_shortcut(b"L" * 100) == Shortcut()


@given(st.binary(max_size=300))
def test_any_bytes_behind_the_header_are_taken(rest: bytes) -> None:
    read_shortcut(b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46" + rest)


@given(st.integers(0, 400), st.integers(20, 400), st.binary(min_size=1, max_size=4))
def test_damaged_shortcuts_are_taken(keep: int, at: int, noise: bytes) -> None:
    body = shortcut("C:\\a\\b.exe", "-x", icon="i", environment="%x%")
    read_shortcut((body[:at] + noise + body[at + len(noise) :])[:keep])
