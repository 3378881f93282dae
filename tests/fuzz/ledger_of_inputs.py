"""What one target has been given so far, in a file that outlives the process: how many inputs, the slowest, and the one in work.

The kernel keeps the file's pages whatever ends the process, so the input that killed it can be read afterwards, and a run that was
stopped goes on where it was.
"""

import mmap
import os
import struct
from pathlib import Path
from typing import Final, NamedTuple

_HEAD: Final = struct.Struct("<QddQQ")
FIRST_BYTE: Final = 64


class Account(NamedTuple):
    """Inputs so far, processor seconds that they took, the slowest of them, largest resident memory in MB, length of the one in work."""

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    megabytes: int = 0
    length: int = 0


class Book:
    """The open account of a target, in the process that runs it."""

    def __init__(self, path: Path, longest: int) -> None:
        """An account at *path* with room for an input of *longest* bytes; what stands there already goes on."""
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(file, max(FIRST_BYTE + longest, os.fstat(file).st_size))
        self._pages = mmap.mmap(file, 0)
        os.close(file)
        self.account = Account._make(_HEAD.unpack_from(self._pages))

    def begin(self, untrusted_input: bytes) -> None:
        """*untrusted_input* is the one in work."""
        length = len(untrusted_input)
        self._pages[FIRST_BYTE : FIRST_BYTE + length] = untrusted_input
        self.account = self.account._replace(length=length)
        self._write()

    def end(self, seconds: float, megabytes: int) -> None:
        """The input in work was borne."""
        inputs, spent, slowest, largest, length = self.account
        self.account = Account(inputs + 1, spent + seconds, max(slowest, seconds), max(largest, megabytes), length)
        self._write()

    def _write(self) -> None:
        _HEAD.pack_into(self._pages, 0, *self.account)


def account_at(path: Path) -> Account:
    """The account in the file at *path*, an empty one when there is none."""
    if not path.exists():
        return Account()
    with path.open("rb") as file:
        return Account._make(_HEAD.unpack(file.read(_HEAD.size)))


def input_in_work(path: Path) -> bytes:
    """The input that was begun last, according to the account at *path*."""
    with path.open("rb") as file:
        file.seek(FIRST_BYTE)
        return file.read(account_at(path).length)
