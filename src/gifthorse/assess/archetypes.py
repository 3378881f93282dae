"""What ordinary professional life looks like: kinds of harmless contacts, how often they come and what is reported of them.

The rates and shares are assumptions, to be replaced by an organisation's own counts (`rates`); each archetype says why it is as it is.
"""

import math
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Final

import msgspec

from gifthorse.assess.weights import NotNegative, Positive, Sentence, Share
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Mitigator
from gifthorse.model.tactics import catalogue
from gifthorse.model.words import N_, phrase

SCHEMA: Final = "gifthorse.archetypes/1"
MOST_PER_YEAR: Final = 10_000.0  # of one kind for one exposed person: more is a slip of the pen


class Kind(StrEnum):
    """Whether it belongs to every year, or is a stress that the desk must bear."""

    ORDINARY = "ordinary"
    STRESS = "stress"


class Encounter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one report of it holds: each tactic with its own chance, one ask level (0 to 4), one favour band where something is given."""

    tactics: dict[str, Share]
    ask: tuple[NotNegative, NotNegative, NotNegative, NotNegative, NotNegative]
    favour: tuple[NotNegative, NotNegative, NotNegative, NotNegative]


class Encounters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many there are: `least`, and geometrically more, with this mean, up to `most`."""

    least: Annotated[int, msgspec.Meta(ge=1)]
    mean_more: NotNegative
    most: Annotated[int, msgspec.Meta(ge=1, le=100)]


class Archetype(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of harmless contact.

    `yearly_rate`: new ones per exposed person; `gap_months`: the mean between two reports (exponential); `mitigators`: the chance that
    each holds for the contact, `mitigator_said` that a report says so; `other_reporter`: the chance that a report comes from a colleague.
    """

    id: Sentence
    summary: Sentence
    kind: Kind
    yearly_rate: NotNegative
    reason: Sentence
    encounters: Encounters
    gap_months: Positive
    first: Encounter
    later: Encounter
    mitigators: dict[Mitigator, Share]
    mitigator_said: Share
    other_reporter: Share
    grade: Annotated[str, msgspec.Meta(pattern="^[A-F][1-6]$")]


class OrdinaryLife(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All kinds, and how they were set."""

    schema: str
    note: str
    archetypes: tuple[Archetype, ...]

    def with_rates(self, rates: Mapping[str, float]) -> "OrdinaryLife":
        """The same kinds with these yearly rates; kinds that aren't mentioned keep theirs. Raises NotAccepted for an unknown kind."""
        known = {archetype.id for archetype in self.archetypes}
        for kind_id in rates:
            if kind_id not in known:
                raise NotAccepted(_unknown(kind_id, known), field="rates")
        changed = tuple(
            msgspec.structs.replace(archetype, yearly_rate=rates.get(archetype.id, archetype.yearly_rate)) for archetype in self.archetypes
        )
        return msgspec.structs.replace(self, archetypes=changed)


@lru_cache(maxsize=1)
def ordinary_life() -> OrdinaryLife:
    """The kinds that come with this version of gifthorse, validated."""
    return read_archetypes((files("gifthorse.assess") / "data" / "archetypes.json").read_bytes())


def read_archetypes(body: bytes) -> OrdinaryLife:
    """The kinds in *body*; raises msgspec.ValidationError for what is missing, of the wrong type, unknown or doubled."""
    found = msgspec.json.decode(body, type=OrdinaryLife)
    ids = [archetype.id for archetype in found.archetypes]
    if found.schema != SCHEMA or len(ids) != len(set(ids)):
        raise msgspec.ValidationError(f"expected {SCHEMA} with distinct ids")
    known = {tactic.id for tactic in catalogue().tactics}
    for archetype in found.archetypes:
        for encounter in (archetype.first, archetype.later):
            if not (set(encounter.tactics) <= known and sum(encounter.ask) > 0 and sum(encounter.favour) > 0):
                raise msgspec.ValidationError(f"{archetype.id}: unknown tactic, or nothing to choose from")
    return found


def read_rates(body: bytes) -> dict[str, float]:
    """Yearly rates per exposed person, by kind, from a JSON object (or one that holds it as `rates`). Raises NotAccepted."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotAccepted(N_('The rates are no JSON. Write one object such as {"recruiter": 2.5}.'), field="rates") from error
    if isinstance(found, dict) and isinstance(found.get("rates"), dict):
        found = found["rates"]
    if not isinstance(found, dict):
        raise NotAccepted(N_('The rates must be one JSON object such as {"recruiter": 2.5}.'), field="rates")
    known = {archetype.id for archetype in ordinary_life().archetypes}
    for kind_id, rate in found.items():
        if kind_id not in known:
            raise NotAccepted(_unknown(kind_id, known), field="rates")
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not math.isfinite(rate) or not 0 <= rate <= MOST_PER_YEAR:
            text = N_("The rate of {kind} must be a number from 0 to {most}: new contacts of this kind per exposed person and year.")
            raise NotAccepted(phrase(text, kind=kind_id, most=f"{MOST_PER_YEAR:.0f}").in_english(), field="rates")
    return {kind_id: float(rate) for kind_id, rate in found.items()}


def _unknown(kind_id: str, known: set[str]) -> str:
    text = N_("There is no archetype {kind}. Known are: {known}.")
    return phrase(text, kind=repr(kind_id)[:60], known=", ".join(sorted(known))).in_english()
