"""A life small enough to be calibrated in no time: three made-up kinds whose threads are short."""

import random

from gifthorse.assess.archetypes import Archetype, Encounter, Encounters, Kind, OrdinaryLife
from gifthorse.assess.sampling import Laboratory
from gifthorse.assess.scale import standard_scale
from gifthorse.model.observations import Mitigator

QUIET = Encounter(tactics={"T06": 0.5}, ask=(1.0, 1.0, 0.0, 0.0, 0.0), favour=(1.0, 0.0, 0.0, 0.0))
PUSHY = Encounter(tactics={"T30": 0.7, "T62": 0.3, "T51": 0.1, "T21": 0.3}, ask=(2.0, 2.0, 2.0, 1.0, 0.5), favour=(0.0, 4.0, 2.0, 1.0))


def made_up(kind_id, yearly_rate, *, least=1, mean_more=0.0, most=1, first=QUIET, later=PUSHY):
    return Archetype(
        id=kind_id,
        summary="Made up.",
        kind=Kind.ORDINARY,
        yearly_rate=yearly_rate,
        reason="For tests.",
        encounters=Encounters(least=least, mean_more=mean_more, most=most),
        gap_months=2.0,
        first=first,
        later=later,
        mitigators={Mitigator.EMPLOYER_PAID: 0.2},
        mitigator_said=0.5,
        other_reporter=0.1,
        grade="B2",
    )


LIFE = OrdinaryLife(
    schema="made up",
    note="Made up.",
    archetypes=(
        made_up("quiet", 0.7512345),
        made_up("pushy", 2.0, mean_more=1.0, most=3, first=PUSHY),
        made_up("never", 0.0, first=PUSHY),
    ),
)


def laboratory(seed, progress=lambda *_: None):
    return Laboratory(standard_scale(), lambda part: random.Random(f"{seed}/{part}"), progress)
