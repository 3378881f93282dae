"""Claim: a million observations in 200,000 threads are assessed from nothing within 30 s on two processors; one report shows within 200 ms.

The desk of the bench is an SQLite file that is filled by rule: 100,000 contacts, two people each, five observations in each thread on
average; the threads stand on record already, as after a restore, and every standing is written. What is measured includes reading the
rows, weighing them in two processes, and writing the standings. The cost of a tenth of it shows whether it grows in a straight line.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.inspection_speed import row

POINTS = (20_000, 200_000)  # threads
IN_EACH = 5
SEED = 11
PROCESSES = 2
LONGEST = 30.0  # seconds for the last point
MOST_GROWTH = 1.5
REPORTS = 40
SLOWEST_REPORT = 200.0  # milliseconds


def measure(folder: Path, points: tuple[int, ...] = POINTS) -> list[dict[str, str]]:
    """The rows of the figures table: one for each size, one for the growth, one for a single report."""
    found = [_one_point(folder / f"threads-{count}", count) for count in points]
    rows = [
        row(
            f"{figures['observations']:,} observations in {count:,} threads assessed from nothing",
            f"{figures['seconds']:.1f} s",
            f"{PROCESSES} processes that read and weigh, one that writes; {figures['processor']:.1f} s of processor time; "
            f"{figures['memory'] / 1e6:,.0f} MB in the process that writes",
            f"≤ {LONGEST:.0f} s" if count == max(points) else "",
        )
        for count, figures in zip(points, found, strict=True)
    ]
    growth = found[-1]["seconds"] / points[-1] / (found[0]["seconds"] / points[0])
    rows.append(
        row(
            f"cost of one thread of {points[-1]:,} against one of {points[0]:,}",
            f"{growth:.2f}",
            "1 is a straight line",
            f"≤ {MOST_GROWTH}",
        )
    )
    rows.append(
        row(
            f"one report's effect among {points[-1]:,} threads",
            f"{found[-1]['report']:.0f} ms",
            f"from its commit to the new standing; the slowest of {REPORTS}, median {found[-1]['median_report']:.0f} ms",
            f"≤ {SLOWEST_REPORT:.0f} ms",
        )
    )
    return rows


def _one_point(folder: Path, threads: int) -> dict[str, float]:
    """Measured in a process of its own, on a data folder of its own."""
    environment = {
        **os.environ,
        "GIFTHORSE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings",
        "PYTHONPATH": os.getcwd(),
    }
    command = [sys.executable, "-m", "bench.assessing", str(folder), str(threads)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measured(folder: Path, threads: int) -> dict[str, float]:
    from gifthorse.desk import starting

    starting.make_folders(folder)
    starting.set_up()
    _fill(threads)
    from gifthorse.model.roles import DESK_ITSELF
    from gifthorse.procedures.assess_everything import assess_everything
    from gifthorse.store.tables.thread import Standing

    started, spent = time.perf_counter(), _processor()
    assessed = assess_everything(DESK_ITSELF, processes=PROCESSES)
    seconds, processor = time.perf_counter() - started, _processor() - spent
    assert assessed == threads == Standing.objects.count()
    reports = sorted(_one_report(number) for number in range(REPORTS))
    return {
        "observations": threads * IN_EACH,
        "seconds": seconds,
        "processor": processor,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "report": reports[-1],
        "median_report": reports[len(reports) // 2],
    }


def _processor() -> float:
    """Seconds of processor time of this process and of those that ended."""
    return sum(
        used.ru_utime + used.ru_stime for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def _fill(threads: int) -> None:
    """The tables as reports would leave them; written straight, since the ledger has no part in what is measured."""
    from django.db import connection, transaction

    from gifthorse.model.roles import DESK_ITSELF, Role
    from gifthorse.model.tactics import catalogue
    from gifthorse.procedures.keep_accounts import create
    from gifthorse.store import vault

    with transaction.atomic():
        people = [
            create(DESK_ITSELF, f"p{number}", "a quiet phrase of the bench", [Role.STAFF], {"name": "N"}).person_id for number in range(2)
        ]
        sealed = vault.keep(b"{}", moment=datetime.now(UTC)).pk
    draw = random.Random(SEED)
    tactics = [tactic.id for tactic in catalogue().tactics if tactic.reportable]
    everyday = ["T01", "T02", "T06", "T09", "T11", "T20", "T30"]  # as reports mostly are; one in twelve holds anything else
    at = "2026-01-01 00:00:00"
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, threads // 2, 5_000):
            numbers = range(start, min(start + 5_000, threads // 2))
            ids = [f"contact-{number:013d}" for number in numbers]
            cursor.executemany(
                "INSERT INTO contact (id, created_at, verified, joined_to, content_id, reported_by_id) "
                "VALUES (%s, %s, 'unverified', %s, %s, %s)",
                [(pk, at, pk, sealed, people[0]) for pk in ids],
            )
            cursor.executemany(
                "INSERT INTO thread (id, created_at, state, contact_id, person_id) VALUES (%s, %s, 'open', %s, %s)",
                [(f"thread-{2 * number + side:013d}", at, ids[number - start], people[side]) for number in numbers for side in (0, 1)],
            )
            cursor.executemany(
                "INSERT INTO report (id, created_at, kind, state, outcome, interview, form_digest, answers_id, reporter_id, contact_id, "
                "sealed_to, is_sealed, offline, arrival) "
                "VALUES (%s, %s, 'approach', 'closed', '', 'bench/1', '', %s, %s, %s, '[]', false, false, '')",
                [
                    (f"report-{2 * number + side:013d}", at, sealed, people[side], ids[number - start])
                    for number in numbers
                    for side in (0, 1)
                ],
            )
            cursor.executemany(
                "INSERT INTO observation (id, created_at, month, tactics, ask_level, elements, favour, grade, mitigators, disputed, "
                "contact_id, report_id, subject_id) VALUES (%s, %s, %s, %s, %s, '[]', %s, %s, %s, false, %s, %s, %s)",
                [
                    (
                        f"observation-{(2 * number + side) * IN_EACH + place:013d}", at, 24_000 + draw.randrange(60),
                        json.dumps(draw.sample(tactics if draw.random() < 1 / 12 else everyday, draw.choice((1, 1, 2)))),
                        draw.choice((0, 0, 0, 0, 1, 1, 2)), draw.choice(("none", "none", "none", "none", "small")),
                        draw.choice(("B2", "B2", "A1", "C3")),
                        draw.choice(("[]", "[]", '["official_channel"]', '["colleague_present"]')),
                        ids[number - start], f"report-{2 * number + side:013d}", people[side],
                    )
                    for number in numbers for side in (0, 1) for place in range(IN_EACH)
                ],
            )  # fmt: skip


def _one_report(number: int) -> float:
    """Milliseconds from a report's commit to its standing."""
    from gifthorse.model.roles import DESK_ITSELF
    from gifthorse.procedures.assess_threads import assess_waiting
    from gifthorse.store.tables.awaiting import Awaiting
    from gifthorse.store.tables.report import ObservationRow

    contact = f"contact-{number * 37:013d}"
    ObservationRow.objects.filter(contact=contact).update(month=24_061)
    Awaiting.objects.create(kind="assess", contact=contact)
    started = time.perf_counter()
    assess_waiting(DESK_ITSELF)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    print(json.dumps(_measured(Path(sys.argv[1]), int(sys.argv[2]))))
