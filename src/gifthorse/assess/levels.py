"""When a score should move the desk.

Thresholds come from a budget of false alerts (`calibration.py`), not from anybody's taste. *Act* needs more than its threshold: at
least one line of secrecy, of coercion, or of an ask for what is not public. Where that line is missing, the level stays at *talk*
however high the score is; replay and desk both report it so. The comparison of hypotheses and the second officer that *act* also
needs are the desk's business.
"""

import math
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

from gifthorse.assess.case_files import one_line
from gifthorse.assess.reasons import Scored
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Level, Thresholds
from gifthorse.model.words import N_, phrase

ACT_NEEDS: Final = frozenset({"evidence.secrecy", "evidence.coercion", "ask.protected"})


def allows_act(scored: Scored) -> bool:
    """Whether the reasons hold a line of secrecy, of coercion or of an ask for what is not public (level 3 or more)."""
    return any(reason.rule in ACT_NEEDS for reason in scored.reasons)


def level_of(scored: Scored, thresholds: Thresholds) -> Level:
    """The highest level that the score reaches and, for *act*, the reasons allow."""
    level = thresholds.level(scored.score)
    return Level.TALK if level is Level.ACT and not allows_act(scored) else level


@lru_cache(maxsize=1)
def standard_thresholds() -> Thresholds:
    """The thresholds that come with this version: of an organisation of 200 with 60 exposed people and the assumed rates.

    They are what `gifthorse assess calibrate` printed, with the parameters that made them beside (`data/levels.json`).
    """
    return read_thresholds((files("gifthorse.assess") / "data" / "levels.json").read_bytes())


def read_thresholds(body: bytes) -> Thresholds:
    """The thresholds in *body*: an object with watch, talk and act, or a calibration that holds them. Raises NotAccepted."""
    try:
        found = msgspec.json.decode(body)
        if isinstance(found, dict) and "thresholds" in found:
            found = found["thresholds"]
        thresholds = msgspec.convert(found, type=Thresholds)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, msgspec.ValidationError) as error:
        text = N_(
            "These are no thresholds: {problem}. Give an object with watch, talk and act, or what `gifthorse assess calibrate` printed."
        )
        raise NotAccepted(phrase(text, problem=one_line(error)).in_english(), field="thresholds") from error
    levels = (thresholds.watch, thresholds.talk, thresholds.act)
    if not all(math.isfinite(level) and level > 0 for level in levels) or list(levels) != sorted(levels):
        raise NotAccepted(N_("Thresholds must be above zero, and watch ≤ talk ≤ act."), field="thresholds")
    return thresholds
