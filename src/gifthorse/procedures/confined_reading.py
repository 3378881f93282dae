"""Files of strangers read in a process that has given everything up first; all it can hand over is facts of a fixed shape.

    desk:    read_confined("itinerary", bytes, {"name": …, "reference_day": …, "home_zone": …})
      │ starts `python -I -m gifthorse.procedures.confined_reading itinerary`, the bytes in a memory file
      ▼
    process: loads what the reader needs → gives up files, network, other processes → reads the bytes → writes one JSON answer

Whoever takes the process over can only write an answer, so the answer is decoded into the reader's own type and nothing else, and
a refusal only counts when its sentence is one of the reader's own. Readers are listed in `READERS`; to add one, add a line.
"""

import importlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

import msgspec

from gifthorse.inspect.confine.limits import die_with
from gifthorse.inspect.confine.pool import ALL_CONFINEMENTS
from gifthorse.model.errors import NotAccepted, NotConfined, Unreadable
from gifthorse.model.words import N_

SECONDS: Final = 30.0
LARGEST_ANSWER: Final = 32 * 1024 * 1024
LARGEST_INPUT: Final = 64 * 1024 * 1024  # each reader has a smaller limit of its own
TOO_LARGE: Final = N_("This file is too large. Please send a smaller one.")
NOTHING_SURE: Final = N_("This file could not be read. Please save it again, or enter what it says by hand.")
_UNCONFINED: Final = 3
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Where a reader's parts are, each as `module:name`.

    `read` takes the bytes and keywords and gives an `answer`, or raises NotAccepted with one of the sentences in `refusals`; `load` brings
    everything that reading needs into memory; `arguments` is the type of the keywords.
    """

    read: str
    answer: str
    arguments: str
    refusals: str
    load: str


READERS: Final[dict[str, Reader]] = {
    "itinerary": Reader(
        read="gifthorse.procedures.booking_files:read_with",
        answer="gifthorse.model.itineraries:Itinerary",
        arguments="gifthorse.brief.itinerary.read:Asked",
        refusals="gifthorse.procedures.booking_files:REFUSALS",
        load="gifthorse.procedures.booking_files:load",
    ),
    "advice": Reader(
        read="gifthorse.brief.advice.confined:read_with",
        answer="gifthorse.brief.advice.reading:Advice",
        arguments="gifthorse.brief.advice.confined:Asked",
        refusals="gifthorse.brief.advice.confined:REFUSALS",
        load="gifthorse.brief.advice.confined:load",
    ),
    "mail": Reader(
        read="gifthorse.procedures.mail_files:read_with",
        answer="gifthorse.report.mail_parts:MailFacts",
        arguments="gifthorse.procedures.mail_files:Asked",
        refusals="gifthorse.procedures.mail_files:REFUSALS",
        load="gifthorse.procedures.mail_files:load",
    ),
}


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """The one answer of the process: facts as the reader's type, or the sentence of a refusal."""

    facts: msgspec.Raw = msgspec.Raw(b"null")
    refused: str = ""
    field: str | None = None


def read_confined(reader: str, untrusted_bytes: bytes, asked: Mapping[str, Any]) -> Any:
    """What *reader* (a key of `READERS`) makes of the bytes, as its answer type; *asked* are its keywords.

    Raises NotAccepted as the reader does, Unreadable when it fails, takes longer than 30 s or answers anything else, NotConfined where
    the process can't be locked in.
    """
    chosen = READERS[reader]
    arguments = msgspec.convert(dict(asked), type=found(chosen.arguments))
    if len(untrusted_bytes) > LARGEST_INPUT:
        raise NotAccepted(TOO_LARGE)
    return _facts(_answer(reader, msgspec.json.encode(arguments), untrusted_bytes), chosen)


def found(path: str) -> Any:
    """What stands at *path*, `module:name`."""
    module, _colon, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


def _facts(untrusted_answer: bytes, reader: Reader) -> Any:
    try:
        answered = msgspec.json.decode(untrusted_answer, type=Answered)
        if bytes(answered.facts) != b"null":
            return msgspec.json.decode(answered.facts, type=found(reader.answer))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(NOTHING_SURE) from error
    if answered.refused in found(reader.refusals):
        raise NotAccepted(answered.refused, field=answered.field)
    raise Unreadable(NOTHING_SURE)


def _answer(reader: str, arguments: bytes, untrusted_bytes: bytes) -> bytes:
    """What the process wrote, at most `LARGEST_ANSWER`; it is dead afterwards."""
    source = _memory_file(arguments, untrusted_bytes)
    try:
        process = _started(reader, source)
    finally:
        os.close(source)
    end = threading.Timer(SECONDS, process.kill)
    end.start()
    try:
        assert process.stdout is not None
        with process.stdout as answer:
            untrusted_answer = answer.read(LARGEST_ANSWER + 1)
        process.kill()
        status = process.wait()
    finally:
        end.cancel()
    if status == _UNCONFINED:
        raise NotConfined(N_("This system can't lock in what reads files of strangers, so they aren't read. Use Linux 5.13 or later."))
    if len(untrusted_answer) > LARGEST_ANSWER:
        raise Unreadable(NOTHING_SURE)
    return untrusted_answer


def _started(reader: str, source: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "gifthorse.procedures.confined_reading", reader, str(source), str(os.getpid())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(source,),
        env=_ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )


def _memory_file(arguments: bytes, untrusted_bytes: bytes) -> int:
    """A file that is nowhere but in memory: one line of arguments, then the bytes. Names of files and people stay off the command line."""
    file = os.memfd_create("untrusted", os.MFD_CLOEXEC)
    for part in (arguments + b"\n", untrusted_bytes):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(file, rest) :]
    os.lseek(file, 0, os.SEEK_SET)
    return file


def main() -> None:
    """Reads the file named by descriptor with the reader named on the command line, confined, and writes the answer to standard output."""
    name, source, parent = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    die_with(parent)
    chosen = READERS[name]
    found(chosen.load)()
    read, asked = found(chosen.read), found(chosen.arguments)
    confine_or_end(source)
    answer = memoryview(answered_by(read, asked, source))
    while answer:
        answer = answer[os.write(1, answer) :]
    os._exit(0)


def confine_or_end(source: int) -> None:
    """The process is locked in from here on; it ends, and says so by its status, where that isn't possible."""
    from gifthorse.inspect.confine.messages import Setup
    from gifthorse.inspect.confine.worker import confine
    from gifthorse.model.inspections import SourceKind

    held = confine(source, Setup(kind=SourceKind.FILE, size=0, item_seconds=SECONDS))
    if set(held) != set(ALL_CONFINEMENTS):
        os._exit(_UNCONFINED)


def answered_by(read: Callable[[bytes, Any], Any], asked: Any, source: int) -> bytes:
    """The answer of *read* to the file *source*, as JSON."""
    with os.fdopen(source, "rb") as file:
        arguments, untrusted_bytes = msgspec.json.decode(file.readline(), type=asked), file.read()
    try:
        return msgspec.json.encode(Answered(facts=msgspec.Raw(msgspec.json.encode(read(untrusted_bytes, arguments)))))
    except NotAccepted as refusal:
        return msgspec.json.encode(Answered(refused=str(refusal), field=refusal.field))


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main()
