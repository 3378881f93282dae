"""The interviews as this house asks them: what something was worth is asked in the house's own bands."""

from gifthorse.model.reports import ReportKind
from gifthorse.procedures.house_settings import DEFAULTS, POLICY_BANDS, setting
from gifthorse.report.interview import interview_of, interviews, with_bands
from gifthorse.report.questions import Interview


def house_interview(kind: ReportKind) -> Interview:
    """The current interview of this kind, in the bands that the house has set."""
    return _in_house_bands(interview_of(kind), setting(POLICY_BANDS))


def house_interviews() -> dict[ReportKind, Interview]:
    """Every kind's current interview, in the bands that the house has set."""
    bands = setting(POLICY_BANDS)
    return {kind: _in_house_bands(interview, bands) for kind, interview in interviews().items()}


def _in_house_bands(interview: Interview, bands: dict[str, object]) -> Interview:
    if bands == DEFAULTS[POLICY_BANDS]:
        return interview  # the packaged words are those bands, and translated
    return with_bands(interview, small=int(str(bands["small"])), medium=int(str(bands["medium"])), currency=str(bands["currency"]))
