"""Inspections kept for a second look at the same bytes by the same engine with the same rules and passwords.

An entry is found by the size and a few samples of the content, and sealed (AES-256-GCM) under a key that follows from all of it: who
does not have the same bytes can't read what was found in them, and an entry that was damaged or belongs to other bytes does not open.
Only whole outcomes of files are kept. A device may answer differently the next time, a folder has no digest, and what crashed, ran out
of a budget or could not be read may come out otherwise on another try.
"""

import hashlib
import hmac
import logging
import os
import secrets
import stat
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gifthorse.inspect.confine.pool import ALL_CONFINEMENTS
from gifthorse.inspect.keyed_digest import KeyedDigest, keyed_digest
from gifthorse.inspect.parts import pread
from gifthorse.model.errors import NotAccepted
from gifthorse.model.inspections import SCHEMA, Inspection, Reason

LARGEST_ENTRY: Final = 32 * 1024 * 1024
LARGEST_CACHE: Final = 256 * 1024 * 1024
LONGEST_KEPT_S: Final = 30 * 86400.0
_SUFFIX: Final = ".verdict"
_KEY_FILE: Final = "key"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_SAMPLES: Final = 16
_SAMPLE_BYTES: Final = 4096
_PASSING: Final = frozenset({Reason.PARSER_CRASHED, Reason.BUDGET, Reason.UNREADABLE})
_PASSING_FINDINGS: Final = frozenset({"parser.crashed", "budget.exceeded", "walk.unreadable"})
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Version:
    """A file as it was at a moment; another size or time of change means that it was altered."""

    size: int
    changed: int
    device: int
    inode: int


def versions_of(fd: int, others: Sequence[int] = ()) -> tuple[Version, ...] | None:
    """What *fd* and the *others* that an inspection reads are now; None when one of them is no regular file."""
    found = [version_of(one) for one in (fd, *others)]
    whole = tuple(one for one in found if one is not None)
    return whole if len(whole) == len(found) else None


def version_of(fd: int) -> Version | None:
    """What *fd* is now; None when it is no regular file, whose content stays as long as nobody writes to it."""
    facts = os.fstat(fd)
    if not stat.S_ISREG(facts.st_mode):
        return None
    return Version(size=facts.st_size, changed=facts.st_mtime_ns, device=facts.st_dev, inode=facts.st_ino)


