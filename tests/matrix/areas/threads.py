"""The threads in the matrix."""

from collections.abc import Callable
from dataclasses import dataclass

from gifthorse.assess.diagnosticity import Bearing, Hypothesis
from gifthorse.assess.hypotheses import OwnCell
from gifthorse.model.roles import DESK_ITSELF, Actor, Procedure, Role
from gifthorse.model.threads import JudgementKind, LinkState, NoteKind, TriggerState
from gifthorse.procedures import (
    assess_everything,
    assess_threads,
    calibrate_house,
    compare_hypotheses,
    correct_in_thread,
    decide_link,
    event_patterns,
    export_case,
    favour_patterns,
    handle_trigger,
    judge_thread,
    keep_cases,
    know_how_interest,
    link_graph,
    raise_triggers,
    read_thread,
    research_board,
    second_judgement,
    suggest_links,
    view_cases,
    view_links,
    view_threads,
    weekly_half_hour,
    workload_figures,
)
from gifthorse.store.tables.case import Case, CaseNote
from gifthorse.store.tables.contact import Link
from gifthorse.store.tables.report import ObservationRow
from gifthorse.store.tables.thread import Judgement, Thread, Trigger
from tests.samples import register
from tests.samples.register import Knowledge
from tests.samples.thread_rows import LEE, LEO, assessed, told

# role, then "o" own, "x" other's, "-" no record; see who_may.py
WHO_MAY = """
assess-threads       desk x
suggest-links        desk x
decide-link          officer x
view-threads         officer -
view-thread          officer ox
judge-thread         officer x
second-judgement     officer x
view-patterns        officer -
handle-trigger       officer x
open-case            officer -
view-case            officer x
work-on-case         officer x
export-case          officer x
set-levels           officer -
view-research-board  research-lead -
view-workload        auditor -
"""
NOTE = dict.fromkeys(Hypothesis, "We looked at it with care.")
CELL = OwnCell(evidence="tactic:T33", hypothesis=Hypothesis.FRIENDSHIP, bearing=Bearing.INCONSISTENT, reason="No friend pays that.")


@dataclass
class World:
    """A thread of *owner* at talk with a proposal to act, a link, a trigger, a case with a task, know-how, and a contact that waits."""

    owner: Actor
    known: Knowledge
    thread: Thread
    row: ObservationRow
    link: Link
    trigger: Trigger
    proposal: Judgement
    case: Case
    task: CaseNote
    spare: Thread


def made_for(officer: Actor, owner: Actor) -> World:
    """The world of *owner*, worked on by *officer*."""
    desk = Actor(person=officer.person, roles=frozenset({Role.OFFICER}))
    known = register.know_how(desk, owner.person)
    contact, same = register.a_contact(owner, LEE), register.a_contact(owner, LEO)
    row = told(owner, contact, "T33", "T41", "T50", ask=3, favour="large", elements=[known.curve.pk], given=[("in", "travel", "large")])
    told(owner, same, "T06")
    assessed()
    raise_triggers.raise_triggers(DESK_ITSELF)
    thread = Thread.objects.get(contact=contact)
    link = decide_link.link_by_hand(desk, contact.pk, same.pk)
    compare_hypotheses.write_note(desk, thread.pk, NOTE)
    proposal = judge_thread.judge(desk, thread.pk, JudgementKind.ACT, "It is time.")
    case = keep_cases.open_case(desk, "A case", [thread.pk])
    task = keep_cases.write(desk, case.pk, NoteKind.TASK, "Call.")
    told(owner, register.a_contact(owner, LEO), "T33", "T51", ask=3, favour="large")
    trigger = Trigger.objects.get(person=owner.person, kind="passed_on")
    return World(owner, known, thread, row, link, trigger, proposal, case, task, Thread.objects.get(contact=same))


def world(actors: dict[str, Actor], owner: Actor) -> World:
    """The records of *owner* that the procedures below are tried on."""
    return made_for(actors["officer"], owner)


