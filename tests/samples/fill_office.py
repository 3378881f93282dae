"""Fills a data folder with the office of `office.py`, in a process of its own, and prints the ids it made as JSON.

python -m tests.samples.fill_office FOLDER
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.samples.office import Office


def main(folder: Path) -> None:
    os.environ["GIFTHORSE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gifthorse.desk.settings"
    from gifthorse.desk import starting

    starting.make_folders(folder)
    starting.set_up()
    from tests.samples.office import open_office

    print(json.dumps(fill(open_office())))


def fill(office: "Office") -> dict[str, str]:
    """Ids by what they are."""
    from gifthorse.demonstration.documents import photograph
    from gifthorse.procedures import prepare_picture
    from tests.samples import office as samples
    from tests.samples.filled import AREAS

    reported = samples.a_report(office)
    for content in (photograph(1, datetime(2026, 11, 3, tzinfo=UTC), width=900, height=600), b"no picture"):
        prepare_picture.prepare(samples.photographed(office, reported, "mara", content, drawn=None).pk)
    camera = samples.taken_in(office, samples.a_report(office, "idris", what="كاميرا صغيرة", kind=samples.ItemKind.CAMERA))
    to_decide = samples.taken_in(office, samples.a_report(office))
    verdict = samples.inspected(office, samples.with_content(office, to_decide))
    charger = samples.taken_in(office, samples.a_report(office, "tomo", kind=samples.ItemKind.CHARGER))
    content = samples.with_content(office, charger)
    earlier = samples.inspected(office, content, samples.a_result(findings=2, contents=9))
    hostile = samples.inspected(office, content, samples.a_result(findings=5))
    samples.decided(office, charger)
    answered = samples.taken_in(office, samples.a_report(office))
    samples.inspected(office, samples.with_content(office, answered), samples.a_result(findings=0))
    samples.decided(office, answered, answered=True)
    return {
        "reported": reported.pk,
        "camera": camera.pk,
        "to_decide": to_decide.pk,
        "verdict": verdict.pk,
        "charger": charger.pk,
        "hostile": hostile.pk,
        "earlier": earlier.pk,
        "answered": answered.pk,
        "account": office.accounts["idris"].pk,
        **{name: record for area in AREAS for name, record in area.fill(office).items()},
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
