"""Finding sealed texts by their words, without keeping a readable word outside the vault.

Each word (and each beginning of one, from the third character on) is kept as a keyed digest, so whoever has the database alone learns
neither words nor whether two databases hold the same. Words are compared without case, accents and width; scripts that
don't part words by spaces are cut into pairs of characters.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import Final

from django.db import connection
from django.db.models import Count

from gifthorse.store.keyring import keyring
from gifthorse.store.tables.search_word import SearchWord

SHORTEST: Final = 3
LONGEST: Final = 24
MOST_WORDS: Final = 60  # of the names and titles of one record
MOST_PROSE: Final = 150  # of its narrative: a longer one is found by its first words
RECORDS_AT_ONCE: Final = 400
DIGEST: Final = 12  # bytes: among a billion words, a false match in a thousand years of searching
_UNSPACED: Final = ((0x0E00, 0x0EFF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0x20000, 0x2FA1F))


def note(kind: str, record: str, owner: str, texts: Iterable[str], prose: Iterable[str] = ()) -> None:
    """The record is found by the words of *texts* and their beginnings, and by the whole words of *prose*, and by no others.

    Belongs into the transaction that changes the record. Names and titles are *texts*, narratives are *prose*: beginnings cost rows.
    """
    forget(record)
    digests = {_digest(piece) for piece in pieces(" ".join(texts)) | whole_words(" ".join(prose))}
    SearchWord.objects.bulk_create([SearchWord(digest=digest, kind=kind, record=record, owner=owner) for digest in sorted(digests)])


def note_many(kind: str, entries: Iterable[tuple[str, str, Iterable[str], Iterable[str]]]) -> int:
    """As `note` for many records (id, owner, texts, prose) of one kind, in batches; how many they were."""
    key = keyring().index_key
    entries, number = iter(entries), 0
    while some := list(islice(entries, RECORDS_AT_ONCE)):
        SearchWord.objects.filter(record__in=[record for record, *_ in some]).delete()
        rows = [
            (digest, kind, record, owner)
            for record, owner, texts, prose in some
            for digest in sorted({_keyed(key, piece) for piece in pieces(" ".join(texts)) | whole_words(" ".join(prose))})
        ]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_word (digest, kind, record, owner) VALUES (%s, %s, %s, %s)", rows)
        number += len(some)
    return number


def forget(record: str) -> None:
    """The record is found no more."""
    SearchWord.objects.filter(record=record).delete()


def find(query: str, *, kinds: Iterable[str], owner: str | None = None, most: int = 200) -> list[tuple[str, str]]:
    """Kind and id of the records that hold all words of *query*, of *kinds*, and *owner*'s own alone when given."""
    wanted = {_digest(piece[:LONGEST]) for word in words(query) for piece in _asked(word)}
    if not wanted:
        return []
    rows = SearchWord.objects.filter(digest__in=wanted, kind__in=list(kinds))
    if owner is not None:
        rows = rows.filter(owner=owner)
    whole = rows.values("kind", "record").annotate(found=Count("digest", distinct=True)).filter(found=len(wanted)).order_by("-record")
    return [(row["kind"], row["record"]) for row in whole[:most]]


def find_typed(query: str, *, kinds: Iterable[str], owner: str | None = None, most: int = 200) -> list[tuple[str, str]]:
    """As `find`, while somebody types: a last word that is too short to be a beginning counts only where it is a word of its own."""
    kinds = list(kinds)
    found = find(query, kinds=kinds, owner=owner, most=most)
    typed = words(query)
    if found or len(typed) < 2 or len(typed[-1]) >= SHORTEST:
        return found
    return find(" ".join(typed[:-1]), kinds=kinds, owner=owner, most=most)


def mark(text: str) -> str:
    """A keyed digest of *text* (64 hexadecimal digits), by which the same text is known again: a staff number, a mail address, a place."""
    return hmac.digest(keyring().index_key, b"mark " + _folded(text).encode(), hashlib.sha256).hex()


def words(text: str) -> list[str]:
    """The words of *text*, folded, in order, each once."""
    found: dict[str, None] = {}
    for word in "".join(character if character.isalnum() else " " for character in _folded(text)).split():
        found.setdefault(word)
    return list(found)


def pieces(text: str) -> set[str]:
    """What a text is found by: its words, their beginnings, and pairs of characters where a script knows no spaces."""
    found: set[str] = set()
    for word in words(text)[:MOST_WORDS]:
        short = word[:LONGEST]
        found |= {short[:length] for length in range(min(SHORTEST, len(short)), len(short) + 1)}
        found |= _pairs(short)
    return found


def whole_words(text: str) -> set[str]:
    """What a narrative is found by: its words as they are, and pairs of characters where a script knows no spaces."""
    found: set[str] = set()
    for word in words(text)[:MOST_PROSE]:
        found |= _pairs(word[:LONGEST]) or {word[:LONGEST]}
    return found


def _asked(word: str) -> list[str]:
    pairs = _pairs(word)
    return sorted(pairs) if pairs and len(word) > 1 else [word]


def _pairs(word: str) -> set[str]:
    if not any(low <= ord(character) <= high for character in word for low, high in _UNSPACED):
        return set()
    return {word[at : at + 2] for at in range(len(word) - 1)} or {word}


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(character for character in parts if not unicodedata.combining(character)))


def _digest(piece: str) -> bytes:
    return _keyed(keyring().index_key, piece)


def _keyed(key: bytes, piece: str) -> bytes:
    return hmac.digest(key, b"word " + piece.encode("utf-8", "surrogatepass"), hashlib.sha256)[:DIGEST]
