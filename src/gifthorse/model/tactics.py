"""The catalogue of tactics: the vocabulary in which approaches, favours and asks are recorded."""

from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

SCHEMA: Final = "gifthorse.tactics/1"


class Tactic(msgspec.Struct, frozen=True, kw_only=True):
    """One tactic. `prior_weight` is an expert's prior, not fitted to anything."""

    id: str
    name: str
    stage: str
    group: str
    prior_weight: float
    reportable: bool
    description: str
    indicators: tuple[str, ...]
    advice: str
    sources: tuple[str, ...]
    mitre_attack: tuple[str, ...] = ()
    disarm: tuple[str, ...] = ()
    dcsa_mcmo: str | None = None


class DerivedPattern(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern that no single report shows."""

    id: str
    name: str
    description: str


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """All tactics and derived patterns."""

    schema: str
    note: str
    tactics: tuple[Tactic, ...]
    derived_patterns: tuple[DerivedPattern, ...]

    def tactic(self, tactic_id: str) -> Tactic:
        """The tactic with this id; raises KeyError."""
        return {tactic.id: tactic for tactic in self.tactics}[tactic_id]


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that comes with this version of gifthorse, validated."""
    return read_catalogue((files("gifthorse.model") / "data" / "tactics.json").read_bytes())


def read_catalogue(body: bytes) -> Catalogue:
    """The catalogue in *body*; raises msgspec.ValidationError when a field is missing, of the wrong type, or an id is doubled."""
    found = msgspec.json.decode(body, type=Catalogue)
    ids = [tactic.id for tactic in found.tactics]
    if found.schema != SCHEMA or len(ids) != len(set(ids)):
        raise msgspec.ValidationError(f"expected {SCHEMA} with distinct ids")
    return found
