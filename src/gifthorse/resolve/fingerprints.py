"""Fingerprints of texts and pictures: the same input gives the same fingerprint on every machine and in every year.

The text fingerprint is a one-permutation MinHash: every run of three words is hashed once, the hash chooses one of 16 bins, and each
bin keeps its smallest. The share of bins that agree estimates how much of two texts is the same.
"""

import hashlib
import re
import unicodedata
from typing import Final

BINS: Final = 16
EMPTY_BIN: Final = -1
SHINGLE: Final = 3
LEAST_BINS: Final = 4  # below, a text is a greeting: it says nothing about who wrote it
LONGEST_TEXT: Final = 8000
PORTRAIT_BITS: Final = 64
LEAST_CONTRAST: Final = 8  # bits set or unset: fewer is a blank picture or a silhouette
WORD: Final = re.compile(r"\w+")


def text_fingerprint(untrusted_text: str) -> tuple[int, ...]:
    """16 numbers of 32 bits (-1 for an empty bin), or nothing when the text is too short to mean anything.

    Numbers, addresses and greetings by name change between copies of one message: only runs of words count. Writing without spaces
    is read character by character.
    """
    words = _words(untrusted_text)
    bins = [EMPTY_BIN] * BINS
    for start in range(len(words) - SHINGLE + 1):
        digest = _digest(" ".join(words[start : start + SHINGLE]))
        place, value = digest % BINS, digest >> 32
        if bins[place] == EMPTY_BIN or value < bins[place]:
            bins[place] = value
    return tuple(bins) if sum(value != EMPTY_BIN for value in bins) >= LEAST_BINS else ()


def text_likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """0 to 1: the share of filled bins that agree; 0 when either is missing."""
    if len(one) != BINS or len(other) != BINS:
        return 0.0
    filled = agreeing = 0
    for left, right in zip(one, other, strict=True):
        if left != EMPTY_BIN or right != EMPTY_BIN:
            filled += 1
            agreeing += left == right
    return agreeing / filled if filled else 0.0


def text_bands(fingerprint: tuple[int, ...]) -> list[str]:
    """Keys under which texts that are alike meet: neighbouring filled bins, two by two."""
    if len(fingerprint) != BINS:
        return []
    pairs = ((place, fingerprint[place], fingerprint[place + 1]) for place in range(0, BINS, 2))
    return [f"{place}:{left:x}:{right:x}" for place, left, right in pairs if EMPTY_BIN not in {left, right}]


def card_hash(untrusted_text: str) -> str:
    """32 hex digits that are the same for the same words on a card in any layout, order or case; empty for an empty card."""
    words = sorted(_words(untrusted_text))
    return hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if words else ""


def read_portrait(untrusted_hex: str) -> int | None:
    """The 64 bits of a perceptual hash; None when it is not one, or the picture was blank."""
    if not re.fullmatch(r"[0-9a-fA-F]{16}", untrusted_hex):
        return None
    bits = int(untrusted_hex, 16)
    return bits if LEAST_CONTRAST <= bits.bit_count() <= PORTRAIT_BITS - LEAST_CONTRAST else None


def portrait_bands(bits: int) -> list[str]:
    """Five keys of 13 bits (the last of 12): two portraits with up to four different bits share at least one of them."""
    return [f"{band}:{(bits >> (13 * band)) & 0x1FFF:x}" for band in range(5)]


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()
    words: list[str] = []
    for word in WORD.findall(folded):
        words.extend(word if any("\u3040" <= letter <= "\u9fff" for letter in word) else [word])
    return words


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
