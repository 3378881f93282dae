"""Levels for an organisation of a given size: the randomness of the simulation comes from here, all of it decided by the seed."""

from collections.abc import Callable
from random import Random

from gifthorse.assess.archetypes import ordinary_life, read_rates
from gifthorse.assess.calibration import Calibration, Size, calibrate
from gifthorse.assess.sampling import Laboratory
from gifthorse.assess.scale import standard_scale
from gifthorse.model.errors import NotAccepted


def calibrate_levels(
    size: Size, seed: int, years: int, rates_file: str | None = None, progress: Callable[[str, int, int], None] | None = None
) -> Calibration:
    """Thresholds for *size*, with the rates in the file (JSON, yearly rates per exposed person) instead of the assumed ones.

    The same seed, years, size and rates give the same thresholds everywhere. Raises NotAccepted, OSError.
    """
    life = ordinary_life()
    if rates_file is not None:
        with open(rates_file, "rb") as file:
            body = file.read()
        try:
            life = life.with_rates(read_rates(body))
        except NotAccepted as error:
            raise NotAccepted(f"{rates_file}: {error}", field="rates") from error
    laboratory = Laboratory(
        scale=standard_scale(),
        generator=lambda part: Random(f"{seed}/{part}"),  # noqa: S311 - a simulation, no secret
        progress=progress or (lambda _part, _done, _whole: None),
    )
    return calibrate(size, life, seed, years, laboratory)
