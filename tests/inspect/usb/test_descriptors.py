import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.usb.descriptors import NoDescriptors, device_from, is_keyboard
from gifthorse.inspect.usb.inspecting import examine_usb
from gifthorse.inspect.usb.reading import describe, is_usb
from tests.samples import usb as make


def test_a_stick_is_read_with_its_interfaces_and_endpoints():
    device = device_from(make.blob(make.STORAGE), place="x")
    assert (device.identity, device.stores, device.types_keys, device.networks) == ("0951:1666", True, False, False)
    assert device.interfaces[0].triple == "08:06:50"
    assert device.interfaces[0].endpoints == ((0x81, 2), (0x02, 2))


def test_several_configurations_are_all_read():
    device = device_from(make.blob(make.STORAGE) + make.configuration([make.KEYBOARD], value=2), place="x")
    assert device.types_keys
    assert device.interfaces[1].configuration == 2


@pytest.mark.parametrize("blob", [b"", b"\x12\x01", b"\x09\x02" + bytes(30), bytes(64)])
def test_what_does_not_begin_with_a_device_is_refused(blob):
    with pytest.raises(NoDescriptors):
        device_from(blob, place="x")


def test_a_report_descriptor_tells_a_keyboard_from_a_mouse():
    assert is_keyboard(bytes.fromhex("05010906A101"))
    assert not is_keyboard(bytes.fromhex("05010902A101"))
    assert not is_keyboard(bytes.fromhex("06 00FF 0906"))


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail_or_hang(noise):
    for content in (
        noise,
        make.blob(make.STORAGE)[:18] + noise,
        b"Bus 001 Device 002: ID 1234:5678 " + noise,
        b"P: /devices/x\nA: idVendor=1234\n" + noise,
    ):
        is_usb(content, len(content))
        describe(content, "x")
        examine_usb(content, "x")
