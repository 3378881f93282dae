import pytest

from gifthorse.inspect.documents.addresses import Leads, host_of, leads


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("https://example.org/a", Leads.WEB),
        ("HTTP:\\\\example.org\\a", Leads.WEB),
        ("\\\\198.51.100.1\\a", Leads.SHARE),
        ("file://///example.org/a", Leads.SHARE),
        ("file:\\\\example.org@80\\a", Leads.SHARE),
        ("\\\\?\\UNC\\example.org\\a", Leads.SHARE),
        ("//server@SSL/DavWWWRoot/a", Leads.SHARE),
        ("\\\\3232235777\\a", Leads.SHARE),
        ("\\\\server\\a", Leads.NEARBY),
        ("file:///C:/a.dot", Leads.LOCAL_FILE),
        ("file://localhost/C:/a.dot", Leads.INSIDE),
        ("C:\\a.dot", Leads.LOCAL_FILE),
        ("embeddings/a.bin", Leads.INSIDE),
        ("../media/a.png", Leads.INSIDE),
        ("ms-msdt:/id x", Leads.MONIKER),
        ("script:http://example.org/a.sct", Leads.MONIKER),
        ("", Leads.INSIDE),
    ],
)
def test_how_far_an_address_leads(address, reach):
    assert leads(address) is reach


def test_the_host_of_an_address_is_the_one_that_answers():
    assert host_of("https://bank.example.org@evil.example.com/x") == "evil.example.com"
    assert host_of("mailto:ann@example.org") == ""


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://files.example.net/a", "files.example.net"),
        ("https://files.example.net:8443/a", "files.example.net"),
        ("https://www.example.org:x@files.example.net/a", "files.example.net"),
        ("https://www.example.org@files.example.net", "files.example.net"),
        ("http://[2001:db8::1]:80/a", "[2001:db8::1]"),
        ("\\\\files.example.net@80\\s", "files.example.net"),
        ("report.xlsx", ""),
    ],
)
def test_the_machine_is_the_one_behind_any_name_of_a_user(address: str, host: str) -> None:
    assert host_of(address) == host
