"""Who may do what at the gift counter, with accounts, ledger and backups."""

from typing import Final

from gifthorse.model.actors import Relation, Role
from gifthorse.model.permissions.grants import Grants
from gifthorse.model.procedures import Procedure
from gifthorse.model.words import N_

_OWN, _OTHERS, _NONE = Relation.OWN, Relation.OTHERS, Relation.NONE

GRANTS: Final[Grants] = {
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
