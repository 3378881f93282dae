import pytest

from gifthorse.inspect.usb.inspecting import examine_usb
from tests.samples import usb as make

STICK = make.blob(make.STORAGE)
TYPIST = make.blob(make.KEYBOARD, vendor=0x05AC, product=0x0221)


def found(*packets, form="pcap", link=220):
    heard = [packet for part in packets for packet in part]
    findings = examine_usb(make.capture(heard, link, form), "capture")[0]
    return [finding.severity.value for finding in findings if finding.id == "usb.reenumeration"]


@pytest.mark.parametrize("form", ["pcap", "pcapng"])
def test_a_stick_that_leaves_and_comes_back_as_a_keyboard_is_dangerous(form):
    assert found(
        make.plugged(STICK, link=220), make.unplugged(link=220, at=4.0), make.plugged(TYPIST, link=220, at=4.5, address=6), form=form
    ) == ["high"]


def test_another_identity_at_the_same_address_is_found():
    assert found(make.plugged(STICK, link=189), make.plugged(TYPIST, link=189, at=2.0), link=189) == ["high"]


def test_the_same_serial_under_other_numbers_is_found_where_no_leaving_was_heard():
    names = ("Maker", "Stick", "A1B2")
    assert found(make.plugged(STICK, link=249, names=names), make.plugged(TYPIST, link=249, at=3.0, address=6, names=names), link=249) == [
        "high"
    ]


def test_a_change_that_gains_nothing_dangerous_is_worth_caution():
    loader = make.blob(make.VENDOR, vendor=0x2E8A, product=3)
    assert found(make.plugged(loader, link=220), make.plugged(make.blob(make.SERIAL, vendor=0x2E8A, product=5), link=220, at=2.0)) == [
        "medium"
    ]


def test_two_devices_that_stay_are_no_finding():
    assert found(make.plugged(STICK, link=220), make.plugged(TYPIST, link=220, at=2.0, address=6)) == []


def test_the_same_device_plugged_in_again_is_no_finding():
    assert found(make.plugged(STICK, link=220), make.unplugged(link=220, at=4.0), make.plugged(STICK, link=220, at=6.0, address=6)) == []


def test_another_device_plugged_in_a_minute_later_is_no_finding():
    assert found(make.plugged(STICK, link=220), make.unplugged(link=220, at=4.0), make.plugged(TYPIST, link=220, at=64.0, address=6)) == []


def test_the_same_numbers_with_a_keyboard_more_are_found_however_late():
    more = make.blob(make.STORAGE, make.KEYBOARD)
    assert found(make.plugged(STICK, link=220), make.plugged(more, link=220, at=300.0, address=6)) == ["high"]
    assert found(make.plugged(more, link=220), make.plugged(STICK, link=220, at=300.0, address=6)) == []
