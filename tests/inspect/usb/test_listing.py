import pytest

from gifthorse.inspect.usb.listing import devices_in
from gifthorse.inspect.usb.reading import is_usb, read_usb
from tests.samples import usb as make


def test_the_text_of_lsusb_gives_names_serial_and_interfaces():
    (device,) = devices_in(make.lsusb(make.STORAGE, make.KEYBOARD, name="Flash Disk", serial="0123"))
    assert (device.identity, device.name, device.serial) == ("0951:1666", "Flash Disk", "0123")
    assert [interface.triple for interface in device.interfaces] == ["08:06:50", "03:01:01"]
    assert device.interfaces[0].endpoints == ((0x81, 2), (0x02, 2))
    assert (device.bus, device.address) == (1, 5)


def test_several_devices_are_told_apart():
    text = make.lsusb(make.STORAGE, address=5) + make.lsusb(make.KEYBOARD, address=6)
    first, second = devices_in(text)
    assert (first.stores, first.types_keys, second.stores, second.types_keys) == (True, False, False, True)


def test_usbguards_list_is_read():
    (device,) = devices_in(
        '7: block id 0951:1666 serial "A\\"1" name "Stick" hash "x" via-port "1-2" with-interface { 08:06:50 03:01:01 }\n'
    )
    assert (device.place, device.name, device.stores, device.types_keys) == ("1-2", "Stick", True, True)


def test_text_about_something_else_lists_nothing():
    assert devices_in("Bus timetable\nDevice drivers: none\n") == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_a_listing_is_read_as_windows_shells_write_it(encoding):
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    text = (mark + make.lsusb(make.STORAGE, make.KEYBOARD).replace("\n", "\r\n")).encode(encoding)
    assert is_usb(text, len(text))
    (device,) = read_usb(text, "x").devices
    assert (device.stores, device.types_keys) == (True, True)
