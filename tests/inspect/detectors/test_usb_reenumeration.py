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


@pytest.mark.parametrize("link", [189, 220, 249])
def test_a_device_that_gets_a_new_address_and_identity_without_leaving_is_worth_caution(link):
    first = make.addressed(5, link=link, at=0.9) + make.plugged(STICK, link=link, at=1.0)
    second = make.addressed(6, link=link, at=3.0) + make.plugged(TYPIST, link=link, at=3.1, address=6)
    assert found(first, second, link=link) == ["medium"]


def test_the_same_port_tells_surely_that_it_is_the_same_device():
    first = make.addressed(5, link=220, at=0.9, port=2) + make.plugged(STICK, link=220, at=1.0)
    second = make.addressed(6, link=220, at=3.0, port=2) + make.plugged(TYPIST, link=220, at=3.1, address=6)
    assert found(first, second) == ["high"]


def test_devices_in_two_ports_are_two():
    first = make.addressed(5, link=220, at=0.9, port=2) + make.plugged(STICK, link=220, at=1.0)
    second = make.addressed(6, link=220, at=3.0, port=3) + make.plugged(TYPIST, link=220, at=3.1, address=6)
    assert found(first, second) == []


def test_a_device_that_goes_on_talking_or_waits_has_not_become_another():
    keyboard = make.addressed(5, link=220, at=0.9) + make.plugged(TYPIST, link=220, at=1.0)
    stick = make.addressed(6, link=220, at=3.0) + make.plugged(STICK, link=220, at=3.1, address=6)
    assert found(keyboard, stick) == ["medium"]
    assert found(keyboard, make.waits(link=220, at=1.2), stick) == []
    assert found(keyboard, stick, make.key(9.0, 0, 4, link=220)) == []


def test_another_class_or_other_interfaces_at_the_same_address_are_another_device():
    same_numbers = make.blob(make.KEYBOARD)
    assert found(make.plugged(STICK, link=220), make.asked(2.0, 220, bytes.fromhex("800600020000ff00"), same_numbers[18:])) == ["high"]
    network = make.blob(make.NETWORK, device_class=2)
    assert found(make.plugged(STICK, link=220), make.plugged(network, link=220, at=2.0)) == ["high"]


def test_the_same_descriptors_asked_for_again_are_the_same_device():
    again = make.plugged(STICK, link=220, at=2.0)
    shorter = make.asked(3.0, 220, bytes.fromhex("8006000200000900"), STICK[18:27])
    assert found(make.plugged(STICK, link=220), again, shorter, make.plugged(STICK, link=220, at=4.0)) == []


def test_what_a_device_says_before_it_has_an_address_is_no_device_of_its_own():
    before = make.asked(0.5, 220, bytes.fromhex("8006000100004000"), TYPIST[:18], 0)
    assert found(
        make.plugged(STICK, link=220), make.unplugged(link=220, at=0.4), before, make.plugged(TYPIST, link=220, at=1.0, address=6)
    ) == ["high"]
