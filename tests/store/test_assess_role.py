"""On PostgreSQL assessment reads as a role that can see no names, no trips and no contents."""

import pytest
from django.db import DatabaseError, connection, transaction

from gifthorse.store import assess_role, observation_rows
from tests.samples.people import actors
from tests.samples.register import a_contact
from tests.samples.thread_rows import told

__all__ = ["actors"]
pytestmark = pytest.mark.django_db
ON_POSTGRESQL = connection.vendor == "postgresql"
HIDDEN = [
    "SELECT * FROM trip", "SELECT * FROM traveller", "SELECT * FROM person", "SELECT * FROM contact", "SELECT content_id FROM contact",
    "SELECT reported_by_id FROM contact", "SELECT answers_id FROM report", "SELECT kind FROM report", "SELECT * FROM sealed", "SELECT * FROM event",
    "SELECT * FROM placement", "SELECT * FROM account", "SELECT * FROM link", "SELECT * FROM favour", "UPDATE observation SET month = 1", "DELETE FROM thread",
]  # fmt: skip


def test_without_the_role_everything_is_read_all_the_same(actors):
    contact = a_contact(actors["staff"])
    told(actors["staff"], contact, "T06")
    with assess_role.reading_as_assess() as as_the_role:
        assert len(list(observation_rows.of_groups([contact.pk]))) == 1
    assert as_the_role is ON_POSTGRESQL


@pytest.mark.parametrize("question", HIDDEN)
def test_the_role_cant_read_or_change_what_isnt_its_own(actors, question):
    if not ON_POSTGRESQL:  # SQLite knows no roles, and says so
        assert not assess_role.exists()
        return
    with (
        assess_role.reading_as_assess(),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(question)


def test_after_reading_the_desk_is_itself_again(actors):
    if not ON_POSTGRESQL:
        assert not assess_role.exists()
        return
    with assess_role.reading_as_assess(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == assess_role.ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] != assess_role.ROLE
