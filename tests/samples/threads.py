"""Observations and threads made by Hypothesis, and a short way to write one down."""

from hypothesis import strategies as st

from gifthorse.model.grades import Credibility, Grade, Reliability
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator, Observation
from gifthorse.model.tactics import catalogue

TACTICS = tuple(tactic.id for tactic in catalogue().tactics)
SECRECY = tuple(tactic.id for tactic in catalogue().tactics if tactic.group == "secrecy")

grades = st.builds(Grade, st.sampled_from(Reliability), st.sampled_from(Credibility))
months = st.one_of(st.integers(0, 60).map(float), st.floats(0, 300, allow_nan=False).map(lambda month: round(month, 2)))
observations = st.builds(
    Observation,
    month=months,
    thread=st.just("t"),
    reporter=st.sampled_from(("r1", "r2", "r3")),
    tactics=st.lists(st.sampled_from(TACTICS), max_size=4).map(tuple),
    ask_level=st.sampled_from(AskLevel),
    favour=st.sampled_from(FavourBand),
    grade=st.one_of(st.just(Grade(Reliability.B, Credibility.PROBABLY_TRUE)), grades),
    mitigators=st.lists(st.sampled_from(Mitigator), max_size=3, unique=True).map(tuple),
)


def oldest_first(some):
    return tuple(sorted(some, key=lambda observation: observation.month))


threads = st.lists(observations, min_size=1, max_size=7).map(oldest_first)


def seen(month, *tactics, ask=0, favour="none", reporter="r1", grade="B2", mitigators=()):
    """One observation, in few words."""
    return Observation(
        month=float(month),
        thread="t",
        reporter=reporter,
        tactics=tactics,
        ask_level=AskLevel(ask),
        favour=FavourBand(favour),
        grade=Grade.read(grade),
        mitigators=tuple(Mitigator(one) for one in mitigators),
    )
