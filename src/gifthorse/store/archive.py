"""The form of a backup: one file, encrypted as it is written, readable only with the key-encryption key.

    first line   gifthorse-backup/1
    second line  JSON: the archive's own key, wrapped under the key-encryption key, and what kind of archive it is
    then         a tar stream, sealed in segments (`segments.py`) under that key; its last member is the manifest

So nothing of it can be changed, cut off or read without the keyring, which is never in it.
"""

import io
import os
import secrets
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

import msgspec

from gifthorse.model.errors import Damaged, NotAccepted
from gifthorse.model.words import N_
from gifthorse.store.keyring import KEY_LENGTH, keyring
from gifthorse.store.segments import Sealer, opened
from gifthorse.store.vault import sync_folder

MAGIC: Final = b"gifthorse-backup/1\n"
LONGEST_HEADER: Final = 4096
NOT_ONE: Final = N_("This file is not a backup of gifthorse, or its beginning is damaged. Choose another one.")
CUT: Final = N_("This backup is damaged or cut off. Nothing was restored from it. Choose another one.")


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands before the encrypted part."""

    kind: str
    key: bytes


class Writer:
    """Adds members to an archive under way."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add(self, name: str, content: bytes) -> None:
        """A member with this content."""
        self.add_file(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, file: IO[bytes], size: int) -> None:
        """A member with the next *size* bytes of *file*. Raises OSError when there are fewer."""
        member = tarfile.TarInfo(name)
        member.size = size
        member.mode = 0o600
        self._tar.addfile(member, file)


@contextmanager
def written(path: Path, kind: str, *, replace: bool) -> Iterator[Writer]:
    """A new archive at *path*, there under its name only once it is whole and on the disk; *replace* allows it to take another's place.

    Raises NotAccepted when *path* is taken or can't be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not replace:
            raise NotAccepted(f"There is a file {path} already. Choose another name; backups are never overwritten.", field="path")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            with _sealed(file, kind) as writer:
                yield writer
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise NotAccepted(
            f"The backup could not be written to {path}: {error.strerror or error}. Make room or choose another place."
        ) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _sealed(file: BinaryIO, kind: str) -> Iterator[Writer]:
    key = secrets.token_bytes(KEY_LENGTH)
    header = Header(kind=kind, key=keyring().wrap(key, kind))
    file.write(MAGIC + msgspec.json.encode(header) + b"\n")
    sealer = Sealer(key, kind.encode(), file.write)
    with tarfile.open(fileobj=cast("IO[bytes]", sealer), mode="w|", format=tarfile.PAX_FORMAT) as tar:
        yield Writer(tar)
    sealer.finish()


def members(path: Path, kind: str, progress: Callable[[int, int], None]) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each member, in order; a content is to be read before the next member is asked for.

    Raises NotAccepted for a file of another kind, KeyMissing with another keyring, Damaged at the first byte that isn't as it was written
    and at the end when the archive was cut off.
    """
    total = _size(path)
    with path.open("rb") as file:
        key = _key(file, kind)
        source = _Plaintext(opened(key, kind.encode(), file.read), lambda: progress(file.tell(), total))
        try:
            with tarfile.open(fileobj=cast("Any", source), mode="r|") as tar:
                for member in tar:
                    content = tar.extractfile(member)
                    if content is None:
                        raise Damaged(CUT)
                    yield member.name, content
            source.drain()
        except tarfile.TarError as error:
            raise Damaged(CUT) from error


class _Plaintext:
    """The decrypted stream as something that can be read."""

    def __init__(self, chunks: Iterator[bytes], told: Callable[[], None]) -> None:
        self._chunks = chunks
        self._told = told
        self._waiting = b""

    def read(self, size: int) -> bytes:
        """Exactly *size* bytes, fewer at the end."""
        parts = []
        while size:
            if not self._waiting:
                self._waiting = next(self._chunks, b"")
                self._told()
                if not self._waiting:
                    break
            parts.append(self._waiting[:size])
            self._waiting = self._waiting[size:]
            size -= len(parts[-1])
        return b"".join(parts)

    def drain(self) -> None:
        """Everything was read, so that the last segment has shown that nothing is cut off."""
        while self.read(1 << 20):
            pass


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise NotAccepted(f"The backup {path} can't be read: {error.strerror}. Check the name and that the medium is there.") from error


def _key(file: BinaryIO, kind: str) -> bytes:
    if file.readline(len(MAGIC)) != MAGIC:
        raise NotAccepted(NOT_ONE)
    try:
        header = msgspec.json.decode(file.readline(LONGEST_HEADER), type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotAccepted(NOT_ONE) from error
    if header.kind != kind:
        raise NotAccepted(N_("This file holds the record keys of a backup, or the other way round. Name the backup file itself."))
    return keyring().unwrap(header.key, kind)
