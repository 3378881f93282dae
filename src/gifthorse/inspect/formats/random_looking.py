"""Whether a whole file looks random, as containers do whose encryption leaves no mark (VeraCrypt, plain dm-crypt, one-time pads).

Compressed formats begin with a header and keep a bias in their bytes; what is tested here has neither, from its first sector to its last.
"""

from collections import Counter
from typing import Final

from gifthorse.inspect.item import Content

SECTOR: Final = 512
BLOCK: Final = 16
LEAST: Final = 64 * 1024
_PIECE: Final = 64 * 1024
_PIECES: Final = 16
# Chi-square of byte values against an even spread has 255 degrees of freedom: random bytes give 255 with a deviation of 23, so that the
# bounds below leave out one random piece in a hundred thousand, and nearly all that was compressed.
_LOWEST, _HIGHEST = 165.0, 360.0
_HIGHEST_TOGETHER: Final = 345.0
_FEWEST_VALUES: Final = 195  # different values in a sector of random bytes: 222 with a deviation of 5


def looks_random_throughout(content: Content, *, of_any_size: bool = False) -> bool:
    """Whether *content*, of at least 64 KiB, has an even spread of byte values everywhere that is looked at.

    Only whole sectors count, as a container has, or whole cipher blocks of 16 bytes; any size where the name promises a known kind of
    file (*of_any_size*), of which nothing is to be seen.
    """
    if content.size < LEAST or (content.size % BLOCK and not of_any_size):
        return False
    if not (_is_even_sector(content.read(0, SECTOR)) and _is_even_sector(content.read(content.size - SECTOR, SECTOR))):
        return False
    together: Counter[int] = Counter()
    count = min(_PIECES, content.size // _PIECE)
    for index in range(count):
        at = (content.size - _PIECE) * index // max(1, count - 1)
        piece = Counter(content.read(at, _PIECE))
        if not _LOWEST < _spread(piece) < _HIGHEST:
            return False
        together.update(piece)
    return _spread(together) < _HIGHEST_TOGETHER


def _is_even_sector(sector: bytes) -> bool:
    return len(set(sector)) >= _FEWEST_VALUES


def _spread(counts: Counter[int]) -> float:
    expected = counts.total() / 256
    return sum((counts.get(value, 0) - expected) ** 2 for value in range(256)) / expected
