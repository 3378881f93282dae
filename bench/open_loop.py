"""An open loop of requests against a desk of this machine: they start on the clock, whatever became of those before."""

import http.client
import os
import queue
import random
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RATE = 30
SECONDS = 20
CONNECTIONS = 16
PASSWORD = "quiet harbour 1847 lantern"


@contextmanager
def filled_desk(folder: Path, fill: str, **more: str) -> Iterator[tuple[int, str]]:
    """Port and an officer's cookies of a desk in *folder* that the program *fill* filled (it finds *more* in its environment)."""
    data = folder / "desk"
    environment = os.environ | {
        "GIFTHORSE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings",
        "BENCH_PASSWORD": PASSWORD,
        **more,
    }
    for name in ("", "vault", "spool", "logs"):
        (data / name).mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-c", fill], check=True, env=environment)
    port = free_port()
    command = [str(Path(sys.executable).parent / "gifthorse"), "desk", "--port", str(port), "--data", str(data)]
    desk = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_up(port)
        yield port, sign_in(port)
    finally:
        desk.terminate()
        desk.wait(30)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(port: int) -> None:
    """The desk answers, or half a minute has passed and the run ends."""
    for _ in range(300):
        try:
            get(port, "/healthz", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The desk did not start; there is nothing to measure.")


def get(port: int, path: str, cookies: str) -> tuple[int, str, list[str]]:
    """Status, text and cookies of one page."""
    return send(port, "GET", path, cookies)


def send(port: int, method: str, path: str, cookies: str, body: str | None = None) -> tuple[int, str, list[str]]:
    """Status, text and cookies that one request gets."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{port}/"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    set_cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    connection.close()
    return answer.status, text, set_cookies


def sign_in(port: int) -> str:
    """The cookies of an officer who signed in through the form."""
    _, page, cookies = get(port, "/sign-in/", "")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, "the sign-in page has no form"
    fields = {"csrfmiddlewaretoken": token[1], "login": "officer", "password": PASSWORD}
    status, text, more = send(port, "POST", "/sign-in/", "; ".join(cookies), urllib.parse.urlencode(fields))
    assert status == 302, text[:2000]
    return "; ".join([*cookies, *more])


def load(port: int, pages: list[str], cookies: str) -> list[float]:
    """Seconds from the moment each request was due to its last byte."""
    chance = random.Random(11)
    due: queue.Queue[tuple[float, str] | None] = queue.Queue()
    times: list[float] = []
    bad: list[str] = []

    def client() -> None:
        while (one := due.get()) is not None:
            moment, page = one
            status, _, _ = get(port, page, cookies)
            times.append(time.perf_counter() - moment)
            if status != 200:
                bad.append(f"{page}: {status}")

    clients = [threading.Thread(target=client) for _ in range(CONNECTIONS)]
    for thread in clients:
        thread.start()
    start = time.perf_counter()
    for number in range(RATE * SECONDS):
        moment = start + number / RATE
        time.sleep(max(0.0, moment - time.perf_counter()))
        due.put((moment, chance.choice(pages)))
    for _ in clients:
        due.put(None)
    for thread in clients:
        thread.join()
    if bad:
        raise SystemExit(f"{len(bad)} requests were not answered with a page, such as {bad[0]}; the figure would mean nothing.")
    return times


def percentile(times: list[float], share: int) -> float:
    """The time that *share* percent of the requests stay within."""
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)]
