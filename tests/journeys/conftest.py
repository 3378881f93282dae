"""A real desk (web process and worker) on a filled data folder, and Debian's Chromium to visit it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState, sync_playwright

from tests.samples.office import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOT_THERE = "item-0000000000000"
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.needs_browser)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.enable_socket)


@dataclass
class Desk:
    """A running desk with the ids of what is in it."""

    address: str
    ids: dict[str, str]
    folder: Path
    process: subprocess.Popen[bytes]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_desk(folder: Path, ids: dict[str, str], *, port: int = 0) -> Desk:
    port = port or _free_port()
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}} | {
        "GIFTHORSE_SERVER_FOLDERS": str(folder.parent)
    }
    program = "import sys; from gifthorse.cli import main; sys.argv[0] = 'gifthorse'; main()"
    command = [sys.executable, "-c", program, "desk", "--port", str(port), "--data", str(folder)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address + "/healthz", timeout=2):
                return Desk(address, ids, folder, process)
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise AssertionError("the desk never answered")


def end_desk(desk: Desk) -> None:
    desk.process.send_signal(signal.SIGTERM)
    desk.process.wait(30)


@pytest.fixture(scope="session")
def desk(tmp_path_factory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk") / "data"
    environment = {name: value for name, value in os.environ.items() if name != "GIFTHORSE_DATA"}
    filled = subprocess.run(
        [sys.executable, "-m", "tests.samples.fill_office", str(folder)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    running = start_desk(folder, json.loads(filled.stdout))
    yield running
    end_desk(running)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def signed_in(browser: Browser, desk: Desk) -> Callable[[str], StorageState]:
    """The cookies of somebody who signed in once, for all journeys that don't sign out again."""

    @cache
    def cookies(login: str) -> StorageState:
        context = browser.new_context(locale="en-GB", base_url=desk.address)
        sign_in(context.new_page(), login)
        state = context.storage_state()
        context.close()
        return state

    return cookies


@pytest.fixture
def visit(browser: Browser, desk: Desk, signed_in: Callable[[str], StorageState]) -> Iterator[Callable[..., Page]]:
    """Opens a page of the desk, signed in as *login* (*anew*: by its own hand); what the browser complains about fails the test."""
    contexts, complaints = [], []

    def open_page(login: str | None, *, size: dict[str, int] | None = None, anew: bool = False, **more: object) -> Page:
        state = signed_in(login) if login and not anew else None
        context = browser.new_context(viewport=size or DESK, locale="en-GB", base_url=desk.address, storage_state=state, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if login and anew:
            sign_in(page, login)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def is_complaint(message: ConsoleMessage) -> bool:
    """Whether the browser objects to something; a page that is asked for although it isn't there is no objection."""
    return message.type in {"error", "warning"} and NOT_THERE not in message.location["url"]


def sign_in(page: Page, login: str) -> None:
    page.goto("/sign-in/")
    sign_in_here(page, login)


def sign_in_here(page: Page, login: str) -> None:
    """Fills in the sign-in page that is open."""
    page.get_by_label("Username").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/")


def go(page: Page, address: str) -> None:
    """Opens *address*, and confirms who it is where the desk asks again."""
    page.goto(address)
    if "/account/again/" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**" + address)
