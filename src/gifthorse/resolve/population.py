"""How common everything is: counted over the contacts at hand, with a packaged list of common names beneath.

A pool is small and lopsided: in one with few names of a kind, a name that half of a country bears looks rare. So a part of a name is
never taken to be rarer than the packaged list says, whoever bears it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from math import prod
from typing import Final

from gifthorse.resolve import fingerprints
from gifthorse.resolve.names import chinese, korean
from gifthorse.resolve.names.likeness import NameMatch
from gifthorse.resolve.names.parts import latin_part
from gifthorse.resolve.names.reading import Name
from gifthorse.resolve.prepared import Prepared
from gifthorse.resolve.weights import weights

IMAGINED: Final = 1000  # contacts added to the pool in every share, so that a pool of ten doesn't make everything common
IMAGINED_BEARERS: Final = 100_000  # the same for identifiers, which are rarer
SHARE_OF_A_FIRST_LETTER: Final = 0.08


class Population:
    """The contacts at hand with their counts. Adding and taking away are exact opposites."""

    def __init__(self, contacts: Iterable[Prepared] = ()) -> None:
        self.contacts: dict[str, Prepared] = {}
        self.counts: Counter[str] = Counter()
        self.bearers: dict[str, list[str]] = {}
        self._marks: dict[str, int] = {}
        self._shares: dict[str, float] = {}
        for contact in contacts:
            self.add(contact)

    def __len__(self) -> int:
        return len(self.contacts)

    def add(self, contact: Prepared) -> None:
        """*contact* counts from now on; one with the same id is replaced."""
        self.discard(contact.id)
        self.contacts[contact.id] = contact
        self.counts.update(_counted(contact))
        self._shares.clear()
        for value in identifying(contact):
            self.bearers.setdefault(value, []).append(contact.id)
            self._marks.pop(value, None)

    def discard(self, contact_id: str) -> None:
        """The contact counts no longer; nothing happens when there is none."""
        contact = self.contacts.pop(contact_id, None)
        if contact is None:
            return
        self._shares.clear()
        for key in _counted(contact):
            self.counts[key] -= 1
            if not self.counts[key]:
                del self.counts[key]
        for value in identifying(contact):
            self.bearers[value].remove(contact_id)
            self._marks.pop(value, None)
            if not self.bearers[value]:
                del self.bearers[value]

    def share_of_parts(self, match: NameMatch, one: Name, other: Name) -> float:
        """How often two names agree so by chance: the product of the shares of the two commonest parts, the further ones
        counting little; at least the share of the whole name.
        """
        shares = sorted((max(map(self._share_of_part, keys)) for keys in match.shared), reverse=True)
        share = prod(shares[:2]) * prod(max(further, weights().further_part.value) for further in shares[2:])
        whole = max(0, min(self.counts[whole_name(one)], self.counts[whole_name(other)]) - 2)
        return max(share, whole / (len(self) + IMAGINED))

    def share(self, key: str) -> float:
        """The share of contacts, other than the two compared, with this employer, event or introducer."""
        return max(0, self.counts[key] - 2) / (len(self) + IMAGINED)

    def chance_of_bearing(self, value: str) -> float:
        """How often two people share an identifier by chance: it grows with the square of the names that bear it beyond two."""
        names = self._marks.get(value)
        if names is None:
            names = len({self.contacts[bearer].mark for bearer in self.bearers.get(value, ())})
            self._marks[value] = names
        return max(0, names - 2) ** 2 / (len(self) + IMAGINED_BEARERS)

    def _share_of_part(self, key: str) -> float:
        share = self._shares.get(key)
        if share is None:
            counted = (self.counts[key] - 1) / (len(self) + IMAGINED)
            share = max(counted, packaged_shares().get(key, 0.0), weights().least_share.value)
            self._shares[key] = share = SHARE_OF_A_FIRST_LETTER if key.startswith("first:") else share
        return share


def identifying(contact: Prepared) -> Iterator[str]:
    """Everything under which contacts are found whatever their names: identifiers, portrait bands and message bands."""
    yield from contact.values
    if contact.portrait is not None:
        yield f"portrait:{contact.portrait:016x}"
        yield from (f"portrait_band:{band}" for band in fingerprints.portrait_bands(contact.portrait))
    yield from (f"message_band:{band}" for band in fingerprints.text_bands(contact.message))


def whole_name(name: Name) -> str:
    """The name in one order."""
    return "whole:" + " ".join(sorted(part.spelling for part in name.parts))


def _counted(contact: Prepared) -> set[str]:
    keys: set[str] = set()
    for name in contact.names:
        keys.add(whole_name(name))
        for part in name.parts:
            keys |= part.keys
            keys |= part.heard
            keys |= part.sounds
    for employer in contact.employers:
        keys.add(f"employer:{employer.key}")
        keys.update(f"word:{word}" for word in employer.telling)
    keys.update(f"event:{event}" for event in contact.events)
    keys.update(f"introducer:{introducer}" for introducer in contact.introducers)
    return keys


@lru_cache(maxsize=1)
def packaged_shares() -> dict[str, float]:
    """The packaged share of every key of a common name; where two names meet in one key, the larger one."""
    table = json.loads((files("gifthorse.resolve") / "data" / "common_names.json").read_bytes())["shares"]
    shares: dict[str, float] = {}
    for share, names in table.items():
        for name in names.split():
            for key in _keys_of(name):
                shares[key] = max(shares.get(key, 0.0), float(share))
    return shares


def _keys_of(name: str) -> set[str]:
    part = latin_part(name)
    eastern = {f"h:{reading}" for reading in chinese.family_behind(name)} | {f"k:{reading}" for reading in korean.family_readings(name)}
    if name in chinese.pinyin_behind(name):
        eastern.add(f"h:{name}")
    return {*part.keys, *part.sounds, *eastern, *(f"k:{reading}" for reading in korean.given_readings(name))}
