"""Signed checkpoints: what the ledger was at a moment, in a form that can be kept elsewhere.

A chain on the same machine as its attacker proves nothing about a tail that was cut off or a whole that was written anew; a checkpoint
that was taken off the machine before does. The signature is Ed25519 (RFC 8032) over the body's bytes.
"""

from datetime import datetime
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from gifthorse.model import moments
from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.store import ledger
from gifthorse.store.check_records import record_tables
from gifthorse.store.damage import Damage
from gifthorse.store.keyring import keyring
from gifthorse.store.tables.ledger_entry import Checkpoint, LedgerEntry

SCHEMA: Final = "gifthorse.checkpoint/1"
TABLE: Final = Checkpoint._meta.db_table
CUT_OFF: Final = N_(
    "The ledger ends at entry {last}, but had {then} entries when this was signed: its end was cut off, or an older backup was restored."
)
REWRITTEN: Final = N_(
    "Entry {position} is not the one that was there when this was signed: the ledger was rewritten, or an older backup was restored."
)
_DOMAIN: Final = b"gifthorse checkpoint 1\n"


class State(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a checkpoint says: the ledger's last position and digest (hex), how many records there were, and when (UTC)."""

    position: int
    digest: str
    records: int
    at: str


class Exported(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A checkpoint that leaves the machine. `body` is the signed text itself; `signature` and `public_key` are hex."""

    schema: str
    body: str
    signature: str
    public_key: str


def sign(*, at: datetime) -> Checkpoint:
    """The checkpoint of the ledger's present end, signed and stored inside the caller's transaction; the one that is there if it is."""
    if not connection.in_atomic_block:
        raise RuntimeError("A checkpoint is signed only inside a transaction, so that its count and its digest belong together.")
    position, digest = ledger.head()
    present = Checkpoint.objects.filter(position=position).first()
    if present is not None:
        return present
    records = sum(model._default_manager.count() for model in record_tables())
    body = msgspec.json.encode(State(position=position, digest=digest.hex(), records=records, at=moments.written(at)), order="sorted")
    checkpoint = Checkpoint(position=position, body=body, signature=keyring().signing_key.sign(_DOMAIN + body))
    checkpoint.save(force_insert=True)
    return checkpoint


def export(checkpoint: Checkpoint) -> bytes:
    """The checkpoint as a JSON document, to be kept where the desk's own administrators can't change it."""
    document = Exported(
        schema=SCHEMA,
        body=bytes(checkpoint.body).decode(),
        signature=bytes(checkpoint.signature).hex(),
        public_key=keyring().public_key.public_bytes_raw().hex(),
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def check_against(untrusted_document: bytes) -> tuple[Damage, ...]:
    """What doesn't fit between the ledger of today and a checkpoint kept elsewhere; nothing when it does.

    Raises NotAccepted for a document that is no checkpoint.
    """
    try:
        document = msgspec.json.decode(untrusted_document, type=Exported)
        state = msgspec.json.decode(document.body, type=State)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotAccepted(
            N_("This file is not a checkpoint of gifthorse. Choose the JSON file that `gifthorse checkpoint` wrote.")
        ) from error
    faults = _signature_faults(document) or _ledger_faults(state)
    return tuple(Damage(table=TABLE, id=str(state.position), what=fault) for fault in faults)


def is_signed_by_us(body: bytes, signature: bytes) -> bool:
    """Whether the desk's own signing key made *signature* over *body*."""
    return _signed(keyring().public_key, body, signature)


def _signature_faults(document: Exported) -> list[Phrase]:
    try:
        theirs = Ed25519PublicKey.from_public_bytes(bytes.fromhex(document.public_key))
        signature = bytes.fromhex(document.signature)
    except ValueError:
        return [phrase("The key or signature in this checkpoint is no key or signature.")]
    if not _signed(theirs, document.body.encode(), signature):
        return [phrase("This checkpoint was changed after it was signed.")]
    if theirs.public_bytes_raw() != keyring().public_key.public_bytes_raw():
        return [phrase("This checkpoint was signed with another key: it is of another desk, or this desk's signing key was exchanged.")]
    return []


def _ledger_faults(state: State) -> list[Phrase]:
    last, _ = ledger.head()
    if last < state.position:
        return [phrase(CUT_OFF, last=last, then=state.position)]
    entry = LedgerEntry.objects.filter(position=state.position).first()
    if state.position and (entry is None or bytes(entry.digest).hex() != state.digest):
        return [phrase(REWRITTEN, position=state.position)]
    return []


def _signed(key: Ed25519PublicKey, body: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, _DOMAIN + body)
    except InvalidSignature:
        return False
    return True
