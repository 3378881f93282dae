"""The index by which sealed texts are found: keyed digests of their words, which tell nothing without the keyring."""

from django.db import models


class SearchWord(models.Model):
    """That a record's sealed text holds a word. `owner` is the person whose own record it is; derived, so it is in no backup."""

    digest = models.BinaryField()
    kind = models.CharField(max_length=24)
    record = models.CharField(max_length=40, db_index=True)
    owner = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "search_word"
        indexes = [models.Index(fields=["digest", "kind"], name="search_word_digest")]