class VerdictCache:
    """The inspections kept in *folder* by an engine of this *fingerprint*.

    *beside* are further files, as (descriptor, size), of which the outcome may depend: it is kept for the same bytes in these too.
    """

    def __init__(self, folder: str | os.PathLike[str], fingerprint: bytes, beside: Sequence[tuple[int, int]] = ()) -> None:
        """Raises NotAccepted when the folder can't be used."""
        self._folder = Path(folder)
        self._fingerprint = fingerprint
        self._beside = tuple(beside)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._secret = _secret(self._folder)
        except OSError as error:
            reason = f"{folder}: This folder can't keep verdicts ({error.strerror or error}). Choose one that you may write to."
            raise NotAccepted(reason, field="cache") from error

    def digest(self) -> KeyedDigest:
        """A digest for the content of one source, fed in pieces of `keyed_digest.PIECE`."""
        return KeyedDigest(self._derived(b"content"))

    def recall(self, fd: int, size: int, should_stop: Callable[[int], bool]) -> Inspection | None:
        """The inspection of the same bytes, when one is kept; the whole content is read only when its samples are known."""
        try:
            sealed = self._path(fd, size).read_bytes()
        except OSError:  # nothing is kept
            return None
        content = keyed_digest(fd, size, self._derived(b"content"), should_stop)
        beside = None if content is None else self._digest_beside(should_stop)
        return None if content is None or beside is None else self._opened(sealed, fd, size, content + beside)

    def keep(self, fd: int, content: bytes, inspection: Inspection) -> None:
        """*inspection* of the source whose digest is *content* is kept, when it is one that would come out the same again."""
        if not is_lasting(inspection):
            return
        body = msgspec.msgpack.encode(inspection)
        beside = self._digest_beside(lambda _done: False)
        if len(body) > LARGEST_ENTRY or beside is None:
            return
        nonce = secrets.token_bytes(_NONCE_BYTES)
        path = self._path(fd, inspection.source.bytes)
        try:
            self._write(path, nonce + AESGCM(self._derived(b"entry", content + beside)).encrypt(nonce, body, path.name.encode()))
            self._sweep()
        except OSError as error:  # the inspection stands without it; the next look is only slower
            _LOG.warning("A verdict could not be kept in %s: %s", self._folder, error)

    def _opened(self, sealed: bytes, fd: int, size: int, content: bytes) -> Inspection | None:
        path = self._path(fd, size)
        try:
            body = AESGCM(self._derived(b"entry", content)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], path.name.encode())
            inspection = msgspec.msgpack.decode(body, type=Inspection)
        except (InvalidTag, ValueError, msgspec.DecodeError):  # of other bytes with the same samples, damaged, or cut off
            return None
        if inspection.schema != SCHEMA or not is_lasting(inspection):
            return None
        self._touch(path)
        return inspection

    def _digest_beside(self, should_stop: Callable[[int], bool]) -> bytes | None:
        """The digests of the files beside, in order; None when one can't be read to its end."""
        found = [keyed_digest(fd, size, self._derived(b"beside"), should_stop) for fd, size in self._beside]
        return None if None in found else b"".join(digest for digest in found if digest is not None)

    def _touch(self, path: Path) -> None:
        """The entry counts as used just now."""
        try:
            os.utime(path)
        except OSError as error:  # swept by another process meanwhile, or a folder that became read-only
            _LOG.debug("%s: %s", path, error)

    def _write(self, path: Path, body: bytes) -> None:
        handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        try:
            with open(handle, "wb") as out:
                out.write(body)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise

    def _sweep(self) -> None:
        """What was not used for a month is gone, then what was used longest ago, until the rest is small enough."""
        entries = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in self._folder.glob(f"*{_SUFFIX}")), reverse=True)
        oldest = time.time() - LONGEST_KEPT_S
        total = 0
        for used, size, path in entries:
            total += size
            if used < oldest or total > LARGEST_CACHE:
                path.unlink(missing_ok=True)
        for path in self._folder.glob(".new-*"):
            if path.stat().st_mtime < time.time() - 86400:  # its writer was killed
                path.unlink(missing_ok=True)

    def _path(self, fd: int, size: int) -> Path:
        return self._folder / (self._derived(b"name", _samples(fd, size)).hex() + _SUFFIX)

    def _derived(self, purpose: bytes, more: bytes = b"") -> bytes:
        """A key for *purpose*: from the folder's secret, and bound to the engine's fingerprint."""
        return hmac.digest(self._secret, purpose + b"\0" + self._fingerprint + more, "sha256")


def is_lasting(inspection: Inspection) -> bool:
    """Whether the same bytes would give the same result again: read confined, nothing crashed, too large, too slow or unreadable."""
    if inspection.source.sha256 is None or not set(ALL_CONFINEMENTS).issubset(inspection.engine.confinement):
        return False
    passing = any(gap.reason in _PASSING for gap in inspection.coverage.not_inspected)
    return not passing and not any(finding.id in _PASSING_FINDINGS for finding in inspection.findings)


def _samples(fd: int, size: int) -> bytes:
    """Size, and a digest of pieces from all over the content: enough to find an entry, not to trust it."""
    digest = hashlib.sha256(size.to_bytes(8, "big"))
    for number in range(_SAMPLES):
        try:
            digest.update(pread(fd, min(_SAMPLE_BYTES, size), number * max(0, size - _SAMPLE_BYTES) // (_SAMPLES - 1)))
        except OSError:
            digest.update(b"unreadable")
    return digest.digest()


def _secret(folder: Path) -> bytes:
    """The folder's secret, made when there is none; two processes that begin at once agree on one."""
    path = folder / _KEY_FILE
    if not path.exists():
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".key-")
        with open(handle, "wb") as out:
            out.write(secrets.token_bytes(_KEY_BYTES))
        try:
            with suppress(FileExistsError):  # another process was first: its secret counts
                os.link(temporary, path)
        finally:
            os.unlink(temporary)
    secret = path.read_bytes()
    if len(secret) != _KEY_BYTES:
        raise OSError(f"its file {_KEY_FILE} is not ours")
    return secret
