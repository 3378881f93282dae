"""What somebody may refer to when they tell: their own know-how, trips and contacts, colleagues, and the officers for what is sealed."""

from datetime import date

from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Role
from gifthorse.report.answers import Allowed
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.asset import Holding
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.report import Enclosure
from gifthorse.store.tables.trip import Carried


def officers() -> frozenset[str]:
    """The person ids of today's officers."""
    return frozenset(Account.objects.filter(is_active=True, roles__icontains=Role.OFFICER.value).values_list("person_id", flat=True))


def allowed_for(actor: Actor, kind: ReportKind, today: date) -> Allowed:
    """What the actor may refer to in a report of this kind: in a sealed one the people to choose are the officers."""
    held = Holding.objects.filter(person_id=actor.person, ended=False).values_list("element_id", flat=True)
    carried = Carried.objects.filter(traveller__person_id=actor.person, traveller__ended=False, ended=False).values_list(
        "element_id", flat=True
    )
    return Allowed(
        today=today,
        elements=frozenset(held) | frozenset(carried),
        people=officers() - {actor.person} if kind is ReportKind.PRESSURE else colleagues_of(actor),
        photos=frozenset(Enclosure.objects.filter(report__reporter_id=actor.person).values_list("pk", flat=True)),
        contacts=frozenset(Contact.objects.filter(reported_by_id=actor.person).values_list("pk", flat=True)),
    )


def colleagues_of(actor: Actor) -> frozenset[str]:
    """The person ids of everybody with an account but the actor."""
    return frozenset(Account.objects.filter(is_active=True).exclude(person_id=actor.person).values_list("person_id", flat=True))


def custodians() -> frozenset[str]:
    """The person ids of today's custodians."""
    return frozenset(Account.objects.filter(is_active=True, roles__icontains=Role.CUSTODIAN.value).values_list("person_id", flat=True))