def _ask(actor: Actor, _made: World) -> object:
    return calibrate_house.ask(actor, 200, 60, with_own_rates=False, enqueue=lambda: None)


# each really does the procedure on the world of `world`
DO: dict[Procedure, Callable[[Actor, World], object]] = {
    Procedure.ASSESS_THREADS: lambda a, w: assess_threads.assess_waiting(a),
    Procedure.SUGGEST_LINKS: lambda a, w: suggest_links.suggest_waiting(a),
    Procedure.DECIDE_LINK: lambda a, w: decide_link.decide(a, w.link.pk, LinkState.CONFIRMED, "The same man."),
    Procedure.VIEW_THREADS: lambda a, w: view_threads.threads(a),
    Procedure.VIEW_THREAD: lambda a, w: read_thread.thread(a, w.thread.pk),
    Procedure.JUDGE_THREAD: lambda a, w: judge_thread.judge(a, w.thread.pk, JudgementKind.CONFIRM, "It is right."),
    Procedure.SECOND_JUDGEMENT: lambda a, w: second_judgement.answer(a, w.proposal.pk, "So do I.", agrees=True),
    Procedure.VIEW_PATTERNS: lambda a, w: know_how_interest.know_how_under_interest(a),
    Procedure.HANDLE_TRIGGER: lambda a, w: handle_trigger.tick(a, w.trigger.pk, [0]),
    Procedure.OPEN_CASE: lambda a, w: keep_cases.open_case(a, "Another case", []),
    Procedure.VIEW_CASE: lambda a, w: view_cases.case(a, w.case.pk),
    Procedure.WORK_ON_CASE: lambda a, w: keep_cases.write(a, w.case.pk, NoteKind.NOTE, "Noted."),
    Procedure.EXPORT_CASE: lambda a, w: export_case.export(a, w.case.pk, "stix.json"),
    Procedure.SET_LEVELS: _ask,
    Procedure.VIEW_RESEARCH_BOARD: lambda a, w: research_board.research_board(a),
    Procedure.VIEW_WORKLOAD: lambda a, w: workload_figures.workload_figures(a),
}
# the other functions of those rows: who may not do the one may not do the others (tests/procedures/test_thread_rights.py)
SAME_ROW: dict[Procedure, tuple[Callable[[Actor, World], object], ...]] = {
    Procedure.ASSESS_THREADS: (
        lambda a, w: assess_threads.assess_contacts(a, [w.thread.contact_id]),
        lambda a, w: assess_everything.assess_everything(a),
        lambda a, w: assess_everything.assess_when_asked(a),
        lambda a, w: raise_triggers.raise_triggers(a),
    ),
    Procedure.SUGGEST_LINKS: (lambda a, w: suggest_links.suggest_all(a),),
    Procedure.DECIDE_LINK: (
        lambda a, w: view_links.links(a),
        lambda a, w: view_links.link(a, w.link.pk),
        lambda a, w: decide_link.link_by_hand(a, w.thread.contact_id, w.spare.contact_id),
    ),
    Procedure.VIEW_THREADS: (lambda a, w: view_threads.threads_moved(a), lambda a, w: weekly_half_hour.week(a)),
    Procedure.JUDGE_THREAD: (
        lambda a, w: compare_hypotheses.comparison(a, w.thread.pk),
        lambda a, w: compare_hypotheses.write_note(a, w.thread.pk, NOTE),
        lambda a, w: compare_hypotheses.judge_cell(a, w.thread.pk, CELL),
        lambda a, w: correct_in_thread.correct_in_thread(a, w.thread.pk, w.row.pk, {"disputed": True}, "Not so."),
    ),
    Procedure.SECOND_JUDGEMENT: (lambda a, w: second_judgement.proposal(a, w.proposal.pk),),
    Procedure.VIEW_PATTERNS: (
        lambda a, w: know_how_interest.mosaic(a, w.known.asset.pk),
        lambda a, w: event_patterns.event_patterns(a),
        lambda a, w: favour_patterns.favour_patterns(a),
        lambda a, w: link_graph.link_graph(a),
    ),
    Procedure.HANDLE_TRIGGER: (
        lambda a, w: handle_trigger.triggers(a),
        lambda a, w: handle_trigger.trigger(a, w.trigger.pk),
        lambda a, w: handle_trigger.close(a, w.trigger.pk, TriggerState.DONE, "Talked."),
    ),
    Procedure.VIEW_CASE: (lambda a, w: view_cases.cases(a), lambda a, w: view_cases.cases_of(a, w.thread.pk)),
    Procedure.WORK_ON_CASE: (
        lambda a, w: keep_cases.finish_task(a, w.task.pk),
        lambda a, w: keep_cases.add_thread(a, w.case.pk, w.spare.pk),
        lambda a, w: keep_cases.remove_thread(a, w.case.pk, w.thread.pk),
        lambda a, w: keep_cases.close_case(a, w.case.pk, "Done."),
        lambda a, w: keep_cases.reopen_case(a, w.case.pk, "Again."),
    ),
    Procedure.SET_LEVELS: (
        lambda a, w: calibrate_house.levels(a),
        lambda a, w: calibrate_house.take(a),
        lambda a, w: calibrate_house.take_shipped(a),
    ),
}
READS: set[Procedure] = {
    Procedure.VIEW_THREADS,
    Procedure.VIEW_PATTERNS,
    Procedure.VIEW_RESEARCH_BOARD,
    Procedure.VIEW_WORKLOAD,
}  # leave no ledger entry
NEEDS_A_RESULT: set[Procedure] = set()  # permitted, but raise WrongState in this world
# done by jobs: their actor is the desk whatever `DO` is given
ONLY_THE_DESK: set[Procedure] = {Procedure.ASSESS_THREADS, Procedure.SUGGEST_LINKS}
REACHED_THROUGH: set[tuple[str, str]] = {  # (module, function) that take an actor and are reached through another row
    ("assess_threads", "write_down"),
    ("decide_link", "link_for"),
    ("decide_link", "relation_to_link"),
    ("keep_cases", "case_and_relation"),
    *(("sealed_to_me", name) for name in ("behind", "sealed_to_me")),
    ("thread_judgements", "keep_judgement"),
    ("view_links", "visible_links"),
    ("visible_threads", "hidden_groups"),
    ("visible_threads", "thread_and_relation"),
    ("visible_threads", "visible"),
    ("workload_figures", "figures_since"),
}

