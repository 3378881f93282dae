import pytest

from gifthorse.inspect.usb.inspecting import examine_usb
from tests.samples import usb as make


def found(*interfaces):
    return [(finding.id, finding.severity.value) for finding in examine_usb(make.blob(*interfaces), "stick")[0]]


@pytest.mark.parametrize("network", [make.NETWORK, make.RNDIS, (2, 0x0D, 0, ()), (2, 2, 0xFF, ()), (0xEF, 4, 1, ())])
def test_a_stick_that_is_a_network_adapter_is_dangerous(network):
    assert found(make.STORAGE, network) == [("usb.storage-and-network", "high")]


def test_a_stick_with_a_serial_line_is_worth_caution():
    assert found(make.STORAGE, make.SERIAL) == [("usb.storage-and-network", "medium")]


@pytest.mark.parametrize("interfaces", [(make.NETWORK,), (make.SERIAL,), (make.STORAGE,), (make.STORAGE, make.VENDOR)])
def test_one_without_the_other_is_no_finding(interfaces):
    assert found(*interfaces) == []
