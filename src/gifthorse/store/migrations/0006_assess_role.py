"""The role as which assessment reads, on PostgreSQL; a role belongs to the whole server, so going back leaves it there."""

from django.db import migrations

from gifthorse.store import assess_role


class Migration(migrations.Migration):
    """The role is there where the database user may make it."""

    dependencies = [("store", "0005_travellers_round")]

    operations = [
        migrations.RunPython(lambda _apps, editor: assess_role.create(editor.connection), migrations.RunPython.noop),
    ]
