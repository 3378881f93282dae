"""Which part of a brief a passage belongs to, by its heading."""

import re
from typing import Final

from gifthorse.brief.place import PlaceKind

# The first that fits decides.
_BY_HEADING: Final = (
    (PlaceKind.HEALTH, re.compile(r"health|medic|vaccin|disease|hospital|altitude|water and food", re.IGNORECASE)),
    (PlaceKind.TRANSPORT, re.compile(r"transport|road|driv|rail|air travel|sea travel|taxi|getting around", re.IGNORECASE)),
    (
        PlaceKind.LAW,
        re.compile(r"\blaws?\b|legal|cultur|entry|exit|visa|passport|customs|photograph|drugs|currency|entering|permit", re.IGNORECASE),
    ),
)


def kind_of(heading: str, otherwise: PlaceKind = PlaceKind.OFFICIAL_ADVICE) -> PlaceKind:
    """The kind of a passage under *heading*; *otherwise* when the heading says nothing."""
    return next((kind for kind, pattern in _BY_HEADING if pattern.search(heading)), otherwise)