# as in test_routes.py: route, method, then nobody, staff own, staff other's, officer own, officer other's, board, custodian, auditor, admin, research
EXPECTED = """
threads            GET           302     403 403     200 200     403   403       403     403   403
week               GET           302     403 403     200 200     403   403       403     403   403
levels             GET           302     403 403     200 200     403   403       403     403   403
levels             POST          302     403 403     302 302     403   403       403     403   403
thread             GET           302     403 403     200 200     403   403       403     403   403
judge_thread       POST          302     403 403     403 302     403   403       403     403   403
compare_thread     GET           302     403 403     403 200     403   403       403     403   403
compare_thread     POST          302     403 403     403 302     403   403       403     403   403
correct_in_thread  POST          302     403 403     403 302     403   403       403     403   403
second_judgement   GET           302     403 403     403 200     403   403       403     403   403
second_judgement   POST          302     403 403     403 302     403   403       403     403   403
links              GET           302     403 403     200 200     403   403       403     403   403
link               GET           302     403 403     403 200     403   403       403     403   403
link               POST          302     403 403     403 302     403   403       403     403   403
link_by_hand       POST          302     403 403     302 302     403   403       403     403   403
link_graph         GET           302     403 403     200 200     403   403       403     403   403
interest           GET           302     403 403     200 200     403   403       403     403   403
mosaic             GET           302     403 403     200 200     403   403       403     403   403
favour_balances    GET           302     403 403     200 200     403   403       403     403   403
event_patterns     GET           302     403 403     200 200     403   403       403     403   403
triggers           GET           302     403 403     200 200     403   403       403     403   403
trigger            GET           302     403 403     403 200     403   403       403     403   403
trigger            POST          302     403 403     403 302     403   403       403     403   403
cases              GET           302     403 403     200 200     403   403       403     403   403
new_case           GET           302     403 403     200 200     403   403       403     403   403
new_case           POST          302     403 403     302 302     403   403       403     403   403
case               GET           302     403 403     403 200     403   403       403     403   403
write_in_case      POST          302     403 403     403 302     403   403       403     403   403
turn_case          POST          302     403 403     403 302     403   403       403     403   403
add_to_case        POST          302     403 403     403 302     403   403       403     403   403
remove_from_case   POST          302     403 403     403 302     403   403       403     403   403
finish_task        POST          302     403 403     403 302     403   403       403     403   403
send_case          POST          302     403 403     403 200     403   403       403     403   403
research_board     GET           302     403 403     403 403     403   403       403     403   200
workload           GET           302     403 403     403 403     403   403       200     403   403
how_it_works       GET           302     200 200     200 200     200   200       200     200   200
"""
# route: (world, owner) -> the form that reaches the procedure
SENT: dict[str, Callable[["RouteWorld", str], dict[str, object]]] = {
    "levels": lambda *_: {"what": "ask", "staff": "200", "exposed": "60"},
    "judge_thread": lambda *_: {"kind": "confirm", "reason": "It is right."},
    "compare_thread": lambda *_: {"what": "note", "ordinary_business": "A supplier under contract."},
    "correct_in_thread": lambda *_: {"disputed": "on", "grade": "B2", "reason": "Not so."},
    "second_judgement": lambda *_: {"agrees": "yes", "reason": "So do I."},
    "link": lambda *_: {"state": "refused", "reason": "Two people."},
    "link_by_hand": lambda made, owner: {"one": made.of[owner].thread.contact_id, "other": made.of[owner].spare.contact_id},
    "trigger": lambda *_: {"what": "steps", "done": ["0"]},
    "new_case": lambda *_: {"title": "Another", "marking": "green"},
    "write_in_case": lambda *_: {"kind": "note", "text": "Noted."},
    "turn_case": lambda *_: {"to": "closed", "text": "Done."},
    "add_to_case": lambda made, owner: {"case": made.of[owner].case.pk, "thread": made.of[owner].spare.pk},
    "remove_from_case": lambda *_: {},
    "finish_task": lambda *_: {},
    "send_case": lambda *_: {},
}


