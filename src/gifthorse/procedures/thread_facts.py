"""What assessment sees of one thread, and its score with or without some of it. For procedures: asks for no permission."""

from collections.abc import Collection
from typing import Final

from gifthorse.assess.reasons import Scored
from gifthorse.assess.what_if import what_if
from gifthorse.procedures.assessed_facts import Facts, facts_of
from gifthorse.procedures.sealed_apart import sealed_apart
from gifthorse.store import observation_rows
from gifthorse.store.assess_role import reading_as_assess
from gifthorse.store.tables.thread import Thread

NO_FACTS: Final = Facts(observations=(), ids=())


def facts_for(row: Thread) -> Facts:
    """What assessment sees of the thread."""
    sealed = sealed_apart()
    with reading_as_assess():
        rows = list(observation_rows.of_groups([row.contact_id], sealed))
    return facts_of(rows).get((row.contact_id, row.person_id), NO_FACTS)


def scored_without(facts: Facts, without: Collection[str] = ()) -> Scored:
    """The thread's score and reasons without the observations with these ids, at the same moment."""
    places = [place for place, row_id in enumerate(facts.ids) if row_id in without]
    return what_if(facts.observations, without=places)
