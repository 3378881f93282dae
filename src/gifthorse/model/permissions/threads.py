"""Who may see and judge what reports add up to. Staff see no score, theirs or anybody's."""

from typing import Final

from gifthorse.model.actors import Relation, Role
from gifthorse.model.permissions.grants import Grants, granted
from gifthorse.model.procedures import Procedure
from gifthorse.model.words import N_

OWN, OTHERS, NONE = Relation.OWN, Relation.OTHERS, Relation.NONE
EVERY: Final = (OWN, OTHERS)

GRANTS: Final[Grants] = (
    granted(
        Role.DESK,
        [OTHERS],
        [Procedure.ASSESS_THREADS, Procedure.SUGGEST_LINKS],
        N_("The desk assesses what a report touches; it never joins or decides."),
    )
    | granted(
        Role.OFFICER,
        [NONE],
        [Procedure.VIEW_THREADS, Procedure.VIEW_PATTERNS, Procedure.OPEN_CASE],
        N_("Officers see what reports add up to."),
    )
    | granted(Role.OFFICER, EVERY, [Procedure.VIEW_THREAD], N_("Officers read threads; each look is recorded."))
    | granted(
        Role.OFFICER,
        [OTHERS],
        [
            Procedure.DECIDE_LINK,
            Procedure.JUDGE_THREAD,
            Procedure.SECOND_JUDGEMENT,
            Procedure.HANDLE_TRIGGER,
            Procedure.VIEW_CASE,
            Procedure.WORK_ON_CASE,
            Procedure.EXPORT_CASE,
        ],
        N_("Officers judge threads of others, never their own."),
    )
    | granted(Role.OFFICER, [NONE], [Procedure.SET_LEVELS], N_("Officers set the levels by a budget of false alerts."))
    | granted(
        Role.RESEARCH_LEAD,
        [NONE],
        [Procedure.VIEW_RESEARCH_BOARD],
        N_("Research security sees elements under interest and its own workload."),
    )
    | granted(Role.AUDITOR, [NONE], [Procedure.VIEW_WORKLOAD], N_("Auditors see how often levels were raised, confirmed and dismissed."))
)
