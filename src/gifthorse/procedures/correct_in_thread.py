"""An observation is corrected on the page of its thread, and the thread follows at once."""

from typing import Any

from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor
from gifthorse.procedures.acting import NOT_THERE
from gifthorse.procedures.correct_observation import correct
from gifthorse.procedures.thread_facts import facts_for
from gifthorse.procedures.visible_threads import thread_and_relation
from gifthorse.store.tables.report import ObservationRow


def correct_in_thread(actor: Actor, thread_id: str, observation_id: str, changes: dict[str, Any], reason: str) -> ObservationRow:
    """The corrected observation of this thread. Raises as `correct`, and NotFound for an observation that isn't of this thread."""
    row, _relation = thread_and_relation(actor, thread_id)
    disputed = ObservationRow.objects.filter(
        contact__joined_to=row.contact_id, subject=row.person_id, disputed=True, report__is_sealed=False
    )
    if observation_id not in facts_for(row).ids and not disputed.filter(pk=observation_id).exists():
        raise NotFound(NOT_THERE)
    return correct(actor, observation_id, changes, reason)
