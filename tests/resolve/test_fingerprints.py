"""Fingerprints of texts and pictures."""

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.resolve.fingerprints import card_hash, portrait_bands, read_portrait, text_bands, text_fingerprint, text_likeness

OPENING = (
    "Dear colleague, our institute follows your work on sealing rings with great interest and would like to invite you to a small "
    "workshop with all costs paid, where you could give a lecture of your choice and meet our partners from industry"
)


def test_the_same_message_to_two_people_is_recognised() -> None:
    changed = OPENING.replace("Dear colleague", "Dear Dr Vogt").upper()
    assert text_likeness(text_fingerprint(OPENING), text_fingerprint(changed)) >= 0.75
    assert set(text_bands(text_fingerprint(OPENING))) & set(text_bands(text_fingerprint(changed)))


def test_another_message_is_another() -> None:
    other = "We met at the fair in spring and I promised to send you the drawings of the pump, please find them attached, best wishes to your team and family"
    assert text_likeness(text_fingerprint(OPENING), text_fingerprint(other)) < 0.2


def test_a_greeting_says_nothing() -> None:
    assert text_fingerprint("Hello, how are you?") == ()
    assert text_likeness((), text_fingerprint(OPENING)) == 0.0


def test_fingerprints_are_the_same_on_every_machine() -> None:
    assert card_hash("Vogt, Lena\nfirm") == card_hash("LENA   VOGT firm") == "faaa1d786d1f6558f00ea934d8e6e531"


def test_blank_pictures_and_nonsense_are_no_portraits() -> None:
    assert read_portrait("0" * 16) is None
    assert read_portrait("f" * 16) is None
    assert read_portrait("xyz") is None
    assert read_portrait("a5a5a5a5a5a5a5a5") == 0xA5A5A5A5A5A5A5A5


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=4))
def test_portraits_with_four_different_bits_share_a_band(bits: int, flipped: set[int]) -> None:
    other = bits
    for place in flipped:
        other ^= 1 << place
    assert set(portrait_bands(bits)) & set(portrait_bands(other))


@given(st.text(max_size=2000))
def test_any_text_is_like_itself_or_too_short(text: str) -> None:
    found = text_fingerprint(text)
    assert not found or text_likeness(found, found) == 1.0
