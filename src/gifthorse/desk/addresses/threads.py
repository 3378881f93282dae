"""Addresses and sections of threads, links, patterns, triggers, cases."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from gifthorse.desk.addresses import record_id
from gifthorse.desk.section import Section
from gifthorse.desk.views import boards, cases, judgements, links, patterns, threads
from gifthorse.model.roles import Role

__all__ = ["ADDRESSES", "SECTIONS", "record_id"]

ADDRESSES: list[URLPattern] = [
    path("threads/", threads.threads, name="threads"),
    path("threads/week/", threads.week, name="week"),
    path("threads/levels/", boards.levels, name="levels"),
    path("threads/<id:thread_id>/", threads.thread, name="thread"),
    path("threads/<id:thread_id>/judge/", threads.judge_thread, name="judge_thread"),
    path("threads/<id:thread_id>/compare/", judgements.compare, name="compare_thread"),
    path("threads/<id:thread_id>/observations/<id:observation_id>/", threads.correct_in_thread, name="correct_in_thread"),
    path("judgements/<id:judgement_id>/", judgements.second, name="second_judgement"),
    path("links/", links.links, name="links"),
    path("links/new/", links.link_by_hand, name="link_by_hand"),
    path("links/graph/", links.link_graph, name="link_graph"),
    path("links/<id:link_id>/", links.link, name="link"),
    path("patterns/know-how/", patterns.interest, name="interest"),
    path("patterns/know-how/<id:asset_id>/", patterns.mosaic, name="mosaic"),
    path("patterns/favours/", patterns.favour_balances, name="favour_balances"),
    path("patterns/events/", patterns.event_patterns, name="event_patterns"),
    path("triggers/", patterns.triggers, name="triggers"),
    path("triggers/<id:trigger_id>/", patterns.trigger, name="trigger"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.new_case, name="new_case"),
    path("cases/threads/", cases.add_to_case, name="add_to_case"),
    path("cases/tasks/<id:note_id>/", cases.finish_task, name="finish_task"),
    path("cases/<id:case_id>/", cases.case, name="case"),
    path("cases/<id:case_id>/write/", cases.write_in_case, name="write_in_case"),
    path("cases/<id:case_id>/turn/", cases.turn_case, name="turn_case"),
    path("cases/<id:case_id>/threads/<id:thread_id>/", cases.remove_from_case, name="remove_from_case"),
    path("cases/<id:case_id>/send/<str:form>/", cases.send_case, name="send_case"),
    path("research/", boards.research, name="research_board"),
    path("workload/", boards.workload, name="workload"),
    path("how-it-works/", boards.how_it_works, name="how_it_works"),
]
WITHIN_THREADS = frozenset({"threads", "thread", "compare_thread", "second_judgement", "levels", "judge_thread", "correct_in_thread"})
WITHIN_THREADS |= {
    "links",
    "link",
    "link_graph",
    "link_by_hand",
    "interest",
    "mosaic",
    "favour_balances",
    "event_patterns",
    "triggers",
    "trigger",
}
OFFICER: frozenset[Role] = frozenset({Role.OFFICER})
SECTIONS: tuple[Section, ...] = (
    Section(name=_("This week"), route="week", roles=OFFICER, pages=frozenset({"week"})),
    Section(name=_("Threads"), route="threads", roles=OFFICER, pages=WITHIN_THREADS),
    Section(name=_("Cases"), route="cases", roles=OFFICER, pages=frozenset({"cases", "case", "new_case", "write_in_case", "turn_case"})),
    Section(
        name=_("Research security"), route="research_board", roles=frozenset({Role.RESEARCH_LEAD}), pages=frozenset({"research_board"})
    ),
    Section(name=_("Workload"), route="workload", roles=frozenset({Role.AUDITOR}), pages=frozenset({"workload"})),
    Section(name=_("How it works"), route="how_it_works", roles=frozenset(Role), pages=frozenset({"how_it_works"})),
)
