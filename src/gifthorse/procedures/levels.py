"""The thresholds of this house: those that an officer set, or those that come with this version."""

from typing import Any, Final

import msgspec

from gifthorse.assess.levels import read_thresholds, standard_thresholds
from gifthorse.model.observations import Thresholds
from gifthorse.procedures.house_settings import setting

LEVELS: Final = "levels"  # a calibration, or thresholds with who set them; see calibrate_house.py


def thresholds() -> Thresholds:
    """The least score of each level, as it holds now."""
    told = house_levels()
    return standard_thresholds() if told is None else read_thresholds(msgspec.json.encode(told))


def house_levels() -> dict[str, Any] | None:
    """What the house set for its levels, None while it uses those that come with this version."""
    found = setting(LEVELS)
    return found if isinstance(found, dict) and found else None
