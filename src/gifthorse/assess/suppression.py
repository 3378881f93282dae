"""Small cells, kept from being read or computed back: a column of counts whose total is known.

Counts below `SMALL` are left out. What is left of the total would still give one away, and somebody who knows this rule could narrow
down more; so the next larger count is left out as well, with all that equal it. Then any two left-out counts could be swapped without
a trace: the table tells of none of them which it is.
"""

from collections.abc import Mapping
from typing import Final

SMALL: Final = 5


def suppressed(counts: Mapping[str, int]) -> dict[str, int | None]:
    """*counts* by key, with None for each that is left out.

    Where there is but one row, or a total of 0, the total alone gives the counts away and no table can hide it: don't show one.
    """
    small = any(count < SMALL for count in counts.values())
    next_larger = min((count for count in counts.values() if count >= SMALL), default=SMALL)
    most_hidden = next_larger if small else -1
    return {key: None if count <= most_hidden else count for key, count in sorted(counts.items())}
