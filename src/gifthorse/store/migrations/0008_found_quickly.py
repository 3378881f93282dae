"""Indexes for pages that officers open all day: what waits for an answer, how long answers took, and who is back without a debrief."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows stay as they are."""

    dependencies = [("store", "0007_ended")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["due_at", "id", "state", "is_sealed", "reporter"],
                condition=models.Q(answered_at__isnull=True, due_at__isnull=False),
                name="report_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["created_at", "answered_at", "id"], condition=models.Q(due_at__isnull=False), name="report_answer_times"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["report", "audience"], condition=models.Q(to_reporter=False), name="letter_not_to_reporter"),
        ),
        migrations.AddIndex(model_name="report", index=models.Index(fields=["state", "id"], name="report_of_state")),
        migrations.AddIndex(
            model_name="traveller",
            index=models.Index(fields=["trip", "person", "debriefed_at", "ended"], name="traveller_of_trip"),
        ),
        migrations.AddIndex(model_name="trip", index=models.Index(fields=["ends_at", "state", "id"], name="trip_ended")),
    ]
