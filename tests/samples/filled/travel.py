"""The travel of the office that the browser visits: records, and the pages to look at."""

from gifthorse.model.roles import Actor, Role
from gifthorse.model.trips import PaidFor
from gifthorse.procedures import house_settings, plan_trip, view_brief, write_about_trip
from gifthorse.store.tables.asset import Holding
from tests.samples import travel as samples
from tests.samples.office import Office

# login: addresses, with {names} out of `fill`
PAGES: dict[str, list[str]] = {
    "mara": [
        "/trips/", "/trips/new/", "/trips/booking/", "/trips/calendar/", "/trips/{trip}/", "/trips/{trip}/change/", "/trips/{trip}/brief/", "/trips/{draft}/",
        "/duties/", "/duties/question/", "/duties/question/?event=gift", "/duties/calendar/",
    ],
    "ines": [
        "/trips/", "/trips/?show=waiting", "/trips/?show=back", "/trips/{waiting}/", "/trips/{over}/", "/trips/{trip}/brief/{traveller}/",
        "/trips/many/", "/duties/", "/advice/", "/search/?q=lyon",
    ],
    "rhea": ["/trips/?show=asks", "/trips/{waiting}/", "/duties/"],
}  # fmt: skip


def fill(office: Office) -> dict[str, str]:
    """The ids of the records, by the names that PAGES and journeys use."""
    officer, mara, idris = office.actor("ines"), office.actor("mara"), office.actor("idris")
    staff = Actor(person=mara.person, roles=frozenset({Role.STAFF}))
    house_settings.set_setting(officer, house_settings.RULE_PACKS, ["house", "nspm-33", "phs-sponsored-travel", "sead-3"])
    held = Holding.objects.filter(person_id=mara.person, ended=False).values_list("element_id", flat=True)
    coming = samples.a_content(legs=samples.legs(4, nights=5, stay=False), regimes=("federal-research",))
    trip = samples.approved(officer, samples.a_trip(mara, coming, people=[idris.person], carried=held))
    write_about_trip.ask(staff, trip.pk, "Am I allowed to take my own phone?\nIt holds my private photographs.")
    write_about_trip.answer(officer, trip.pk, "Please take the loaner; we put your numbers on it.")
    away = samples.approved(
        officer, samples.a_trip(idris, samples.a_content(title="زيارة إلى ليون", legs=samples.legs(-1, nights=4)), people=())
    )
    over = samples.approved(officer, samples.a_trip(idris, samples.a_content(title="Talks with Grès", legs=samples.legs(-12, nights=3))))
    view_brief.acknowledge(Actor(person=idris.person, roles=frozenset({Role.STAFF})), over.pk)
    paid = (PaidFor(what="travel", by="third-party"), PaidFor(what="fees", by="third-party"))
    waiting = samples.a_trip(idris, samples.a_content(title="Lecture, all expenses paid", legs=samples.legs(30), paid=paid, fee=True))
    draft = samples.a_trip(mara, samples.a_content(title="A visit in spring", legs=samples.legs(90)), draft=True)
    off = samples.a_trip(mara, samples.a_content(title="Dinner that fell through", legs=samples.legs(50)))
    plan_trip.cancel(staff, off.pk, "The fair was moved to next year.")
    return {
        "trip": trip.pk, "away_trip": away.pk, "over": over.pk, "waiting": waiting.pk, "draft": draft.pk, "traveller": mara.person,
    }  # fmt: skip
