"""Who leaves a trip or an event, and know-how that stays at home after all, is ended and kept as history.

Until now the trip's own sealed content said who had left it and what was taken along, since the rows were never deleted. What it says is
written into the rows here, with a ledger entry for each trip, so that the rows alone tell it from now on; the content's old words are
read no more. The desk's keys are needed for that where there are trips; without them nothing is changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import migrations, models

from gifthorse.store import ledger, vault
from gifthorse.store.tables.record import canonical_bytes

if TYPE_CHECKING:
    from gifthorse.store.tables.record import Record

ADDED = {"ended": False}
AT_ONCE = 500


class Changed(NamedTuple):
    """A row of this version as the ledger takes records."""

    row: Any

    @property
    def pk(self) -> str:
        """The opaque id."""
        return str(self.row.pk)

    def table_name(self) -> str:
        """The name under which the ledger knows the table."""
        return str(self.row._meta.db_table)

    def canonical(self) -> bytes:
        """As records of this version tell their fields."""
        return canonical_bytes(self.row, (), ADDED)


def end_what_the_contents_call_ended(apps: Any, _editor: object) -> None:
    """The rows of each trip say what its content said until now."""
    trips = apps.get_model("store", "Trip").objects.select_related("content__key").order_by("pk")
    for trip in trips.iterator(chunk_size=AT_ONCE):
        if trip.content.erased:
            continue
        told = vault.open_json(trip.content)
        changed = [*_ended_travellers(apps, trip, told.get("left", ())), *_ended_carried(apps, trip, told.get("carried", {}))]
        for one in changed:
            one.row.save(force_update=True)
        if changed:
            ledger.append(at=datetime.now(UTC), actor="desk", procedure="change-trip", subject=trip.pk, records=cast("list[Record]", changed))


def _ended_travellers(apps: Any, trip: Any, left: Sequence[str]) -> Iterator[Changed]:
    for row in apps.get_model("store", "Traveller").objects.filter(trip=trip, person_id__in=left):
        row.ended = True
        if row.debriefed_at is not None and row.debriefed_at == row.checked_in_at:
            row.debriefed_at = row.checked_in_at = None  # that they had nothing to tell was how leaving was written down
        yield Changed(row)


def _ended_carried(apps: Any, trip: Any, carried: Mapping[str, Sequence[str]]) -> Iterator[Changed]:
    for row in apps.get_model("store", "Carried").objects.filter(traveller__trip=trip).select_related("traveller"):
        if row.element_id not in carried.get(row.traveller.person_id, ()):
            row.ended = True
            yield Changed(row)


def refuse_to_forget(apps: Any, _editor: object) -> None:
    """Going back would bring everybody back who has left."""
    for name in ("Attendance", "Traveller", "Carried"):
        if apps.get_model("store", name).objects.filter(ended=True).exists():
            raise RuntimeError(
                "Somebody has left a trip or an event since; going back would undo it. Restore a backup of the older version instead."
            )


class Migration(migrations.Migration):
    """Three tables know what has ended."""

    dependencies = [("store", "0006_assess_role")]

    operations = [
        migrations.AddField(model_name="attendance", name="ended", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="carried", name="ended", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="traveller", name="ended", field=models.BooleanField(default=False)),
        migrations.RunPython(end_what_the_contents_call_ended, refuse_to_forget),
    ]
