"""The threads of the office that the browser visits: records, and the pages to look at."""

from gifthorse.model.contacts import ContactFacts
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.model.threads import JudgementKind, NoteKind
from gifthorse.procedures import compare_hypotheses, judge_thread, keep_cases, raise_triggers, suggest_links
from gifthorse.store.tables.asset import Element
from gifthorse.store.tables.contact import Link
from gifthorse.store.tables.event import Event
from gifthorse.store.tables.thread import Thread, Trigger
from tests.matrix.areas.threads import NOTE
from tests.samples import register
from tests.samples.office import Office
from tests.samples.thread_rows import a_story, assessed, this_month, told

# login: addresses, with {names} out of `fill`
PAGES: dict[str, list[str]] = {
    "ines": [
        "/threads/", "/threads/?level=none", "/threads/week/", "/threads/levels/", "/threads/{thread}/", "/threads/{thread}/compare/",
        "/threads/{quiet_thread}/", "/judgements/{proposal}/", "/links/", "/links/?shown=decided", "/links/graph/", "/links/{thread_link}/",
        "/patterns/know-how/", "/patterns/know-how/{mosaic}/", "/patterns/favours/", "/patterns/events/", "/triggers/", "/triggers/{trigger}/",
        "/cases/", "/cases/new/", "/cases/{case}/", "/how-it-works/",
    ],
    "aud": ["/workload/"],
    "rhea": ["/research/"],
    "mara": ["/how-it-works/"],
}  # fmt: skip


def fill(office: Office) -> dict[str, str]:
    """The ids of the records, by the names that PAGES and journeys use."""
    people = {login: Actor(person=office.accounts[login].person_id, roles=frozenset({Role.STAFF})) for login in ("mara", "idris", "tomo")}
    tomo = Actor(person=people["tomo"].person, roles=frozenset({Role.OFFICER}))
    elements = list(Element.objects.filter(retired=False).order_by("-weight", "id"))
    story = a_story(people["mara"], people["idris"], [element.pk for element in elements])
    event = Event.objects.order_by("starts_on", "id").first()
    told(
        people["idris"],
        register.a_contact(people["idris"], ContactFacts(names=("د. هالة سعيد",))),
        "T03",
        "T41",
        month=this_month() - 3,
        event=event,
    )
    told(people["mara"], register.a_contact(people["mara"], ContactFacts(names=("Ann Otherwise",))), "T06", ask=1, mitigators=("official_channel",),
         given=[("in", "hospitality", "small"), ("out", "gift", "small"), ("contract", "fee", "medium")])  # fmt: skip
    assessed()
    suggest_links.suggest_waiting(DESK_ITSELF)
    raise_triggers.raise_triggers(DESK_ITSELF)
    thread = Thread.objects.get(contact=story.first)
    other = Thread.objects.get(contact=story.second)
    compare_hypotheses.write_note(tomo, other.pk, NOTE)
    judge_thread.judge(tomo, other.pk, JudgementKind.TALK, "He is worth a talk.", "Would Thursday suit you?")
    proposal = judge_thread.judge(tomo, other.pk, JudgementKind.ACT, "He asks for what is not public, on a private line.")
    case = keep_cases.open_case(tomo, "Harbour Advisory", [thread.pk, other.pk], "amber-strict")
    keep_cases.write(tomo, case.pk, NoteKind.NOTE, "The firm's register entry is three months old.")
    keep_cases.write(tomo, case.pk, NoteKind.TASK, "Ask the customer who introduced him.", to=office.accounts["ines"].person_id)
    pair = {story.first.pk, story.second.pk}
    return {
        "thread": thread.pk,
        "quiet_thread": Thread.objects.exclude(pk__in=[thread.pk, other.pk]).order_by("standing__score", "pk")[0].pk,
        "proposal": proposal.pk,
        "thread_link": Link.objects.get(one__in=pair, other__in=pair).pk,
        "mosaic": elements[0].asset_id,
        "trigger": Trigger.objects.filter(person=people["idris"].person).order_by("id")[0].pk,
        "case": case.pk,
        "story_first": story.first.pk,
        "story_second": story.second.pk,
    }
