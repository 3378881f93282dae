"""Makes the project's own environment in `.venv` from `uv.lock`, with nothing but Python 3.11 and a network.

uv does the work. Where it isn't on the machine it is taken from the lock file itself: address and SHA-256 are there, and a file whose
digest differs is refused. So neither pip nor a Debian package is needed, and no other address than those of the lock is asked.
"""

import hashlib
import io
import os
import platform
import shutil
import stat
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def main() -> int:
    """Zero when `.venv` holds exactly what the lock names."""
    if sys.version_info < OLDEST:
        return complain("gifthorse needs Python 3.11 or newer. Install it, or say which to use: make PYTHON=/path/to/python3 …")
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV)}
    uv = shutil.which("uv") or str(uv_from_lock(ROOT / "uv.lock", VENV.parent / ".venv-uv"))
    # Compiled now, once: where Python may not write (or is told not to), every start would compile all modules anew.
    command = [uv, "sync", "--frozen", "--quiet", "--compile-bytecode", "--python", sys.executable]
    print("Setting up the environment (once) …", file=sys.stderr)
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return done or subprocess.run([sys.executable, "-m", "compileall", "-q", "src"], cwd=ROOT, check=False).returncode


def uv_from_lock(lock: Path, folder: Path) -> Path:
    """Path of the uv program that *lock* names for this machine, unpacked into *folder*."""
    target = folder / "uv"
    packages = tomllib.loads(lock.read_text(encoding="utf-8"))["package"]
    wheel = next(w for package in packages if package["name"] == "uv" for w in package["wheels"] if fits(w["url"]))
    digest = wheel["hash"].removeprefix("sha256:")
    if target.exists() and (folder / "digest").read_text() == digest:
        return target
    with urllib.request.urlopen(wheel["url"], timeout=180) as answer:
        body = answer.read()
    if hashlib.sha256(body).hexdigest() != digest:
        raise SystemExit("What was downloaded is not what uv.lock names. Nothing was run; try again on another network.")
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(("/bin/uv", "/scripts/uv")))
        target.write_bytes(archive.read(name))
    target.chmod(target.stat().st_mode | stat.S_IXUSR)
    (folder / "digest").write_text(digest)
    return target


def fits(url: str) -> bool:
    """Whether the wheel at *url* is for this machine's processor and C library."""
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return f"-py3-none-{libc}" in url and platform.machine() in url


def complain(message: str) -> int:
    """One, after saying *message*."""
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
