"""Who may read and keep the register: people, know-how, events, contacts, and the house's own settings."""

from typing import Final

from gifthorse.model.actors import Relation, Role
from gifthorse.model.permissions.grants import Grants, granted
from gifthorse.model.procedures import Procedure
from gifthorse.model.words import N_

OWN, OTHERS, NONE = Relation.OWN, Relation.OTHERS, Relation.NONE
EVERY: Final = (OWN, OTHERS)

GRANTS: Final[Grants] = (
    granted(Role.ADMIN, [NONE], [Procedure.IMPORT_PEOPLE, Procedure.VIEW_PEOPLE], N_("Administrators keep the list of people."))
    | granted(Role.ADMIN, EVERY, [Procedure.KEEP_PEOPLE], N_("Administrators keep the list of people."))
    | granted(Role.DESK, [OTHERS], [Procedure.KEEP_PEOPLE], N_("The desk closes an account once its person's last day is over."))
    | granted(Role.OFFICER, [NONE], [Procedure.VIEW_PEOPLE], N_("Officers see who is where, to brief and to help."))
    | granted(Role.OFFICER, [NONE], [Procedure.KEEP_KNOW_HOW, Procedure.VIEW_KNOW_HOW], N_("Officers keep the register of know-how."))
    | granted(
        Role.RESEARCH_LEAD,
        [NONE],
        [Procedure.KEEP_KNOW_HOW, Procedure.VIEW_KNOW_HOW],
        N_("Research security keeps the register of know-how."),
    )
    | granted(Role.OFFICER, [NONE], [Procedure.KEEP_EVENTS, Procedure.VIEW_EVENTS], N_("Officers keep the list of events."))
    | granted(Role.RESEARCH_LEAD, [NONE], [Procedure.VIEW_EVENTS], N_("Research security sees which events people go to."))
    | granted(Role.STAFF, [NONE], [Procedure.SEARCH_RECORDS], N_("Everybody may search what is their own."))
    | granted(Role.OFFICER, [NONE], [Procedure.VIEW_CONTACTS, Procedure.SEARCH_RECORDS], N_("Officers find what was reported."))
    | granted(
        Role.OFFICER,
        EVERY,
        [Procedure.VIEW_CONTACT, Procedure.CORRECT_CONTACT],
        N_("Officers read and correct contacts; each look is recorded."),
    )
    | granted(Role.ADMIN, [NONE], [Procedure.KEEP_SETTINGS], N_("Administrators set the house's rules and numbers to call."))
    | granted(Role.OFFICER, [NONE], [Procedure.KEEP_SETTINGS], N_("Officers set the house's rules and numbers to call."))
    | granted(Role.DESK, [NONE], [Procedure.REBUILD_INDEX], N_("The desk makes its search index anew after a restore."))
)
