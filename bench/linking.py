"""Claim: linking contacts costs time in proportion to their number, and 100,000 link within a minute in pure Python.

The contacts are made by rule: names of 18 naming cultures drawn as such names are, a fifth of the contacts a second report of somebody,
spelled otherwise, half of those with an identifier in common. Each point runs in its own process, so that its memory is its own.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.inspection_speed import row
from gifthorse.resolve.contact import Contact, name_as_given
from gifthorse.resolve.linking import ContactIndex, candidates_for, linked
from gifthorse.resolve.prepared import prepared
from tests.resolve.namings import CULTURES, Bearer, bearer

POINTS = (20_000, 50_000, 100_000)
SEED = 23
REPEATED = 0.2
LONGEST = 60.0  # seconds for the last point
MOST_GROWTH = 1.5  # of the cost per contact from the first point to the last
LOOK_UPS = 200
SLOWEST_LOOK_UP = 50.0  # milliseconds, the worst of a hundred


def measure(_folder: Path, points: tuple[int, ...] = POINTS) -> list[dict[str, str]]:
    """The rows of the figures table: a row for each point, one for the growth and one for a single new contact."""
    found = [one_point(count) for count in points]
    rows = [
        row(
            f"{count:,} contacts linked from nothing",
            f"{figures['seconds']:.1f} s",
            f"{figures['processor']:.1f} s of processor time; {figures['preparing']:.1f} s for preparing; "
            f"{figures['suggested']:,} suggested, {figures['queued']:,} queued; "
            f"{figures['recall']:.3f} of the repeated contacts with an identifier in common found; {figures['memory'] / 1e6:,.0f} MB",
            f"≤ {LONGEST:.0f} s" if count == max(points) else "",
        )
        for count, figures in zip(points, found, strict=True)
    ]
    growth = found[-1]["seconds"] / points[-1] / (found[0]["seconds"] / points[0])
    rows.append(
        row(
            f"cost of one contact of {points[-1]:,} against one of {points[0]:,}",
            f"{growth:.2f}",
            "1 is a straight line",
            f"≤ {MOST_GROWTH}",
        )
    )
    rows.append(
        row(
            f"one new contact among {points[-1]:,}",
            f"{found[-1]['look_up']:.1f} ms",
            f"median {found[-1]['median_look_up']:.1f} ms; the figure is the 99th of a hundred",
            f"≤ {SLOWEST_LOOK_UP:.0f} ms",
        )
    )
    return rows


def one_point(count: int) -> dict[str, float]:
    """The figures of one point, measured in a process of its own."""
    answer = subprocess.run([sys.executable, "-m", "bench.linking", "--point", str(count)], check=True, capture_output=True, text=True)
    return dict(json.loads(answer.stdout))


def contacts(count: int, seed: int = SEED) -> tuple[list[Contact], set[tuple[str, str]]]:
    """*count* contacts, and the pairs of them that are one person with an identifier in common; the same on every run."""
    chance = random.Random(seed)
    cultures = sorted(CULTURES)
    made: list[Contact] = []
    people: list[Bearer] = []
    pairs = set()
    for number in range(count):
        if made and chance.random() < REPEATED:
            first = chance.randrange(len(made))
            shared = chance.random() < 0.5
            people.append(people[first])
            made.append(reported(number, people[first], chance, made[first].phones if shared else ()))
            if shared and made[first].phones:
                pairs.add(tuple(sorted((made[first].id, made[-1].id))))
        else:
            people.append(bearer(chance.choice(cultures), chance))
            made.append(reported(number, people[-1], chance, ()))
    return made, pairs


def reported(number: int, somebody: Bearer, chance: random.Random, phones: tuple[str, ...]) -> Contact:
    """One report of *somebody*."""
    name = somebody.written(chance.randrange(3), turned=chance.random() < 0.3)
    own = (f"+4915{chance.randrange(10**9):09}",) if chance.random() < 0.6 else ()
    return Contact(
        id=f"contact-{number:07}",
        names=(name_as_given(name),),
        phones=phones or own,
        mails=(f"m{chance.randrange(10**8)}@post{chance.randrange(40)}.example",) if chance.random() < 0.5 else (),
        portrait=f"{chance.getrandbits(64):016x}" if chance.random() < 0.3 else "",
        employers=(f"House {chance.randrange(3000)} Ltd",) if chance.random() < 0.7 else (),
        events=(f"event-{chance.randrange(2000)}",) if chance.random() < 0.5 else (),
    )


def measured(count: int) -> dict[str, float]:
    """Seconds, memory and what was found for *count* contacts."""
    made, pairs = contacts(count)
    began, worked = time.perf_counter(), time.process_time()
    ready = [prepared(contact, "DE") for contact in made]
    preparing = time.perf_counter() - began
    index = ContactIndex(ready)
    found = linked(index)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    suggested = {suggestion.pair for suggestion in found if suggestion.standing == "suggest"}
    newcomers, _ = contacts(LOOK_UPS, SEED + 1)
    waits = sorted(look_up(contact, index) for contact in newcomers)
    return {
        "seconds": seconds,
        "processor": processor,
        "preparing": preparing,
        "suggested": len(suggested),
        "queued": len(found) - len(suggested),
        "recall": len(pairs & suggested) / len(pairs),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "look_up": waits[LOOK_UPS * 99 // 100] * 1000,
        "median_look_up": waits[LOOK_UPS // 2] * 1000,
    }


def look_up(contact: Contact, index: ContactIndex) -> float:
    """Seconds from a contact as reported to its candidates."""
    began = time.perf_counter()
    candidates_for(
        prepared(Contact(id=f"new-{contact.id}", names=contact.names, phones=contact.phones, employers=contact.employers), "DE"), index
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    if sys.argv[1:2] == ["--point"]:
        print(json.dumps(measured(int(sys.argv[2]))))
    else:
        with tempfile.TemporaryDirectory() as name:
            for line in measure(Path(name), tuple(int(word) for word in sys.argv[1:]) or POINTS):
                print(line)