@dataclass
class RouteWorld:
    """The worlds by login name."""

    of: dict[str, World]


def route_world(office) -> RouteWorld:
    """The records that the routes name, for each owner (mara, idris, tomo)."""
    from gifthorse.procedures.keep_accounts import create
    from tests.samples.office import PASSWORD

    other = create(DESK_ITSELF, "otto", PASSWORD, [Role.OFFICER], {"name": "Otto"}).as_actor()
    return RouteWorld({owner: made_for(other, office.actor(owner)) for owner in ("mara", "idris", "tomo")})


def named(route: str, made: RouteWorld, owner: str) -> dict[str, object]:
    """The values of the route's places for *owner*."""
    one = made.of[owner]
    values = {
        "thread_id": one.thread.pk,
        "judgement_id": one.proposal.pk,
        "link_id": one.link.pk,
        "trigger_id": one.trigger.pk,
        "case_id": one.case.pk,
        "note_id": one.task.pk,
    }
    if route == "send_case":
        values["form"] = "stix.json"
    if route == "correct_in_thread":
        values["observation_id"] = one.row.pk
    if route == "mosaic":
        values["asset_id"] = one.known.asset.pk
    return values


def prepare(route: str, method: str, made: RouteWorld, owner: str) -> None:
    """Whatever has to be true before the route is asked, inside the transaction that is rolled back."""
