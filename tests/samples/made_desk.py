"""Makes the worked desk in a data folder of its own, or tells what is in one, for drills that work with whole folders.

python -m tests.samples.made_desk make DATA
python -m tests.samples.made_desk sums DATA
"""

import json
import os
import sys
from pathlib import Path


def main() -> None:
    """Obeys the arguments."""
    verb, data = sys.argv[1], Path(sys.argv[2])
    os.environ |= {"GIFTHORSE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings"}
    import django

    django.setup()
    print(json.dumps(sums()) if verb == "sums" else make(data))


def make(data: Path) -> str:
    """The id of the worked item in a new desk."""
    from django.core.management import call_command

    from gifthorse.store.keyring import Keyring
    from tests.samples import people, worked_desk

    data.mkdir(mode=0o700, exist_ok=True)
    (data / "spool").mkdir(mode=0o700, exist_ok=True)
    Keyring.create(data / "keyring")
    call_command("migrate", verbosity=0)
    actors = people.made_actors()
    return worked_desk.work(actors, people.item_maker(actors)).pk


def sums() -> dict[str, list[object]]:
    """Number and digest of the rows of each table that is backed up."""
    from gifthorse.store import backed_up

    found = {}
    for model in backed_up.tables():
        rows = backed_up.RowSum()
        for _, lines in backed_up.chunks(model):
            rows.add(lines.splitlines())
        found[model._meta.label_lower] = [rows.count, rows.digest]
    return found


if __name__ == "__main__":
    main()
