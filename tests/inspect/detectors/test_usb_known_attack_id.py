import pytest

from gifthorse.inspect.usb.inspecting import examine_usb
from tests.samples import usb as make


def found(vendor, product):
    return [
        (finding.id, finding.severity.value) for finding in examine_usb(make.blob(make.KEYBOARD, vendor=vendor, product=product), "x")[0]
    ]


@pytest.mark.parametrize(("vendor", "product"), [(0xD3C0, 0xD34D), (0xF000, 0xFF01), (0x16D0, 0x0753), (0x2341, 0x8036)])
def test_numbers_that_attack_tools_come_with_are_a_line_and_no_more(vendor, product):
    assert found(vendor, product) == [("usb.known-attack-id", "info")]


def test_the_numbers_of_an_ordinary_keyboard_are_no_finding():
    assert found(0x046D, 0xC31C) == []


@pytest.mark.parametrize("name", ["Flipper Zero", "USB Rubber Ducky", "O.MG Cable", "Bash Bunny Mark II"])
def test_a_tool_that_says_its_name_is_a_line(name):
    text = make.lsusb(make.KEYBOARD, vendor=0x0483, product=0x5740, name=name)
    assert [finding.severity.value for finding in examine_usb(text.encode(), "x")[0]] == ["info"]


def test_an_ordinary_serial_port_with_the_same_numbers_is_no_finding():
    assert examine_usb(make.lsusb(make.SERIAL, vendor=0x0483, product=0x5740, name="STM32 Virtual ComPort").encode(), "x")[0] == []
