"""Uploads in pieces: each piece says where it begins, so that an upload goes on after a broken connection.

The state of an upload (the running encryption) lives in the memory of the one web process. When the desk is started anew, unfinished
uploads begin again from their first byte; what they left in the vault's folder is swept.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from django.conf import settings

from gifthorse.model.errors import NotAccepted, NotFound, WrongState
from gifthorse.model.words import N_
from gifthorse.procedures.attach_exhibit import Arrival
from gifthorse.store.tables.exhibit import Exhibit

FORGOTTEN_AFTER: Final = 6 * 3600.0  # seconds without a piece
AT_ONCE: Final = 16
READ: Final = 1024 * 1024


class Readable(Protocol):
    """Something whose bytes come piece by piece, such as a request."""

    def read(self, size: int, /) -> bytes:
        """Up to *size* bytes, none at the end."""


class Upload:
    """One upload under way."""

    def __init__(self, person: str, item_id: str, arrival: Arrival, now: float) -> None:
        self.person = person
        self.item_id = item_id
        self.arrival = arrival
        self.touched = now
        self.lock = threading.Lock()


class Uploads:
    """The uploads under way, by their unguessable token."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._uploads: dict[str, Upload] = {}

    def begin(self, person: str, item_id: str, arrival: Arrival) -> str:
        """The token of a new upload. Raises WrongState when too many are under way."""
        self.forget_old()
        with self._lock:
            if len(self._uploads) >= AT_ONCE:
                arrival.abandon()
                raise WrongState(N_("Too many uploads are under way. Please wait until one of them is done."))
            token = secrets.token_urlsafe(24)
            self._uploads[token] = Upload(person, item_id, arrival, self._clock())
            return token

    def size(self, token: str, person: str, item_id: str) -> int:
        """Bytes that have arrived. Raises NotFound."""
        return self._mine(token, person, item_id).arrival.size

    def take(self, token: str, person: str, item_id: str, offset: int, body: Readable) -> int:
        """Bytes that have arrived after *body*, which begins at *offset*; a piece for another place is left alone."""
        with self._held(token, person, item_id) as upload:
            if offset != upload.arrival.size:
                return upload.arrival.size
            while chunk := body.read(READ):
                if upload.arrival.size + len(chunk) > settings.GIFTHORSE_UPLOAD_LIMIT:
                    self._drop(token)
                    raise NotAccepted(N_("This file is larger than the desk takes. An administrator can raise the limit."), field="file")
                upload.arrival.write(chunk)
            return upload.arrival.size

    def finish(self, token: str, person: str, item_id: str, size: int) -> Exhibit:
        """The exhibit. Raises WrongState when not all *size* bytes have arrived."""
        with self._held(token, person, item_id) as upload:
            if upload.arrival.size != size:
                raise WrongState(N_("Not all of the file has arrived. Please send the rest."))
            with self._lock:
                self._uploads.pop(token, None)
            return upload.arrival.finish()

    def forget_old(self) -> None:
        """Uploads that nobody has gone on with for hours are removed."""
        oldest = self._clock() - FORGOTTEN_AFTER
        for token in [token for token, upload in list(self._uploads.items()) if upload.touched < oldest]:
            self._drop(token)

    def _mine(self, token: str, person: str, item_id: str) -> Upload:
        upload = self._uploads.get(token)
        if upload is None or upload.person != person or upload.item_id != item_id:
            raise NotFound(N_("This upload is not under way any more. Please start it again."))
        return upload

    @contextmanager
    def _held(self, token: str, person: str, item_id: str) -> Iterator[Upload]:
        upload = self._mine(token, person, item_id)
        with upload.lock:
            upload.touched = self._clock()
            yield upload

    def _drop(self, token: str) -> None:
        with self._lock:
            upload = self._uploads.pop(token, None)
        if upload is not None:
            upload.arrival.abandon()


UPLOADS: Final = Uploads()
