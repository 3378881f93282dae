"""The database itself refuses UPDATE, DELETE and TRUNCATE on the ledger and its checkpoints."""

from django.db import migrations

from gifthorse.store import triggers


class Migration(migrations.Migration):
    dependencies = [("store", "0001_tables")]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: triggers.create(editor.connection),
            lambda _apps, editor: triggers.drop(editor.connection),
        )
    ]
