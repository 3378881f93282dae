"""Opaque identifiers: they say what kind of record it is, and nothing about it.

An id is a kind prefix, a dash and 13 characters of Crockford's base 32: twelve of 60 random bits, one check character,
so that an id read off a bag label over the phone is caught when one character is wrong or two neighbours are swapped.
"""

from collections.abc import Callable
from typing import Final

from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_ALPHABET: Final = ALPHABET + "*~$=U"  # Crockford's check symbols: 37 is the first prime above 32
SAFE_CHECKS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BITS: Final = 60
BODY_LENGTH: Final = 12
LOOK_ALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})


def opaque_id(prefix: str, random_bytes: Callable[[int], bytes]) -> str:
    """A new id such as ``item-7ZZ3K0QH2M4DX``; *random_bytes(n)* gives n unpredictable bytes.

    Numbers whose check symbol is not an ordinary letter are drawn again: ids stand in addresses, file names and QR codes.
    """
    while True:
        number = int.from_bytes(random_bytes(8), "big") >> (64 - RANDOM_BITS)
        check = CHECK_ALPHABET[number % 37]
        if check in SAFE_CHECKS:
            return f"{prefix}-{_body(number)}{check}"


def read_id(text: str, prefix: str) -> str:
    """The canonical form of an id that a person typed; raises NotAccepted when it can't be one."""
    kind, dash, rest = text.strip().partition("-")
    body = rest.upper().translate(LOOK_ALIKES)
    well_formed = dash and kind.lower() == prefix and len(body) == BODY_LENGTH + 1 and all(c in ALPHABET for c in body)
    if not well_formed or CHECK_ALPHABET[_number(body[:-1]) % 37] != body[-1]:
        raise NotAccepted(N_("This number has a typing error. Please compare it with the label once more."), field="id")
    return f"{prefix}-{body}"


def _body(number: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(RANDOM_BITS - 5, -1, -5))


def _number(body: str) -> int:
    value = 0
    for character in body:
        value = value * 32 + ALPHABET.index(character)
    return value
