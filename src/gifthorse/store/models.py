"""Where Django looks for tables; each lives in its own file under `tables/`."""

from gifthorse.store.tables.account import Account
from gifthorse.store.tables.decision import Decision
from gifthorse.store.tables.exhibit import Exhibit
from gifthorse.store.tables.finding_note import FindingNote
from gifthorse.store.tables.inspection import Inspection, InspectionProgress
from gifthorse.store.tables.item import CustodyStep, Item
from gifthorse.store.tables.ledger_entry import Checkpoint, LedgerEntry
from gifthorse.store.tables.message import Message
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.picture import Picture
from gifthorse.store.tables.sealed import RecordKey, Sealed

__all__ = [
    "Account",
    "Checkpoint",
    "CustodyStep",
    "Decision",
    "Exhibit",
    "FindingNote",
    "Inspection",
    "InspectionProgress",
    "Item",
    "LedgerEntry",
    "Message",
    "Person",
    "Picture",
    "RecordKey",
    "Sealed",
]
