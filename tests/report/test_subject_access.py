from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.reports import ReportKind
from gifthorse.report.subject_access import FROM_THE_HOUSE, REASONS, Asker, HeldFact, Topic, Withheld, export

REPORTER, CONTACT, COLLEAGUE, OFFICER = "person-r", "contact-c", "person-k", "person-o"
ids = st.text("abcdef", min_size=1, max_size=5)
topics = st.sampled_from(Topic)


def held(topic: Topic, value: str = "value", **changes: object) -> HeldFact:
    return HeldFact(
        **{
            "id": "fact-1",
            "report": "report-1",
            "report_kind": ReportKind.APPROACH,
            "topic": topic,
            "value": value,
            "author": REPORTER,
            "about": frozenset({CONTACT}),
            **changes,
        }
    )


def facts_of_a_report(reporter: str, words: str, day: str, place: str, report: str) -> list[HeldFact]:
    return [
        held(Topic.CONTACT_DETAIL, "Robin Vale", author=reporter, report=report),
        held(Topic.WORDS, words, author=reporter, report=report),
        held(Topic.DAY, day, author=reporter, report=report),
        held(Topic.PLACE, place, author=reporter, report=report),
        held(Topic.REPORTER_ID, reporter, author=reporter, report=report, about=frozenset({reporter, CONTACT})),
        held(Topic.TACTIC, "T23", author=OFFICER, report=report),
        held(Topic.KEEPING, "24 months", author=OFFICER, report=report),
    ]


def test_somebody_outside_gets_their_own_details_and_how_long_they_are_kept() -> None:
    found = export(Asker.CONTACT, CONTACT, facts_of_a_report(REPORTER, "He smiled.", "2026-11-02", "Hall 4", "report-1"))
    assert [(line.topic, line.value) for line in found.lines] == [
        (Topic.CONTACT_DETAIL, "Robin Vale"),
        (Topic.KEEPING, "24 months"),
        (Topic.SOURCE, FROM_THE_HOUSE),
    ]
    assert set(found.withheld) == {Withheld.RECOGNISES_REPORTER, Withheld.ABOUT_SOMEBODY_ELSE, Withheld.UNDER_REVIEW}


@settings(deadline=None)
@given(reporter=ids, words=st.text(max_size=40), day=st.dates().map(str), place=st.text(max_size=20), report=ids)
def test_nothing_that_somebody_outside_gets_depends_on_who_told_it_when_or_where(
    reporter: str, words: str, day: str, place: str, report: str
) -> None:
    usual = facts_of_a_report(REPORTER, "He smiled.", "2026-11-02", "Hall 4", "report-1")
    other = facts_of_a_report(f"person-{reporter}", words, day, place, f"report-{report}")
    assert export(Asker.CONTACT, CONTACT, other) == export(Asker.CONTACT, CONTACT, usual)


@settings(deadline=None)
@given(
    facts=st.lists(
        st.builds(
            held,
            topic=topics,
            value=ids,
            author=st.sampled_from([REPORTER, OFFICER]),
            about=st.frozensets(st.sampled_from([REPORTER, CONTACT, COLLEAGUE])),
        )
    )
)
def test_the_order_of_what_is_held_tells_nothing(facts: list[HeldFact]) -> None:
    assert export(Asker.CONTACT, CONTACT, facts) == export(Asker.CONTACT, CONTACT, facts[::-1])


def test_that_something_sealed_exists_is_not_told() -> None:
    sealed = [held(Topic.CONTACT_DETAIL, sealed=True), held(Topic.CONTACT_DETAIL, report_kind=ReportKind.PRESSURE)]
    assert export(Asker.CONTACT, CONTACT, sealed) == export(Asker.CONTACT, CONTACT, [])


def test_who_is_not_held_gets_an_empty_export() -> None:
    found = export(Asker.CONTACT, "contact-z", facts_of_a_report(REPORTER, "a", "b", "c", "report-1"))
    assert (found.lines, found.withheld) == ((), ())


def test_a_reporter_gets_what_they_wrote_and_what_was_written_to_them() -> None:
    facts = [
        held(Topic.WORDS, "He smiled."),
        held(Topic.CONTACT_DETAIL, "Robin Vale"),
        held(Topic.MESSAGE, "Thank you", author=OFFICER, about=frozenset({REPORTER})),
        held(Topic.LOOK, "an officer, 3 Nov", author=OFFICER, about=frozenset({REPORTER})),
    ]
    found = export(Asker.REPORTER, REPORTER, facts)
    assert [line.value for line in found.lines] == [fact.value for fact in facts]
    assert found.withheld == ()


def test_a_reporter_gets_nothing_that_others_reported_about_the_same_contact() -> None:
    others = [
        held(Topic.WORDS, "Me too", author="person-x"),
        held(Topic.WORDS, "Both of us", author="person-x", about=frozenset({REPORTER, "person-x"})),
    ]
    found = export(Asker.REPORTER, REPORTER, others)
    assert (found.lines, found.withheld) == ((), (Withheld.ABOUT_SOMEBODY_ELSE,))


def test_officers_notes_wait_for_a_person() -> None:
    notes = [held(topic, author=OFFICER, about=frozenset({REPORTER})) for topic in (Topic.OFFICER_NOTE, Topic.ASSESSMENT)]
    found = export(Asker.REPORTER, REPORTER, notes)
    assert (found.lines, found.withheld) == ((), (Withheld.UNDER_REVIEW,))


def test_a_colleague_who_was_worried_about_gets_it_through_a_person() -> None:
    facts = [
        held(Topic.ANSWER, "Copied a lot", report_kind=ReportKind.COLLEAGUE_CONCERN, about=frozenset({COLLEAGUE})),
        held(Topic.KEEPING, "6 months", report_kind=ReportKind.COLLEAGUE_CONCERN, about=frozenset({COLLEAGUE})),
    ]
    found = export(Asker.COLLEAGUE, COLLEAGUE, facts)
    assert [line.topic for line in found.lines] == [Topic.KEEPING, Topic.SOURCE]
    assert found.withheld == (Withheld.UNDER_REVIEW,)


def test_what_the_house_protects_is_not_handed_out() -> None:
    found = export(Asker.CONTACT, CONTACT, [held(Topic.ELEMENT, "element-a")])
    assert (found.lines, found.withheld) == ((), (Withheld.HOUSE_SECRET,))


def test_every_reason_has_its_sentence() -> None:
    assert set(REASONS) == set(Withheld)
