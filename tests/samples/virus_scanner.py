"""A stand-in for ClamAV's service that speaks its protocol and knows one word."""

import socket
import struct
import threading
from pathlib import Path

WORD = b"inert word that the stand-in knows"
VERSION = b"ClamAV 9.9.9/12345/Sun Nov 22 10:00:00 2026"


class VirusScanner:
    """Listens at `address` until it is closed. `heard` are the bodies that it was asked about."""

    def __init__(self, folder: Path, *, answers: bytes | None = None) -> None:
        self.address = str(folder / "clamd.ctl")
        self.heard: list[bytes] = []
        self._answers = answers
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(self.address)
        self._listening.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Nobody listens any more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                channel, _address = self._listening.accept()
            except OSError:
                return
            with channel, channel.makefile("rb") as said:
                command = b""
                while not command.endswith(b"\0"):
                    command += said.read(1)
                channel.sendall(self._answer(command, said) + b"\0")

    def _answer(self, command: bytes, said: object) -> bytes:
        if command == b"zVERSION\0":
            return VERSION
        assert command == b"zINSTREAM\0"
        body = b""
        while length := struct.unpack(">I", said.read(4))[0]:  # type: ignore[attr-defined]
            body += said.read(length)  # type: ignore[attr-defined]
        self.heard.append(body)
        if self._answers is not None:
            return self._answers
        return b"stream: Test.Word-1 FOUND" if WORD in body else b"stream: OK"
