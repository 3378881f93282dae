"""The custodian names a reporter, with a reason that is recorded for good."""

from gifthorse.model.errors import NotAccepted, NotFound
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, act, relation_to
from gifthorse.store import vault
from gifthorse.store.tables.person import Person


def release(actor: Actor, person_id: str, reason: str) -> dict[str, str]:
    """The person's identity as it was entered; the reason is sealed and its entry names the person's id as its subject.

    Raises NotAccepted without a reason, NotFound, Refused, KeyMissing when the identity was erased.
    """
    with act(actor, Procedure.RELEASE_IDENTITY, relation_to(actor, person_id), subject=person_id) as deed:
        if not reason.strip():
            raise NotAccepted(N_("Please say why this name is needed. The reason stays on record."), field="reason")
        person = Person.objects.select_related("identity").filter(pk=person_id).first()
        if person is None:
            raise NotFound(NOT_THERE)
        deed.note(vault.keep(reason.strip().encode(), moment=deed.moment))
        identity: dict[str, str] = vault.open_json(person.identity)
        return identity
