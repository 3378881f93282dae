import pytest

from gifthorse.model.errors import Refused
from gifthorse.model.roles import PERMISSIONS, Actor, Procedure, Relation, Role, permission, require


def test_every_permission_carries_its_reason() -> None:
    assert all(reason.endswith(".") for reason in PERMISSIONS.values())


def test_every_procedure_can_be_done_by_somebody() -> None:
    assert {procedure for _, procedure, _ in PERMISSIONS} == set(Procedure)


def test_what_is_not_in_the_table_is_refused_with_a_next_step() -> None:
    staff = Actor(person="person-1", roles=frozenset({Role.STAFF}))
    with pytest.raises(Refused, match="Ask the security desk"):
        require(staff, Procedure.VIEW_ITEM, Relation.OTHERS)


def test_several_roles_add_up() -> None:
    assert permission({Role.AUDITOR}, Procedure.REPORT_GIFT, Relation.NONE) is None
    assert permission({Role.AUDITOR, Role.STAFF}, Procedure.REPORT_GIFT, Relation.NONE) is not None


def test_auditors_and_administrators_never_see_content() -> None:
    content = {Procedure.VIEW_ITEM, Procedure.VIEW_INSPECTION, Procedure.EXPORT_INSPECTION, Procedure.RELEASE_IDENTITY}
    assert not {(role, procedure) for role, procedure, _ in PERMISSIONS if role in {Role.AUDITOR, Role.ADMIN} and procedure in content}


def test_nobody_decides_about_their_own_item_or_raises_their_own_roles() -> None:
    forbidden = {Procedure.DECIDE_ITEM, Procedure.CHANGE_ROLES, Procedure.RELEASE_IDENTITY, Procedure.ERASE_ITEM}
    assert not {(role, procedure) for role, procedure, relation in PERMISSIONS if procedure in forbidden and relation is Relation.OWN}
