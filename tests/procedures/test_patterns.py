"""Patterns across threads, triggers, and the boards that count them."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gifthorse.assess import favour_balance
from gifthorse.assess.trigger_steps import TriggerKind
from gifthorse.model.errors import NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.observations import AskLevel, Level, Observation
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.model.threads import JudgementKind, LinkState, TriggerState
from gifthorse.procedures import (
    decide_link,
    event_patterns,
    favour_patterns,
    handle_trigger,
    judge_thread,
    know_how_interest,
    link_graph,
    raise_triggers,
    research_board,
    workload_figures,
)
from gifthorse.procedures.acting import now
from gifthorse.procedures.read_thread import as_favour
from gifthorse.procedures.suggest_links import suggest_waiting
from gifthorse.procedures.view_report import reports_for
from gifthorse.store.tables.contact import Contact, Link
from gifthorse.store.tables.placement import Placement, Unit
from gifthorse.store.tables.report import FavourEntry, ObservationRow, Report
from gifthorse.store.tables.thread import Thread, Trigger
from tests.samples import register
from tests.samples.thread_rows import LEE, a_story, assessed, this_month, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(actors):
    return actors["officer"]


@pytest.fixture
def known(actors):
    keeper = Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))
    return register.know_how(keeper, actors["staff"].person)


@pytest.fixture
def story(actors, known):
    made = a_story(actors["staff"], actors["colleague"], [known.curve.pk, known.powder.pk])
    assessed()
    return made


def join(officer):
    suggest_waiting(DESK_ITSELF)
    decide_link.decide(officer, Link.objects.get().pk, LinkState.CONFIRMED, "Same mailbox.")
    assessed()


def test_the_mosaic_puts_together_what_linked_contacts_asked_of_several_people(officer, known, story):
    apart = know_how_interest.mosaic(officer, known.asset.pk)
    assert len(apart.clusters) == 2
    join(officer)
    view = know_how_interest.mosaic(officer, known.asset.pk)
    assert len(view.clusters) == 1
    one = view.clusters[0].mosaic
    assert {coverage.person for coverage in one.coverage} == {row.subject_id for row in story.rows}
    assert one.union == one.whole == 7.0
    assert {dot.element for dot in view.everything.dots} == {known.curve.pk, known.powder.pk}
    interest = know_how_interest.know_how_under_interest(officer)[0]
    assert (interest.title, interest.asked, interest.whole, interest.people) == ("Crucible 7", 2, 2, 2)


def test_what_nobody_asked_yet_is_missing_and_its_holders_are_briefed_next(actors, officer, known):
    told(actors["colleague"], register.a_contact(actors["colleague"]), "T61", ask=3, elements=[known.powder.pk])
    view = know_how_interest.mosaic(officer, known.asset.pk).clusters[0]
    assert view.missing == ("Firing curve",)
    assert view.brief_next == ("Name of staff",)


def test_events_say_how_many_were_approached_and_how_many_are_usual(actors, officer):
    keeper = Actor(person=officer.person, roles=frozenset({Role.OFFICER}))
    event = register.an_event(keeper, [actors[name].person for name in ("staff", "colleague", "board")])
    for name in ("staff", "colleague"):
        told(actors[name], register.a_contact(actors[name]), "T06", event=event)
    found = event_patterns.event_patterns(officer)
    of_event = next(one for one in found.gatherings if one.event == event.pk)
    assert (of_event.result.seen, of_event.result.attendees, of_event.title) == (2, 3, "Ceramitec")
    assert of_event.result.expected > 0


def test_the_graph_and_its_table_hold_links_and_who_met_whom(actors, officer, story):
    suggest_waiting(DESK_ITSELF)
    graph = link_graph.link_graph(officer)
    kinds = {edge.kind for edge in graph.edges}
    assert kinds == {"suggested", "met"}
    assert all(edge.one in graph.nodes and edge.other in graph.nodes for edge in graph.edges)
    assert "Lee Zhang" in {node.name for node in graph.nodes.values()}


def test_the_balance_of_favours_is_flagged_when_an_ask_follows(actors, officer, story):
    found = favour_patterns.favour_patterns(officer)
    assert found[0].balance.flagged
    assert found[0].named.person == "Name of staff"
    assert found[0].balance.series[-1].received > 0


def test_a_leaver_who_was_contacted_raises_a_trigger_with_steps_to_tick(actors, officer):
    Placement.objects.create(
        id="placement-0000000000001", created_at=now(), person_id=actors["staff"].person, leaving_on=now().date() + timedelta(days=40)
    )
    told(actors["staff"], register.a_contact(actors["staff"]), "T02")
    assert raise_triggers.raise_triggers(DESK_ITSELF) == 1
    assert raise_triggers.raise_triggers(DESK_ITSELF) == 0
    row = Trigger.objects.get()
    assert row.kind == TriggerKind.LEAVER_CONTACTED
    view = handle_trigger.trigger(officer, row.pk)
    assert view.person == "Name of staff"
    assert len(view.reports) == 1
    handle_trigger.tick(officer, row.pk, [0, 2])
    assert [step.done for step in handle_trigger.trigger(officer, row.pk).steps][:3] == [True, False, True]
    with pytest.raises(NotAccepted):
        handle_trigger.tick(officer, row.pk, [99])
    with pytest.raises(NotAccepted):
        handle_trigger.close(officer, row.pk, TriggerState.DONE, " ")
    handle_trigger.close(officer, row.pk, TriggerState.DONE, "Talked, access ends with the last day.")
    assert handle_trigger.triggers(officer).rows == ()
    with pytest.raises(WrongState):
        handle_trigger.close(officer, row.pk, TriggerState.DONE, "Again.")
    assert handle_trigger.trigger(officer, row.pk).reason == "Talked, access ends with the last day."


def test_the_same_pretext_twice_on_one_colleague_and_a_handover_are_triggers(actors):
    for back in (3, 1):
        told(actors["staff"], register.a_contact(actors["staff"]), "T03", month=this_month() - back)
    told(actors["colleague"], register.a_contact(actors["colleague"]), "T41")
    assessed()
    raise_triggers.raise_triggers(DESK_ITSELF)
    assert set(Trigger.objects.values_list("kind", flat=True)) == {"same_pretext", "passed_on"}


def test_a_relationship_told_by_somebody_else_is_a_trigger_and_settles_nothing_by_itself(actors):
    contact = register.a_contact(actors["staff"])
    told(actors["colleague"], contact, "T10", about=actors["staff"].person)
    assessed()
    raise_triggers.raise_triggers(DESK_ITSELF)
    row = Trigger.objects.get()
    assert (row.kind, row.person_id) == ("undeclared_relationship", actors["staff"].person)
    told(actors["staff"], contact, "T10")
    raise_triggers.raise_triggers(DESK_ITSELF)
    assert Trigger.objects.get().state == TriggerState.OPEN


def test_a_thread_gone_silent_is_a_trigger_that_ends_with_the_next_report(actors, known):
    contact = register.a_contact(actors["staff"])
    told(actors["staff"], contact, "T51", "T33", ask=3, favour="large", month=this_month() - 6)
    keeper = Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER}))
    event = register.an_event(keeper, [actors["staff"].person])
    type(event).objects.filter(pk=event.pk).update(starts_on=now().date(), ends_on=now().date())
    assessed()
    raise_triggers.raise_triggers(DESK_ITSELF)
    assert Trigger.objects.get(kind="gone_silent").state == TriggerState.OPEN
    told(actors["staff"], contact, "T06")
    assessed()
    raise_triggers.raise_triggers(DESK_ITSELF)
    assert Trigger.objects.get(kind="gone_silent").state == TriggerState.DONE


def test_nothing_out_of_a_sealed_report_raises_a_trigger(actors):
    told(actors["staff"], register.a_contact(actors["staff"]), "T41", sealed_to=["person-x"])
    assessed()
    assert raise_triggers.raise_triggers(DESK_ITSELF) == 0


def test_an_officer_isnt_shown_a_trigger_about_themselves(actors, officer):
    told(officer, register.a_contact(officer), "T41")
    assessed()
    raise_triggers.raise_triggers(DESK_ITSELF)
    assert handle_trigger.triggers(officer).rows == ()
    with pytest.raises((Refused, NotFound)):
        handle_trigger.trigger(officer, Trigger.objects.get().pk)


def test_the_workload_counts_what_was_raised_and_what_came_of_it(actors, officer, story):
    thread = Thread.objects.get(contact=story.first)
    judge_thread.judge(officer, thread.pk, JudgementKind.CONFIRM, "It is right.")
    figures = workload_figures.workload_figures(actors["auditor"]).figures
    assert figures.overall.raised == Level.TALK.rank >= figures.overall.confirmed or figures.overall.raised >= 1
    assert figures.overall.confirmed == 1
    assert figures.by_officer[officer.person].confirmed == 1
    assert figures.reports == Report.objects.count()


def test_the_workload_counts_the_reports_that_the_other_figures_of_the_reader_count(actors, officer, story):
    told(actors["staff"], story.first, "T71", sealed_to=[actors["board"].person], kind=ReportKind.PRESSURE)
    both = Actor(person=officer.person, roles=frozenset({Role.OFFICER, Role.AUDITOR}))
    numbers = [workload_figures.workload_figures(who).figures.reports for who in (actors["auditor"], both)]
    assert numbers == [Report.objects.count(), len(reports_for(both).rows)] == [7, 6]


def test_research_security_sees_departments_and_elements_but_no_contact(actors, story, officer):
    for number, name in enumerate(("staff", "colleague"), 1):
        unit = Unit.objects.create(id=f"unit-000000000000{number}", created_at=now(), title=f"Unit {number}")
        Placement.objects.create(id=f"placement-000000000000{number}", created_at=now(), person_id=actors[name].person, unit=unit)
    join(officer)
    board = research_board.research_board(actors["research"])
    assert board.shared[0].units == ("Unit 1", "Unit 2")
    assert board.interest[0].asked == 2
    assert "Lee" not in repr(board)


def test_patterns_take_as_many_queries_for_many_as_for_few(actors, officer, known):
    counts = []
    for number in (3, 12):
        for _ in range(number):
            told(actors["staff"], register.a_contact(actors["staff"], LEE), "T61", "T33", ask=3, favour="large", elements=[known.curve.pk],
                 given=[("in", "travel", "large")])  # fmt: skip
        assessed()
        raise_triggers.raise_triggers(DESK_ITSELF)
        with CaptureQueriesContext(connection) as queries:
            know_how_interest.know_how_under_interest(officer)
            know_how_interest.mosaic(officer, known.asset.pk)
            event_patterns.event_patterns(officer)
            favour_patterns.favour_patterns(officer)
            link_graph.link_graph(officer)
            handle_trigger.triggers(officer)
            workload_figures.workload_figures(actors["auditor"])
            research_board.research_board(actors["research"])
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_each_board_is_for_its_role_alone(actors):
    doors = {
        "officer": [
            know_how_interest.know_how_under_interest,
            event_patterns.event_patterns,
            link_graph.link_graph,
            favour_patterns.favour_patterns,
            handle_trigger.triggers,
        ],
        "auditor": [workload_figures.workload_figures],
        "research": [research_board.research_board],
    }
    for owner, functions in doors.items():
        for function in functions:
            function(actors[owner])
            for name in set(actors) - {owner}:
                with pytest.raises(Refused):
                    function(actors[name])
    assert Contact.objects.count() == 0
    assert ReportKind.INVITATION


def test_the_balances_that_are_worked_out_are_those_of_working_out_all(actors, officer):
    chance = Random(4)
    for number in range(70):
        contact = register.a_contact(actors["staff"], LEE)
        given = [(chance.choice(["in", "in", "out"]), chance.choice(["gift", "travel"]), chance.choice(["small", "medium", "large"])) for _ in range(chance.randrange(1, 5))]  # fmt: skip
        told(actors["staff"], contact, "T33", month=this_month() - number % 9, ask=chance.randrange(4), given=given)
    assessed()
    found = favour_patterns.favour_patterns(officer)
    entries = FavourEntry.objects.select_related("contact")
    every = favour_balance.balances([as_favour(one, f"{one.contact.joined_to}/{one.person_id}") for one in entries], _asked())
    wanted = sorted(every, key=lambda one: (not one.flagged, -one.imbalance, one.thread))[: favour_patterns.MOST]
    assert [(one.balance.thread, one.balance.flagged, one.balance.series) for one in found] == [(one.thread, one.flagged, one.series) for one in wanted]  # fmt: skip
    assert {one.balance.flagged for one in found} == {True, False}


def _asked():
    rows = ObservationRow.objects.select_related("contact")
    return [
        Observation(
            month=float(row.month), thread=f"{row.contact.joined_to}/{row.subject_id}", reporter="r", ask_level=AskLevel(row.ask_level)
        )
        for row in rows
    ]
