"""What `gifthorse assess` says: to a person as short tables with sentences, to a program as one JSON document."""

import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import Final

import msgspec

from gifthorse.assess.archetypes import ordinary_life
from gifthorse.assess.calibration import Calibration
from gifthorse.assess.replay import SCHEMA, ReplayedCase, Step
from gifthorse.cli.speech import N_, _, told
from gifthorse.model.observations import Level
from gifthorse.procedures.replay_cases import Replay

LEVELS: Final = {Level.NONE: N_("none"), Level.WATCH: N_("watch"), Level.TALK: N_("talk"), Level.ACT: N_("act")}
KINDS_SHOWN: Final = 5


def replay_document(found: Replay) -> str:
    """The replay as `gifthorse.replay/1`; sentences in English, whatever the reader's language."""
    return _document(
        {
            "schema": SCHEMA,
            "thresholds": found.thresholds,
            "cases": [{"id": case.id, "steps": [_step(step) for step in case.steps], "first": case.first} for case in found.cases],
        }
    )


def calibration_document(found: Calibration) -> str:
    """The calibration as `gifthorse.calibration/1`, which `replay --thresholds` accepts."""
    return _document(found)


def replay_as_text(found: Replay) -> str:
    """Each case: when it reached which level, its months, and the reasons of its highest step."""
    lines = [line for case in found.cases for line in _case_lines(case)]
    reached = sum(case.highest is not Level.NONE for case in found.cases)
    lines += _wrapped(_("{reached} of {count} cases reached a level.").format(reached=reached, count=len(found.cases)), "")
    text = _(
        "Levels: watch from {watch}, talk from {talk}, act from {act} (act also needs a line of secrecy, of pressure, or of an ask for "
        "what is not public)."
    )
    lines += _wrapped(text.format(**msgspec.structs.asdict(found.thresholds)), "")
    text = _("A level says how much a thread should move the desk, not what anybody has done: talk means to offer help.")
    return "\n".join([*lines, *_wrapped(text, "")])


def _case_lines(case: ReplayedCase) -> Iterator[str]:
    yield _bold(f"{case.id}: {_first_words(case)}")
    if not case.steps:
        yield _("  no observations")
        yield ""
        return
    yield _("   month   score  level")
    for step in case.steps:
        yield f"  {step.month:6g}  {step.score:6.2f}  {_(LEVELS[step.level])}"
    highest = max(case.steps, key=lambda step: step.score)
    yield _("  Why, in month {month:g}:").format(month=highest.month)
    for reason in sorted(highest.reasons, key=lambda reason: -reason.points):
        numbers = ", ".join(str(place + 1) for place in reason.observations)
        yield from _wrapped(f"{reason.points:+.2f}  {told(reason.sentence)} [{numbers}]", "    ", " " * 11)
    yield ""


def _first_words(case: ReplayedCase) -> str:
    text = {Level.WATCH: N_("watch in month {month:g}"), Level.TALK: N_("talk in month {month:g}"), Level.ACT: N_("act in month {month:g}")}
    firsts = ((level, getattr(case.first, level.value)) for level in text)
    return ", ".join(_(text[level]).format(month=month) for level, month in firsts if month is not None) or _("no level reached")


def calibration_as_text(found: Calibration) -> str:
    """The thresholds, what they cost in false alerts, and which ordinary contacts cause them."""
    return "\n".join(_calibration_lines(found))


def _calibration_lines(found: Calibration) -> Iterator[str]:
    text = _("{staff:,} people, {exposed:,} of them exposed: {threads:,.0f} harmless contacts a year.")
    yield from _wrapped(text.format(staff=found.staff, exposed=found.exposed, threads=found.threads_per_year), "")
    yield ""
    yield _bold(_("level    from score   false alerts a year   budget"))
    for level in (Level.WATCH, Level.TALK, Level.ACT):
        alerts, budget = (getattr(some, level.value) for some in (found.false_alerts_per_year, found.budget_per_year))
        yield f"{_(LEVELS[level]):<8} {getattr(found.thresholds, level.value):10.4f}   {alerts:19.2f}   {budget:6.2f}"
    yield ""
    yield _bold(_("Most false alerts at the level talk come from:"))
    summaries = {archetype.id: archetype.summary for archetype in ordinary_life().archetypes}
    by_talk = sorted(found.by_archetype.items(), key=lambda entry: -entry[1].talk)
    for kind, alerts in by_talk[:KINDS_SHOWN]:
        yield f"  {alerts.talk:6.2f}  {_(summaries[kind])}"
    yield ""
    text = _(
        "The alerts were counted on {threads:,} simulated contacts; their rates are assumptions until you give your own with --rates. Keep "
        "this with --json and use it with `gifthorse assess replay --thresholds FILE`."
    )
    yield from _wrapped(text.format(threads=found.threads_simulated), "")


def _step(step: Step) -> dict[str, object]:
    return {
        "m": step.month,
        "score": step.score,
        "level": step.level,
        "reasons": [
            {
                "rule": reason.rule,
                "points": reason.points,
                "observations": reason.observations,
                "sentence": reason.sentence.in_english(),
            }
            for reason in step.reasons
        ],
    }


def _document(content: object) -> str:
    return msgspec.json.format(msgspec.json.encode(content), indent=1).decode()


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=first if rest is None else rest)


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() else text
