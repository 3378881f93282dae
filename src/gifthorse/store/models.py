"""Where Django looks for tables; each lives in its own file under `tables/`."""

from gifthorse.store.tables.account import Account
from gifthorse.store.tables.asset import Asset, Element, Holding, ThirdParty
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.case import Case, CaseNote, CaseThread
from gifthorse.store.tables.contact import Contact, Link
from gifthorse.store.tables.decision import Decision
from gifthorse.store.tables.duty import Brief, CalendarKey, Duty
from gifthorse.store.tables.event import Attendance, Event
from gifthorse.store.tables.exhibit import Exhibit
from gifthorse.store.tables.finding_note import FindingNote
from gifthorse.store.tables.inspection import Inspection, InspectionProgress
from gifthorse.store.tables.item import CustodyStep, Item
from gifthorse.store.tables.ledger_entry import Checkpoint, LedgerEntry
from gifthorse.store.tables.message import Message
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.picture import Picture
from gifthorse.store.tables.placement import Placement, Unit
from gifthorse.store.tables.report import Correction, Enclosure, FavourEntry, Letter, ObservationRow, Report
from gifthorse.store.tables.sealed import RecordKey, Sealed
from gifthorse.store.tables.search_word import SearchWord
from gifthorse.store.tables.setting import HouseSetting
from gifthorse.store.tables.thread import Judgement, LevelChange, Standing, Thread, Trigger
from gifthorse.store.tables.trip import Carried, Traveller, Trip, TripStep

__all__ = [
    "Account",
    "Asset",
    "Attendance",
    "Awaiting",
    "Brief",
    "CalendarKey",
    "Carried",
    "Case",
    "CaseNote",
    "CaseThread",
    "Checkpoint",
    "Contact",
    "Correction",
    "CustodyStep",
    "Decision",
    "Duty",
    "Element",
    "Enclosure",
    "Event",
    "Exhibit",
    "FavourEntry",
    "FindingNote",
    "Holding",
    "HouseSetting",
    "Inspection",
    "InspectionProgress",
    "Item",
    "Judgement",
    "LedgerEntry",
    "Letter",
    "LevelChange",
    "Link",
    "Message",
    "Notice",
    "ObservationRow",
    "Person",
    "Picture",
    "Placement",
    "RecordKey",
    "Report",
    "Sealed",
    "SearchWord",
    "Standing",
    "ThirdParty",
    "Thread",
    "Traveller",
    "Trigger",
    "Trip",
    "TripStep",
    "Unit",
]
