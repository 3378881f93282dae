"""Who may not do a row of the matrix may do none of its other functions, and who may can do them all."""

import pytest

from gifthorse.model.errors import NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.roles import Actor, Role
from tests.matrix.areas import threads as area
from tests.matrix.who_may import table

pytestmark = pytest.mark.django_db
CASES = [(procedure, number) for procedure, functions in area.SAME_ROW.items() for number in range(len(functions))]


@pytest.mark.parametrize(("procedure", "number"), CASES, ids=str)
def test_every_function_of_a_row_is_for_the_same_people(actors, procedure, number):
    made = area.world(actors, actors["staff"])
    do = area.SAME_ROW[procedure][number]
    allowed = {role for role, _relation in table()[procedure]}
    for role in set(Role) - allowed:
        with pytest.raises((Refused, NotFound)):
            do(Actor(person=actors["colleague"].person, roles=frozenset({role})), made)
    for role in allowed:
        try:
            do(Actor(person=actors["colleague"].person, roles=frozenset({role})), made)
        except (WrongState, NotAccepted):
            continue  # permitted, and not now
