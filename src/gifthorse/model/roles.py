"""Who may do what: one table of role × procedure × relation, each permission with its reason. What is not in the table is refused."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.errors import Refused
from gifthorse.model.words import N_


class Role(StrEnum):
    """What somebody is to the desk. One person may have several roles."""

    STAFF = "staff"
    OFFICER = "officer"
    BOARD = "board"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    ADMIN = "admin"
    DESK = "desk"  # gifthorse itself: jobs, set-up and the console of the machine


class Relation(StrEnum):
    """How the actor stands to the record: it is their own, somebody else's, or there is none yet."""

    OWN = "own"
    OTHERS = "others"
    NONE = "none"


class Procedure(StrEnum):
    """Everything that can be done through the desk; the value is what the ledger says."""

    REPORT_GIFT = "report-gift"
    ADD_PHOTOGRAPH = "add-photograph"
    VIEW_ITEM = "view-item"
    FOLLOW_ITEM = "follow-item"
    WITHDRAW_ITEM = "withdraw-item"
    TAKE_CUSTODY = "take-custody"
    HAND_OVER = "hand-over"
    ATTACH_EXHIBIT = "attach-exhibit"
    READ_SERVER_FOLDER = "read-server-folder"
    START_INSPECTION = "start-inspection"
    STOP_INSPECTION = "stop-inspection"
    PERFORM_INSPECTION = "perform-inspection"
    PREPARE_PICTURE = "prepare-picture"
    VIEW_INSPECTION = "view-inspection"
    EXPORT_INSPECTION = "export-inspection"
    DISPUTE_FINDING = "dispute-finding"
    EXPLAIN_FINDING = "explain-finding"
    DECIDE_ITEM = "decide-item"
    ANSWER_REPORTER = "answer-reporter"
    WRITE_TO_OFFICER = "write-to-officer"
    ERASE_ITEM = "erase-item"
    RELEASE_IDENTITY = "release-identity"
    VIEW_LEDGER = "view-ledger"
    VIEW_FIGURES = "view-figures"
    VERIFY_RECORDS = "verify-records"
    SIGN_CHECKPOINT = "sign-checkpoint"
    BACK_UP = "back-up"
    RESTORE_BACKUP = "restore-backup"
    CREATE_ACCOUNT = "create-account"
    CHANGE_ROLES = "change-roles"
    CLOSE_ACCOUNT = "close-account"
    VIEW_ACCOUNTS = "view-accounts"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody (or the desk itself) about to do something: an opaque person id and the roles they have now."""

    person: str
    roles: frozenset[Role]


DESK_ITSELF: Final = Actor(person="desk", roles=frozenset({Role.DESK}))

_OWN, _OTHERS, _NONE = Relation.OWN, Relation.OTHERS, Relation.NONE

PERMISSIONS: Final[dict[tuple[Role, Procedure, Relation], str]] = {
    (Role.STAFF, Procedure.REPORT_GIFT, _NONE): N_("Everybody may say what they were given."),
    (Role.STAFF, Procedure.ADD_PHOTOGRAPH, _OWN): N_("You may add to your own report."),
    (Role.STAFF, Procedure.VIEW_ITEM, _OWN): N_("You may see what you handed in."),
    (Role.STAFF, Procedure.WITHDRAW_ITEM, _OWN): N_("You may take back your report while you still hold the item."),
    (Role.STAFF, Procedure.WRITE_TO_OFFICER, _OWN): N_("You may write to the officer about your own item."),
    (Role.OFFICER, Procedure.VIEW_ITEM, _OWN): N_("Officers see every item."),
    (Role.OFFICER, Procedure.VIEW_ITEM, _OTHERS): N_("Officers see every item."),
    (Role.OFFICER, Procedure.FOLLOW_ITEM, _OWN): N_("Officers keep the chain of custody."),
    (Role.OFFICER, Procedure.FOLLOW_ITEM, _OTHERS): N_("Officers keep the chain of custody."),
    (Role.OFFICER, Procedure.ADD_PHOTOGRAPH, _OTHERS): N_("Officers record the item as it came in."),
    (Role.OFFICER, Procedure.TAKE_CUSTODY, _OWN): N_("Officers take items in."),
    (Role.OFFICER, Procedure.TAKE_CUSTODY, _OTHERS): N_("Officers take items in."),
    (Role.OFFICER, Procedure.HAND_OVER, _OWN): N_("Officers keep the chain of custody."),
    (Role.OFFICER, Procedure.HAND_OVER, _OTHERS): N_("Officers keep the chain of custody."),
    (Role.OFFICER, Procedure.ATTACH_EXHIBIT, _OWN): N_("Officers bring the content of items to the desk."),
    (Role.OFFICER, Procedure.ATTACH_EXHIBIT, _OTHERS): N_("Officers bring the content of items to the desk."),
    (Role.OFFICER, Procedure.READ_SERVER_FOLDER, _OWN): N_("Officers bring the content of items to the desk."),
    (Role.OFFICER, Procedure.READ_SERVER_FOLDER, _OTHERS): N_("Officers bring the content of items to the desk."),
    (Role.OFFICER, Procedure.START_INSPECTION, _OWN): N_("Officers inspect."),
    (Role.OFFICER, Procedure.START_INSPECTION, _OTHERS): N_("Officers inspect."),
    (Role.OFFICER, Procedure.STOP_INSPECTION, _OWN): N_("Officers inspect."),
    (Role.OFFICER, Procedure.STOP_INSPECTION, _OTHERS): N_("Officers inspect."),
    (Role.OFFICER, Procedure.VIEW_INSPECTION, _OWN): N_("Officers read results."),
    (Role.OFFICER, Procedure.VIEW_INSPECTION, _OTHERS): N_("Officers read results."),
    (Role.OFFICER, Procedure.EXPORT_INSPECTION, _OWN): N_("Officers pass results on; each export is recorded."),
    (Role.OFFICER, Procedure.EXPORT_INSPECTION, _OTHERS): N_("Officers pass results on; each export is recorded."),
    (Role.OFFICER, Procedure.DISPUTE_FINDING, _OTHERS): N_("Officers may disagree with a finding; it stays on record."),
    (Role.OFFICER, Procedure.EXPLAIN_FINDING, _OTHERS): N_("Officers may note a harmless explanation for next time."),
    (Role.OFFICER, Procedure.DECIDE_ITEM, _OTHERS): N_("Officers decide about items that others handed in."),
    (Role.OFFICER, Procedure.ANSWER_REPORTER, _OTHERS): N_("Officers answer the people who report."),
    (Role.CUSTODIAN, Procedure.RELEASE_IDENTITY, _OTHERS): N_("The custodian names a reporter, with a reason that is recorded."),
    (Role.CUSTODIAN, Procedure.ERASE_ITEM, _OTHERS): N_("The custodian erases what need not be kept."),
    (Role.AUDITOR, Procedure.FOLLOW_ITEM, _OTHERS): N_("Auditors follow an item without seeing its content."),
    (Role.AUDITOR, Procedure.VIEW_LEDGER, _NONE): N_("Auditors read the ledger."),
    (Role.AUDITOR, Procedure.VIEW_FIGURES, _NONE): N_("Auditors read the figures."),
    (Role.AUDITOR, Procedure.VERIFY_RECORDS, _NONE): N_("Auditors check the records against the ledger."),
    (Role.AUDITOR, Procedure.SIGN_CHECKPOINT, _NONE): N_("Auditors take signed checkpoints off the machine."),
    (Role.ADMIN, Procedure.CREATE_ACCOUNT, _NONE): N_("Administrators keep accounts."),
    (Role.ADMIN, Procedure.VIEW_ACCOUNTS, _NONE): N_("Administrators keep accounts."),
    (Role.ADMIN, Procedure.CHANGE_ROLES, _OTHERS): N_("Administrators keep accounts, but never raise their own."),
    (Role.ADMIN, Procedure.CLOSE_ACCOUNT, _OTHERS): N_("Administrators keep accounts."),
    (Role.DESK, Procedure.PERFORM_INSPECTION, _OTHERS): N_("The desk runs the inspections that officers start."),
    (Role.DESK, Procedure.PREPARE_PICTURE, _OTHERS): N_("The desk redraws photographs so that people can look at them without risk."),
    (Role.DESK, Procedure.CREATE_ACCOUNT, _NONE): N_("Whoever runs the machine sets up the first accounts."),
    (Role.DESK, Procedure.VERIFY_RECORDS, _NONE): N_("The desk checks itself."),
    (Role.DESK, Procedure.SIGN_CHECKPOINT, _NONE): N_("The desk signs a checkpoint each day and with each backup."),
    (Role.DESK, Procedure.BACK_UP, _NONE): N_("Whoever runs the machine makes the backups; they can be read with the keyring alone."),
    (Role.DESK, Procedure.RESTORE_BACKUP, _NONE): N_("Whoever runs the machine brings a backup back."),
}


def permission(roles: Iterable[Role], procedure: Procedure, relation: Relation) -> str | None:
    """The reason why one of *roles* may do *procedure* on a record of that *relation*, or None when nobody of them may."""
    return next((reason for role in Role if role in set(roles) and (reason := PERMISSIONS.get((role, procedure, relation)))), None)


def require(actor: Actor, procedure: Procedure, relation: Relation) -> str:
    """The reason why the actor may; raises Refused."""
    reason = permission(actor.roles, procedure, relation)
    if reason is None:
        raise Refused(N_("Your account may not do this. Ask the security desk if you think it should."))
    return reason
