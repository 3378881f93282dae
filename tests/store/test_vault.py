"""The vault: sealed, opened, streamed, erased."""

import os
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import transaction

from gifthorse.model.errors import Damaged, KeyMissing
from gifthorse.store import vault
from gifthorse.store.segments import SEGMENT_LENGTH
from gifthorse.store.tables.sealed import RecordKey, Sealed

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_what_is_kept_opens_again_from_the_database():
    kept = vault.keep("Žofia said: “only a gift”".encode(), moment=MOMENT)
    assert vault.open_text(Sealed.objects.select_related("key").get(pk=kept.pk)) == "Žofia said: “only a gift”"


def test_a_value_comes_back_as_it_was():
    assert vault.open_json(vault.keep_json({"name": "A", "years": [1, 2]}, moment=MOMENT)) == {"name": "A", "years": [1, 2]}


def test_the_row_holds_no_plaintext():
    kept = vault.keep(b"blue memory stick", moment=MOMENT)
    assert b"memory" not in bytes(kept.body)
    assert b"memory" not in bytes(kept.key.wrapped)


def test_a_long_text_goes_into_a_file():
    text = os.urandom(SEGMENT_LENGTH) + b"end"
    kept = vault.keep(text, moment=MOMENT)
    assert kept.body is None
    assert (settings.GIFTHORSE_VAULT / kept.file).stat().st_size > len(text)
    assert vault.open_sealed(kept) == text


def test_a_streamed_file_is_copied_out_as_it_came(tmp_path):
    writer = vault.SealingWriter(MOMENT)
    for _ in range(5):
        writer.write(b"x" * 700_000)
    with transaction.atomic():
        kept = writer.finish()
    with (tmp_path / "out").open("wb") as out:
        assert vault.copy_out(kept, out.fileno()) == 3_500_000 == kept.size
    assert (tmp_path / "out").read_bytes() == b"x" * 3_500_000


def test_an_abandoned_file_leaves_nothing():
    arriving = settings.GIFTHORSE_VAULT / vault.ARRIVING
    before = set(arriving.iterdir()) if arriving.exists() else set()
    writer = vault.SealingWriter(MOMENT)
    writer.write(b"x" * 2_000_000)
    assert set(arriving.iterdir()) != before
    writer.abandon()
    assert set(arriving.iterdir()) == before


def test_abandoning_after_the_end_does_not_remove_the_file():
    writer = vault.SealingWriter(MOMENT)
    writer.write(b"whole")
    kept = writer.finish()
    writer.abandon()
    assert vault.open_sealed(kept) == b"whole"


def test_an_erased_record_can_be_opened_by_nobody():
    kept = vault.keep(b"private", moment=MOMENT)
    vault.destroy(kept)
    for sealed in (kept, Sealed.objects.get(pk=kept.pk)):
        assert sealed.erased
        assert vault.open_text_or_none(sealed) is None
        with pytest.raises(KeyMissing, match="erased"):
            vault.open_sealed(sealed)
    assert not RecordKey.objects.filter(pk=kept.pk).exists()


def test_an_erased_file_is_removed_when_the_erasure_is_committed(django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(vault, "forget_deleted", lambda: True)
    writer = vault.SealingWriter(MOMENT)
    writer.write(b"private")
    kept = writer.finish()
    with django_capture_on_commit_callbacks(execute=True):
        vault.destroy(kept)
        assert (settings.GIFTHORSE_VAULT / kept.file).exists()
    assert not (settings.GIFTHORSE_VAULT / kept.file).exists()


def test_the_key_of_another_record_opens_nothing():
    one, other = vault.keep(b"one", moment=MOMENT), vault.keep(b"other", moment=MOMENT)
    one.key.wrapped = other.key.wrapped
    with pytest.raises(Damaged):
        vault.open_sealed(one)


def test_a_body_moved_to_another_record_with_its_key_opens_nothing():
    one, other = vault.keep(b"one", moment=MOMENT), vault.keep(b"other", moment=MOMENT)
    one.body = other.body
    with pytest.raises(Damaged):
        vault.open_sealed(one)


def test_a_lost_key_is_told_from_an_erased_one():
    kept = vault.keep(b"private", moment=MOMENT)
    RecordKey.objects.all().delete()
    with pytest.raises(KeyMissing, match="never erased"):
        vault.open_sealed(Sealed.objects.get(pk=kept.pk))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "zz/sealed-0000000000000"])
def test_a_file_name_that_the_vault_never_gave_is_neither_read_nor_removed(name):
    kept = vault.keep(b"x", moment=MOMENT)
    kept.file = name
    with pytest.raises(Damaged):
        vault.open_sealed(kept)
    with pytest.raises(Damaged):
        vault.destroy(kept)


def test_a_missing_file_is_noticed():
    kept = vault.keep(b"x" * (SEGMENT_LENGTH + 1), moment=MOMENT)
    (settings.GIFTHORSE_VAULT / kept.file).unlink()
    with pytest.raises(Damaged):
        vault.open_sealed(kept)
