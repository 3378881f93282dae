"""What crosses the wall between the coordinator and the confined workers, as length-prefixed MessagePack.

Towards the worker the bytes are ours; what a worker sends is untrusted (it has parsed hostile bytes and may have been taken over), so
it is capped, decoded into these closed types and nothing else, and a finding carries only the id of its kind: its words are put in
by the coordinator.
"""

import os
import struct
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.safe_copy.facts import Copied
from gifthorse.model.findings import Evidence, FindingKind, Severity
from gifthorse.model.inspections import NotInspected, Range, SourceKind
from gifthorse.model.words import Phrase

LARGEST_ANSWER: Final = 64 * 1024 * 1024
_PREFIX: Final = struct.Struct("<I")


class Purpose(StrEnum):
    """What workers are made for, which decides what is loaded before they are."""

    LOOK = "look"
    LIST = "list"
    SAFE_COPY = "safe-copy"


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker is told before it is confined.

    `item_seconds` is what an item of no size may take; `recognised` as in `Source`; `further_sizes` are those of the files that the
    source goes on in, `relative_sizes` those of disks that it may be the changes to. With `inventory` items are hashed and told apart,
    not looked into; without `digests` a large file of a medium is hashed only when something is found in it.
    """

    kind: SourceKind
    size: int
    item_seconds: float
    passwords: tuple[str, ...] = ()
    address_space: int | None = None
    safe_copy: bool = False
    inventory: bool = False
    digests: bool = True
    recognised: bool = False
    further_sizes: tuple[int, ...] = ()
    relative_sizes: tuple[int, ...] = ()


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """The first word of the preloaded parent: every kind of finding that its detectors can make, and a digest of the rules in use.

    `refused` says in one line why the user's rules can't be used; nothing else holds then.
    """

    kinds: tuple[FindingKind, ...]
    rules: str = ""
    refused: str | None = None


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """The first word of a worker, before it has seen a byte from outside: which confinements hold."""

    confinement: tuple[str, ...]


class Target(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A file to examine. `path` is its display form, `raw_path` and `raw_name` are the bytes that the folder or filesystem holds.

    `extents` are its (offset, length) runs on the medium; where they are None it is read through the filesystem or folder.
    """

    path: str
    raw_name: bytes
    size: int
    partition: int | None = None
    raw_path: bytes = b""
    extents: tuple[tuple[int, int], ...] | None = None
    attributes: tuple[str, ...] = ()
    modified: float | None = None
    inode: int | None = None
    stream: str | None = None
    folder: bool = False
    link: bytes | None = None
    got: int | None = None


class DeviceFiles(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What the folder of a USB device says: the bytes of its attribute files by their names."""

    path: str
    files: dict[str, bytes]


class Task(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Work for one worker.

    `duty` is "layout", "walk" or "walk again" (`partition`, by our own reader), "examine" (`targets`), "devices", "correlate" (`seen`)
    or "digest" (`targets`, whose SHA-256 is wanted).
    """

    number: int
    duty: str
    targets: tuple[Target, ...] = ()
    partition: Partition | None = None
    partitions: tuple[Partition, ...] = ()
    seen: tuple[Seen, ...] = ()
    devices: tuple[DeviceFiles, ...] = ()


class Told(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A finding without the words of its kind."""

    id: str
    severity: Severity
    confidence: float
    evidence: tuple[Evidence, ...]
    detail: Phrase | None = None


class Part(StrEnum):
    """A part of a worker's work, for the timings."""

    LAYOUT = "layout"
    WALK = "walk"
    READ = "read"
    IDENTIFY = "identify"
    DETECT = "detect"
    RULES = "rules"
    UNPACK = "unpack"
    CORRELATE = "correlate"


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of the answer to a task. `answered` are the positions of targets that are finished with this frame.

    What an item brings up before it is finished comes in frames whose `answered` is empty. `digests` are of targets, by position.
    `done` marks the last frame of a task;
    `peak_kib` is the worker's largest memory so far, `spent_us` the microseconds that each part of the work took since the frame before.
    """

    task: int
    done: bool = False
    answered: tuple[int, ...] = ()
    seen: tuple[Seen, ...] = ()
    told: tuple[Told, ...] = ()
    not_inspected: tuple[NotInspected, ...] = ()
    targets: tuple[Target, ...] = ()
    partitions: tuple[Partition, ...] = ()
    ranges: tuple[Range, ...] = ()
    copies: tuple[Copied, ...] = ()
    digests: dict[int, str] = {}
    peak_kib: int = 0
    spent_us: dict[Part, int] = {}


ENCODER: Final = msgspec.msgpack.Encoder()
ANSWERS: Final = msgspec.msgpack.Decoder(Answer)
TASKS: Final = msgspec.msgpack.Decoder(Task)


class Damaged(Exception):
    """What a worker sent is no message."""


def framed(message: msgspec.Struct) -> bytes:
    """*message* as it goes over the wire."""
    body = ENCODER.encode(message)
    return _PREFIX.pack(len(body)) + body


def write_frame(fd: int, message: msgspec.Struct) -> None:
    """*message* has gone to the other side."""
    rest = memoryview(framed(message))
    while rest:
        rest = rest[os.write(fd, rest) :]


def read_frame(fd: int) -> bytes | None:
    """The next message's body, None when the other side has closed."""
    prefix = _exactly(fd, _PREFIX.size)
    return None if prefix is None else _exactly(fd, _PREFIX.unpack(prefix)[0])


def _exactly(fd: int, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        piece = os.read(fd, min(count - len(parts), 1 << 20))
        if not piece:
            return None
        parts += piece
    return bytes(parts)


class Inbox:
    """Bytes from a worker, cut into message bodies."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def take_in(self, piece: bytes) -> list[bytes]:
        """The bodies that are complete now; raises Damaged for one that is larger than allowed."""
        self._buffer += piece
        bodies = []
        while len(self._buffer) >= _PREFIX.size:
            (length,) = _PREFIX.unpack_from(self._buffer)
            if length > LARGEST_ANSWER:
                raise Damaged(f"an answer of {length} bytes")
            if len(self._buffer) < _PREFIX.size + length:
                break
            bodies.append(bytes(self._buffer[_PREFIX.size : _PREFIX.size + length]))
            del self._buffer[: _PREFIX.size + length]
        return bodies


def decoded_answer(untrusted_body: bytes) -> Answer:
    """The answer in *untrusted_body*; raises Damaged for anything else."""
    try:
        return ANSWERS.decode(untrusted_body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:  # text that is no UTF-8 is not a DecodeError
        raise Damaged(str(error)) from error
