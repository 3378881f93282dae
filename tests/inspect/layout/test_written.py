"""Text is told from names, tables and fill; and what boot programs say from what somebody else says in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.layout.written import long_texts, texts_in_program

SENTENCE = b"Meet me at the fountain when the bells ring, and bring nobody who knows the second name."


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        SENTENCE.replace(b" ", b"\n"),
        "Приходите к фонтану, когда зазвонят колокола, и никого с собой не берите".encode(),
        b"0123456789abcdef" * 20,
    ],
)
def test_a_text_among_numbers_is_told_with_its_place(text: bytes) -> None:
    assert list(long_texts(bytes(100) + text + bytes(50), 4096)) == [(4196, text)]


@pytest.mark.parametrize(
    "piece",
    [
        b"x" * 500,
        b" " * 500,
        bytes(range(256)) * 4,
        b"a name without any spaces but long enough to be a text on its own".replace(b" ", b"_"),
        bytes([len(SENTENCE), 1]) + SENTENCE,
        "a b c d e f g h i j k l m n o p q r s t u v w x y z".encode("utf-16-le") * 2,
        b"".join(bytes([letter, 0x20]) for letter in range(0x21, 0x7F)),
        b"".join(bytes([0x81 + number % 90, 0xC0 | number % 60]) for number in range(200)),
    ],
)
def test_fill_names_and_tables_are_no_text(piece: bytes) -> None:
    assert list(long_texts(bytes(64) + piece + bytes(64), 0)) == []


@pytest.mark.parametrize(
    "said",
    [
        b"This is not a bootable disk.  Please insert a bootable floppy and\r\npress any key to try again ... \r\n",
        b"\r\nA disk read error occurred\0\r\nBOOTMGR is missing\0\r\nBOOTMGR is compressed\0\r\nPress Ctrl+Alt+Del to restart\r\n",
        b"\r\nRemove disks or other media.\xff\r\nDisk error\xff\r\nPress any key to restart\r\n",
        b"An operating system wasn't found. Try disconnecting any drives that don't\r\ncontain an operating system.",
        b"GRUB \0Geom\0Hard Disk\0Read\0 Error\r\n",
        b"isolinux.bin missing or corrupt.\r\nOperating system load error.\r\n",
        b"Non-system disk\r\nPress any key to reboot\r\n",
    ],
)
def test_what_known_boot_programs_say_is_known(said: bytes) -> None:
    assert list(texts_in_program(b"\xfa\x33\xc0\x8e\xd0\xbc" + said + bytes(20))) == []


def test_anything_else_in_a_boot_program_is_told_in_both_widths() -> None:
    wide = SENTENCE.decode().encode("utf-16-le")
    assert list(texts_in_program(bytes(9) + SENTENCE)) == [(9, SENTENCE)]
    assert list(texts_in_program(bytes(8) + wide)) == [(8, SENTENCE)]
    beside = b"BOOTMGR is missing, " + SENTENCE
    assert [at for at, _text in texts_in_program(beside)] == [0]


@given(st.binary(max_size=2000), st.integers(0, 1 << 40))
def test_whatever_the_bytes_places_lie_in_them_in_order(chunk: bytes, at: int) -> None:
    reach = at
    for place, text in long_texts(chunk, at):
        assert place >= reach
        assert chunk[place - at : place - at + len(text)] == text
        reach = place + len(text)


def test_instructions_that_happen_to_be_letters_are_no_text() -> None:
    restored = b"".join(b"\x66" + instruction for instruction in (b"Z", b"^", b"Y", b"[", b"S", b"Q", b"V", b"R")) + b"\x66"  # push and pop
    assert list(texts_in_program(b"\x0f\x01" + restored + b"\xb8\x0e\x00")) == []
    assert list(texts_in_program(b"\x0f\x01" + b"fetch it from the attic\0")) == [(2, b"fetch it from the attic")]
