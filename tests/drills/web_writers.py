"""Kills the desk's web server again and again while three people send in reports over HTTP; tells what was confirmed and what is there.

python -m tests.drills.web_writers DATA KILLS

The server is the real one (gunicorn and Django, as `gifthorse desk` runs them), forked each time from this process, which has loaded it once.
"""

import http.client
import json
import os
import random
import re
import signal
import socket
import sys
import threading
import time
import urllib.parse
from pathlib import Path

WRITERS = 3
PASSWORD = "quiet harbour 1847 lantern"
REPORT = {"kind": "memory-stick", "value_band": "unknown", "what": "Stick", "plugged_in": "no"}


def main() -> None:
    """Obeys the arguments and prints what was found as JSON."""
    data, kills = Path(sys.argv[1]), int(sys.argv[2])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ |= {"GIFTHORSE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings"}
    set_up(data)
    server = start(port)
    writers = [Writer(port, f"staff{number}") for number in range(WRITERS)]
    for writer in writers:
        writer.sign_in()
        writer.thread.start()
    chance = random.Random(5)
    for _ in range(kills):
        time.sleep(chance.uniform(0.03, 0.2))
        kill(server)
        server = start(port)
    for writer in writers:
        writer.over.set()
        writer.thread.join()
    kill(server)
    print(json.dumps(examined([item for writer in writers for item in writer.confirmed], kills)))


def set_up(data: Path) -> None:
    """A new desk with one account for each writer."""
    from gifthorse.desk import starting

    starting.make_folders(data)
    starting.set_up()
    from django.db import connections

    from gifthorse.model.roles import DESK_ITSELF, Role
    from gifthorse.procedures.keep_accounts import create

    for number in range(WRITERS):
        create(DESK_ITSELF, f"staff{number}", PASSWORD, [Role.STAFF], {"name": f"Staff {number}"})
    warm_up()
    connections.close_all()


def warm_up() -> None:
    """What a server loads with its first request is loaded here once, for all that are forked from this process."""
    from django.test import Client

    Client().get("/sign-in/", HTTP_HOST="localhost")


def start(port: int) -> int:
    """The process id of a web server that answers."""
    from gifthorse.desk.serving import _web

    pid = os.fork()
    if pid == 0:
        os.setsid()
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        _web("127.0.0.1", port)
        os._exit(0)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return pid
        except OSError:
            time.sleep(0.01)
    raise SystemExit("The server did not come up.")


def kill(pid: int) -> None:
    """The server and everything below it is killed without warning."""
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


class Writer:
    """One person who sends in one report after the other, and notes each that was confirmed by its receipt."""

    def __init__(self, port: int, login: str) -> None:
        self.port = port
        self.login = login
        self.confirmed: list[str] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.write)
        self.cookies: dict[str, str] = {}

    def sign_in(self) -> None:
        status, _ = self.post("/sign-in/", {"login": self.login, "password": PASSWORD})
        assert status == 302, "signing in failed"

    def write(self) -> None:
        while not self.over.is_set():
            try:
                status, place = self.post("/given/", REPORT)
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)  # it was killed: nothing was confirmed, the next one tries again
                continue
            assert status == 302, f"the desk answered {status}"
            self.confirmed.append(place.split("/")[2])

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        """Status and place that the form at *path* answers with."""
        _, page, _ = self.send("GET", path, None)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            raise http.client.HTTPException("no form came back")
        status, _, place = self.send("POST", path, urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token[1]}))
        return status, place

    def send(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{self.port}/",
        }
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, text, answer.getheader("Location") or ""


def examined(confirmed: list[str], kills: int) -> dict[str, object]:
    """What a new process of the desk finds: confirmed reports that are gone, and damage."""
    from gifthorse.store.tables.item import Item
    from gifthorse.store.verify import verify

    there = set(Item.objects.values_list("pk", flat=True))
    report = verify()
    return {
        "killed": kills,
        "confirmed": len(confirmed),
        "lost": [item for item in confirmed if item not in there],
        "damages": [f"{damage.table} {damage.id}" for damage in report.damages],
    }


if __name__ == "__main__":
    main()
