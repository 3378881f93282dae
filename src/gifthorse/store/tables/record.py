"""What every kept record has in common: an opaque id, and canonical bytes that the ledger's digest covers."""

import types
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar

import msgspec
from django.db import models

from gifthorse.model import moments


class Record(models.Model):
    """A row whose every recorded field is covered by the ledger: a change made past the procedures is found by `verify`."""

    PREFIX: ClassVar[str]
    UNRECORDED: ClassVar[frozenset[str]] = frozenset()
    # Fields that came with a later version, with the value that older rows got: as long as they hold it they are left out of the
    # canonical bytes, so that what the ledger said of older rows still holds; any other value is covered like the rest.
    ADDED: ClassVar[Mapping[str, Any]] = {}

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
        return canonical_bytes(self, self.UNRECORDED, self.ADDED)


def canonical_bytes(row: models.Model, unrecorded: Collection[str] = (), added: Mapping[str, Any] = types.MappingProxyType({})) -> bytes:
    """The fields of *row*, but for those *unrecorded* and those *added* later that still hold their first value."""
    told = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields if field.attname not in unrecorded}
    fields = {name: _plain(value) for name, value in told.items() if name not in added or value != added[name]}
    return msgspec.json.encode({"table": row._meta.db_table, **fields}, order="deterministic")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moments.written(value)
    if isinstance(value, memoryview):
        return bytes(value)
    return value
