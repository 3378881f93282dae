"""Which addresses reach another machine."""

import pytest

from gifthorse.inspect.formats.places import network_host, web_address


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("\\\\host\\share\\a", "host"),
        ("\\\\198.51.100.7@8080\\DavWWWRoot\\a", "198.51.100.7@8080"),
        ("\\\\?\\UNC\\host\\share", "host"),
        ("//host/share", "host"),
        ("file://host/share", "host"),
        ("file:////host/share", "host"),
        ("file:\\\\host\\share", "host"),
    ],
)
def test_a_path_to_another_machine_names_it(text: str, host: str) -> None:
    assert network_host(text) == host


@pytest.mark.parametrize(
    "text",
    [
        "C:\\a\\\\b\\c",
        "file:///C:/a",
        "file:///home/a",
        "https://example.org//a/b",
        "\\\\?\\C:\\a",
        "\\\\.\\pipe\\a",
        "\\\\localhost\\c$",
        "file://localhost/a",
        "a // b / c",
        "%SystemRoot%\\x",
        "\\\\%COMPUTERNAME%\\x",
    ],
)
def test_places_on_this_machine_and_on_the_web_name_none(text: str) -> None:
    assert network_host(text) is None


def test_the_first_web_address_is_found() -> None:
    assert web_address('x "https://example.org/a b"') == "https://example.org/a"
    assert web_address("C:\\a") is None
