from gifthorse.inspect.usb.reading import read_folder
from gifthorse.inspect.usb.recording import recorded_devices
from tests.samples import usb as make


def test_a_recording_gives_devices_and_who_hangs_behind_whom():
    text = make.recording(
        ("/devices/pci/usb1", make.blob(make.HUB, vendor=0x1D6B, product=2)), ("/devices/pci/usb1/1-2", make.blob(make.STORAGE))
    )
    root, stick = recorded_devices(text)
    assert root.is_root_hub
    assert (stick.place, stick.parent, stick.stores) == ("1-2", "usb1", True)


def test_a_report_descriptor_further_down_makes_the_input_device_a_keyboard():
    text = make.recording(("/devices/pci/usb1/1-2", make.blob(make.STORAGE, make.RAW_HID)))
    text += "P: /devices/pci/usb1/1-2/1-2:1.1/0003:0951:1666.0001\nH: report_descriptor=05010906A101\n"
    (device,) = recorded_devices(text)
    assert device.types_keys


def test_a_sysfs_folder_is_read_from_its_files():
    files = {
        "descriptors": make.blob(make.STORAGE),
        "product": b"Flash Disk\n",
        "busnum": b"3\n",
        "idVendor": b"0951\n",
        "idProduct": b"1666\n",
    }
    (device,) = read_folder(files, "1-2").devices
    assert (device.name, device.bus, device.stores) == ("Flash Disk", 3, True)
    assert read_folder({"descriptors": b"", "idVendor": b"no"}, "1-2").devices == ()
