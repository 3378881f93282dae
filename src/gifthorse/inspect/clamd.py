"""ClamAV's service, asked over its socket when there is one. What it knows is added; that it knows nothing says nothing.

The coordinator asks, since confined workers can open no socket; the bytes pass through it unread. Protocol: clamd(8), INSTREAM.
"""

import os
import queue
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

import msgspec

from gifthorse.inspect.confine.messages import Target
from gifthorse.inspect.content import ExtentContent, FileContent
from gifthorse.inspect.item import Content, shown
from gifthorse.inspect.rules.kinds import MATCH, SCANNER_FAILED
from gifthorse.inspect.sources import Source
from gifthorse.inspect.walk.folder import FolderReader
from gifthorse.model.findings import Evidence, Finding, Severity
from gifthorse.model.inspections import SourceKind
from gifthorse.model.words import N_, phrase

OFF: Final = "off"
ADDRESS_VARIABLE: Final = "CLAMD_SOCKET"
USUAL_PLACES: Final = (
    "/run/clamav/clamd.ctl",
    "/var/run/clamav/clamd.ctl",
    "/run/clamd.scan/clamd.sock",
    "/run/clamav/clamd.sock",
    "/tmp/clamd.socket",  # noqa: S108 - where the service itself makes it unless told otherwise
)
LARGEST: Final = 25 * 1024 * 1024  # StreamMaxLength, unless the service is set otherwise
PATIENCE_S: Final = 60.0
_WAITING: Final = 10_000
_CHUNK: Final = 64 * 1024
_LONGEST_ANSWER: Final = 4096
_END: Final = object()
# Names under which ClamAV tells what may be unwanted or odd, and no known harm.
_DOUBTFUL: Final = ("PUA.", "Heuristics.")


class Unanswered(Exception):
    """The service did not answer as it should."""


def address(wanted: str = "") -> str | None:
    """Where the service listens: as *wanted*, as the environment says, or at one of its usual places; None when nowhere."""
    if wanted == OFF:
        return None
    said = wanted or os.environ.get(ADDRESS_VARIABLE, "")
    return said or next((place for place in USUAL_PLACES if os.path.exists(place)), None)


def version(where: str) -> str:
    """The service's own words about itself and its signatures; raises Unanswered."""
    with _connected(where) as channel:
        channel.sendall(b"zVERSION\0")
        return shown(_answer(channel))


def version_or_nothing(where: str | None) -> str:
    """The service's own words about itself; empty when there is none, or none that answers."""
    try:
        return "" if where is None else version(where)
    except Unanswered:
        return ""


def signature_in(where: str, pieces: Iterator[bytes]) -> str | None:
    """The name of the signature that fits the bytes, None when none does; raises Unanswered."""
    with _connected(where) as channel:
        try:
            channel.sendall(b"zINSTREAM\0")
            for piece in pieces:
                channel.sendall(struct.pack(">I", len(piece)) + piece)
            channel.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):  # it has its answer, or its limit, before the end
            pass
        answer = _answer(channel)
    if answer.endswith(" FOUND"):
        return shown(answer.removesuffix(" FOUND").partition(": ")[2])
    if answer.endswith("OK"):
        return None
    raise Unanswered(shown(answer) or "no answer")


