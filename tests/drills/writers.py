"""Three processes write into one desk; one after the other is killed in the middle of it and replaced. Run by test_kill9.

    python -m tests.drills.writers DATA KILLS

Each writer tells what the desk has confirmed to it, by a write to a file that survives the writer. The last line that this program
prints is what it found afterwards, in JSON.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

WRITERS = 3
SEED = 20261122
SHORTEST, LONGEST = 0.02, 0.18  # seconds that pass between two kills


def main() -> None:
    """Sets up a desk, lets writers write and die, and prints what is left."""
    data, kills = Path(sys.argv[1]), int(sys.argv[2])
    os.environ |= {"GIFTHORSE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from gifthorse.store.keyring import Keyring

    Keyring.create(data / "keyring")
    call_command("migrate", verbosity=0)
    actors = people()
    connections.close_all()
    acknowledged = data / "acknowledged"
    killed = write_and_die(actors, acknowledged, kills)
    print(json.dumps({"killed": killed, **findings(acknowledged)}))


def people() -> tuple[object, object]:
    """One who reports and one officer."""
    from gifthorse.model.roles import DESK_ITSELF, Role
    from gifthorse.procedures.keep_accounts import create
    from tests.samples.people import PASSWORD

    made = [create(DESK_ITSELF, role.value, PASSWORD, [role], {"name": role.value}).as_actor() for role in (Role.STAFF, Role.OFFICER)]
    return made[0], made[1]


def write_and_die(actors: tuple[object, object], acknowledged: Path, kills: int) -> int:
    """How many writers were killed. Now and then all at once, so that nobody is left to help the database up again."""
    chance = random.Random(SEED)
    alive = [start(actors, acknowledged) for _ in range(WRITERS)]
    killed = 0
    while killed < kills:
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        victims = list(alive) if chance.random() < 0.1 else [chance.choice(alive)]
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        for victim in victims:
            _, status = os.waitpid(victim, 0)
            assert os.WTERMSIG(status) == signal.SIGKILL, f"a writer ended by itself with status {status}"
        killed += len(victims)
        alive = [writer for writer in alive if writer not in victims] + [start(actors, acknowledged) for _ in victims]
    for writer in alive:
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
    return killed


def start(actors: tuple[object, object], acknowledged: Path) -> int:
    """The process id of a new writer."""
    writer = os.fork()
    if writer:
        return writer
    try:
        write(actors, acknowledged)
    except BaseException:
        import traceback

        traceback.print_exc()
    os._exit(1)


def write(actors: tuple[object, object], acknowledged: Path) -> None:
    """Writes for ever: a report, custody, a photograph of some size, an answer; tells each id after the desk has confirmed it."""
    from gifthorse.model.custody import ItemKind
    from gifthorse.procedures import add_photograph, answer_reporter, report_gift, take_custody
    from gifthorse.report.gift import GiftReport

    reporter, officer = actors
    out = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def confirmed(record: object) -> None:
        os.write(out, f"{record._meta.db_table} {record.pk}\n".encode())

    for turn in range(1_000_000):
        item = report_gift.report_gift(reporter, GiftReport(kind=ItemKind.MEMORY_STICK, said=f"turn {turn}"))
        confirmed(item)
        arrival = add_photograph.begin(reporter, item.pk, "front.jpg")
        arrival.write(os.urandom(200_000))
        confirmed(arrival.finish())
        confirmed(take_custody.take_custody(officer, item.pk, seal_number=str(turn)))
        confirmed(answer_reporter.answer(officer, item.pk, "Thank you."))


def findings(acknowledged: Path) -> dict[str, object]:
    """What is left: confirmations, those of them that are lost, the check of the ledger and all records, left-over files."""
    from django.apps import apps

    from gifthorse.procedures.acting import now
    from gifthorse.store.sweep import sweep
    from gifthorse.store.verify import verify

    lines = acknowledged.read_text().splitlines()
    tables = {model._meta.db_table: model for model in apps.get_app_config("store").get_models()}
    told: dict[str, set[str]] = {}
    for line in lines:
        table, key = line.split()
        told.setdefault(table, set()).add(key)
    lost = {table: sorted(keys - set(tables[table].objects.values_list("pk", flat=True))) for table, keys in told.items()}
    report = verify()
    return {
        "confirmed": len(lines),
        "lost": [f"{table} {key}" for table, keys in lost.items() for key in keys],
        "entries": report.entries,
        "records": report.records,
        "damages": [f"{damage.table} {damage.id}: {damage.what.in_english()}" for damage in report.damages],
        "left_over": sweep(now()),
    }


if __name__ == "__main__":
    main()
