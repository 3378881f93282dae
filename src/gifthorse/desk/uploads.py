"""What comes in as files: how large it may be, and where its bytes go. Never to a plain file on the disk."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, Final, Protocol

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from gifthorse.desk.views.errors import page_for

PHOTOGRAPHS_AT_ONCE: Final = 6
CHUNK: Final = 1024 * 1024
# Routes that take more than a form's few words, each with the setting that limits it and how many such files come at once.
LARGER: Final[dict[str, tuple[str, int]]] = {
    "report": ("GIFTHORSE_PHOTOGRAPH_LIMIT", PHOTOGRAPHS_AT_ONCE),
    "photographs": ("GIFTHORSE_PHOTOGRAPH_LIMIT", PHOTOGRAPHS_AT_ONCE),
    "exhibits": ("GIFTHORSE_UPLOAD_LIMIT", 1),
    "arrival": ("GIFTHORSE_UPLOAD_LIMIT", 1),
    "import_people": ("GIFTHORSE_PEOPLE_LIMIT", 1),
    "read_booking": ("GIFTHORSE_BOOKING_LIMIT", 8),
    "many_trips": ("GIFTHORSE_BOOKING_LIMIT", 1),
    "tell_kind": ("GIFTHORSE_PHOTOGRAPH_LIMIT", PHOTOGRAPHS_AT_ONCE),
    "enclose": ("GIFTHORSE_PHOTOGRAPH_LIMIT", 1),
    "invitation": ("GIFTHORSE_PHOTOGRAPH_LIMIT", 1),
    "away_photographs": ("GIFTHORSE_PHOTOGRAPH_LIMIT", 1),
}
Answer = Callable[[HttpRequest], HttpResponseBase]


class Arrival(Protocol):
    """Bytes on their way into the vault: an item's content, or what comes with a report."""

    def write(self, chunk: bytes) -> None:
        """*chunk* is encrypted and written."""

    def finish(self) -> object:
        """What arrived, on record."""

    def abandon(self) -> None:
        """What had arrived is removed."""


class body_limits:  # noqa: N801 - a middleware is named like a function
    """Refuses a body larger than its route takes, before a byte of it is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the rest."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """None to go on, or the page that says it is too large."""
        route = request.resolver_match.url_name if request.resolver_match else None
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return page_for(request, 400)
        return page_for(request, 413) if length > limit_of(route or "") else None


def limit_of(route: str) -> int:
    """Bytes that a request to *route* may bring."""
    if route not in LARGER:
        return int(settings.GIFTHORSE_FORM_LIMIT)
    setting, files = LARGER[route]
    return int(getattr(settings, setting)) * files + int(settings.GIFTHORSE_FORM_LIMIT)


class PhotographsInMemory(FileUploadHandler):
    """Keeps photographs in memory until they are sealed; one that is too large stops the upload."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new, empty picture."""
        super().new_file(*args, **kwargs)
        self._bytes: IO[bytes] = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """*raw_data* is kept, unless that is too much."""
        if start + len(raw_data) > settings.GIFTHORSE_PHOTOGRAPH_LIMIT:
            raise StopUpload(connection_reset=False)
        self._bytes.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The picture."""
        self._bytes.seek(0)
        return InMemoryUploadedFile(
            file=self._bytes,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )


class StraightIntoTheVault(FileUploadHandler):
    """Writes the first file of a form into an arrival as it comes, so that no byte of it lies anywhere unencrypted."""

    def __init__(self, request: HttpRequest, begin: Callable[[str], Arrival]) -> None:
        super().__init__(request)
        self.chunk_size = CHUNK
        self._begin = begin
        self.arrival: Arrival | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new arrival; only one file comes with a form."""
        super().new_file(*args, **kwargs)
        if self.arrival is not None:
            raise StopUpload(connection_reset=False)
        self.arrival = self._begin(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """*raw_data* is encrypted and written, unless that is too much."""
        assert self.arrival is not None
        if start + len(raw_data) > settings.GIFTHORSE_UPLOAD_LIMIT:
            raise StopUpload(connection_reset=False)
        self.arrival.write(raw_data)

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        """A stand-in without content: the bytes are in the arrival."""
        stand_in = SimpleUploadedFile(self.file_name or "unnamed", b"")
        stand_in.size = file_size
        return stand_in

    def upload_interrupted(self) -> None:
        """What had arrived is removed."""
        self.drop()

    def drop(self) -> None:
        """What had arrived is removed."""
        if self.arrival is not None:
            self.arrival.abandon()
            self.arrival = None
