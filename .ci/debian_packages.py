"""Installs the Debian packages that some tests need, when it may; else says plainly which tests will be left out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES: dict[str, tuple[str, str]] = {
    # package: (a program or file that shows it is there, what it is for)
    "chromium": ("chromium", "journeys in a real browser"),
    "postgresql": ("/usr/lib/postgresql", "the store on PostgreSQL"),
    "mtools": ("mcopy", "FAT images"),
    "dosfstools": ("mkfs.fat", "FAT images"),
    "ntfs-3g": ("mkfs.ntfs", "NTFS images"),
    "exfatprogs": ("mkfs.exfat", "exFAT images"),
    "e2fsprogs": ("mke2fs", "ext images"),
    "genisoimage": ("genisoimage", "ISO images"),
    "xorriso": ("xorriso", "hybrid ISO images"),
    "zstd": ("zstd", "archives packed by another program"),
    "p7zip-full": ("7z", "7z archives made by another program"),
    "clamav": ("clamscan", "the comparison in bench/"),
    "gettext": ("msgfmt", "translations"),
    "poppler-utils": ("pdftotext", "reading our own PDF reports back"),
}


def missing() -> list[str]:
    """The packages whose program or file is not on this machine."""
    return [package for package, (sign, _) in PACKAGES.items() if not present(sign)]


def present(sign: str) -> bool:
    """Whether the program or file *sign* is there; system programs may lie outside an ordinary user's path."""
    path = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin:/sbin"
    return Path(sign).exists() if sign.startswith("/") else shutil.which(sign, path=path) is not None


def main() -> int:
    """Zero when nothing is missing afterwards, or when tests may be left out (not in CI)."""
    wanted = missing()
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        print("Installing for the tests:", *wanted, file=sys.stderr)
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment, stdout=subprocess.DEVNULL)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
            check=False,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        wanted = missing()
    for package in wanted:
        print(f"Left out, for want of the Debian package {package}: tests of {PACKAGES[package][1]}.", file=sys.stderr)
    return 1 if wanted and os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
