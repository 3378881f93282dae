"""Claim: with 10,000 items the officer's pages come within 300 ms at the 99th percentile at 30 requests a second on 2 cores.

An open loop: requests start on the clock, whatever became of those before, and the wait for a free connection counts. Beside it, in the
same run, the desk's smallest page (`/healthz`) under the same load, as the floor of server and machine.
"""

import re
import statistics
import tempfile
from pathlib import Path

from bench.inspection_speed import row
from bench.open_loop import RATE, filled_desk, get, load, percentile

ITEMS = 10_000
FILL = """
import os, random
import django
django.setup()
from django.core.management import call_command
from django.db import transaction
from gifthorse.store.keyring import Keyring
from django.conf import settings
Keyring.create(settings.GIFTHORSE_KEYRING)
call_command("migrate", verbosity=0)
from gifthorse.model.custody import ItemKind, Outcome, ValueBand
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.procedures import answer_reporter, decide_item, keep_accounts, report_gift, take_custody
from gifthorse.report.gift import GiftReport
chance = random.Random(3)
word = os.environ["BENCH_PASSWORD"]
officer = keep_accounts.create(DESK_ITSELF, "officer", word, [Role.STAFF, Role.OFFICER], {"name": "Olga"}).as_actor()
staff = [keep_accounts.create(DESK_ITSELF, f"staff{n}", word, [Role.STAFF], {"name": f"Staff {n}"}).as_actor() for n in range(10)]
for start in range(0, int(os.environ["BENCH_ITEMS"]), 500):
    with transaction.atomic():
        for number in range(start, start + 500):
            kind, band = chance.choice(list(ItemKind)), chance.choice(list(ValueBand))
            report = GiftReport(kind=kind, value_band=band, what=f"Gift {number}", said="Hello")
            item = report_gift.report_gift(chance.choice(staff), report)
            if number % 4:
                take_custody.take_custody(officer, item.pk, seal_number=f"S-{number}")
            if number % 4 > 1:
                decide_item.decide(officer, item.pk, chance.choice(list(Outcome)), "A reason.")
            if number % 4 > 2:
                answer_reporter.answer(officer, item.pk, "Thank you.")
                decide_item.close(officer, item.pk)
"""


def measure(folder: Path) -> list[dict[str, str]]:
    """The rows of the figures table."""
    with filled_desk(folder, FILL, BENCH_ITEMS=str(ITEMS)) as (port, cookies):
        pages = officer_pages(port, cookies)
        floor = percentile(load(port, ["/healthz"], cookies), 99)
        times = load(port, pages, cookies)
    figure = f"{percentile(times, 99) * 1000:.0f} ms"
    beside = f"median {statistics.median(times) * 1000:.0f} ms; `/healthz` under the same load: p99 {floor * 1000:.0f} ms"
    what = f"officer's pages with {ITEMS:,} items, {RATE} requests/s, 99th percentile of {len(times)} requests"
    return [row(what, figure, beside, "≤ 300 ms")]


def officer_pages(port: int, cookies: str) -> list[str]:
    """Addresses that an officer opens: the board, lists, filters, searches, items."""
    pages = ["/", "/items/", "/items/?page=3", "/items/?page=40", "/items/?state=in-custody", "/items/?kind=camera&page=2"]
    found: list[str] = []
    for page in pages:
        status, text, _ = get(port, page, cookies)
        assert status == 200, f"{page} answered {status}"
        found += re.findall(r'href="(/items/item-[0-9A-Z]{13}/)"', text)
    items = sorted(set(found))
    assert len(items) >= 30, "the lists link to no items"
    searches = [f"/items/?search={path.split('/')[2]}" for path in items[:10]]
    return pages + items[:60] + searches


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder_name:
        for line in measure(Path(folder_name)):
            print(line)
