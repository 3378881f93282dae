import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.report.mail_hosts import (
    borrowed,
    has_punycode,
    host_of,
    imitated,
    is_number,
    passes_on_to,
    shown,
    skeleton,
    under,
    unwrapped,
)

KNOWN = frozenset({"kestrelworks.example", "opticsforum.org", "ibm.com"})


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("kestre1works.example", "kestrelworks.example"),
        ("kestrelvvorks.example", "kestrelworks.example"),
        ("kеstrelworks.example", "kestrelworks.example"),
        ("kestrelwörks.example", "kestrelworks.example"),
        ("kestrelwork.example", "kestrelworks.example"),
        ("kestrelwroks.example", "kestrelworks.example"),
        ("opticsforum.org.login.example", "opticsforum.org"),
        ("mail.0pticsforum.org", "opticsforum.org"),
    ],
)
def test_what_only_looks_like_a_known_name_is_told(host: str, known: str) -> None:
    assert imitated(host, KNOWN) == known


@pytest.mark.parametrize("host", ["opticsforum-events.com", "opticsforum.com", "opticsforum.pages.example", "0pticsforum.net"])
def test_a_known_name_in_another_domain_is_told_and_no_more(host: str) -> None:
    assert borrowed(host, KNOWN) == "opticsforum.org"
    assert imitated(host, KNOWN) is None


@pytest.mark.parametrize("host", ["opticsforum.org", "news.opticsforum.org", "forum.example", "ibm.net", ""])
def test_a_name_of_its_own_is_not_borrowed(host: str) -> None:
    assert borrowed(host, KNOWN) is None


@pytest.mark.parametrize("host", ["kestrelworks.example", "www.kestrelworks.example", "opticsworld.org", "ibn.com", "forum.example", ""])
def test_known_and_other_honest_names_are_no_imitations(host: str) -> None:
    assert imitated(host, KNOWN) is None


def test_punycode_is_shown_as_the_letters_that_it_stands_for() -> None:
    assert shown("xn--kstrelworks-9gk.example") != "xn--kstrelworks-9gk.example"
    assert has_punycode("https://xn--mnchen-3ya.example/")
    assert host_of("https://xn--mnchen-3ya.example/") == "münchen.example"
    assert not has_punycode("https://muenchen.example/")
    assert shown("xn--\u00ff.example") == "xn--\u00ff.example"


def test_a_domain_holds_what_lies_under_it_only() -> None:
    assert under("a.b.opticsforum.org", KNOWN) == "opticsforum.org"
    assert under("badopticsforum.org", KNOWN) is None


def test_links_are_followed_through_rewriting_services_as_far_as_they_say() -> None:
    inner = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2Fa&data=1"
    assert unwrapped(inner) == "https://evil.example/a"
    assert unwrapped("https://safelinks.protection.outlook.com/?data=1") == "https://safelinks.protection.outlook.com/?data=1"
    assert unwrapped("https://a.example/?url=https://b.example") == "https://a.example/?url=https://b.example"


def test_numbers_are_no_names() -> None:
    assert is_number(host_of("http://192.0.2.7/a"))
    assert is_number(host_of("http://[2001:db8::1]/"))
    assert not is_number("a.example")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_target_has_a_host_or_none(target: str) -> None:
    host = host_of(target)
    assert host == host.lower()
    assert imitated(host, KNOWN) in {None, *KNOWN}
    assert unwrapped(target) is not None


@settings(deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-аеорс.", max_size=30))
def test_the_eye_sees_the_same_the_second_time(name: str) -> None:
    assert skeleton(skeleton(name)) == skeleton(name)


BEHIND = "https://opticsforum.example/talk"


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://urldefense.com/v3/__https://opticsforum.example/talk__;!!Ab!cd$",
        "https://urldefense.com/v3/__https:/opticsforum.example/talk__;!!Ab!cd$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__opticsforum.example_talk&d=DwMF",
        "https://secure-web.cisco.com/1aB-c/https%3A%2F%2Fopticsforum.example%2Ftalk",
        "https://protect.checkpoint.com/v2/___https://opticsforum.example/talk___.YzJ1",
        "https://www.google.com/url?sa=j&url=https%3A%2F%2Fopticsforum.example%2Ftalk",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fopticsforum.example%2Ftalk__%3B!!x!y%24",
    ],
)
def test_a_link_is_seen_through_the_services_that_rewrite_it(wrapped: str) -> None:
    assert unwrapped(wrapped) == BEHIND


@pytest.mark.parametrize(
    "other",
    ["https://urldefense.com/v3/__ftp://a.example__;", "https://secure-web.cisco.com/1/x", "https://a.example/__https://b.example__;"],
)
def test_what_hides_no_address_stays_as_it_is(other: str) -> None:
    assert unwrapped(other) == other


def test_an_address_within_an_address_is_named() -> None:
    assert passes_on_to("https://news.example/c?u=https%253A%252F%252Fopticsforum.example%252Ftalk") == {"opticsforum.example"}
    assert passes_on_to("https://opticsforum.example/talk") == frozenset()


@pytest.mark.parametrize(("target", "host"), [("//a.example/x", "a.example"), ("https://a.example\u3002b.example/", "a.example.b.example")])
def test_other_ways_to_write_a_host_are_read_as_browsers_do(target: str, host: str) -> None:
    assert host_of(target) == host
