from gifthorse.inspect.usb.inspecting import examine_usb
from tests.samples import usb as make


def found(text):
    return [(finding.id, finding.severity.value) for finding in examine_usb(text.encode(), "stick")[0]]


HUB = make.blob(make.HUB, vendor=0x05E3, product=0x0608)
ROOT = ("/devices/p/usb1", make.blob(make.HUB, vendor=0x1D6B, product=2))


def test_a_hub_with_storage_and_a_keyboard_behind_it_is_dangerous():
    text = make.recording(
        ROOT,
        ("/devices/p/usb1/1-1", HUB),
        ("/devices/p/usb1/1-1/1-1.1", make.blob(make.STORAGE)),
        ("/devices/p/usb1/1-1/1-1.2", make.blob(make.KEYBOARD)),
    )
    assert found(text) == [("usb.hub-in-stick", "high")]


def test_a_hub_with_storage_alone_is_worth_caution():
    text = make.recording(("/devices/p/usb1/1-1", HUB), ("/devices/p/usb1/1-1/1-1.1", make.blob(make.STORAGE)))
    assert found(text) == [("usb.hub-in-stick", "medium")]


def test_a_listing_of_one_thing_alone_is_read_the_same_way():
    text = (
        make.lsusb(make.HUB, vendor=0x05E3, product=0x0608, address=4)
        + make.lsusb(make.STORAGE, address=5)
        + make.lsusb(make.KEYBOARD, address=6)
    )
    assert found(text) == [("usb.hub-in-stick", "high")]


def test_a_machine_whose_own_hub_has_a_stick_and_a_keyboard_in_it_is_no_finding():
    parts = [(0x1D6B, make.HUB, 1), (0x8087, make.HUB, 2), (0x0951, make.STORAGE, 5), (0x046D, make.KEYBOARD, 6)]
    assert found("".join(make.lsusb(interface, vendor=vendor, product=2, address=address) for vendor, interface, address in parts)) == []
    parts[1] = (0x05E3, make.HUB, 2)
    assert found("".join(make.lsusb(interface, vendor=vendor, product=2, address=address) for vendor, interface, address in parts)) == []


def test_a_keyboard_with_ports_and_no_storage_is_no_finding():
    assert found(make.recording(("/devices/p/usb1/1-1", HUB), ("/devices/p/usb1/1-1/1-1.1", make.blob(make.KEYBOARD)))) == []


def test_a_stick_beside_a_hub_is_no_finding():
    assert found(make.recording(ROOT, ("/devices/p/usb1/1-1", HUB), ("/devices/p/usb1/1-2", make.blob(make.STORAGE)))) == []


SOUND = (1, 1, 0, ())


def test_a_docking_station_with_sound_and_network_is_a_line():
    parts = [make.lsusb(make.HUB, vendor=0x17EF, address=4), make.lsusb(make.NETWORK, address=5), make.lsusb(SOUND, address=6)]
    assert found("".join([*parts, make.lsusb(make.STORAGE, address=7)])) == [("usb.hub-in-stick", "low")]


def test_sound_excuses_no_keyboard():
    parts = [make.lsusb(make.HUB, vendor=0x17EF, address=4), make.lsusb(make.KEYBOARD, address=5), make.lsusb(SOUND, address=6)]
    assert found("".join([*parts, make.lsusb(make.STORAGE, address=7)])) == [("usb.hub-in-stick", "high")]
