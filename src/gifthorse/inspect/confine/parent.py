"""The coordinator's hold on the zygote: started, asked for workers, told to kill one, and ended with everything that it started."""

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

import msgspec

from gifthorse.inspect.confine.messages import Hello, Purpose, read_frame
from gifthorse.inspect.confine.zygote import COMMAND, NOTICE, RULES_FOLLOW
from gifthorse.model.errors import NotAccepted, NotConfined
from gifthorse.model.findings import FindingKind
from gifthorse.model.words import N_

_PATIENCE_S: Final = 5.0
# Nothing of the caller's environment reaches the parsers; one thread per library is enough in a process per core.
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
NOT_STARTED: Final = N_("The inspection's parsers could not be started. Install gifthorse again.")


class Parent:
    """The zygote as seen from the coordinator."""

    def __init__(self, own_detectors: Sequence[str] = (), rules: Sequence[str] = (), purpose: Purpose = Purpose.LOOK) -> None:
        self._ready = False
        self.rules = ""
        self.control, theirs = socket.socketpair()
        ends = (str(theirs.fileno()), str(os.getpid()))
        extras = (purpose, *map(os.path.abspath, own_detectors), RULES_FOLLOW, *map(os.path.abspath, rules))
        command = [sys.executable, "-I", "-m", "gifthorse.inspect.confine.zygote", *ends, *extras]
        with theirs:
            try:
                self._process = _started(command, theirs.fileno())
            except OSError as error:
                self.control.close()
                raise NotConfined(NOT_STARTED + f" ({error})") from error

    def kinds(self) -> tuple[FindingKind, ...]:
        """Every kind of finding that the detectors can make, once they are loaded; raises NotConfined when they can't be, and
        NotAccepted for rules that can't be used. `rules` is their digest after the call.
        """
        body = read_frame(self.control.fileno())
        if body is None:
            raise NotConfined(NOT_STARTED + self._complaint())
        hello = msgspec.msgpack.decode(body, type=Hello)
        if hello.refused is not None:
            raise NotAccepted(hello.refused, field="rules")
        self._ready = True
        self.rules = hello.rules
        return hello.kinds

    def fork(self, channel: int, source: int, further: Sequence[int] = ()) -> None:
        """A worker for the open *source*, which goes on in *further* files, will listen on *channel*; its process id comes as a notice."""
        socket.send_fds(self.control, [COMMAND.pack(b"F", 0)], [channel, source, *further])

    def kill(self, pid: int) -> None:
        """The worker *pid* will be killed, if it still runs."""
        self.control.sendall(COMMAND.pack(b"K", pid))

    def notice(self) -> tuple[bytes, int, int] | None:
        """The next notice (b"P" or b"X", pid, status), None when the zygote is gone."""
        body = b""
        while len(body) < NOTICE.size:
            piece = self.control.recv(NOTICE.size - len(body))
            if not piece:
                return None
            body += piece
        found: tuple[bytes, int, int] = NOTICE.unpack(body)
        return found

    def end(self) -> None:
        """The zygote and all its workers are gone."""
        self.control.close()
        if not self._ready:  # still loading, and without workers
            self._process.kill()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def _complaint(self) -> str:
        """The last line that the zygote wrote before it ended: an import error, as a rule."""
        assert self._process.stderr is not None
        lines = self._process.stderr.read().decode(errors="replace").strip().splitlines()
        return f" ({lines[-1]})" if lines else ""


def _started(command: list[str], control: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=(control,),
        env=_ENVIRONMENT,
        cwd="/",
        start_new_session=True,  # the terminal's Ctrl-C is for the coordinator, which ends the rest in order
    )
