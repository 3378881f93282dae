"""Draws that look random and are the same on every machine: a seed in, numbers out, nothing remembered in between."""

from hashlib import shake_128
from struct import unpack
from typing import Final

BITS: Final = 32


def draws(seed: int, part: str, count: int) -> tuple[int, ...]:
    """*count* numbers below 2**32, decided by *seed* and *part* alone (SHAKE-128 of both, read little-endian)."""
    return unpack(f"<{count}I", shake_128(f"{seed}/{part}".encode()).digest(4 * count))
