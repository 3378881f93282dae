"""What the vault keeps: ciphertext here, the record's wrapped key in a table of its own that backups treat apart."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.record import Record


class Sealed(Record):
    """One encrypted text or file. Small bodies lie in the row, streamed files under `file` in the vault's folder.

    `digest` is SHA-256 of the ciphertext and stands for the body in the ledger; `size` is of the plaintext, in bytes. `erased` says
    that the key was destroyed on purpose: a key that is missing without it was lost or taken.
    """

    PREFIX: ClassVar[str] = "sealed"
    UNRECORDED: ClassVar[frozenset[str]] = frozenset({"body"})

    body = models.BinaryField(null=True)
    file = models.CharField(max_length=80, blank=True, default="")
    size = models.BigIntegerField(default=0)
    digest = models.BinaryField()
    erased = models.BooleanField(default=False)

    class Meta:
        db_table = "sealed"


class RecordKey(models.Model):
    """The key of one sealed record, wrapped by the key-encryption key. Deleting the row erases the record for good."""

    sealed = models.OneToOneField(Sealed, on_delete=models.PROTECT, primary_key=True, related_name="key")
    wrapped = models.BinaryField()

    class Meta:
        db_table = "record_key"
