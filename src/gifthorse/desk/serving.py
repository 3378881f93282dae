"""The desk as one tree of processes: a supervisor, the web server below it, and the worker that inspects.

When the supervisor is told to end, it ends both; when it dies without warning, the kernel ends both (PR_SET_PDEATHSIG, prctl(2)).
What a worker had begun is taken up again at the next start.
"""

import ctypes
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from gifthorse.model.errors import Unreadable
from gifthorse.model.words import N_

PR_SET_PDEATHSIG: Final = 1
# One process, a few threads: SQLite has one writer, and the sign-in brake and uploads in pieces live in the process's memory.
GUNICORN: Final[dict[str, Any]] = {
    "workers": 1,
    "worker_class": "gthread",
    "threads": 8,
    "timeout": 120,
    "graceful_timeout": 5,
    "keepalive": 5,
    "accesslog": None,
    "errorlog": "-",
    "loglevel": "warning",
    "logger_class": "gifthorse.desk.web_log.WebLog",
    "limit_request_line": 4094,
    "limit_request_fields": 60,
    "control_socket_disable": True,
}
GRACE: Final = 8.0  # seconds that a child has for ending before it is killed


def require_free_port(address: str, port: int) -> None:
    """Nothing, when the desk can listen there; raises Unreadable otherwise."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Unreadable(N_("The desk can't listen on this address and port. Is it running already? Choose another --port.")) from error


def serve(address: str, port: int, announce: Callable[[], None]) -> int:
    """Serves until told to end; the exit status. *announce* is called once the port is bound."""
    children = {_child(lambda: _web(address, port), signal.SIGTERM): "web", _child(_worker, signal.SIGKILL): "worker"}
    over = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    announced = threading.Thread(target=_announce_when_up, args=(address, port, announce, over), daemon=True)
    announced.start()
    status = _watch(children, over)
    _end_all(list(children))
    return status


def _child(work: Callable[[], None], when_orphaned: signal.Signals) -> int:
    """The process that does *work* in a session of its own; the kernel sends it *when_orphaned* when this process dies."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, when_orphaned, 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)
        work()
    except SystemExit as ending:
        os._exit(ending.code if isinstance(ending.code, int) else 1)
    except BaseException:  # noqa: BLE001 - the last stop of a child process: told, then ended
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _watch(children: dict[int, str], over: threading.Event) -> int:
    """Waits for the end; a child that ends by itself is told and ends the whole."""
    while not over.wait(0.2):
        pid, wait_status = os.waitpid(-1, os.WNOHANG)
        if pid in children:
            name = children.pop(pid)
            print(f"The {name} process ended by itself (status {os.waitstatus_to_exitcode(wait_status)}).", file=sys.stderr)  # noqa: T201
            return 2
    return 0


def _end_all(pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + GRACE
    left = set(pids)
    while left and time.monotonic() < until:
        left = {pid for pid in left if os.waitpid(pid, os.WNOHANG)[0] == 0}
        time.sleep(0.05)
    for pid in left:
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _announce_when_up(address: str, port: int, announce: Callable[[], None], over: threading.Event) -> None:
    while not over.is_set():
        try:
            with socket.create_connection((address, port), timeout=1):
                announce()
                return
        except OSError:
            over.wait(0.05)


def _web(address: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication

    from gifthorse.desk.wsgi import application

    class Web(BaseApplication):
        """Gunicorn without files of its own."""

        def load_config(self) -> None:
            """Its settings; those that this version of gunicorn doesn't know are left out."""
            assert self.cfg is not None
            for name, value in {**GUNICORN, "bind": f"{address}:{port}"}.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            """The desk."""
            return application

    web: Any = Web
    web().run()


def _worker() -> None:
    from django.core.management import call_command

    from gifthorse.desk.assessing import assess_as_things_change
    from gifthorse.desk.jobs import redraw_photographs, take_up_forgotten
    from gifthorse.desk.report_jobs import close_accounts_of_leavers, erase_what_is_due, inspect_enclosures, read_mailbox, remind_and_tell
    from gifthorse.desk.travel_jobs import look_after_travellers

    over = threading.Event()
    reports = (inspect_enclosures, remind_and_tell, read_mailbox, erase_what_is_due, close_accounts_of_leavers)
    for work in (take_up_forgotten, redraw_photographs, look_after_travellers, assess_as_things_change, *reports):
        threading.Thread(target=work, args=(over,), name=work.__name__, daemon=True).start()
    try:
        call_command("db_worker", interval=0.5, reload=False, startup_delay=False, verbosity=0)
    finally:
        over.set()
