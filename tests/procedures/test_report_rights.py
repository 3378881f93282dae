"""Who may not do the one thing of a row may not do the others either."""

import pytest

from gifthorse.model.errors import NotFound, Refused, WrongState
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from tests.matrix.areas import reports
from tests.matrix.who_may import table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("own", [True, False], ids=["own", "others"])
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DESK], ids=str)
@pytest.mark.parametrize("procedure", list(reports.SAME_ROW), ids=str)
def test_the_functions_of_one_row_follow_it(actors, procedure: Procedure, role: Role, own: bool):
    actor = Actor(person=actors["colleague"].person, roles=frozenset({role}))
    made = reports.world(actors, actor if own else actors["staff"])
    granted = table()[procedure]
    allowed = (role, Relation.NONE) in granted or (role, Relation.OWN if own else Relation.OTHERS) in granted
    for do in reports.SAME_ROW[procedure]:
        if allowed:
            with_result(do, actor, made)
        elif procedure is not Procedure.ERASE_REPORT or not own:
            with pytest.raises((Refused, NotFound)):
                do(actor, made)


def with_result(do, actor: Actor, made: reports.World) -> None:
    try:
        do(actor, made)
    except WrongState:
        pytest.fail("permitted, and the world of the matrix lets it be done")
