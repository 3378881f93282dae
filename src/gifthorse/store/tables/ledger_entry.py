"""The ledger's rows and its signed checkpoints. The database itself refuses to change or delete either (triggers in the migration)."""

from django.db import models


class LedgerEntry(models.Model):
    """One entry: `body` is its canonical JSON (who, what, when, which records with which digests), `digest` chains it to the one before."""

    position = models.BigIntegerField(primary_key=True)
    body = models.BinaryField()
    digest = models.BinaryField()
    # copies of what `body` says, for searching; `verify` checks that they agree with it
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    procedure = models.CharField(max_length=40, db_index=True)
    subject = models.CharField(max_length=40, db_index=True)

    class Meta:
        db_table = "ledger_entry"
        ordering = ("position",)


class Checkpoint(models.Model):
    """The signed state of the ledger up to `position`."""

    position = models.BigIntegerField(primary_key=True)
    body = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        db_table = "checkpoint"
        ordering = ("position",)
