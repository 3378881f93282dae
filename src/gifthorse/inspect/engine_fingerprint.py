"""What decides how an inspection comes out besides the bytes that are looked at: the engine's own code, rules, parsers and settings."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import msgspec

from gifthorse.model.findings import FindingKind

_ROOMS: Final = ("inspect", "model")
_INSTALLED: Final = (".dist-info", ".egg-info")


def engine_fingerprint(settings: object, own_files: Sequence[str] = ()) -> bytes:
    """32 bytes that change with the code of the engine, the files at *own_files* (folders with all in them), what is installed beside
    it (of which some are parsers) and *settings*.
    """
    whole = hashlib.sha256(_engine())
    for place in own_files:
        for path in _files_of(place):
            _add(whole, path, os.path.basename(path))
    whole.update(msgspec.json.encode(settings))
    return whole.digest()


def rule_set(kinds: Sequence[FindingKind], rules: str) -> str:
    """What can be found: a number of kinds, a digest that changes with any of their versions, and that of the YARA rules."""
    text = "\n".join(sorted(f"{kind.id}@{kind.version}" for kind in kinds))
    return f"{len(kinds)} kinds, {hashlib.sha256(text.encode()).hexdigest()[:12]}; YARA {rules}"


@cache
def _engine() -> bytes:
    whole = hashlib.sha256(sys.version.encode())
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for room in _ROOMS:
        for path in _files_of(os.path.join(root, room)):
            _add(whole, path, path[len(root) :])
    whole.update("\n".join(installed(sys.path)).encode())
    return whole.digest()


def installed(folders: Sequence[str]) -> list[str]:
    """Name and version of every distribution in *folders*, as their folders there are called: to open each would take far longer."""
    names: set[str] = set()
    for folder in folders:
        if os.path.isdir(folder):
            names.update(name for name in os.listdir(folder) if name.endswith(_INSTALLED))
    return sorted(names)


def _add(whole: "hashlib._Hash", path: str, name: str) -> None:
    with open(path, "rb", buffering=0) as file:
        body = file.readall()
    whole.update(f"{name} {len(body)}\n".encode())
    whole.update(body)


def _files_of(place: str) -> Iterator[str]:
    if os.path.isfile(place):
        yield place
        return
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        yield from (os.path.join(folder, name) for name in sorted(names))
