import pytest

from gifthorse.inspect.usb.inspecting import examine_usb
from tests.samples import usb as make


def found(name, *interfaces):
    return [
        finding.severity.value
        for finding in examine_usb(make.lsusb(*interfaces, name=name).encode(), "x")[0]
        if finding.id == "usb.charger-with-data"
    ]


@pytest.mark.parametrize(
    "name", ["Travel Charger", "PowerBank 10000", "Mini Fan", "LED Light", "Mug Warmer", "USB-C Charge Cable", "Christmas Tree"]
)
@pytest.mark.parametrize("interface", [make.STORAGE, make.KEYBOARD, make.NETWORK])
def test_what_needs_only_power_and_offers_data_is_dangerous(name, interface):
    assert found(name, interface) == ["high"]


def test_a_makers_own_interface_is_a_line():
    assert found("Power Bank Pro", make.VENDOR) == ["low"]


@pytest.mark.parametrize(
    ("name", "interface"),
    [
        ("DataTraveler", make.STORAGE),
        ("USB2.0 Hub Charger", make.HUB),
        ("USB-Serial Cable", make.SERIAL),
        ("Fancy Keyboard", make.KEYBOARD),
        ("Lightning Stick", make.STORAGE),
    ],
)
def test_things_that_are_made_for_data_are_no_finding(name, interface):
    assert found(name, interface) == []


def test_a_charger_that_shows_nothing_is_no_finding():
    assert found("Travel Charger") == []


@pytest.mark.parametrize(
    "name", ["Ladegerät 65W", "Chargeur rapide", "Cargador", "Зарядное устройство", "充电宝", "USB-C Cable", "USB Type-C to C Cable"]
)
def test_it_is_known_by_its_name_in_other_languages_too(name):
    assert found(name, make.KEYBOARD) == ["high"]


@pytest.mark.parametrize("name", ["USB-Serial Cable", "HDMI Cable Tester", "USB2.0 Flash", "Fanatec Pedals", "Lampert Keyboard"])
def test_names_that_only_contain_such_a_word_are_no_finding(name):
    assert found(name, make.KEYBOARD) == []
