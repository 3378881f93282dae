"""The form of a permission: role, procedure and relation, with the reason why."""

from collections.abc import Iterable

from gifthorse.model.actors import Relation, Role
from gifthorse.model.procedures import Procedure

Grants = dict[tuple[Role, Procedure, Relation], str]


def granted(role: Role, relations: Iterable[Relation], procedures: Iterable[Procedure], reason: str) -> Grants:
    """*role* may do each of *procedures* on records of each of *relations*, for *reason*."""
    return {(role, procedure, relation): reason for procedure in procedures for relation in relations}
