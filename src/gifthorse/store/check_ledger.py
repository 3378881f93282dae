"""Reads the ledger from its first entry to its last: finds entries that were changed, moved, removed or slipped in, and names them."""

import hmac
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from gifthorse.model import moments
from gifthorse.model.words import Phrase, phrase
from gifthorse.store.chain import GENESIS, seal
from gifthorse.store.damage import Damage, Progress
from gifthorse.store.latest import Latest
from gifthorse.store.ledger import Body
from gifthorse.store.stored_rows import Row, batches
from gifthorse.store.tables.ledger_entry import LedgerEntry

LONGEST_GAP = 1_000
TABLE = LedgerEntry._meta.db_table
SIGNED = "checkpoint-"  # begins the subject of entries that tell of a checkpoint; its position follows


class LedgerWalk:
    """One walk over the ledger. Afterwards: `damages`, `count`, the end (`position`, `digest`), `digests` at the positions in *wanted*."""

    def __init__(self, key: bytes, latest: Latest, wanted: set[int]) -> None:
        self._key = key
        self._latest = latest
        self._wanted = wanted
        self._moved: set[int] = set()
        self._gaps: list[range] = []
        self.signings: list[str] = []
        self.digests: dict[int, bytes] = {}
        self.damages: list[Damage] = []
        self.count = 0
        self.position = 0
        # what the next entry may follow from; none when the entry before it is damaged or gone, which is said already
        self._previous: bytes | None = GENESIS
        self.digest = GENESIS

    def walk(self, total: int, progress: Progress) -> None:
        """Every entry is checked; what each says about its records is noted."""
        for batch in batches(LedgerEntry):
            for row in batch:
                self._entry(row)
            progress("ledger", self.count, total)
        self._tell_gaps()

    def _entry(self, row: Row) -> None:
        self.count += 1
        if not isinstance(row.record, LedgerEntry):
            self._tell(row.key, row.fault or phrase("This entry can't be read."))
            self._previous = None
            return
        entry, body = row.record, _body(row.record)
        position = entry.position
        if body is not None and body.position != position and self._authentic(body):
            self._moved.add(body.position)
            self._tell(row.key, phrase("This entry belongs at position {place}; it was moved.", place=body.position))
            self._note(body)
            self._previous = None
            return
        self._pass_gap(position)
        faults = [row.fault] if row.fault else list(self._faults(entry, body))
        for fault in faults:
            self._tell(row.key, fault)
        if body is not None:
            self._note(body)
        self._end(entry, sound=not faults)

    def _note(self, body: Body) -> None:
        self._latest.note(body.position, _records(body))
        if body.subject.startswith(SIGNED):
            self.signings.append(body.subject.removeprefix(SIGNED))

    def _end(self, entry: LedgerEntry, *, sound: bool) -> None:
        self.position, self.digest = entry.position, bytes(entry.digest)
        self._previous = self.digest if sound else None
        if entry.position in self._wanted:
            self.digests[entry.position] = self.digest

    def _faults(self, entry: LedgerEntry, body: Body | None) -> Iterator[Phrase]:
        if body is None:
            yield phrase("What this entry says was changed.")
            return
        if not self._authentic(body):
            yield phrase("This entry was changed, or was not written by this desk.")
        if bytes(entry.digest) != seal(_bytes(body.previous), bytes(entry.body)):
            yield phrase("The digest of this entry doesn't fit what it says.")
        elif self._previous is not None and _bytes(body.previous) != self._previous:
            yield phrase("This entry doesn't follow from the one before it.")
        if _copies(entry) != (body.at, body.actor, body.procedure, body.subject):
            yield phrase("The search columns of this entry don't agree with what it says.")

    def _authentic(self, body: Body) -> bool:
        return hmac.compare_digest(body.mac, body.authentic(self._key).mac)

    def _pass_gap(self, position: int) -> None:
        if position != self.position + 1:
            self._gaps.append(range(self.position + 1, position))
            self._previous = None

    def _tell_gaps(self) -> None:
        for gap in self._gaps:
            # a moved entry's old place is empty too: its move is told already
            for position in [place for place in gap[:LONGEST_GAP] if place not in self._moved]:
                self._tell(str(position), phrase("This entry is missing."))
            if len(gap) > LONGEST_GAP:
                self._tell(str(gap[LONGEST_GAP]), phrase("From here to position {last} all entries are missing.", last=gap[-1]))

    def _tell(self, position: str, what: Phrase) -> None:
        self.damages.append(Damage(table=TABLE, id=position, what=what))


class _Copies(NamedTuple):
    at: str
    actor: str
    procedure: str
    subject: str


def _copies(entry: LedgerEntry) -> _Copies:
    return _Copies(moments.written(entry.at), entry.actor, entry.procedure, entry.subject)


def _body(entry: LedgerEntry) -> Body | None:
    """What the entry says, when its bytes are the canonical form of an entry."""
    raw = bytes(entry.body)
    try:
        body = msgspec.json.decode(raw, type=Body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return body if body.encoded() == raw else None


def _records(body: Body) -> list[tuple[str, str, bytes]]:
    return [(table, record_id, _bytes(digest)) for table, record_id, digest in body.records]


def _bytes(text: str) -> bytes:
    """The bytes that *text* writes in hex; none for anything else, which then equals no digest."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
