"""Which tables a backup holds, and how their rows are written so that any database can take them back."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

import msgspec
from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from gifthorse.model import moments

Model = type[models.Model]
APPS: Final = ("store", "account", "mfa")
LEFT_OUT: Final = {
    "store.recordkey": "lies beside the backup, so that destroying a key erases the record from old backups too",
    "store.searchword": "derived from sealed texts; made anew after a restore",
    "store.awaiting": "what waits to be assessed; after a restore everything is",
    "store.standing": "derived from observations; made anew after a restore",
    "socialaccount.socialaccount": "always empty: who signs in through the house is known by their mail address, and nothing is kept",
    "socialaccount.socialapp": "always empty: the provider is named by the environment",
    "socialaccount.socialtoken": "always empty: no token is kept",
    "sessions.session": "who is signed in now",
    "usersessions.usersession": "who is signed in now, from which address",
    "django_tasks_database.dbtaskresult": "the queue; inspections that were under way are started again",
    "contenttypes.contenttype": "made by the migrations",
    "auth.permission": "made by the migrations",
    "auth.group": "not used",
    "auth.group_permissions": "not used",
}
ROWS: Final = 500


def tables() -> list[Model]:
    """The tables that a backup holds, by label."""
    found = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True) if model._meta.managed]
    return sorted((model for model in found if model._meta.label_lower not in LEFT_OUT), key=lambda model: model._meta.label_lower)


def migrations() -> list[str]:
    """The migrations that shaped those tables."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in APPS)


def chunks(model: Model) -> Iterator[tuple[int, bytes]]:
    """The rows of a table as lines of JSON, some hundred at a time, with their number."""
    lines: list[bytes] = []
    size = 0
    for record in model._default_manager.order_by("pk").iterator(chunk_size=ROWS):
        lines.append(line(record))
        size += len(lines[-1])
        if len(lines) == ROWS or size > 1 << 20:
            yield len(lines), b"\n".join(lines) + b"\n"
            lines, size = [], 0
    if lines:
        yield len(lines), b"\n".join(lines) + b"\n"


def line(record: models.Model) -> bytes:
    """The row as JSON: times in UTC to the microsecond, bytes in base64."""
    values = {field.attname: _plain(field, field.value_from_object(record)) for field in record._meta.concrete_fields}
    return msgspec.json.encode(values, order="deterministic")


def rows(model: Model, lines: bytes) -> list[models.Model]:
    """The rows that `line` wrote. Raises KeyError, ValueError or msgspec.DecodeError for anything else."""
    readers = [(field.attname, _reader(field)) for field in model._meta.concrete_fields]
    return [
        model(**{name: None if values[name] is None else read(values[name]) for name, read in readers})
        for values in map(msgspec.json.decode, lines.splitlines())
    ]


class RowSum:
    """Number and digest of rows in any order: the sum of their SHA-256 digests modulo 2^256."""

    def __init__(self) -> None:
        self.count = 0
        self._sum = 0

    def add(self, lines: Iterable[bytes]) -> None:
        """These rows count in."""
        for one in lines:
            self.count += 1
            self._sum += int.from_bytes(hashlib.sha256(one).digest(), "big")

    @property
    def digest(self) -> str:
        """64 hexadecimal digits."""
        return (self._sum % (1 << 256)).to_bytes(32, "big").hex()


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str() | bytes():
            return value
        case memoryview():
            return bytes(value)
        case datetime():
            return moments.written(value)
        case list() | dict() if isinstance(field, models.JSONField):
            return value
    return str(value)


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    match field:
        case models.BinaryField():
            return base64.b64decode
        case models.DateTimeField():
            return moments.read
        case models.JSONField():
            return lambda value: value
        case _:
            return field.to_python
