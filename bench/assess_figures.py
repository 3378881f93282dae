"""Claims: on coded cases that are given by path, an offer to talk comes before the first harm in most cultivation and pitch cases; false
alerts stay within their budget on other seeds and with other rates; and a million observations are scored in half a minute.

Cases: `python -m bench.assess_figures CASES.json`, or the variable GIFTHORSE_CASES. Without them the figures about cases are left
out, and a row says so.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

import msgspec

from bench.inspection_speed import row, seconds
from gifthorse.assess.archetypes import ordinary_life
from gifthorse.assess.bulk import by_thread, score_chunk
from gifthorse.assess.calibration import Size
from gifthorse.assess.case_files import Case, read_cases
from gifthorse.assess.levels import level_of, standard_thresholds
from gifthorse.assess.sampling import peak
from gifthorse.assess.scale import standard_scale
from gifthorse.assess.score import score, steps
from gifthorse.assess.simulation import ordinary_thread, years_of_life
from gifthorse.model.observations import Level, Observation, Thresholds
from gifthorse.procedures.calibrate_levels import calibrate_levels

CASES = "GIFTHORSE_CASES"
HERE = Size(staff=200, exposed=60)
COUNTED = {"cultivation", "pitch"}
LEVELS = (Level.WATCH, Level.TALK, Level.ACT)
DRAWS = 200  # of which reports were made, where not all were
SEEDS = (11, 12, 13)
YEARS = 400  # of plainly simulated life, so that chance leaves the rarest level some hundred alerts
THREADS, LENGTH = 100_000, 5  # for each of two processes
TRIP = {"in_person_abroad", "event"}
DEBRIEFED = 0.7


def measure(folder: Path) -> list[dict[str, str]]:
    """The rows of the figures table."""
    path = os.environ.get(CASES)
    rows = list(case_rows(Path(path))) if path else [row("coded cases replayed", "not measured", f"no file in {CASES}", "")]
    return [*rows, *false_alert_rows(), *speed_rows(folder)]


def case_rows(path: Path) -> Iterator[dict[str, str]]:
    """How often each level comes before the first harm, at full, 60 % and 30 % reporting."""
    cases = read_cases(path.read_bytes())
    counted = [case for case in cases if case.label in COUNTED and case.first_harm is not None]
    abroad = trips(json.loads(path.read_bytes()))
    beside = f"{len(counted)} cultivation and pitch cases with a dated harm, coded by one person"
    full = [before_harm(case, case.thread) for case in counted]
    for level, mark in zip(LEVELS, ("", "≥ 0.60", "≥ 0.30"), strict=True):
        yield row(f"{level} before first harm, all reported", f"{sum(level in seen for seen in full) / len(full):.2f}", beside, mark)
    for rate in (0.6, 0.3):
        for debrief in (False, True):
            share = [reported(case, abroad[case.id], rate, debrief) for case in counted]
            how = f"{rate:.0%} reported" + (", trips debriefed" if debrief else "")
            figure = " / ".join(f"{sum(found[level] for found in share) / len(share):.2f}" for level in LEVELS)
            yield row(f"watch / talk / act before first harm, {how}", figure, f"{DRAWS} draws a case", "")
    cleared = [case for case in cases if case.label == "negative"]
    highest = max((scored.score for case in cleared for scored in steps(case.thread)), default=0.0)
    yield row("highest score of a cleared person", f"{highest:.2f}", f"{len(cleared)} cases", f"< {standard_thresholds().watch:.2f}")
    gate = [case for case in cases if case.label in {"campaign", "refused", "disrupted", "coercion"}]
    seen = sum(any(level_of(scored, standard_thresholds()) is not Level.NONE for scored in steps(case.thread)) for case in gate)
    yield row("campaign, refused, disrupted and coercion cases at watch or above", f"{seen} of {len(gate)}", "", "all")


def before_harm(case: Case, thread: Sequence) -> set[Level]:
    """The levels that the thread reached before the case's first harm."""
    reached = set()
    for observation, scored in zip(thread, steps(thread), strict=True):
        if observation.month < case.first_harm:
            level = level_of(scored, standard_thresholds())
            reached |= {lower for lower in LEVELS if lower.rank <= level.rank}
    return reached


def trips(document: dict) -> dict[str, list[bool]]:
    """For each case, which observations of its timeline were made on a trip; the assessment itself never sees that."""
    return {
        case["id"]: ["T33" in report["tactics"] or report.get("channel") in TRIP for report in case["timeline"]]
        for case in document["cases"]
    }


