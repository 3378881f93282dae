"""Parses a document once although several detectors ask for it.

A worker looks at one item at a time, so one remembered result per parser is enough; a member that is looked at in between
only costs a second parse.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from gifthorse.inspect.item import Content, Item

Parsed = TypeVar("Parsed")


def once(parse: Callable[[Item], Parsed]) -> Callable[[Item], Parsed]:
    """*parse* that returns its last result when it is asked about the same content again."""
    remembered: list[tuple[Content, Parsed]] = []

    @wraps(parse)
    def parsed(item: Item) -> Parsed:
        if remembered and remembered[0][0] is item.content:
            return remembered[0][1]
        result = parse(item)
        remembered[:] = [(item.content, result)]
        return result

    return parsed
