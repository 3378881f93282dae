"""Something in every table of the threads, made through the procedures."""

from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.model.threads import JudgementKind, LinkState, NoteKind, TriggerState
from gifthorse.procedures import compare_hypotheses, decide_link, handle_trigger, judge_thread, keep_cases, raise_triggers, suggest_links
from gifthorse.store.tables.contact import Link
from gifthorse.store.tables.thread import Thread, Trigger
from tests.matrix.areas.threads import NOTE
from tests.samples import register
from tests.samples.thread_rows import a_story, assessed, told


def work(actors: dict[str, Actor]) -> None:
    """The tables of the threads hold something: a confirmed link, a thread with a proposal, a trigger gone through, a closed case."""
    officer = Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))
    story = a_story(actors["staff"], actors["colleague"])
    told(actors["board"], register.a_contact(actors["board"]), "T41")
    assessed()
    suggest_links.suggest_waiting(DESK_ITSELF)
    link = Link.objects.filter(one__in=[story.first, story.second], other__in=[story.first, story.second]).get()
    decide_link.decide(officer, link.pk, LinkState.CONFIRMED, "The same mailbox.")
    assessed()
    raise_triggers.raise_triggers(DESK_ITSELF)
    trigger = Trigger.objects.get(person=actors["board"].person)
    handle_trigger.tick(officer, trigger.pk, [0])
    handle_trigger.close(officer, trigger.pk, TriggerState.DONE, "Talked.")
    thread = Thread.objects.get(contact=story.first, person=actors["staff"].person)
    compare_hypotheses.write_note(officer, thread.pk, NOTE)
    judge_thread.judge(officer, thread.pk, JudgementKind.ACT, "It is time.")
    case = keep_cases.open_case(officer, "A friendly contact", [thread.pk])
    keep_cases.write(officer, case.pk, NoteKind.TASK, "Call the firm.")
    keep_cases.close_case(officer, case.pk, "Handed on.")