class Questions(threading.Thread):
    """Asks about one file after the other, beside the inspection.

    Once it has ended: `known` are the places with the names that the service has for them, `asked` and `left_out` count files, and
    `trouble` says why it could not ask.
    """

    def __init__(self, where: str, source: Source) -> None:
        super().__init__(name="clamd", daemon=True)
        self._where = where
        self._source = source
        self._targets: queue.SimpleQueue[Target | object] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._folder = FolderReader(source.fd) if source.kind is SourceKind.FOLDER else None
        self.version = ""
        self.known: list[tuple[Evidence, str]] = []
        self.trouble: str | None = None
        self.asked = 0
        self.left_out = 0

    def about(self, target: Target) -> None:
        """*target* will be asked about, when it is a file whose bytes lie open."""
        if not target.folder and target.link is None and target.size:
            self._targets.put(target)

    def no_more(self) -> None:
        """The thread ends when the questions before this are answered."""
        self._targets.put(_END)

    def stop(self) -> None:
        """The thread ends soon."""
        self._stopped.set()
        self.no_more()
        if self.is_alive():
            self.join(PATIENCE_S)

    def findings(self) -> Iterator[Finding]:
        """What the service knows, and that it could not be asked if so."""
        program = self.version.split("/")[0].removeprefix("ClamAV ") or "unknown"
        for place, name in self.known:
            doubtful = name.startswith(_DOUBTFUL)
            found = MATCH.found(
                place,
                severity=Severity.MEDIUM if doubtful else Severity.HIGH,
                detail=phrase(N_("{version} calls it “{name}”."), version=self.version, name=name),
            )
            yield msgspec.structs.replace(found, detector=f"clamd@{program}")
        if self.trouble is not None:
            yield SCANNER_FAILED.found(Evidence(path=""), detail=phrase(N_("What happened: {trouble}."), trouble=self.trouble))

    def said(self) -> str:
        """What stands about it among the rules in use."""
        return f"{self.version or 'clamd'}, asked about {self.asked} files, {self.left_out} left out"

    def run(self) -> None:
        """Every question was asked, or `trouble` says why not."""
        try:
            self.version = version(self._where)
            while (target := self._targets.get()) is not _END and not self._stopped.is_set():
                assert isinstance(target, Target)
                self._ask(target)
        except (Unanswered, OSError) as error:
            self.trouble = shown(str(error))

    def _ask(self, target: Target) -> None:
        if target.size > LARGEST:
            self.left_out += 1
            return
        try:
            if self._folder is not None:
                with self._opened(self._folder, target) as opened:
                    name = signature_in(self._where, _pieces(opened))
            elif (content := self._content(target)) is not None:
                name = signature_in(self._where, _pieces(content))
            else:
                self.left_out += 1
                return
        except _ReadFailed:  # that it can't be read is told by the worker that looks at it
            self.left_out += 1
            return
        self.asked += 1
        if name is not None:
            self.known.append((Evidence(path=target.path, partition=target.partition), name))

    @staticmethod
    @contextmanager
    def _opened(folder: FolderReader, target: Target) -> Iterator[Content]:
        with ExitStack() as stack:
            try:
                opened = stack.enter_context(folder.opened(target.raw_path))
            except OSError as error:
                raise _ReadFailed from error
            yield opened

    def _content(self, target: Target) -> Content | None:
        """A file of the medium that lies on it as such, or the source itself; None when only a filesystem's reader gets at it."""
        if target.partition is None and self._source.size is not None:
            return FileContent(self._source.fd, self._source.size)
        return None if target.extents is None else ExtentContent(self._source.fd, target.size, target.extents)


class _ReadFailed(Exception):
    pass


def _pieces(content: Content) -> Iterator[bytes]:
    at = 0
    while at < content.size:
        try:
            piece = content.read(at, _CHUNK)
        except OSError as error:
            raise _ReadFailed from error
        if not piece:
            return
        at += len(piece)
        yield piece


def _connected(where: str) -> socket.socket:
    try:
        if where.startswith("/"):
            channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            channel.settimeout(PATIENCE_S)
            channel.connect(where)
            return channel
        host, _colon, port = where.rpartition(":")
        return socket.create_connection((host, int(port)), PATIENCE_S)
    except (OSError, ValueError) as error:
        raise Unanswered(f"{where}: {error}") from error


def _answer(channel: socket.socket) -> str:
    """What comes up to the closing zero byte or the end."""
    answer = b""
    while len(answer) < _LONGEST_ANSWER and not answer.endswith(b"\0"):
        try:
            piece = channel.recv(_LONGEST_ANSWER)
        except OSError as error:
            raise Unanswered(str(error)) from error
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
