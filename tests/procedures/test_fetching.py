"""An address that somebody sets leads out of the house, by https, and nowhere else."""

import socket
import threading
from contextlib import suppress

import pytest

from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.procedures import fetching
from gifthorse.procedures.fetching import checked_address, fetched, public_address


@pytest.mark.parametrize(
    "address",
    [
        "http://calendar.example.org/a.ics",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@calendar.example.org/",
        "ftp://calendar.example.org/",
        "https://calendar.example.org/a b",
        "https://calendar.example.org:99999/",
        "javascript:alert(1)",
        "",
    ],
)
def test_only_plain_https_addresses_are_taken(address):
    with pytest.raises(NotAccepted, match="https"):
        checked_address(address)


def test_the_addresses_that_calendars_publish_count_as_https():
    assert checked_address(" webcal://calendar.example.org/a.ics ") == "https://calendar.example.org/a.ics"


@pytest.mark.parametrize(
    "numeric",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "::10.0.0.1",
        "fec0::1",
        "224.0.0.1",
        "not-a-number",
    ],
)
def test_no_address_within_the_house_is_asked(numeric):
    with pytest.raises(NotAccepted, match="out of this network"):
        public_address("calendar.example.org", 443, lambda _host, _port: [numeric])


def test_one_inner_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(NotAccepted):
        public_address("calendar.example.org", 443, lambda _host, _port: ["93.184.216.34", "10.0.0.1"])


def test_a_public_address_behind_a_translating_network_is_asked():
    assert public_address("calendar.example.org", 443, lambda _host, _port: ["64:ff9b::93.184.216.34"]) == "64:ff9b::93.184.216.34"


def test_an_answer_whose_head_drips_in_is_cut_off(monkeypatch):
    """The other side sends a byte at a time and never ends a line: only the end of the whole time ends it."""
    here, there = socket.socketpair()
    done = threading.Event()

    def drip():
        with suppress(OSError):
            while not done.wait(0.01):
                there.send(b"H")

    def connect(connection):
        connection.sock = here

    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    monkeypatch.setattr(fetching._Pinned, "connect", connect)
    dripping = threading.Thread(target=drip, daemon=True)
    dripping.start()
    try:
        with pytest.raises(Unreadable, match="did not answer"):
            fetched("https://calendar.example.org/a.ics", lambda _host, _port: ["93.184.216.34"])
    finally:
        done.set()
        dripping.join()
        there.close()


def test_a_public_address_is_taken_as_it_was_checked():
    assert public_address("calendar.example.org", 443, lambda _host, _port: ["93.184.216.34"]) == "93.184.216.34"


def test_the_connection_goes_to_the_address_that_was_checked_and_names_are_not_looked_up_again(monkeypatch):
    asked = []

    def refuse(place, _timeout):
        asked.append(place)
        raise OSError("no network in tests")

    monkeypatch.setattr(fetching.socket, "create_connection", refuse)
    with pytest.raises(Unreadable, match="did not answer"):
        fetched("https://calendar.example.org/a.ics", lambda _host, _port: ["93.184.216.34"])
    assert asked == [("93.184.216.34", 443)]


class _Answer:
    def __init__(self, chunks):
        self._chunks = list(chunks)

    def read1(self, _size):
        return self._chunks.pop(0) if self._chunks else b""


def test_what_is_too_large_is_dropped(monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 10)
    assert fetching._body(_Answer([b"12345", b"12345"]), until=float("inf")) == b"1234512345"
    with pytest.raises(Unreadable, match="too large"):
        fetching._body(_Answer([b"12345", b"123456"]), until=float("inf"))


def test_what_comes_too_slowly_is_dropped():
    with pytest.raises(Unreadable, match="too slowly"):
        fetching._body(_Answer([b"1"]), until=0.0)
