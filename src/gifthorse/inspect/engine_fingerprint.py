"""What decides how an inspection comes out besides the bytes that are looked at: the engine's own code, rules, parsers and settings."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec

from gifthorse.model.findings import FindingKind

# Distributions whose parsers see the content.
_PARSERS: Final = ("libarchive-c", "msgspec", "msoffcrypto-tool", "olefile", "pikepdf", "pillow", "py7zr", "pytsk3", "yara-x")
_ROOMS: Final = ("inspect", "model")


def engine_fingerprint(settings: object, own_files: Sequence[str] = ()) -> bytes:
    """32 bytes that change with the code of the engine, the files at *own_files* (folders with all in them), parsers and *settings*."""
    whole = hashlib.sha256(_engine())
    for place in own_files:
        for path in _files_of(Path(place)):
            _add(whole, path, path.name)
    whole.update(msgspec.json.encode(settings))
    return whole.digest()


def rule_set(kinds: Sequence[FindingKind], rules: str) -> str:
    """What can be found: a number of kinds, a digest that changes with any of their versions, and that of the YARA rules."""
    text = "\n".join(sorted(f"{kind.id}@{kind.version}" for kind in kinds))
    return f"{len(kinds)} kinds, {hashlib.sha256(text.encode()).hexdigest()[:12]}; YARA {rules}"


@cache
def _engine() -> bytes:
    whole = hashlib.sha256(sys.version.encode())
    root = Path(str(files("gifthorse")))
    for room in _ROOMS:
        for path in _files_of(root / room):
            _add(whole, path, str(path.relative_to(root)))
    for name in _PARSERS:
        whole.update(f"{name} {_version(name)}\n".encode())
    return whole.digest()


def _add(whole: "hashlib._Hash", path: Path, name: str) -> None:
    body = path.read_bytes()
    whole.update(f"{name} {len(body)}\n".encode())
    whole.update(body)


def _files_of(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        yield from (Path(folder, name) for name in sorted(names))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
