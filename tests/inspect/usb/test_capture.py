import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.usb.capture import packets_in
from gifthorse.inspect.usb.inspecting import examine_usb
from gifthorse.inspect.usb.reading import capture_link, is_usb, read_usb
from gifthorse.model.errors import Unreadable
from tests.samples import usb as make


@pytest.mark.parametrize("form", ["pcap", "pcap-big-endian", "pcap-nanoseconds", "pcapng"])
@pytest.mark.parametrize("link", [189, 220, 249])
def test_a_device_is_read_out_of_every_kind_of_capture(form, link):
    capture = make.capture(make.plugged(make.blob(make.STORAGE, make.KEYBOARD), link=link, names=("Maker", "Flash Disk", "S1")), link, form)
    assert is_usb(capture[:4096], len(capture))
    (device,) = read_usb(capture, "a").devices
    assert (device.identity, device.name, device.serial, device.stores, device.types_keys) == ("0951:1666", "Flash Disk", "S1", True, True)


def test_times_are_seconds_in_every_kind_of_capture():
    for form in ("pcap", "pcap-big-endian", "pcap-nanoseconds", "pcapng"):
        times = [at for at, _, _ in packets_in(make.capture([(1.25, b"x" * 64), (2.5, b"y" * 64)], 220, form))]
        assert times == pytest.approx([1.25, 2.5])


def test_a_capture_of_a_network_is_not_taken_for_one_of_usb():
    capture = make.capture([(0.0, b"x" * 60)], 1, "pcap")
    assert capture_link(capture) == 1
    assert not is_usb(capture, len(capture))


def test_what_is_no_capture_is_refused_with_advice():
    with pytest.raises(Unreadable, match="pcap"):
        packets_in(b"not a capture at all, this is")


def test_a_capture_that_is_cut_off_is_read_up_to_there():
    capture = make.capture(make.plugged(make.blob(make.STORAGE), link=220), 220, "pcap")
    for cut in range(0, len(capture), 7):
        examine_usb(capture[:cut], "a")


@given(st.data())
def test_damaged_captures_never_raise(data):
    whole = make.capture(
        make.plugged(make.blob(make.STORAGE), link=220) + make.typed("ls\n", link=220), 220, data.draw(st.sampled_from(["pcap", "pcapng"]))
    )
    damaged = bytearray(whole)
    for at, value in data.draw(st.lists(st.tuples(st.integers(4, len(whole) - 1), st.integers(0, 255)), max_size=10)):
        damaged[at] = value
    examine_usb(bytes(damaged), "a")
