"""What waits to be assessed or compared because a report, a correction or a decision touched it."""

from django.db import models


class Awaiting(models.Model):
    """A contact that was touched. Derived: whatever waits is gone once done, and after a restore everything is assessed anew."""

    kind = models.CharField(max_length=24)
    contact = models.CharField(max_length=40)

    class Meta:
        db_table = "awaiting"
        constraints = [models.UniqueConstraint(fields=["kind", "contact"], name="one_awaiting_per_kind_and_contact")]
