"""`gifthorse assess`: cases replayed through the assessment, and levels set by a budget of false alerts."""

from collections.abc import Callable
from typing import Annotated

import typer

from gifthorse.cli.console import AsJson
from gifthorse.cli.speech import N_

app = typer.Typer(
    help="Replay cases through the assessment, and set its levels by a budget of false alerts.", no_args_is_help=True, rich_markup_mode=None
)
PHASES = {
    "replay": N_("Replaying cases"),
    "pilot": N_("A first look at each kind of contact"),
    "thresholds": N_("Simulating ordinary years"),
    "check": N_("Checking on other years"),
}


@app.command("replay")
def replay(
    cases: Annotated[str, typer.Argument(metavar="CASES.json", help="Coded cases (gifthorse.cases/1).")],
    thresholds: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Thresholds: a calibration, or an object with watch, talk and act. [default: those we ship]"),
    ] = None,
    json: AsJson = False,
) -> int:
    """Feed the observations of each case, oldest first, to the assessment that the desk uses. 1: a case reached a level."""
    from gifthorse.cli.assess_answer import replay_as_text, replay_document
    from gifthorse.cli.console import counted
    from gifthorse.model.observations import Level
    from gifthorse.procedures.replay_cases import replay_cases

    with counted() as tell:
        found = replay_cases(cases, thresholds, _in_words(tell))
    print(replay_document(found) if json else replay_as_text(found))
    return 1 if any(case.highest is not Level.NONE for case in found.cases) else 0


@app.command("calibrate")
def calibrate(  # noqa: PLR0917 - Typer reads the options off the parameters
    staff: Annotated[int, typer.Option(metavar="N", help="How many people the organisation has.")] = 200,
    exposed: Annotated[int, typer.Option(metavar="N", help="How many of them outsiders may want something from.")] = 60,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed simulates other years.")] = 1,
    years: Annotated[int, typer.Option(metavar="N", help="How many years to simulate.")] = 40,
    rates: Annotated[
        str | None,
        typer.Option(metavar="FILE", help='JSON: your own yearly rates per exposed person, by kind of contact, such as {"recruiter": 2}.'),
    ] = None,
    json: AsJson = False,
) -> int:
    """Simulate ordinary professional life and set the levels to 24, 4 and 0.5 false alerts a year per 200 staff."""
    from gifthorse.assess.calibration import Size
    from gifthorse.cli.assess_answer import calibration_as_text, calibration_document
    from gifthorse.cli.console import counted
    from gifthorse.procedures.calibrate_levels import calibrate_levels

    with counted() as tell:
        found = calibrate_levels(Size(staff=staff, exposed=exposed), seed, years, rates, _in_words(tell))
    print(calibration_document(found) if json else calibration_as_text(found))
    return 0


def _in_words(tell: Callable[[str, int, int], None]) -> Callable[[str, int, int], None]:
    """*tell*, which gets what is being done as a text that it can translate."""
    return lambda phase, done, total: tell(PHASES[phase], done, total)
