"""Away without a network: brief and forms open, what is written is sealed at once, and it arrives when there is a network again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from gifthorse.report.interview import interviews
from gifthorse.report.questions import PICKED
from tests.journeys.conftest import ARGUMENTS, CHROMIUM, PHONE, ROOT, end_desk, sign_in_here, start_desk
from tests.journeys.test_every_page import barriers

SECRET = "Zimtstern-Zahnradbahn 4711"


@pytest.fixture
def own_desk(tmp_path):
    """A desk of this test's own, which it may end and start again at the same address."""
    folder = tmp_path / "data"
    environment = {name: value for name, value in os.environ.items() if name != "GIFTHORSE_DATA"}
    command = [sys.executable, "-m", "tests.samples.fill_office", str(folder)]
    filled = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, timeout=120)
    desk = start_desk(folder, json.loads(filled.stdout))
    running = [desk]
    yield running
    end_desk(running[-1])


@pytest.fixture
def phone(browser, tmp_path):
    """A phone whose browser keeps its profile in a folder that the test can search."""
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        str(profile), executable_path=CHROMIUM, args=ARGUMENTS, viewport=PHONE, locale="en-GB"
    )
    yield context, profile
    context.close()


def opened(page, address):
    page.goto(f"{address}/away/")
    page.wait_for_selector("html[data-ready=yes]")


def test_a_report_written_without_a_network_is_sealed_and_sent_later(own_desk, phone):
    context, profile = phone
    desk = own_desk[0]
    page = context.new_page()
    page.goto(desk.address + "/sign-in/")
    sign_in_here(page, "mara")
    opened(page, desk.address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    opened(page, desk.address)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert barriers(page) == []

    end_desk(desk)
    opened(page, desk.address)
    assert "No connection" in page.locator("#away-state").inner_text()
    page.get_by_role("button", name="Somebody approached me").click()
    page.get_by_label("Name, as given").fill("Lee of the fair")
    page.get_by_label("Anything else, in your words?").fill(SECRET)
    page.get_by_role("button", name="Seal and send").click()
    page.wait_for_selector("#away-state[data-waiting='1']")
    opened(page, desk.address)
    page.wait_for_selector("#away-state[data-waiting='1']")
    assert found_in(profile, SECRET) == []

    port = int(desk.address.rsplit(":", 1)[1])
    own_desk.append(start_desk(desk.folder, desk.ids, port=port))
    page.goto(desk.address + "/away/")
    page.wait_for_selector("#away-state[data-waiting='0']")
    page.goto(desk.address + "/away/")
    page.wait_for_selector("#away-state[data-waiting='0']")
    assert reports_with(desk.folder, SECRET) == 1


def found_in(folder: Path, text: str) -> list[str]:
    """The files below *folder* that hold *text*, as UTF-8 or UTF-16."""
    forms = (text.encode(), text.encode("utf-16-le"))
    return [str(path) for path in folder.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)]


def reports_with(folder: Path, text: str) -> int:
    """How many of the desk's reports say *text*."""
    program = (
        "import django; django.setup()\n"
        "from gifthorse.store import vault\n"
        "from gifthorse.store.tables.report import Report\n"
        f"print(sum({text!r} in vault.open_text(report.answers) for report in Report.objects.select_related('answers__key')))"
    )
    environment = os.environ | {"GIFTHORSE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings"}
    command = [sys.executable, "-c", f"from gifthorse.store import sqlite\n{program}"]
    return int(subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True).stdout)


def test_the_phone_asks_exactly_the_questions_that_the_desk_would(visit, desk):
    """Every interview, with each option of each question chosen in turn: the same questions fit here and there."""
    from gifthorse.report.answers import fitting

    page = visit("mara")
    page.goto("/")
    cases, expected = [], []
    for kind, interview in interviews().items():
        plain = json.loads(msgspec.json.encode(interview))
        picks = [{}] + [
            {question.id: [option.id]} for question in interview.questions if question.type in PICKED for option in question.options
        ]
        whole = {question.id: [question.options[0].id] for question in interview.questions if question.type in PICKED}
        picks += [whole, *({**whole, **pick} for pick in picks[1:])]
        for pick in picks:
            cases.append([plain, pick])
            expected.append((kind.value, [question.id for question in fitting(interview, pick)]))
    found = page.evaluate(
        """async (cases) => {
            const {fitting} = await import('/static/desk/away/interview.js');
            return cases.map(([interview, chosen]) => fitting(interview, chosen).map((question) => question.id));
        }""",
        cases,
    )
    assert [(kind, ids) for (kind, _), ids in zip(expected, found, strict=True)] == expected
