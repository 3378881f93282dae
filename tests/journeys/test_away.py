"""Away without a network: brief and forms open, what is written is sealed at once, and it arrives when there is a network again."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest
from PIL import Image

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


def test_photographs_taken_without_a_network_are_sealed_and_sent_with_their_report_and_inspected(own_desk, phone, tmp_path):
    context, profile = phone
    desk = own_desk[0]
    page = context.new_page()
    page.goto(desk.address + "/sign-in/")
    sign_in_here(page, "mara")
    opened(page, desk.address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    opened(page, desk.address)

    end_desk(desk)
    opened(page, desk.address)
    page.get_by_role("button", name="Somebody approached me").click()
    page.get_by_label("Name, as given").fill("Lee of the fair")
    chooser = page.get_by_label("A photograph, a card, a mail?")
    chooser.set_input_files([large_photograph(tmp_path), small_photograph(tmp_path)])
    page.get_by_text("card.jpg").wait_for()
    chooser.set_input_files([undrawable(tmp_path), too_large(tmp_path)])
    page.get_by_text("enormous.tiff can't be made smaller").wait_for()
    assert page.locator(".away-photographs li").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert barriers(page) == []
    page.get_by_role("button", name="Take out: odd.heic").click()
    page.get_by_role("button", name="Seal and send").click()
    page.wait_for_selector("#away-state[data-waiting='3']")
    assert "2 sealed photographs wait, too." in page.locator("#away-state").inner_text()
    assert found_in(profile, PIXELS) == []

    own_desk.append(start_desk(desk.folder, desk.ids, port=int(desk.address.rsplit(":", 1)[1])))
    page.goto(desk.address + "/away/")
    page.wait_for_selector("#away-state[data-waiting='0']")
    kept = enclosures_of(desk.folder, "Lee of the fair")
    assert [name for name, *_ in kept] == ["large.jpg", "card.jpg"]
    assert [size for _name, size, _marked in kept] == [[2560, 1280], [40, 30]]
    assert not any(marked for *_, marked in kept)  # neither place nor time, nor anything else that the camera wrote
    page.goto(desk.address + "/reports/mine/")
    page.get_by_role("link", name="Somebody approached me").first.click()
    for _look in range(60):
        if page.locator("main img").count() == 2:
            break
        page.wait_for_timeout(500)
        page.reload()
    assert page.locator("main img").count() == 2


def test_six_photographs_are_enough_and_what_the_phone_cannot_keep_is_not_lost(visit, tmp_path):
    page = visit("mara")
    page.goto("/away/")
    page.wait_for_selector("html[data-ready=yes]")
    page.get_by_role("button", name="Somebody approached me").click()
    page.get_by_label("Anything else, in your words?").fill("Still here")
    card = small_photograph(tmp_path)
    page.get_by_label("A photograph, a card, a mail?").set_input_files([card] * 8)
    page.get_by_text("Six are enough here.").wait_for()
    assert page.locator(".away-photographs li").count() == 6
    page.evaluate("() => { IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    page.get_by_role("button", name="Seal and send").click()
    page.get_by_text("This phone could not keep it").wait_for()
    assert page.get_by_label("Anything else, in your words?").input_value() == "Still here"
    assert page.locator(".away-photographs li").count() == 6


PIXELS = "Zimtstern camera 4711"


def _jpeg(size: tuple[int, int]) -> bytes:
    """A photograph with words and a place that a camera wrote into it."""
    image = Image.new("RGB", size, (20, 120, 200))
    marks = Image.Exif()
    marks[0x010E] = PIXELS
    marks.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    image.save(written, "JPEG", exif=marks)
    return written.getvalue()


def _file(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def large_photograph(folder: Path) -> str:
    """Twice as large as is kept."""
    return _file(folder, "large.jpeg", _jpeg((5120, 2560)))


def small_photograph(folder: Path) -> str:
    """Small enough already."""
    return _file(folder, "card.png", _jpeg((40, 30)))


def undrawable(folder: Path) -> str:
    """A format that the browser doesn't draw."""
    return _file(folder, "odd.heic", b"\0\0\0\x18ftypheic" + bytes(4000))


def too_large(folder: Path) -> str:
    """A format that the browser doesn't draw, larger than is taken as it is."""
    return _file(folder, "enormous.tiff", bytes(8 * 1024 * 1024 + 1))


def enclosures_of(folder: Path, name: str) -> list[list[object]]:
    """Of the reports whose answers say *name*: each enclosure's name, width and height, and whether it holds what a camera wrote."""
    return json.loads(
        at_the_desk(
            folder,
            f"""
            import io, json
            from PIL import Image
            found = []
            for report in Report.objects.select_related('answers__key'):
                if {name!r} in vault.open_text(report.answers):
                    for one in report.enclosures.select_related('name__key', 'content__key'):
                        content = vault.open_sealed(one.content)
                        image = Image.open(io.BytesIO(content))
                        found.append([vault.open_text(one.name), image.size, bool(image.getexif()) or {PIXELS!r}.encode() in content])
            print(json.dumps(found))
            """,
        )
    )


def found_in(folder: Path, text: str) -> list[str]:
    """The files below *folder* that hold *text*, as UTF-8 or UTF-16."""
    forms = (text.encode(), text.encode("utf-16-le"))
    return [str(path) for path in folder.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)]


def reports_with(folder: Path, text: str) -> int:
    """How many of the desk's reports say *text*."""
    program = f"print(sum({text!r} in vault.open_text(report.answers) for report in Report.objects.select_related('answers__key')))"
    return int(at_the_desk(folder, program))


def at_the_desk(folder: Path, program: str) -> str:
    """What *program* prints, run on the desk's own data."""
    start = "import django; django.setup()\nfrom gifthorse.store import vault\nfrom gifthorse.store.tables.report import Report\n"
    environment = os.environ | {"GIFTHORSE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings"}
    command = [sys.executable, "-c", f"from gifthorse.store import sqlite\n{start}{dedent(program)}"]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout


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
