"""The preloaded parent of all workers: a fresh process that loads the parsers once and forks confined workers on demand.

It never sees a byte from outside. The coordinator holds the other end of its control socket: closing that ends everything.
Control messages are an operation and a number: ``F`` (with descriptors: a worker's channel, the source and its further parts) forks,
``K pid`` kills.
It answers ``P pid`` for a fork and ``X pid status`` for an end.
"""

import array
import contextlib
import fcntl
import gc
import os
import select
import signal
import socket
import struct
import sys
from typing import Final

from gifthorse.inspect.confine.limits import die_with, refuse_new_privileges
from gifthorse.inspect.confine.messages import Hello, Purpose, framed
from gifthorse.model.errors import NotAccepted

COMMAND: Final = struct.Struct("<cI")
NOTICE: Final = struct.Struct("<cIi")
_DESCRIPTORS: Final = 253  # as many as the kernel hands over at once
RULES_FOLLOW: Final = "rules"  # no path: those are absolute


def main() -> None:
    """Serves the coordinator whose control socket is the descriptor and process named on the command line, until it is gone."""
    control_fd, coordinator = int(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    refuse_new_privileges()
    die_with(coordinator)
    gc.disable()  # modules are made to stay: looking for garbage among them costs a tenth of the start
    from gifthorse.inspect import registry

    rules, refused = "", None
    try:
        rules = registry.load(*_extras(sys.argv[4:]), Purpose(sys.argv[3]))
    except NotAccepted as error:
        refused = str(error)
    # What is loaded stays: without this each worker's garbage collection would copy the shared pages.
    gc.freeze()
    gc.enable()
    with socket.socket(fileno=control_fd) as control:
        control.sendall(framed(Hello(kinds=registry.kinds(), rules=rules, refused=refused)))
        Zygote(control).serve()


def _extras(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Paths of further detectors, and after the word ``rules`` of further rules."""
    split = arguments.index(RULES_FOLLOW)
    return arguments[:split], arguments[split + 1 :]


class Zygote:
    """Forks, kills and buries workers as the coordinator asks."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._children: set[int] = set()
        self._wake, wake_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake_end)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Ends when the coordinator has closed its end; no worker is left then."""
        try:
            while True:
                ready, _, _ = select.select([self._control.fileno(), self._wake], [], [])
                if self._wake in ready:
                    self._bury()
                if self._control.fileno() in ready and not self._obey():
                    return
        finally:
            self._end_all()

    def _obey(self) -> bool:
        message, ancillary, _flags, _address = self._control.recvmsg(COMMAND.size, socket.CMSG_SPACE(_DESCRIPTORS * 4))
        if len(message) < COMMAND.size:
            return False
        operation, number = COMMAND.unpack(message)
        if operation == b"F":
            self._fork(_descriptors(ancillary))
        elif operation == b"K" and number in self._children:
            os.kill(number, signal.SIGKILL)
        return True

    def _fork(self, descriptors: list[int]) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _become_worker(parent, descriptors)
        self._children.add(pid)
        for descriptor in descriptors:
            os.close(descriptor)
        self._control.sendall(NOTICE.pack(b"P", pid, 0))

    def _bury(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake, 4096)
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self._children.discard(pid)
            self._control.sendall(NOTICE.pack(b"X", pid, os.waitstatus_to_exitcode(status)))

    def _end_all(self) -> None:
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
        for pid in self._children:
            os.waitpid(pid, 0)


def _descriptors(ancillary: list[tuple[int, int, bytes]]) -> list[int]:
    found = array.array("i")
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            found.frombytes(data)
    return list(found)


def _become_worker(parent: int, descriptors: list[int]) -> None:
    """Runs the worker in the forked child and never returns."""
    status = 70
    try:
        die_with(parent)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        from gifthorse.inspect.confine import worker

        channel, source, *further = _moved(descriptors)
        worker.serve(channel, source, further)
        status = 0
    except BaseException as error:  # noqa: BLE001 - the process ends here; the coordinator hears the status
        status = 71 if isinstance(error, MemoryError) else 70
    finally:
        os._exit(status)


def _moved(descriptors: list[int]) -> list[int]:
    """The descriptors at 3 and the places behind it, everything else above standard error closed."""
    end = 3 + len(descriptors)
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, end) for descriptor in descriptors]  # none in a place that is about to be taken
    for place, descriptor in enumerate(high, 3):
        os.dup2(descriptor, place, inheritable=False)
    os.dup2(1, 2)  # what a worker writes to its standard error is nobody's business
    os.closerange(end, os.sysconf("SC_OPEN_MAX"))
    return list(range(3, end))


if __name__ == "__main__":
    main()
