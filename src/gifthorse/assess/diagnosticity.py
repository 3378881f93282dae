"""How each kind of evidence bears on each hypothesis: reviewed data with a reason per row, read from the package."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

from gifthorse.assess.circumstances import CIRCUMSTANCES
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator
from gifthorse.model.tactics import catalogue
from gifthorse.model.words import N_

SCHEMA: Final = "gifthorse.diagnosticity/1"


class Hypothesis(StrEnum):
    """What a thread may be; the order is the one in which equals are shown: the harmless ones first."""

    ORDINARY_BUSINESS = "ordinary_business"
    FRIENDSHIP = "friendship"
    COMPETITOR = "competitor"
    CULTIVATION = "cultivation"
    GRUDGE = "grudge"  # the reports are invented, exaggerated or mistaken


WORDS: Final = {
    Hypothesis.ORDINARY_BUSINESS: N_("Ordinary business"),
    Hypothesis.FRIENDSHIP: N_("An ordinary friendship or relationship"),
    Hypothesis.COMPETITOR: N_("A commercial competitor"),
    Hypothesis.CULTIVATION: N_("Cultivation"),
    Hypothesis.GRUDGE: N_("A grudge, an invention or a mistake"),
}


class Bearing(StrEnum):
    """Whether one would expect to see the evidence if the hypothesis were true."""

    CONSISTENT = "consistent"
    NEUTRAL = "neutral"
    INCONSISTENT = "inconsistent"


class DiagnosticRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of evidence: ``tactic:T33``, ``ask:3``, ``favour:large``, ``mitigator:...`` or ``circumstance:several_reporters``."""

    evidence: str
    ordinary_business: Bearing
    friendship: Bearing
    competitor: Bearing
    cultivation: Bearing
    grudge: Bearing
    reason: str

    def bearing(self, hypothesis: Hypothesis) -> Bearing:
        """How this evidence bears on *hypothesis*."""
        found: Bearing = getattr(self, hypothesis.value)
        return found


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: str
    note: str
    rows: tuple[DiagnosticRow, ...]


@lru_cache(maxsize=1)
def diagnosticity() -> Mapping[str, DiagnosticRow]:
    """The rows that come with this version of gifthorse, by evidence."""
    return read_diagnosticity((files("gifthorse.assess") / "data" / "diagnosticity.json").read_bytes())


def read_diagnosticity(body: bytes) -> Mapping[str, DiagnosticRow]:
    """The rows in *body* by evidence; raises msgspec.ValidationError when a row is missing, doubled, unknown or has no reason."""
    found = msgspec.json.decode(body, type=_File)
    rows = {row.evidence: row for row in found.rows}
    if found.schema != SCHEMA or len(rows) != len(found.rows):
        raise msgspec.ValidationError(f"expected {SCHEMA} with each kind of evidence once")
    if set(rows) != kinds_of_evidence():
        raise msgspec.ValidationError(f"missing or unknown evidence: {sorted(set(rows) ^ kinds_of_evidence())}")
    if any(not row.reason.strip() for row in rows.values()):
        raise msgspec.ValidationError("every row needs its reason")
    return rows


def kinds_of_evidence() -> frozenset[str]:
    """Every kind of evidence that an observation, or several together, can show."""
    return frozenset(
        [f"tactic:{tactic.id}" for tactic in catalogue().tactics]
        + [f"ask:{level.value}" for level in AskLevel if level is not AskLevel.NONE]
        + [f"favour:{band.value}" for band in FavourBand if band is not FavourBand.NONE]
        + [f"mitigator:{mitigator.value}" for mitigator in Mitigator]
        + list(CIRCUMSTANCES)
    )
