"""Who may not do one thing of a row of the matrix may do none of its others either."""

import pytest

from gifthorse.model.errors import GifthorseError, NotFound, Refused
from gifthorse.model.roles import Actor, Relation, Role
from tests.matrix.areas import register
from tests.matrix.who_may import table

CASES = [(procedure, number) for procedure, deeds in register.SAME_ROW.items() for number in range(len(deeds))]


@pytest.mark.parametrize(("procedure", "number"), CASES, ids=str)
def test_the_row_holds_for_all_of_its_functions(actors, procedure, number):
    made = register.world(actors, actors["staff"])
    deed = register.SAME_ROW[procedure][number]
    granted = table()[procedure]
    for role in Role:
        actor = Actor(person=actors["colleague"].person, roles=frozenset({role}))
        if (role, Relation.NONE) in granted or (role, Relation.OTHERS) in granted:
            try:
                deed(actor, made)
            except (Refused, NotFound) as error:
                raise AssertionError(f"{role} may do this") from error
            except GifthorseError:
                continue  # permitted, but nothing to do in this world
        else:
            with pytest.raises((Refused, NotFound)):
                deed(actor, made)
