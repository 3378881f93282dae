"""Hard identifiers in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.resolve import identifiers


@pytest.mark.parametrize("text", ["0151 2345 6789", "+49 (151) 23456789", "0049-151-23456789", "０１５１ ２３４５ ６７８９"])
def test_a_phone_number_is_one_number_however_it_is_written(text: str) -> None:
    assert identifiers.phone(text, "DE") == "+4915123456789"


@pytest.mark.parametrize("text", ["", "12", "call me", "+", "\ud800", "9" * 1000], ids=range(6))
def test_what_is_no_phone_number_is_left_out(text: str) -> None:
    assert identifiers.phone(text, "DE") is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Lena.Vogt+fair@GMail.com", "lenavogt@gmail.com"),
        ("lenavogt@googlemail.com", "lenavogt@gmail.com"),
        ("lena.vogt+x@firm.example", "lena.vogt@firm.example"),
        ("<mail@bücher.example>", "mail@xn--bcher-kva.example"),
        ("lena.vogt@firm", None),
        ("lena vogt@firm.example", None),
        ("+@firm.example", None),
    ],
)
def test_dots_go_only_where_the_provider_ignores_them(text: str, read: str | None) -> None:
    assert identifiers.mail(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("https://de.linkedin.com/in/Lena-Vogt/en?utm_source=share", "linkedin.com/in/lena-vogt"),
        ("www.linkedin.com/in/lena-vogt/", "linkedin.com/in/lena-vogt"),
        ("https://twitter.com/LenaV?s=20", "x.com/lenav"),
        ("https://www.facebook.com/profile.php?id=123&ref=x", "facebook.com/profile.php?id=123"),
        ("https://scholar.example/citations?user=Ab1&hl=en", "scholar.example/citations?user=Ab1"),
        ("https://firm.example/", None),
        ("javascript:alert(1)", None),
        ("http://[broken", None),
    ],
)
def test_a_profile_loses_tracking_and_aliases_and_nothing_else(text: str, read: str | None) -> None:
    assert identifiers.profile(text) == read


def test_messengers_that_go_by_number_hold_the_number() -> None:
    assert identifiers.messenger("WA: 0151 23456789", "DE") == "whatsapp:+4915123456789"
    assert identifiers.messenger("telegram:@Lena_V", "DE") == identifiers.messenger("tg:lena_v", "DE")
    assert identifiers.messenger("Lena", "DE") is None


def test_accounts_keep_their_case_only_where_it_means_something() -> None:
    assert identifiers.account("de89 3704 0044 0532 0130 00") == "DE89370400440532013000"
    assert identifiers.account("1BoatSLRHtKNngkdXEeobR76b53LETtpyT") == "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"


@given(st.text(max_size=300))
def test_any_text_is_read_or_left_out(text: str) -> None:
    for read in (
        identifiers.mail(text),
        identifiers.profile(text),
        identifiers.messenger(text, "DE"),
        identifiers.account(text),
        identifiers.phone(text, "DE"),
    ):
        assert read is None or read
