"""What Outlook messages say: their head lines and body, whichever of three forms it has, and the messages that they carry."""

import struct

import pytest

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.safe_copy.outlook_text import outlook_text
from gifthorse.inspect.safe_copy.packed_rich_text import unpacked
from tests.samples.compound_files import compound_file
from tests.samples.documents import an_item

P = "__substg1.0_"


def properties(*numbers: tuple[int, int], head: int = 32) -> bytes:
    return bytes(head) + b"".join(struct.pack("<IIQ", tag, 6, value) for tag, value in numbers)


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def said(streams: dict[str, bytes], *numbers: tuple[int, int]) -> str:
    return outlook_text(an_item(compound_file({"__properties_version1.0": properties(*numbers), **streams}), "a.msg", FileType.MSG))


HEAD = {
    f"{P}0C1A001F": wide("Ann B."),
    f"{P}5D01001F": wide("ann@x.invalid"),
    f"{P}0E04001F": wide("bob@y.invalid"),
    f"{P}0037001F": wide("Fair"),
}
SENT = (0x00390040, 133_500_000_000_000_000)


def test_head_lines_and_the_plain_body_are_said() -> None:
    assert said({**HEAD, f"{P}1000001F": wide("Dear Bob\r\nsee you")}, SENT) == (
        "From: Ann B. <ann@x.invalid>\nTo: bob@y.invalid\nDate: 2024-01-17 21:20 UTC\nSubject: Fair\n\nDear Bob\r\nsee you"
    )


def test_texts_in_bytes_are_read_in_the_code_page_of_the_message() -> None:
    cyrillic = {f"{P}0037001E": "Ярмарка".encode("cp1251"), f"{P}1000001E": "текст".encode("cp1251")}
    assert said(cyrillic, (0x3FFD0003, 1251)) == "Subject: Ярмарка\n\nтекст"


def test_without_a_plain_body_its_page_is_shown_as_text() -> None:
    page = "<html><head><title>t</title><body><p>Grüße<script>x()</script></body>".encode()
    assert said({f"{P}0037001F": wide("F"), f"{P}10130102": page}, (0x3FDE0003, 65001)) == "Subject: F\n\nGrüße"


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_without_a_page_its_rich_text_is_said(*, packed: bool) -> None:
    text = rb"{\rtf1\ansi\mac\deff0\deftab720 hello hello hello \u1046 ?}"
    assert said({f"{P}10090102": rich(text, packed=packed)}) == "\nhello hello hello Ж"


def rich(text: bytes, *, packed: bool) -> bytes:
    if not packed:
        return struct.pack("<IIII", len(text) + 12, len(text), 0x414C454D, 0) + text
    body = b"\x01" + struct.pack(">H", (0 << 4) | 15) + text[17:24]  # seventeen letters of the dictionary's beginning
    rest = text[24:]
    at = 207 + 24
    while rest:
        body += b"\0" + rest[:8] if len(rest) >= 8 else bytes([1 << len(rest)]) + rest + struct.pack(">H", (at + len(rest)) % 4096 << 4)
        at, rest = at + 8, rest[8:]
    return struct.pack("<IIII", len(body) + 12, len(text), 0x75465A4C, 0) + body


def test_repeats_may_reach_into_what_they_write_and_the_end_ends() -> None:
    repeated = struct.pack("<IIII", 0, 100, 0x75465A4C, 0) + b"\x0ea" + struct.pack(">HHH", 207 << 4 | 3, 213 << 4 | 0, 207 << 4 | 15)
    assert unpacked(repeated) == b"a" * 6
    with pytest.raises(DamagedDocument):
        unpacked(b"\0" * 20)


def test_messages_within_the_message_are_said_too() -> None:
    inner = f"__attach_version1.0_#00000000/{P}3701000D"
    streams = {
        f"{P}0037001F": wide("Outer"),
        f"{P}1000001F": wide("see below"),
        f"{inner}/__properties_version1.0": properties((SENT[0], SENT[1]), head=24),
        f"{inner}/{P}0037001F": wide("Inner"),
        f"{inner}/{P}1000001F": wide("the secret"),
    }
    assert said(streams) == (
        "Subject: Outer\n\nsee below\n\n----- A message that was attached -----\nDate: 2024-01-17 21:20 UTC\nSubject: Inner\n\nthe secret"
    )
