"""What every kept record has in common: an opaque id, and canonical bytes that the ledger's digest covers."""

from datetime import datetime
from typing import Any, ClassVar

import msgspec
from django.db import models

from gifthorse.model import moments


class Record(models.Model):
    """A row whose every recorded field is covered by the ledger: a change made past the procedures is found by `verify`."""

    PREFIX: ClassVar[str]
    UNRECORDED: ClassVar[frozenset[str]] = frozenset()

    id = models.CharField(primary_key=True, max_length=40)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True

    @classmethod
    def table_name(cls) -> str:
        """The name under which the ledger knows this table."""
        return cls._meta.db_table

    def canonical(self) -> bytes:
        """The recorded fields, always in the same order and form, so that equal records have equal bytes on every database."""
        fields = {
            field.attname: _plain(field.value_from_object(self))
            for field in self._meta.concrete_fields
            if field.attname not in self.UNRECORDED
        }
        return msgspec.json.encode({"table": self.table_name(), **fields}, order="deterministic")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moments.written(value)
    if isinstance(value, memoryview):
        return bytes(value)
    return value
