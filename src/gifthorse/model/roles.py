"""Roles, procedures and permissions as everybody imports them, and the one question: may this actor do that?"""

from collections.abc import Iterable

from gifthorse.model.actors import DESK_ITSELF, Actor, Relation, Role
from gifthorse.model.errors import Refused
from gifthorse.model.permissions import PERMISSIONS
from gifthorse.model.procedures import Procedure
from gifthorse.model.words import N_

__all__ = ["DESK_ITSELF", "PERMISSIONS", "Actor", "Procedure", "Relation", "Role", "permission", "require"]


def permission(roles: Iterable[Role], procedure: Procedure, relation: Relation) -> str | None:
    """The reason why one of *roles* may do *procedure* on a record of that *relation*, or None when nobody of them may."""
    return next((reason for role in Role if role in set(roles) and (reason := PERMISSIONS.get((role, procedure, relation)))), None)


def require(actor: Actor, procedure: Procedure, relation: Relation) -> str:
    """The reason why the actor may; raises Refused."""
    reason = permission(actor.roles, procedure, relation)
    if reason is None:
        raise Refused(N_("Your account may not do this. Ask the security desk if you think it should."))
    return reason
