import pytest

from gifthorse.inspect.usb.inspecting import examine_usb
from tests.samples import usb as make


def found(content):
    findings, _, _ = examine_usb(content.encode() if isinstance(content, str) else content, "stick")
    return [(finding.id, finding.severity.value) for finding in findings]


HIGH = [("usb.storage-and-keyboard", "high")]


@pytest.mark.parametrize("form", [make.blob, make.lsusb])
def test_a_stick_that_is_a_keyboard_is_dangerous_in_every_description(form):
    assert found(form(make.STORAGE, make.KEYBOARD)) == HIGH


def test_the_keyboard_may_stand_in_a_second_configuration():
    assert found(make.blob(make.STORAGE) + make.configuration([make.RAW_HID, make.KEYBOARD], value=2)) == HIGH


def test_a_keyboard_that_only_its_report_descriptor_betrays_is_found_in_a_recording():
    text = make.recording(("/devices/p/usb1/1-1", make.blob(make.STORAGE, make.RAW_HID)))
    assert found(text) == [("usb.storage-and-keyboard", "medium")]
    assert found(text + "P: /devices/p/usb1/1-1/1-1:1.1/x\nH: report_descriptor=05010906A101\n") == HIGH


@pytest.mark.parametrize(
    "interfaces",
    [(make.STORAGE,), (make.KEYBOARD, make.MOUSE), (make.STORAGE, make.MOUSE), (make.CAMERA, make.STORAGE), (make.SOUND, make.KEYBOARD)],
)
def test_ordinary_devices_are_no_finding(interfaces):
    assert found(make.blob(*interfaces)) == []


def test_a_machine_with_a_stick_and_a_keyboard_is_no_finding():
    machine = (
        make.lsusb(make.HUB, vendor=0x1D6B, product=2, address=1)
        + make.lsusb(make.STORAGE, address=5)
        + make.lsusb(make.KEYBOARD, address=6)
    )
    assert found(machine) == []
