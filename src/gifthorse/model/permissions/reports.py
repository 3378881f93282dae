"""Who may tell, read, answer and erase reports."""

from typing import Final

from gifthorse.model.actors import Relation, Role
from gifthorse.model.permissions.grants import Grants, granted
from gifthorse.model.procedures import Procedure
from gifthorse.model.words import N_

OWN, OTHERS, NONE = Relation.OWN, Relation.OTHERS, Relation.NONE
EVERY: Final = (OWN, OTHERS)

GRANTS: Final[Grants] = (
    granted(Role.STAFF, [NONE], [Procedure.TELL, Procedure.CHECK_INVITATION], N_("Everybody may say what happened."))
    | granted(
        Role.STAFF,
        [OWN],
        [Procedure.VIEW_REPORT, Procedure.WRITE_ABOUT_REPORT, Procedure.ENCLOSE, Procedure.VIEW_ENCLOSURE],
        N_("Your report is yours to follow."),
    )
    | granted(Role.STAFF, [OWN], [Procedure.VIEW_FAVOURS, Procedure.EXPORT_OWN_DATA], N_("You may see what is kept about you."))
    | granted(
        Role.OFFICER,
        EVERY,
        [Procedure.VIEW_REPORT, Procedure.VIEW_ENCLOSURE],
        N_("Officers read reports, unless sealed to others; each look is recorded."),
    )
    | granted(
        Role.OFFICER,
        [OTHERS],
        [Procedure.ANSWER_REPORT, Procedure.NOTE_REPORT, Procedure.CORRECT_OBSERVATION, Procedure.CLOSE_REPORT, Procedure.HAND_ON_REPORT],
        N_("Officers answer the people who report."),
    )
    | granted(Role.OFFICER, [OTHERS], [Procedure.VIEW_FAVOURS, Procedure.KEEP_FAVOURS], N_("Officers keep the ledger of favours."))
    | granted(Role.OFFICER, [NONE], [Procedure.VIEW_REPORT_FIGURES], N_("Officers see whether people report and are answered."))
    | granted(Role.RESEARCH_LEAD, [NONE], [Procedure.VIEW_REPORT_FIGURES], N_("Research security sees figures, no content."))
    | granted(Role.AUDITOR, [NONE], [Procedure.VIEW_REPORT_FIGURES], N_("Auditors read the figures."))
    | granted(
        Role.CUSTODIAN, [OTHERS], [Procedure.EXPORT_OWN_DATA], N_("The custodian answers requests for access; reporters stay protected.")
    )
    | granted(Role.CUSTODIAN, [OTHERS], [Procedure.ERASE_REPORT], N_("The custodian erases what need not be kept."))
    | granted(Role.DESK, [OTHERS], [Procedure.HAND_ON_REPORT], N_("The desk calls a stand-in when pressure is not answered in time."))
    | granted(Role.DESK, [OTHERS], [Procedure.ERASE_REPORT], N_("The desk erases what is past its time."))
    | granted(
        Role.DESK,
        [OTHERS],
        [Procedure.INSPECT_ENCLOSURE, Procedure.SEND_NOTICES],
        N_("The desk inspects what was enclosed, and reminds people."),
    )
)
