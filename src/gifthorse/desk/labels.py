"""The words that people read for each of the model's values."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.wordings import Words, register, reports, threads, travel
from gifthorse.inspect.report import words as report
from gifthorse.model.custody import InspectionState, ItemKind, ItemState, Outcome, ValueBand
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import Verdict
from gifthorse.model.roles import Procedure, Role

KINDS: Final[Words] = {
    ItemKind.MEMORY_STICK: _("Memory stick"),
    ItemKind.MEMORY_CARD: _("Memory card"),
    ItemKind.DISK: _("Disk"),
    ItemKind.CAMERA: _("Camera"),
    ItemKind.PHONE: _("Phone"),
    ItemKind.COMPUTER: _("Computer or tablet"),
    ItemKind.CHARGER: _("Charger, cable or power bank"),
    ItemKind.OTHER_DEVICE: _("Another device"),
    ItemKind.FILES: _("Files that were sent or downloaded"),
    ItemKind.OBJECT: _("An object without electronics"),
}
VALUE_BANDS: Final[Words] = {
    ValueBand.UNKNOWN: _("I don't know"),
    ValueBand.UNDER_20: _("under 20"),
    ValueBand.TO_50: _("20 to 50"),
    ValueBand.TO_150: _("50 to 150"),
    ValueBand.OVER_150: _("over 150"),
}
STATES: Final[Words] = {
    ItemState.REPORTED: _("Reported"),
    ItemState.IN_CUSTODY: _("In custody"),
    ItemState.DECIDED: _("Decided"),
    ItemState.CLOSED: _("Closed"),
    ItemState.WITHDRAWN: _("Withdrawn"),
}
STATES_FOR_REPORTER: Final[Words] = {
    ItemState.REPORTED: _("Reported. Please bring it to the security desk, without plugging it in."),
    ItemState.IN_CUSTODY: _("The security desk has it and is looking into it."),
    ItemState.DECIDED: _("The security desk has looked into it and decided what happens with it."),
    ItemState.CLOSED: _("This is done. Thank you for bringing it."),
    ItemState.WITHDRAWN: _("You took this report back."),
}
OUTCOMES: Final[Words] = {
    Outcome.RETURN: _("Return it"),
    Outcome.KEEP_SEALED: _("Keep it sealed"),
    Outcome.DESTROY: _("Destroy it"),
    Outcome.PASS_ON: _("Pass it to the authorities"),
}
VERDICTS: Final[Words] = {
    "": _("not inspected"),
    Verdict.CLEAR: _("nothing found"),
    Verdict.CAUTION: _("caution"),
    Verdict.DANGEROUS: _("dangerous"),
    Verdict.HOSTILE: _("hostile"),
    Verdict.NOT_INSPECTED: _("not inspected"),
}
SEVERITIES: Final[Words] = {
    Severity.INFO: _("note"),
    Severity.LOW: _("low"),
    Severity.MEDIUM: _("medium"),
    Severity.HIGH: _("high"),
    Severity.CRITICAL: _("critical"),
}
INSPECTION_STATES: Final[Words] = {
    InspectionState.QUEUED: _("waiting for its turn"),
    InspectionState.RUNNING: _("running"),
    InspectionState.DONE: _("done"),
    InspectionState.STOPPED: _("stopped"),
    InspectionState.FAILED: _("failed"),
}
PHASES: Final[Words] = {
    "": _("Getting ready"),
    "queued": _("Waiting for its turn"),
    "fetching": _("Taking the content out of the vault"),
    "hash": _("Reading every byte once"),
    "hashing": _("Reading every byte once"),
    "layout": _("Reading the partitions"),
    "walk": _("Listing what is on it"),
    "walking": _("Listing what is on it"),
    "items": _("Looking into each file"),
    "inspect": _("Looking into each file"),
    "inspecting": _("Looking into each file"),
    "report": _("Writing down what was seen"),
}
REASONS: Final[Words] = {reason: _(words) for reason, words in report.REASON_WORDS.items()}
REASON_TITLES: Final[Words] = {reason: _(words) for reason, words in report.REASON_TITLES.items()}
FORMS: Final[Words] = {
    "html": _("A page"),
    "pdf": _("PDF"),
    "json": _("JSON"),
    "sarif": _("SARIF 2.1"),
    "stix.json": _("STIX 2.1"),
    "misp.json": _("MISP event"),
}
ROLES: Final[Words] = {
    Role.STAFF: _("staff"),
    Role.OFFICER: _("officer"),
    Role.RESEARCH_LEAD: _("research security"),
    Role.BOARD: _("board"),
    Role.CUSTODIAN: _("custodian"),
    Role.AUDITOR: _("auditor"),
    Role.ADMIN: _("administrator"),
    Role.DESK: _("the desk itself"),
}
ROLE_MEANINGS: Final[Words] = {
    Role.STAFF: _("reports and hands in"),
    Role.OFFICER: _("takes in, inspects and decides"),
    Role.RESEARCH_LEAD: _("answers sponsored trips and invitations, keeps the register of know-how"),
    Role.BOARD: _("approves what goes out"),
    Role.CUSTODIAN: _("releases a reporter's name, with a reason"),
    Role.AUDITOR: _("reads the ledger and the figures, no content"),
    Role.ADMIN: _("keeps accounts, sees no content"),
}
DEEDS: Final[Words] = {
    Procedure.REPORT_GIFT: _("reported the item"),
    Procedure.ADD_PHOTOGRAPH: _("added a photograph"),
    Procedure.WITHDRAW_ITEM: _("withdrew the report"),
    Procedure.TAKE_CUSTODY: _("took the item in"),
    Procedure.HAND_OVER: _("handed the item over"),
    Procedure.ATTACH_EXHIBIT: _("added content"),
    Procedure.READ_SERVER_FOLDER: _("named a folder on the server"),
    Procedure.START_INSPECTION: _("started an inspection"),
    Procedure.STOP_INSPECTION: _("stopped an inspection"),
    Procedure.PERFORM_INSPECTION: _("performed the inspection"),
    Procedure.PREPARE_PICTURE: _("redrew a photograph"),
    Procedure.EXPORT_INSPECTION: _("exported a result"),
    Procedure.DISPUTE_FINDING: _("disputed a finding"),
    Procedure.EXPLAIN_FINDING: _("explained a finding"),
    Procedure.DECIDE_ITEM: _("decided or closed"),
    Procedure.ANSWER_REPORTER: _("answered the reporter"),
    Procedure.WRITE_TO_OFFICER: _("wrote to the officer"),
    Procedure.ERASE_ITEM: _("erased the content"),
    Procedure.RELEASE_IDENTITY: _("released a name"),
    Procedure.VERIFY_RECORDS: _("checked the records"),
    Procedure.BACK_UP: _("made a backup"),
    Procedure.RESTORE_BACKUP: _("restored a backup"),
    Procedure.SIGN_CHECKPOINT: _("signed a checkpoint"),
    Procedure.CREATE_ACCOUNT: _("created an account"),
    Procedure.CHANGE_ROLES: _("changed roles"),
    Procedure.CLOSE_ACCOUNT: _("closed an account"),
}
ALL: Final[dict[str, Words]] = {
    "kind": KINDS,
    "value": VALUE_BANDS,
    "state": STATES,
    "state_for_reporter": STATES_FOR_REPORTER,
    "outcome": OUTCOMES,
    "verdict": VERDICTS,
    "severity": SEVERITIES,
    "inspection": INSPECTION_STATES,
    "phase": PHASES,
    "reason": REASONS,
    "reason_title": REASON_TITLES,
    "role": ROLES,
    "role_meaning": ROLE_MEANINGS,
    "deed": {**DEEDS, **register.DEEDS, **travel.DEEDS, **reports.DEEDS, **threads.DEEDS},
    **register.WORDS,
    **travel.WORDS,
    **reports.WORDS,
    **threads.WORDS,
}


def choices(words: Words, kinds: type[StrEnum], *, empty: str | Promise | None = None) -> list[tuple[str, str | Promise]]:
    """*words* in the order of *kinds*, as the choices of a form field; *empty* is the words of choosing none."""
    start: list[tuple[str, str | Promise]] = [] if empty is None else [("", empty)]
    return start + [(kind.value, words[kind]) for kind in kinds if kind in words]
