"""Markings: who may see a document further on (FIRST's Traffic Light Protocol 2.0, strictest last)."""

from enum import IntEnum


class Marking(IntEnum):
    """The five labels of TLP 2.0; a larger value is stricter."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        """The label as the standard writes it, such as ``TLP:AMBER+STRICT``."""
        return "TLP:" + self.name.replace("_", "+")


def combined(*markings: Marking) -> Marking:
    """The marking of something made from several parts: the strictest of them, RED when nothing is known."""
    return max(markings, default=Marking.RED)
