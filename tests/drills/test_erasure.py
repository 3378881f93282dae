"""After an erasure the content can't be had: not by somebody with the database, its log, the old backup, the new keys and the keyring."""

import base64
import zlib
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import connection

from gifthorse.model.errors import Damaged, KeyMissing
from gifthorse.model.roles import DESK_ITSELF
from gifthorse.procedures import erase_item, withdraw_item
from gifthorse.procedures.back_up import back_up
from gifthorse.store import archive, backup
from gifthorse.store.keyring import keyring
from gifthorse.store.segments import opened
from gifthorse.store.tables.sealed import RecordKey

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]
WRAPPED = 8 + 12 + 32 + 16  # fingerprint, nonce, key, tag
STORY = "said in the lift on the last evening, to be forgotten"


def database_bytes():
    """Everything that lies on the disk for the database."""
    path = settings.GIFTHORSE_DATA / "test.sqlite3"
    files = [path.with_name(path.name + end) for end in ("", "-wal")]
    assert str(path) == str(connection.settings_dict["NAME"])
    return b"".join(file.read_bytes() for file in files if file.exists())


def archive_text(path, kind):
    """What somebody with the keyring reads out of a backup: JSON with bytes in base64, and the vault's files."""
    contents = [(name, content.read()) for name, content in archive.members(path, kind, lambda *_: None)]
    return b"".join(zlib.decompress(content) if name.startswith("tables/") else content for name, content in contents)


def wrapped_keys_in(text):
    """How many wrapped keys *text* holds: each begins with the keyring's fingerprint."""
    return text.count(b'"' + base64.b64encode(keyring().fingerprint)[:10])


def keys_hidden_in(raw, sealed_id):
    """Every key of the record that *raw* holds anywhere, for somebody who has the keyring."""
    fingerprint, found = keyring().fingerprint, set()
    position = raw.find(fingerprint)
    while position >= 0:
        with suppress(Damaged, KeyMissing):
            found.add(keyring().unwrap(raw[position : position + WRAPPED], sealed_id))
        position = raw.find(fingerprint, position + 1)
    return found


def test_no_key_of_an_erased_record_is_left_anywhere(actors, an_item, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's own log keeps old rows until it is recycled; THREATS.md says so")
    item = an_item("staff", said=STORY)
    sealed_id, ciphertext = item.report_id, bytes(item.report.body)
    back_up(DESK_ITSELF, tmp_path / "monday")
    (key,) = keys_hidden_in(database_bytes(), sealed_id)
    read = iter([ciphertext[:11], ciphertext[11:], b""])
    assert STORY.encode() in b"".join(opened(key, sealed_id.encode(), lambda _: next(read)))

    withdraw_item.withdraw(actors["staff"], item.pk)
    erase_item.erase(actors["custodian"], item.pk, "retention is over")

    assert keys_hidden_in(database_bytes(), sealed_id) == set()
    assert ciphertext[11:] not in database_bytes()
    back_up(DESK_ITSELF, tmp_path / "tuesday")
    for name in ("monday", "tuesday"):
        text = archive_text(tmp_path / name, backup.BACKUP)
        assert sealed_id.encode() in text
        assert wrapped_keys_in(text) == 0
    keys = archive_text(tmp_path / backup.KEYS_FILE, backup.KEYS)
    assert wrapped_keys_in(keys) == RecordKey.objects.count() > 5
    assert b'["' + sealed_id.encode() + b'",null]' in keys
    for name in ("monday", "tuesday", backup.KEYS_FILE):
        assert STORY.encode() not in (tmp_path / name).read_bytes()
    assert STORY.encode() not in database_bytes()
