"""Claim: trips are imported as they are: every field right, no instant wrong, broken files lose nothing.

The files are our own, made by code with the truth beside them (`tests/brief/itinerary/cases`), so a score on them is an upper bound. Each
is also damaged in five ways; a damaged file counts as clear when it is read, or refused with a sentence that says what to do next.
"""

import random
import time
from pathlib import Path

from bench.inspection_speed import row
from gifthorse.brief.itinerary.read import read_itinerary
from gifthorse.model.errors import NotAccepted
from gifthorse.procedures.confined_reading import read_confined
from tests.brief.itinerary.cases.journeys import HOME, Case
from tests.brief.itinerary.cases.scoring import Score, every_case, score

TIMES = 5


def measure(folder: Path) -> list[dict[str, str]]:
    """The rows of the figures table; the files are left in *folder* for whoever wants to try another importer on them."""
    cases = every_case()
    total = Score()
    for case in cases:
        (folder / case.name).write_bytes(case.content)
        total.add(score(case, read_itinerary(case.content, case.name, reference_day=case.reference, home_zone=HOME)))
    clear, damaged = clear_answers(cases)
    return [
        row(f"fields right, of {total.fields:,} in {len(cases)} made-up files", f"{total.share:.4f}", "", "≥ 0.98"),
        row("instants wrong in them", str(total.wrong_instants), "", "0"),
        row(f"damaged files read or refused with a clear sentence, of {damaged:,}", f"{clear / damaged:.4f}", "", "1"),
        row("one file read in a locked-in process of its own, from start to answer", f"{confined_seconds(cases[0]):.2f} s", "", "≤ 1.5 s"),
    ]


def clear_answers(cases: list[Case]) -> tuple[int, int]:
    """How many damaged files got a clear answer, and of how many."""
    chance, clear, count = random.Random(7), 0, 0
    for case in cases:
        for content in damaged(case.content, chance):
            count += 1
            try:
                told = read_itinerary(content, case.name, reference_day=case.reference, home_zone=HOME)
                clear += bool(told.legs or told.not_read)
            except NotAccepted as refusal:
                clear += "Please" in str(refusal)
    return clear, count


def damaged(content: bytes, chance: random.Random) -> list[bytes]:
    """*content* cut, with a byte changed, with a piece taken out, doubled, and replaced by noise."""
    begin = chance.randrange(len(content))
    end = min(len(content), begin + chance.randrange(1, 60))
    noise = chance.randbytes(end - begin)
    return [
        content[:begin],
        content[:begin] + bytes([content[begin] ^ 0x24]) + content[begin + 1 :],
        content[:begin] + content[end:],
        content[:end] + content[begin:],
        content[:begin] + noise + content[end:],
    ]


def confined_seconds(case: Case) -> float:
    """The fastest of a few readings: what the machine's other work adds is no part of the claim."""
    asked = {"name": case.name, "reference_day": case.reference, "home_zone": HOME}
    seconds = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        read_confined("itinerary", case.content, asked)
        seconds.append(time.perf_counter() - begin)
    return min(seconds)
