"""A mail goes to one address, and an address that mail doesn't know holds up nobody else's notice."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gifthorse.desk.outgoing import Server, written
from gifthorse.procedures.send_notices import ADDRESS, Mail

DESK = Server(host="", port=587, security="none", user="", password_file="", sender="desk@example.org", desk="")
ODD = ("a@", "@", "a@[", "a@b,c@example.org", "a@b;c@d", "x:a@b;", "<a@b", "=?x@b", "\ud800@b", "\x00@b", "a@@b", "a@b\nBcc: c@d", "(@b")


@pytest.mark.parametrize("address", ODD, ids=ascii)
def test_what_is_not_one_plain_address_gets_no_mail(address):
    assert ADDRESS.fullmatch(address) is None


@pytest.mark.parametrize("address", ["first.last+desk@mail.example.org", "o'neil@example.org", "käthe@bücher.example"], ids=ascii)
def test_usual_addresses_do(address):
    assert ADDRESS.fullmatch(address)


@given(some.one_of(some.from_regex(ADDRESS, fullmatch=True), some.text(".a=?@,-\u00e9", max_size=12).filter(ADDRESS.fullmatch)))
def test_every_address_that_is_taken_makes_a_mail_to_it_alone(address):
    message = written(Mail(to=address, number=1, urgent=False), DESK)
    assert message.as_bytes()
    assert len(message["To"].addresses) == 1
