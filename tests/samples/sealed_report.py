"""A report that its reporter sealed to some officers."""

from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.procedures.acting import act
from gifthorse.store import vault
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.report import Report


def sealed_report(reporter: Actor, contact: Contact, officers: list[str]) -> Report:
    """A report about *contact* that only *officers* (person ids) may read."""
    with act(Actor(person=reporter.person, roles=frozenset({Role.STAFF})), Procedure.TELL, Relation.NONE) as deed:
        report = Report(
            reporter_id=reporter.person,
            kind="pressure",
            state="sealed",
            interview="pressure-1",
            form_digest="0" * 64,
            answers=deed.note(vault.keep_json({}, moment=deed.moment)),
            contact=contact,
            sealed_to=officers,
        )
        deed.keep(report)
        deed.subject = report.pk
        return report
