"""Runs a command with ``DATABASE_URL`` pointing at a PostgreSQL of its own, which lives in a temporary folder and goes with it.

    python -m tests.on_postgresql pytest tests/store tests/procedures

The server is Debian's, listens on a socket in that folder alone, and doesn't wait for the disk. As root it runs as the user
`postgres` (or `nobody`), since PostgreSQL refuses to run as root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PROGRAMS = Path("/usr/lib/postgresql")
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "log_min_messages": "warning",
}
SECONDS_TO_START = 60


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that is installed, or None."""
    found = sorted(PROGRAMS.glob("*/bin/postgres"), key=lambda path: float(path.parent.parent.name))
    return found[-1].parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server with an empty database `desk`; the server is gone afterwards."""
    where = programs()
    if where is None:
        raise SystemExit("PostgreSQL is not installed: `apt-get install postgresql`, then try again.")
    folder = Path(tempfile.mkdtemp(prefix="gifthorse-pg-"))
    user = _user()
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        _run(user, where / "initdb", "-D", folder / "data", "-U", "desk", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        settings = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
        command = [where / "postgres", "-D", folder / "data", "-k", folder, *settings]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, **_as(user))
            try:
                _wait(where, folder, process)
                _run(user, where / "createdb", "-h", folder, "-U", "desk", "desk")
                yield f"postgres://desk@/desk?host={quote(str(folder), safe='')}"
            finally:
                process.send_signal(signal.SIGINT)  # "fast shutdown": ends sessions, then itself
                process.wait(timeout=30)
    finally:
        shutil.rmtree(folder)


def _user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _as(user: pwd.struct_passwd | None) -> dict[str, object]:
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"} if user else {}


def _run(user: pwd.struct_passwd | None, *command: object) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **_as(user))
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stderr}")


def _wait(where: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while subprocess.run([where / "pg_isready", "-q", "-h", folder], check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.05)


def main() -> int:
    """Runs the command that the arguments give; its exit status."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    with server() as address:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