def reported(case: Case, abroad: list[bool], rate: float, debrief: bool) -> dict[Level, float]:
    """How often each level comes before the harm when a report is made with the chance *rate* (on debriefed trips at least 70 %)."""
    chance = Random(f"{case.id}/{rate}/{debrief}")
    hits = dict.fromkeys(LEVELS, 0)
    for _ in range(DRAWS):
        kept = [
            observation
            for observation, place in zip(case.thread, case.places, strict=True)
            if chance.random() < (max(rate, DEBRIEFED) if debrief and abroad[place] else rate)
        ]
        for level in before_harm(case, kept):
            hits[level] += 1
    return {level: count / DRAWS for level, count in hits.items()}


def false_alert_rows() -> Iterator[dict[str, str]]:
    """False alerts counted on plainly simulated years: on three other seeds, and with rates by which the levels were calibrated again."""
    thresholds = standard_thresholds()
    mark = "24 / 4 / 0.5 ± 25 %"
    for seed in SEEDS:
        yield row(f"false alerts a year at watch / talk / act, seed {seed}", counted_alerts(thresholds, 1.0, seed), f"{YEARS} years", mark)
    for times in (0.5, 1.5):
        rates = {kind.id: kind.yearly_rate * times for kind in ordinary_life().archetypes}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(rates, file)
            file.flush()
            again = calibrate_levels(HERE, 1, 40, file.name).thresholds
        figure = counted_alerts(again, times, SEEDS[0])
        yield row(f"the same with {times:.0%} of the rates, calibrated with them", figure, f"{YEARS} years", mark)
        beside = "levels as shipped: alerts follow the rates"
        yield row(f"the same with {times:.0%} of the rates, not calibrated again", counted_alerts(thresholds, times, SEEDS[0]), beside, "")


def counted_alerts(thresholds: Thresholds, times: float, seed: int) -> str:
    """Watch / talk / act a year."""
    life = ordinary_life().with_rates({kind.id: kind.yearly_rate * times for kind in ordinary_life().archetypes})
    found = [0, 0, 0]
    for _, thread in years_of_life(life, HERE.exposed, YEARS, Random(seed)):
        top = peak(thread, standard_scale())
        found[0] += top.score >= thresholds.watch
        found[1] += top.score >= thresholds.talk
        found[2] += top.score_for_act >= thresholds.act
    return " / ".join(f"{count / YEARS:.2f}" for count in found)


def speed_rows(_folder: Path) -> Iterator[dict[str, str]]:
    """A million observations, one new report, one calibration."""
    with ProcessPoolExecutor(2) as pool:
        times = list(pool.map(scoring_seconds, (1, 2), (THREADS, THREADS)))
    yield row("1,000,000 observations in 200,000 threads, scored from nothing", f"{max(times):.1f} s", "2 processes", "≤ 30 s")
    quarter, half = scoring_seconds(3, THREADS // 20), scoring_seconds(3, THREADS // 10)
    yield row("twice as many threads take so many times as long", f"{half / quarter:.2f}", "one process", "≈ 2")
    thread = ordinary_thread(ordinary_life().archetypes[0], Random(4), 40)
    yield row("one new report in a thread of 40", f"{fastest(lambda: score(thread)) * 1000:.1f} ms", "", "≤ 200 ms")
    yield row("calibration, 40 years", f"{seconds(lambda: calibrate_levels(HERE, 1, 40)):.1f} s", "one process", "≤ 20 s")


def scoring_seconds(seed: int, threads: int) -> float:
    """Seconds to sort the observations of so many threads into threads and to score each."""
    chance, kinds = Random(seed), ordinary_life().archetypes
    made = [(f"{seed}/{number}", ordinary_thread(kinds[number % len(kinds)], chance, LENGTH)) for number in range(threads)]
    observations = [reread(thread_id, observation) for thread_id, thread in made for observation in thread]
    chance.shuffle(observations)
    start = time.perf_counter()
    score_chunk(by_thread(observations))
    return time.perf_counter() - start


def reread(thread_id: str, observation: Observation) -> Observation:
    """The observation in the thread of this id."""
    return msgspec.structs.replace(observation, thread=thread_id)


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the quickest of five times."""
    return min(seconds(work) for _ in range(5))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ[CASES] = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder_path:
        for line in measure(Path(folder_path)):
            print(f"{line['figure']:>22}  {line['mark']:>20}  {line['what']} ({line['beside']})", flush=True)
