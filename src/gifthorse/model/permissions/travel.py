"""Who may plan, see, decide and brief trips."""

from typing import Final

from gifthorse.model.actors import Relation, Role
from gifthorse.model.permissions.grants import Grants, granted
from gifthorse.model.procedures import Procedure
from gifthorse.model.words import N_

OWN, OTHERS, NONE = Relation.OWN, Relation.OTHERS, Relation.NONE
EVERY: Final = (OWN, OTHERS)

GRANTS: Final[Grants] = (
    granted(
        Role.STAFF,
        [NONE],
        [Procedure.PLAN_TRIP, Procedure.IMPORT_TRIPS, Procedure.KEEP_CALENDAR, Procedure.VIEW_DUTIES],
        N_("Everybody may plan their own trips."),
    )
    | granted(
        Role.STAFF,
        [OWN],
        [
            Procedure.VIEW_TRIP,
            Procedure.CHANGE_TRIP,
            Procedure.CANCEL_TRIP,
            Procedure.DEVIATE_FROM_TRIP,
            Procedure.ASK_ABOUT_TRIP,
            Procedure.DISCHARGE_DUTY,
        ],
        N_("Your trip is yours to see and to change."),
    )
    | granted(Role.STAFF, [OWN], [Procedure.COMPOSE_BRIEF, Procedure.READ_BRIEF], N_("Every traveller gets a brief and may read it."))
    | granted(
        Role.OFFICER, [NONE], [Procedure.PLAN_TRIP, Procedure.IMPORT_TRIPS, Procedure.EXPORT_TRIPS], N_("Officers keep the travel record.")
    )
    | granted(Role.OFFICER, EVERY, [Procedure.VIEW_TRIP, Procedure.COMPOSE_BRIEF, Procedure.READ_BRIEF], N_("Officers brief travellers."))
    | granted(
        Role.OFFICER,
        [OTHERS],
        [Procedure.CHANGE_TRIP, Procedure.CANCEL_TRIP, Procedure.DECIDE_TRIP, Procedure.ANSWER_TRAVELLER, Procedure.DISCHARGE_DUTY],
        N_("Officers decide about others' trips and answer travellers."),
    )
    | granted(
        Role.RESEARCH_LEAD,
        [OTHERS],
        [Procedure.VIEW_TRIP, Procedure.DECIDE_TRIP, Procedure.ANSWER_TRAVELLER],
        N_("Research security answers trips."),
    )
    | granted(Role.RESEARCH_LEAD, [NONE], [Procedure.EXPORT_TRIPS], N_("Research security keeps the travel record."))
    | granted(Role.OFFICER, [NONE], [Procedure.REFRESH_ADVICE], N_("Officers bring in official advice."))
    | granted(Role.DESK, [NONE], [Procedure.REFRESH_ADVICE], N_("The desk reads official advice from its folder."))
    | granted(Role.DESK, [OTHERS], [Procedure.COMPOSE_BRIEF], N_("The desk composes the brief when a trip is approved or changed."))
)
